//===--- LockTransfer.cpp - What each operation does to the locks ---------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockFlow.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/Attr.h"

namespace clang::tidy::concord {

namespace {

bool isAcquire(Operation Op) {
  switch (Op) {
  case Operation::Lock:
  case Operation::TryLock:
  case Operation::TimedLock:
  case Operation::LockShared:
  case Operation::TryLockShared:
  case Operation::TimedLockShared:
  case Operation::LockUpgrade:
  case Operation::LockWhen:
    return true;
  default:
    return false;
  }
}

bool isTry(Operation Op) {
  return Op == Operation::TryLock || Op == Operation::TimedLock ||
         Op == Operation::TryLockShared || Op == Operation::TimedLockShared;
}

LockMode modeOf(Operation Op) {
  switch (Op) {
  case Operation::LockShared:
  case Operation::TryLockShared:
  case Operation::TimedLockShared:
  case Operation::UnlockShared:
    return LockMode::Shared;
  case Operation::LockUpgrade:
  case Operation::UnlockUpgrade:
    return LockMode::Upgrade;
  default:
    return LockMode::Exclusive;
  }
}

bool isRelease(Operation Op) {
  return Op == Operation::Unlock || Op == Operation::UnlockShared ||
         Op == Operation::UnlockUpgrade;
}

/// One unlock for both modes: pthread_rwlock_unlock, QReadWriteLock::unlock.
bool releasesAnyMode(const KnownCall &Call) {
  if (Call.Fact->EitherMode)
    return true;
  if (Call.does() != Operation::Unlock || !Call.Type)
    return false;
  return Call.Type->has(Trait::Shared) &&
         llvm::none_of(Call.Type->Methods, [](const CallFact &Fact) {
           return Fact.Does == Operation::UnlockShared;
         });
}

/// True if a branch in \p Body depends on \p Variable.
bool decides(const Stmt *Body, const ValueDecl &Variable) {
  llvm::SmallVector<std::pair<const Stmt *, bool>, 32> Work{{Body, false}};
  while (!Work.empty()) {
    auto [S, InCondition] = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (InCondition && Reference->getDecl()->getCanonicalDecl() ==
                             Variable.getCanonicalDecl())
        return true;
    const Expr *Condition = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(S))
      Condition = If->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(S))
      Condition = While->getCond();
    else if (const auto *Switch = dyn_cast<SwitchStmt>(S))
      Condition = Switch->getCond();
    else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S))
      Condition = Choice->getCond();
    for (const Stmt *Child : S->children())
      Work.push_back({Child, InCondition || Child == Condition});
  }
  return false;
}

bool isGuard(const TypeFact *Type) {
  return Type && (Type->is(Role::Guard) || Type->is(Role::UnlockGuard));
}

} // namespace

void LockFlow::transfer(const CFGElement &Element, Worlds &Paths) {
  Worlds Added;
  if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
    const Stmt *Statement = S->getStmt();
    for (Path &P : Paths) {
      if (const auto *E = dyn_cast<Expr>(Statement))
        expression(*E, P, Added);
      else if (const auto *Declaration = dyn_cast<DeclStmt>(Statement))
        for (const Decl *D : Declaration->decls())
          if (const auto *Variable = dyn_cast<VarDecl>(D))
            declare(*Variable, P);
    }
  } else if (std::optional<CFGAutomaticObjDtor> Destructor =
                 Element.getAs<CFGAutomaticObjDtor>()) {
    AccessPath Variable = AccessPath::ofVariable(Destructor->getVarDecl());
    if (std::optional<unsigned> Guard = Table.findGuard(Variable))
      for (Path &P : Paths)
        guardDies(*Guard, nullptr, P);
  } else if (std::optional<CFGTemporaryDtor> Temporary =
                 Element.getAs<CFGTemporaryDtor>()) {
    const Expr *Made = Temporary->getBindTemporaryExpr()->getSubExpr();
    if (std::optional<unsigned> Guard =
            Table.findTemporary(Made->IgnoreParenImpCasts()))
      for (Path &P : Paths)
        guardDies(*Guard, nullptr, P);
  } else if (std::optional<CFGDeleteDtor> Delete =
                 Element.getAs<CFGDeleteDtor>()) {
    std::optional<unsigned> Guard =
        guardOf(Delete->getDeleteExpr()->getArgument());
    for (Path &P : Paths)
      if (Guard)
        guardDies(*Guard, Delete->getDeleteExpr(), P);
  }
  Paths.append(Added.begin(), Added.end());
}

