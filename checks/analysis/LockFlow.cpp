//===--- LockFlow.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockFlow.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/Attr.h"

namespace clang::tidy::concord {

const TypeFact *factOf(const Vocabulary &Words, QualType Type) {
  if (Type.isNull())
    return nullptr;
  if (const TypeFact *Fact = Words.type(Type.getNonReferenceType()))
    return Fact;
  return Words.pointee(Type);
}

LockOnPath *LocksOnPath::lock(unsigned Index) {
  auto At = llvm::find_if(Locks,
                          [&](const LockOnPath &L) { return L.Lock == Index; });
  return At == Locks.end() ? nullptr : At;
}

GuardOnPath *LocksOnPath::guard(unsigned Index) {
  auto At = llvm::find_if(
      Guards, [&](const GuardOnPath &G) { return G.Guard == Index; });
  return At == Guards.end() ? nullptr : At;
}

void LocksOnPath::forgetLock(unsigned Index) {
  llvm::erase_if(Locks, [&](const LockOnPath &L) { return L.Lock == Index; });
}

unsigned LockTable::lock(const AccessPath &Path, const TypeFact *Type) {
  for (unsigned I = 0; I < Locks.size(); ++I)
    if (Locks[I].Path == Path)
      return I;
  Locks.push_back({Path, Type});
  return Locks.size() - 1;
}

std::optional<unsigned> LockTable::findGuard(const AccessPath &Path) const {
  for (unsigned I = 0; I < Guards.size(); ++I)
    if (Guards[I].Path && Guards[I].Path == Path)
      return I;
  return std::nullopt;
}

unsigned LockTable::guard(const AccessPath &Path) {
  if (std::optional<unsigned> Known = findGuard(Path))
    return *Known;
  const auto *Variable = dyn_cast_or_null<VarDecl>(Path.root());
  Guards.push_back({Path, Path.steps().empty() ? Variable : nullptr, nullptr});
  return Guards.size() - 1;
}

std::optional<unsigned> LockTable::findTemporary(const Expr *E) const {
  for (unsigned I = 0; I < Guards.size(); ++I)
    if (Guards[I].Temporary == E)
      return I;
  return std::nullopt;
}

unsigned LockTable::temporary(const Expr *E) {
  if (std::optional<unsigned> Known = findTemporary(E))
    return *Known;
  Guards.push_back({AccessPath(), nullptr, E});
  return Guards.size() - 1;
}

namespace {

const Expr *stripWrappers(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
      E = Default->getExpr();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      // An elidable copy of what is made in place (before C++17).
      E = Construct->isElidable() && Construct->getNumArgs() >= 1
              ? Construct->getArg(0)
              : E;
    if (E == Before)
      break;
  }
  return E;
}

} // namespace

