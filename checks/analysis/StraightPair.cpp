//===--- StraightPair.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StraightPair.h"
#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 3;

bool isNothrow(const FunctionDecl &Callee) {
  const auto *Type = Callee.getType()->getAs<FunctionProtoType>();
  if (Callee.getBuiltinID() || (Type && Type->isNothrow()))
    return true;
  // An implicit function whose specification nobody has asked for.
  return Callee.isImplicit() && Callee.isTrivial();
}

class ThrowFinder {
public:
  explicit ThrowFinder(UnitFacts &Facts) : Facts(Facts) {}

  const Expr *find(const Stmt *S, unsigned Depth) {
    if (!S || isa<LambdaExpr, BlockExpr, UnaryExprOrTypeTraitExpr>(S))
      return nullptr;
    // What a handler for everything catches does not get out.
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        if (!Try->getHandler(I)->getExceptionDecl())
          return find(Try->getHandler(I)->getHandlerBlock(), Depth);
    if (const auto *E = dyn_cast<Expr>(S); E && throws(*E, Depth))
      return E;
    for (const Stmt *Child : S->children())
      if (const Expr *Found = find(Child, Depth))
        return Found;
    return nullptr;
  }

private:
  bool throws(const Expr &E, unsigned Depth) {
    if (isa<CXXThrowExpr>(E))
      return true;
    if (const auto *New = dyn_cast<CXXNewExpr>(&E))
      return New->getOperatorNew() && !isNothrow(*New->getOperatorNew()) &&
             !New->getOperatorNew()->isReservedGlobalPlacementOperator();
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
      return calls(*Construct->getConstructor(), Depth);
    const auto *Call = dyn_cast<CallExpr>(&E);
    if (!Call || isQuiet(Facts.call(Call).does()))
      return false;
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee)
      return !isa<CXXPseudoDestructorExpr>(
                 Call->getCallee()->IgnoreParenImpCasts()) &&
             !Call->isTypeDependent();
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
        Method && Method->isVirtual() && !isNothrow(*Callee))
      return true;
    return calls(*Callee, Depth);
  }

  static bool isQuiet(Operation Does) {
    return (Does >= Operation::Lock && Does <= Operation::Swap) ||
           Does == Operation::NotifyOne || Does == Operation::NotifyAll ||
           (Does >= Operation::AtomicLoad && Does <= Operation::AtomicModify);
  }

  bool calls(const FunctionDecl &Callee, unsigned Depth) {
    if (isNothrow(Callee))
      return false;
    const FunctionDecl *Definition = nullptr;
    if (!Callee.hasBody(Definition) || Definition->isDependentContext())
      return !Callee.isExternC() && !Callee.isDefaulted();
    if (Depth == 0)
      return true;
    if (!Active.insert(Definition).second)
      return false;
    bool Throws = find(Definition->getBody(), Depth - 1) != nullptr;
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Definition))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        Throws |= find(Init->getInit(), Depth - 1) != nullptr;
    Active.erase(Definition);
    return Throws;
  }

  UnitFacts &Facts;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Active;
};

bool suspends(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S) ||
         llvm::any_of(S->children(), suspends);
}

/// The call \p Site, if it is a statement that locks or unlocks a mutex itself.
KnownCall handOperation(UnitFacts &Facts, const FunctionInfo &Function,
                        const Expr *Site) {
  KnownCall Call = Facts.call(Site);
  bool ByHand = Call.does() == Operation::Lock ||
                Call.does() == Operation::LockShared ||
                Call.does() == Operation::Unlock ||
                Call.does() == Operation::UnlockShared;
  if (!ByHand || !Call.Object || !isa<CallExpr>(Site) ||
      fateOf(Facts, Function, Site).What == ValueFate::Used)
    return {};
  const TypeFact *Type =
      Call.Type ? Call.Type
                : Facts.vocabulary().pointee(Call.Object->getType());
  if (!Type || !Type->is(Role::Mutex) || Type->has(Trait::Coroutine) ||
      Type->has(Trait::Null))
    return {};
  return Call;
}

} // namespace

const Expr *mayThrow(UnitFacts &Facts, const Stmt *S) {
  if (!Facts.context().getLangOpts().CXXExceptions)
    return nullptr;
  return ThrowFinder(Facts).find(S, MaxDepth);
}

static std::optional<StraightPair> pairAt(UnitFacts &Facts,
                                          const FunctionInfo &Function,
                                          const LockState &Locks,
                                          const LockEvent &Taken) {
  StraightPair Pair;
  Pair.Lock = handOperation(Facts, Function, Taken.Site);
  if (!Pair.Lock)
    return std::nullopt;
  for (const LockEvent &Event : Locks.events()) {
    if (Event.Mutex != Taken.Mutex || Event.Earlier != Taken.Site)
      continue;
    if (Event.What != LockEvent::Unlock || !Event.Always || Pair.Unlock)
      return std::nullopt;
    Pair.Unlock = handOperation(Facts, Function, Event.Site);
    if (!Pair.Unlock)
      return std::nullopt;
  }
  for (const LockExit &Exit : Locks.exits())
    for (const HeldLock &Held : Exit.Held)
      if (Held.Site == Taken.Site)
        return std::nullopt;
  if (!Pair.Unlock)
    return std::nullopt;
  Pair.Mutex = Taken.Mutex;
  Pair.Mode = Taken.Mode;
  Pair.First = statementOf(Facts, Function, Pair.Lock.Site);
  Pair.Last = statementOf(Facts, Function, Pair.Unlock.Site);
  Pair.Block = blockAround(Facts, Function, Pair.Lock.Site);
  if (!Pair.Block ||
      Pair.Block != blockAround(Facts, Function, Pair.Unlock.Site) ||
      // Labelled, or the branch of an `if`: not a part of the block itself.
      fateOf(Facts, Function, Pair.Lock.Site).Around != Pair.Block ||
      fateOf(Facts, Function, Pair.Unlock.Site).Around != Pair.Block)
    return std::nullopt;
  const auto *Begin = llvm::find(Pair.Block->body(), Pair.First);
  const auto *End = llvm::find(Pair.Block->body(), Pair.Last);
  if (Begin >= End)
    return std::nullopt;
  for (const auto *S = Begin + 1; S != End; ++S) {
    if (suspends(*S))
      return std::nullopt;
    if (!Pair.MayThrow)
      Pair.MayThrow = mayThrow(Facts, *S);
  }
  for (const LockEvent &Event : Locks.events())
    if (Event.What == LockEvent::Wait && Event.Mutex == Taken.Mutex &&
        Locks.held(Event.Site, Taken.Mutex) &&
        Locks.held(Event.Site, Taken.Mutex)->Site == Taken.Site)
      return std::nullopt;
  return Pair;
}

std::vector<StraightPair> straightPairsOf(UnitFacts &Facts,
                                          const FunctionInfo &Function) {
  std::vector<StraightPair> Pairs;
  const LockState *Locks = Facts.locks(Function);
  if (!Locks || !Locks->complete())
    return Pairs;
  for (const LockEvent &Event : Locks->events())
    if (Event.What == LockEvent::Acquire && !Event.Try && !Event.Guard)
      if (std::optional<StraightPair> Pair =
              pairAt(Facts, Function, *Locks, Event))
        Pairs.push_back(std::move(*Pair));
  return Pairs;
}

} // namespace clang::tidy::concord