void LockFlow::declare(const VarDecl &Variable, Path &P) {
  // The variable of the next iteration is another object.
  variableChanges(*Variable.getCanonicalDecl(), P);
}

void LockFlow::variableChanges(const ValueDecl &Variable, Path &P) {
  llvm::erase_if(P.Value.Locks, [&](const LockOnPath &L) {
    if (L.Guard != LockOnPath::NoGuard)
      return false;
    const AccessPath &Name = Table.Locks[L.Lock].Path;
    if (Name.root() == &Variable && !Name.steps().empty())
      return true;
    llvm::ArrayRef<AccessPath::Step> Steps = Name.steps();
    for (size_t I = 0; I < Steps.size(); ++I) {
      bool Followed = Steps[I].What == AccessPath::Step::Index ||
                      (I + 1 < Steps.size() &&
                       Steps[I + 1].What == AccessPath::Step::Deref);
      if (Steps[I].Decl == &Variable && Followed)
        return true;
    }
    return false;
  });
}

void LockFlow::expression(const Expr &E, Path &P, Worlds &Added) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&E)) {
    if (!Binary->isAssignmentOp())
      return;
    const Expr *Target = Binary->getLHS()->IgnoreParenCasts();
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Target))
      variableChanges(
          *cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl()), P);
    else if (const auto *Member = dyn_cast<MemberExpr>(Target))
      variableChanges(
          *cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl()), P);
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
    if (!Unary->isIncrementDecrementOp())
      return;
    const Expr *Target = Unary->getSubExpr()->IgnoreParenCasts();
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Target))
      variableChanges(
          *cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl()), P);
    return;
  }
  if (!isa<CallExpr, CXXConstructExpr>(E))
    return;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E))
    if (Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2 &&
        isGuard(factOf(Facts.vocabulary(), Operator->getArg(0)->getType())))
      return assignGuard(*Operator, P);
  if (KnownCall Call = Facts.call(&E))
    return known(Call, P, Added);
  if (holderReset(E, P))
    return;
  summarizedCall(E, P);
  const auto *Call = dyn_cast<CallExpr>(&E);
  if (!Call)
    return;
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    attributes(*Callee, E, P);
  guardArguments(*Call, P, Added);
}

bool LockFlow::holderReset(const Expr &E, Path &P) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (!Method || !Method->getDeclName().isIdentifier() ||
      (Method->getName() != "reset" && Method->getName() != "clear"))
    return false;
  const Expr *Holder = Call->getImplicitObjectArgument();
  const Vocabulary &Words = Facts.vocabulary();
  if (!Holder || !isGuard(Words.pointee(Holder->getType(), true)))
    return false;
  if (std::optional<unsigned> Guard = guardOf(Holder))
    guardDies(*Guard, &E, P);
  return true;
}