LockFlow::LockFlow(UnitFacts &Facts, const FunctionInfo &Function,
                   const CFG &Graph)
    : Flow(Facts.context(), Graph,
           [&Facts](const CallExpr &Call) {
             return static_cast<bool>(Facts.call(&Call));
           }),
      Facts(Facts), Function(Function) {
  findOwners();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::optional<unsigned> LockFlow::lockOf(const Expr *E) {
  AccessPath Path = AccessPath::ofObject(E);
  if (!Path)
    return std::nullopt;
  return Table.lock(Path, factOf(Facts.vocabulary(), E->getType()));
}

std::optional<unsigned> LockFlow::lockOf(const Expr *E, Path &P) {
  KnownCall Getter = Facts.call(E->IgnoreParenImpCasts());
  if (Getter.does() == Operation::GuardMutex && Getter.Object)
    if (std::optional<unsigned> Guard = guardOf(Getter.Object))
      if (const GuardOnPath *G = P.Value.guard(*Guard); G && !G->Locks.empty())
        return G->Locks.front();
  return lockOf(E);
}

std::optional<unsigned> LockFlow::guardOf(const Expr *E) {
  E = stripWrappers(E);
  if (!E)
    return std::nullopt;
  if (auto At = Owners.find(E); At != Owners.end())
    return At->second;
  AccessPath Path = AccessPath::of(E);
  // `optional<guard>` and `unique_ptr<guard>`: the holder stands for its guard.
  while (Path && !Path.steps().empty() &&
         Path.steps().back().What == AccessPath::Step::Deref) {
    AccessPath Shorter = Path.root() ? AccessPath::ofVariable(Path.root())
                                     : AccessPath::ofThis();
    for (const AccessPath::Step &S : Path.steps().drop_back())
      Shorter = Shorter.with(S);
    Path = Shorter;
  }
  if (!Path)
    return std::nullopt;
  return Table.guard(Path);
}

unsigned LockFlow::ownerOf(const Expr &E) {
  auto At = Owners.find(&E);
  return At != Owners.end() ? At->second : Table.temporary(&E);
}

void LockFlow::addOwner(const Expr *Init, unsigned Guard) {
  Init = Init ? stripWrappers(Init) : nullptr;
  if (!Init)
    return;
  if (const auto *List = dyn_cast<InitListExpr>(Init);
      List && List->getNumInits() == 1)
    return addOwner(List->getInit(0), Guard);
  Owners.try_emplace(Init, Guard);
}

void LockFlow::findOwners() {
  const Vocabulary &Words = Facts.vocabulary();
  for (const VarDecl *Variable : Function.Variables) {
    const TypeFact *Type = factOf(Words, Variable->getType());
    if (Type && (Type->is(Role::Guard) || Type->is(Role::UnlockGuard)))
      addOwner(Variable->getInit(),
               Table.guard(AccessPath::ofVariable(Variable)));
    else if (const Expr *Init = stripWrappers(Variable->getInit());
             isa_and_nonnull<CXXConstructExpr>(Init) && Facts.callee(Init))
      addOwner(Init, Table.guard(AccessPath::ofVariable(Variable)));
  }
  const auto *Constructor =
      dyn_cast_or_null<CXXConstructorDecl>(Function.Function);
  if (!Constructor)
    return;
  for (const CXXCtorInitializer *Init : Constructor->inits())
    if (const FieldDecl *Field = Init->getAnyMember())
      addOwner(Init->getInit(), Table.guard(AccessPath::ofThis().field(Field)));
}

//===----------------------------------------------------------------------===//
// Basic steps
//===----------------------------------------------------------------------===//

void LockFlow::record(LockEvent::Kind What, unsigned Lock, LockMode Mode,
                      const Expr *Site, const Expr *Earlier, unsigned Guard,
                      bool Try) {
  if (!Recording)
    return;
  PathEvent E;
  E.Lock = Lock;
  E.Event.What = What;
  E.Event.Mutex = Table.Locks[Lock].Path;
  E.Event.Type = Table.Locks[Lock].Type;
  E.Event.Mode = Mode;
  E.Event.Site = Site;
  E.Event.Earlier = Earlier;
  E.Event.Try = Try;
  if (Guard != LockOnPath::NoGuard)
    E.Event.Guard = Table.Guards[Guard].Variable;
  Events.push_back(std::move(E));
}

void LockFlow::take(unsigned Lock, LockMode Mode, unsigned Guard,
                    const Expr *Site, bool Try, Path &P) {
  LockOnPath *Before = P.Value.lock(Lock);
  if (Before && Before->Held) {
    record(LockEvent::Reacquire, Lock, Mode, Site, Before->Site, Guard, Try);
    // Bounded, so that a loop that locks without end still converges.
    Before->Depth = std::min(Before->Depth + 1, 2u);
    return;
  }
  record(LockEvent::Acquire, Lock, Mode, Site, nullptr, Guard, Try);
  LockOnPath After;
  After.Lock = Lock;
  After.Held = true;
  After.Mode = Mode;
  After.Guard = Guard;
  After.Depth = 1;
  After.AtEntry = Before && Before->AtEntry;
  After.Site = Site;
  P.Value.forgetLock(Lock);
  P.Value.Locks.push_back(After);
}

void LockFlow::give(unsigned Lock, std::optional<LockMode> Mode, bool ByGuard,
                    const Expr *Site, Path &P) {
  LockOnPath *Before = P.Value.lock(Lock);
  LockMode Given = Mode.value_or(Before ? Before->Mode : LockMode::Exclusive);
  unsigned Guard = Before ? Before->Guard : LockOnPath::NoGuard;
  if (!Before) {
    record(LockEvent::UnlockEntry, Lock, Given, Site, nullptr, Guard, false);
    LockOnPath After;
    After.Lock = Lock;
    After.AtEntry = true;
    After.Site = Site;
    P.Value.Locks.push_back(After);
    return;
  }
  if (!Before->Held) {
    record(LockEvent::UnlockUnheld, Lock, Given, Site, Before->Site, Guard,
           false);
    return;
  }
  if (Guard != LockOnPath::NoGuard && Table.Guards[Guard].Scope && !ByGuard) {
    // Who releases its lock tells it, or is it.
    ByGuard = true;
    if (GuardOnPath *G = P.Value.guard(Guard))
      G->Owns = false;
  }
  LockEvent::Kind What = LockEvent::Unlock;
  if (!ByGuard && Guard != LockOnPath::NoGuard)
    What = LockEvent::UnlockOwned;
  else if (Mode && *Mode != Before->Mode)
    What = LockEvent::UnlockMismatch;
  record(What, Lock, Given, Site, Before->Site, Guard, false);
  if (Before->Depth > 1) {
    --Before->Depth;
    return;
  }
  LockOnPath After = *Before;
  After.Held = false;
  After.Depth = 0;
  After.Guard = LockOnPath::NoGuard;
  After.Site = Site;
  P.Value.forgetLock(Lock);
  P.Value.Locks.push_back(After);
}

void LockFlow::takeAll(GuardOnPath &Guard, const Expr *Site, bool Try,
                       Path &P) {
  unsigned Index = Guard.Guard;
  LockMode Mode = Guard.Mode;
  Guard.Owns = true;
  for (unsigned Lock : Guard.Locks)
    take(Lock, Mode, Index, Site, Try, P);
}

void LockFlow::giveAll(GuardOnPath &Guard, const Expr *Site, Path &P) {
  Guard.Owns = false;
  LockMode Mode = Guard.Mode;
  // Released in the opposite order.
  for (unsigned Lock : llvm::reverse(Guard.Locks))
    give(Lock, Mode, /*ByGuard=*/true, Site, P);
}

LockFlow::Path LockFlow::failed(const KnownCall &Call, Path &P) {
  Path Failed = P;
  struct Condition C = conditions().condition(Call.Site);
  // A lock that waits tells its failure by an error number.
  bool IsWait =
      Call.does() == Operation::Lock || Call.does() == Operation::LockShared;
  bool Success = !Call.Fact->SuccessIsZero &&
                 !(IsWait && !Call.Site->getType()->isBooleanType());
  P.Known.set(C.Id, Success != C.Negated);
  Failed.Known.set(C.Id, Success == C.Negated);
  return Failed;
}

std::optional<bool> LockFlow::truth(const Expr &E,
                                    const World<LocksOnPath> &Path) {
  bool Value = false;
  if (E.isValueDependent() || E.getType()->isDependentType())
    return std::nullopt;
  if (E.getType()->isScalarType() &&
      E.EvaluateAsBooleanCondition(Value, Facts.context()))
    return Value;
  struct Condition C = conditions().condition(&E);
  std::optional<bool> Known = C.Core ? Path.Known.get(C.Id) : std::nullopt;
  if (Known && C.Negated)
    return !*Known;
  return Known;
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

void LockFlow::guardDies(unsigned Guard, const Expr *Site, Path &P) {
  GuardOnPath *G = P.Value.guard(Guard);
  if (!G)
    return;
  if (G->Reverse)
    takeAll(*G, Site, false, P);
  else if (G->Owns)
    giveAll(*G, Site, P);
  llvm::erase_if(P.Value.Guards,
                 [&](const GuardOnPath &O) { return O.Guard == Guard; });
}

void LockFlow::adoptGuard(const Expr &From, unsigned To, Path &P) {
  std::optional<unsigned> Source = guardOf(&From);
  GuardOnPath *Old = Source ? P.Value.guard(*Source) : nullptr;
  if (!Old) {
    // A guard parameter or one that came from elsewhere: its mutex has no name
    // but the guard's.
    AccessPath Path = AccessPath::ofObject(&From);
    GuardOnPath New;
    New.Guard = To;
    if (Path)
      New.Locks.push_back(Table.lock(Path, nullptr));
    P.Value.Guards.push_back(New);
    return;
  }
  GuardOnPath New = *Old;
  New.Guard = To;
  Old->Owns = false;
  Old->Locks.clear();
  for (LockOnPath &L : P.Value.Locks)
    if (L.Guard == *Source)
      L.Guard = To;
  llvm::erase_if(P.Value.Guards,
                 [&](const GuardOnPath &O) { return O.Guard == To; });
  P.Value.Guards.push_back(New);
}

void LockFlow::assignGuard(const CXXOperatorCallExpr &Assignment, Path &P) {
  std::optional<unsigned> To = guardOf(Assignment.getArg(0));
  if (!To)
    return;
  std::optional<unsigned> From = guardOf(Assignment.getArg(1));
  const Expr *Value = stripWrappers(Assignment.getArg(1));
  if (!From && Value)
    From = ownerOf(*Value);
  guardDies(*To, &Assignment, P);
  GuardOnPath *Old = From ? P.Value.guard(*From) : nullptr;
  if (!Old)
    return;
  GuardOnPath New = *Old;
  New.Guard = *To;
  Old->Owns = false;
  Old->Locks.clear();
  for (LockOnPath &L : P.Value.Locks)
    if (L.Guard == *From)
      L.Guard = *To;
  P.Value.Guards.push_back(New);
}

void LockFlow::nameLocks(const KnownCall &Call, const Path &P,
                         GuardOnPath &Guard) {
  const Vocabulary &Words = Facts.vocabulary();
  Guard.Mode = Words.guardShared(Call) ? LockMode::Shared : LockMode::Exclusive;
  for (const Expr *Argument : Words.mutexes(Call)) {
    if (Argument->isNullPointerConstant(Facts.context(),
                                        Expr::NPC_ValueDependentIsNotNull))
      continue;
    std::optional<unsigned> Inner = guardOf(Argument);
    const GuardOnPath *Wrapped = nullptr;
    for (const GuardOnPath &Other : P.Value.Guards)
      if (Inner && Other.Guard == *Inner)
        Wrapped = &Other;
    // A guard around a guard: boost::reverse_lock, upgrade_to_unique_lock.
    if (Wrapped)
      Guard.Locks.append(Wrapped->Locks.begin(), Wrapped->Locks.end());
    else if (std::optional<unsigned> Lock = lockOf(Argument))
      Guard.Locks.push_back(*Lock);
  }
}

void LockFlow::adoptLocks(const GuardOnPath &Guard, const Expr *Site, Path &P) {
  for (unsigned Lock : Guard.Locks) {
    LockOnPath *Held = P.Value.lock(Lock);
    if (Held && Held->Held) {
      Held->Guard = Guard.Guard;
      continue;
    }
    record(LockEvent::AdoptUnheld, Lock, Guard.Mode, Site,
           Held ? Held->Site : nullptr, Guard.Guard, false);
    LockOnPath Adopted;
    Adopted.Lock = Lock;
    Adopted.Held = true;
    Adopted.Mode = Guard.Mode;
    Adopted.Guard = Guard.Guard;
    Adopted.Depth = 1;
    Adopted.AtEntry = true;
    Adopted.Site = Site;
    P.Value.forgetLock(Lock);
    P.Value.Locks.push_back(Adopted);
  }
}

void LockFlow::construct(const KnownCall &Call, Path &P, Worlds &Added) {
  const Expr *Site = Call.Site;
  if (Site->getType().isNull() || Site->getType()->isDependentType())
    return;
  // `holder.emplace(m)`: the holder stands for the guard in it.
  const auto *Emplace = dyn_cast<CXXMemberCallExpr>(Site);
  std::optional<unsigned> Holder =
      Emplace ? guardOf(Emplace->getImplicitObjectArgument()) : std::nullopt;
  unsigned Index = Holder ? *Holder : ownerOf(*Site);
  const auto *Construct = dyn_cast<CXXConstructExpr>(Site);
  if (Construct && Construct->getConstructor()->isCopyOrMoveConstructor()) {
    if (!Construct->isElidable() && Construct->getNumArgs() >= 1)
      adoptGuard(*Construct->getArg(0), Index, P);
    return;
  }
  GuardOnPath New;
  New.Guard = Index;
  nameLocks(Call, P, New);
  New.Reverse = Call.Type->is(Role::UnlockGuard);
  // A loop makes the same guard anew.
  llvm::erase_if(P.Value.Guards,
                 [&](const GuardOnPath &O) { return O.Guard == Index; });
  if (New.Reverse) {
    giveAll(New, Site, P);
    P.Value.Guards.push_back(New);
    return;
  }
  GuardStart Start = Call.Type->Guard && Call.Type->Guard->AcquiresNothing
                         ? GuardStart::Defers
                         : Facts.vocabulary().guardStart(Call);
  if (Start == GuardStart::Tries) {
    Added.push_back(P);
    Added.back().Value.Guards.push_back(New);
  }
  if (Start == GuardStart::Adopts) {
    New.Owns = true;
    adoptLocks(New, Site, P);
  } else if (Start == GuardStart::Locks || Start == GuardStart::Tries) {
    takeAll(New, Site, Start == GuardStart::Tries, P);
  }
  P.Value.Guards.push_back(New);
}

} // namespace clang::tidy::concord