void LockFlow::known(const KnownCall &Call, Path &P, Worlds &Added) {
  // Also in place, by a call that names only the mutex: `emplace(m)`,
  // `make_unique<lock_guard>(m)`.
  bool OnGuard = Call.Object &&
                 isGuard(factOf(Facts.vocabulary(), Call.Object->getType()));
  if (isGuard(Call.Type) && (isa<CXXConstructExpr>(Call.Site) || !OnGuard))
    return construct(Call, P, Added);
  if (Call.does() == Operation::LockMultiple)
    return lockSeveral(Call, P);
  if (Call.does() == Operation::AcquireGuard) {
    if (std::optional<unsigned> Lock = lockOf(Call.Object)) {
      GuardOnPath Guard;
      Guard.Guard = ownerOf(*Call.Site);
      Guard.Locks.push_back(*Lock);
      takeAll(Guard, Call.Site, false, P);
      P.Value.Guards.push_back(Guard);
    }
    return;
  }
  // A condition wait names its lock or guard as an argument.
  if (Call.does() == Operation::ConditionWait) {
    const Expr *Lock = Call.argument(Call.Fact->Lock);
    std::optional<unsigned> Guard = Lock ? guardOf(Lock) : std::nullopt;
    const GuardOnPath *Known = Guard ? P.Value.guard(*Guard) : nullptr;
    if (Known)
      for (unsigned Index : Known->Locks)
        waitWith(Index, *Known, Call.Site, P);
    else if (std::optional<unsigned> Index =
                 Lock ? lockOf(Lock) : std::nullopt) {
      GuardOnPath None;
      None.Guard = LockOnPath::NoGuard;
      waitWith(*Index, None, Call.Site, P);
    }
    return;
  }
  if (!Call.Object)
    return;
  const TypeFact *Type =
      Call.Type ? Call.Type
                : factOf(Facts.vocabulary(), Call.Object->getType());
  if (isGuard(Type)) {
    if (std::optional<unsigned> Guard = guardOf(Call.Object))
      guardOperation(Call, *Guard, P, Added);
    return;
  }
  mutexOperation(Call, P, Added);
}

void LockFlow::mutexOperation(const KnownCall &Call, Path &P, Worlds &Added) {
  Operation Op = Call.does();
  bool Gives = isRelease(Op);
  if (!isAcquire(Op) && !Gives && Op != Operation::AssertHeld &&
      Op != Operation::ConvertLock)
    return;
  // An awaited lock is a coroutine's: it blocks no thread.
  if (Call.Type && Call.Type->has(Trait::Coroutine))
    return;
  std::optional<unsigned> Lock = lockOf(Call.Object, P);
  if (!Lock)
    return;
  if (!Table.Locks[*Lock].Type)
    Table.Locks[*Lock].Type = Call.Type;
  if (Op == Operation::ConvertLock)
    return convert(Call, *Lock, P);
  if (Op == Operation::AssertHeld) {
    if (P.Value.lock(*Lock))
      return;
    LockOnPath Held;
    Held.Lock = *Lock;
    Held.Held = Held.AtEntry = true;
    Held.Depth = 1;
    P.Value.Locks.push_back(Held);
    return;
  }
  if (Gives)
    return give(
        *Lock, releasesAnyMode(Call) ? std::nullopt : std::optional(modeOf(Op)),
        /*ByGuard=*/false, Call.Site, P);
  if (isTry(Op) || isTested(Call))
    Added.push_back(failed(Call, P));
  take(*Lock, modeOf(Op), LockOnPath::NoGuard, Call.Site, isTry(Op), P);
}

/// `unlock_upgrade_and_lock`, `unlock_and_lock_shared`, `downgrade_to_reader`.
void LockFlow::convert(const KnownCall &Call, unsigned Lock, Path &P) {
  const auto *Plain = dyn_cast<CallExpr>(Call.Site);
  const FunctionDecl *Callee = Plain ? Plain->getDirectCallee() : nullptr;
  LockOnPath *Held = P.Value.lock(Lock);
  if (!Callee || !Held)
    return;
  std::string Name = Callee->getNameAsString();
  size_t And = Name.find("_and_");
  StringRef To = StringRef(Name).substr(And == std::string::npos ? 0 : And + 5);
  Held->Mode = To.contains("shared") || To.contains("reader") ? LockMode::Shared
               : And != std::string::npos && To.contains("upgrade")
                   ? LockMode::Upgrade
                   : LockMode::Exclusive;
}

bool LockFlow::isTested(const KnownCall &Call) {
  if (!isa<CallExpr>(Call.Site) || !Call.Site->getType()->isIntegerType())
    return false;
  auto [Entry, IsNew] = Tested.try_emplace(Call.Site, false);
  if (!IsNew)
    return Entry->second;
  bool Result = false;
  const ValueDecl *Into = nullptr;
  for (const Stmt *S = Facts.parent(Function, Call.Site); S;
       S = Facts.parent(Function, S)) {
    if (isa<IfStmt, WhileStmt, DoStmt, ForStmt, SwitchStmt,
            AbstractConditionalOperator>(S))
      Result = true;
    else if (const auto *Binary = dyn_cast<BinaryOperator>(S);
             Binary && Binary->isAssignmentOp())
      Into = AccessPath::of(Binary->getLHS()).lastDecl();
    else if (const auto *Declaration = dyn_cast<DeclStmt>(S);
             Declaration && Declaration->isSingleDecl())
      Into = dyn_cast<VarDecl>(Declaration->getSingleDecl());
    if (Result || !isa<Expr>(S))
      break;
  }
  if (!Result && Into)
    Result = decides(Function.Body, *Into);
  return Tested[Call.Site] = Result;
}

void LockFlow::waitWith(unsigned Lock, const GuardOnPath &Guard,
                        const Expr *Site, Path &P) {
  const LockOnPath *Known = P.Value.lock(Lock);
  bool Released = Known && !Known->Held && !Known->AtEntry;
  bool Unheld = Guard.Guard == LockOnPath::NoGuard ? Released : !Guard.Owns;
  record(Unheld ? LockEvent::WaitUnheld : LockEvent::Wait, Lock, Guard.Mode,
         Site, Released ? Known->Site : nullptr, Guard.Guard, false);
}

void LockFlow::guardOperation(const KnownCall &Call, unsigned Guard, Path &P,
                              Worlds &Added) {
  GuardOnPath *G = P.Value.guard(Guard);
  if (!G) {
    // A guard from elsewhere (a parameter, a member): its mutex has no name but
    // the guard's, and the function was entered with it.
    GuardOnPath New;
    New.Guard = Guard;
    New.Locks.push_back(Table.lock(Table.Guards[Guard].Path, nullptr));
    New.Owns = isRelease(Call.does());
    P.Value.Guards.push_back(New);
    G = &P.Value.Guards.back();
  }
  Operation Op = Call.does();
  if (isRelease(Op))
    return giveAll(*G, Call.Site, P);
  if (isAcquire(Op)) {
    if (isTry(Op))
      Added.push_back(failed(Call, P));
    G = P.Value.guard(Guard);
    return takeAll(*G, Call.Site, isTry(Op), P);
  }
  if (Op == Operation::ReleaseGuard || Op == Operation::Cancel) {
    for (unsigned Lock : G->Locks)
      record(LockEvent::ReleaseGuard, Lock, G->Mode, Call.Site, nullptr, Guard,
             false);
    for (LockOnPath &L : P.Value.Locks)
      if (L.Guard == Guard)
        L.Guard = LockOnPath::NoGuard;
    G->Owns = false;
    G->Locks.clear();
    return;
  }
  if (Op == Operation::Swap)
    if (const Expr *Other = Call.argument(0))
      if (std::optional<unsigned> Second = guardOf(Other))
        swapGuards(Guard, *Second, P);
}

void LockFlow::swapGuards(unsigned A, unsigned B, Path &P) {
  for (GuardOnPath &G : P.Value.Guards)
    G.Guard = G.Guard == A ? B : G.Guard == B ? A : G.Guard;
  for (LockOnPath &L : P.Value.Locks)
    L.Guard = L.Guard == A ? B : L.Guard == B ? A : L.Guard;
}

void LockFlow::lockSeveral(const KnownCall &Call, Path &P) {
  for (int I = 0; const Expr *Argument = Call.argument(I); ++I) {
    std::optional<unsigned> Guard = guardOf(Argument);
    GuardOnPath *G = Guard ? P.Value.guard(*Guard) : nullptr;
    if (G)
      takeAll(*G, Call.Site, false, P);
    else if (std::optional<unsigned> Lock = lockOf(Argument))
      take(*Lock, LockMode::Exclusive, LockOnPath::NoGuard, Call.Site, false,
           P);
  }
}

void LockFlow::attributes(const FunctionDecl &Callee, const Expr &Call,
                          Path &P) {
  auto ForEach = [&](auto Arguments, auto Do) {
    auto One = [&](const AccessPath &Callees, QualType Type) {
      if (AccessPath Name = Facts.translated(Callees, &Call))
        Do(Table.lock(Name, factOf(Facts.vocabulary(), Type)));
    };
    for (const Expr *Argument : Arguments)
      One(AccessPath::ofObject(Argument), Argument->getType());
    // Without arguments the object is the lock.
    const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
    if (Arguments.begin() == Arguments.end() && Method && Method->isInstance())
      One(AccessPath::ofThis(), Method->getThisType()->getPointeeType());
  };
  for (const auto *Attribute : Callee.specific_attrs<AcquireCapabilityAttr>())
    ForEach(Attribute->args(), [&](unsigned Lock) {
      take(Lock, Attribute->isShared() ? LockMode::Shared : LockMode::Exclusive,
           LockOnPath::NoGuard, &Call, false, P);
    });
  for (const auto *Attribute : Callee.specific_attrs<ReleaseCapabilityAttr>())
    ForEach(Attribute->args(),
            [&](unsigned Lock) { give(Lock, std::nullopt, false, &Call, P); });
  for (const auto *Attribute : Callee.specific_attrs<AssertCapabilityAttr>())
    ForEach(Attribute->args(), [&](unsigned Lock) {
      LockOnPath Held;
      Held.Lock = Lock;
      Held.Held = Held.AtEntry = true;
      Held.Depth = 1;
      if (!P.Value.lock(Lock))
        P.Value.Locks.push_back(Held);
    });
}

void LockFlow::summarizedCall(const Expr &Call, Path &P) {
  const CallSummary *Summary = Facts.calleeSummary(&Call);
  if (!Summary)
    return;
  auto Guarded = [&](const AccessPath &Name) -> GuardOnPath * {
    std::optional<unsigned> Guard = Table.findGuard(Name);
    return Guard ? P.Value.guard(*Guard) : nullptr;
  };
  for (const AccessPath &Released : Summary->LeavesReleased) {
    AccessPath Name = Facts.translated(Released, &Call);
    if (GuardOnPath *G = Name ? Guarded(Name) : nullptr)
      giveAll(*G, &Call, P);
    else if (Name)
      give(Table.lock(Name, nullptr), std::nullopt, false, &Call, P);
  }
  for (const HeldLock &Held : Summary->LeavesHeld) {
    AccessPath Name = Facts.translated(Held.Mutex, &Call);
    if (GuardOnPath *G = Name ? Guarded(Name) : nullptr)
      takeAll(*G, &Call, false, P);
    else if (Name) {
      unsigned Lock = Table.lock(Name, Held.Type);
      GuardOnPath *Scope = scopeOf(Call, P);
      if (Scope) {
        Scope->Owns = true;
        Scope->Mode = Held.Mode;
        if (!llvm::is_contained(Scope->Locks, Lock))
          Scope->Locks.push_back(Lock);
      }
      take(Lock, Held.Mode, Scope ? Scope->Guard : LockOnPath::NoGuard, &Call,
           false, P);
    }
  }
  if (!Summary->ReturnsGuardOf)
    return;
  AccessPath Name = Facts.translated(Summary->ReturnsGuardOf, &Call);
  GuardOnPath Guard;
  Guard.Guard = ownerOf(Call);
  if (Name)
    Guard.Locks.push_back(Table.lock(Name, nullptr));
  takeAll(Guard, &Call, false, P);
  llvm::erase_if(P.Value.Guards,
                 [&](const GuardOnPath &O) { return O.Guard == Guard.Guard; });
  P.Value.Guards.push_back(Guard);
}

GuardOnPath *LockFlow::scopeOf(const Expr &Call, Path &P) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    AccessPath Object =
        AccessPath::ofObject(Member->getImplicitObjectArgument());
    std::optional<unsigned> Guard = Table.findGuard(Object);
    return Guard ? P.Value.guard(*Guard) : nullptr;
  }
  const auto *Construct = dyn_cast<CXXConstructExpr>(&Call);
  const CXXRecordDecl *Record =
      Construct ? Construct->getConstructor()->getParent() : nullptr;
  if (!Record || !Record->hasDefinition() ||
      !Record->hasUserDeclaredDestructor())
    return nullptr;
  unsigned Index = ownerOf(Call);
  Table.Guards[Index].Scope = true;
  if (GuardOnPath *Known = P.Value.guard(Index))
    return Known;
  GuardOnPath New;
  New.Guard = Index;
  P.Value.Guards.push_back(New);
  return &P.Value.Guards.back();
}

void LockFlow::guardArguments(const CallExpr &Call, Path &P, Worlds &Added) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (Facts.callee(&Call) || isa<CXXOperatorCallExpr>(Call) ||
      (Callee && Callee->getBuiltinID() != 0)) // std::move
    return;
  unsigned Count = Callee ? Callee->getNumParams() : 0;
  for (unsigned I = 0; I < Count && I < Call.getNumArgs(); ++I) {
    QualType Type = Callee->getParamDecl(I)->getType();
    if (!Type->isReferenceType() ||
        Type.getNonReferenceType().isConstQualified())
      continue;
    if (!isGuard(Facts.vocabulary().type(Type.getNonReferenceType())))
      continue;
    std::optional<unsigned> Guard = guardOf(Call.getArg(I));
    GuardOnPath *G = Guard ? P.Value.guard(*Guard) : nullptr;
    if (!G || !G->Owns)
      continue;
    // The function may give the lock back, or take the guard away.
    Path Unlocked = P;
    giveAll(*Unlocked.Value.guard(*Guard), &Call, Unlocked);
    Added.push_back(std::move(Unlocked));
    return;
  }
}

bool LockFlow::branch(const Expr *Condition, bool Value, Path &P) {
  const auto *Call = dyn_cast<CallExpr>(Condition);
  KnownCall Known = Call ? Facts.call(Call) : KnownCall();
  if (Known.does() != Operation::OwnsLock || !Known.Object)
    return true;
  std::optional<unsigned> Guard = guardOf(Known.Object);
  const GuardOnPath *G = Guard ? P.Value.guard(*Guard) : nullptr;
  return !G || G->Owns == Value;
}

void LockFlow::enterHandler(const CXXCatchStmt &Catch, LocksOnPath &State) {
  const auto *Try =
      dyn_cast_or_null<CXXTryStmt>(Facts.parent(Function, &Catch));
  if (!Try)
    return;
  SourceRange Range = Try->getTryBlock()->getSourceRange();
  Path P{State, {}};
  for (unsigned I = 0; I < Table.Guards.size(); ++I) {
    const LockTable::Guard &Guard = Table.Guards[I];
    SourceLocation Loc = Guard.Variable    ? Guard.Variable->getLocation()
                         : Guard.Temporary ? Guard.Temporary->getBeginLoc()
                                           : SourceLocation();
    if (Loc.isValid() && !(Loc < Range.getBegin()) && !(Range.getEnd() < Loc))
      guardDies(I, nullptr, P);
  }
  State = P.Value;
}

LocksOnPath LockFlow::entryState() {
  LocksOnPath Entry;
  if (!Function.Function)
    return Entry;
  for (const auto *Attribute :
       Function.Function->specific_attrs<RequiresCapabilityAttr>())
    for (const Expr *Argument : Attribute->args())
      if (std::optional<unsigned> Lock = lockOf(Argument)) {
        LockOnPath Held;
        Held.Lock = *Lock;
        Held.Held = Held.AtEntry = true;
        Held.Depth = 1;
        Held.Mode =
            Attribute->isShared() ? LockMode::Shared : LockMode::Exclusive;
        Entry.Locks.push_back(Held);
      }
  return Entry;
}

} // namespace clang::tidy::concord
