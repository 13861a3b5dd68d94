//===--- UnbalancedLockCheck.cpp ------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/UnbalancedLockCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/LockBalance.h"
#include "analysis/MutexKind.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

bool has(const LockState &Locks, LockEvent::Kind What,
         const AccessPath &Mutex) {
  return llvm::any_of(Locks.events(), [&](const LockEvent &Event) {
    return Event.What == What && Event.Mutex == Mutex;
  });
}

/// True if some way out leaves \p Mutex as \p What says.
bool leaves(const LockState &Locks, LockExit::Way::Kind What,
            const AccessPath &Mutex) {
  return llvm::any_of(Locks.exits(), [&](const LockExit &Exit) {
    return llvm::any_of(Exit.Ways, [&](const LockExit::Way &Way) {
      return Way.What == What && Way.Mutex == Mutex;
    });
  });
}

/// A pointer that may lead to a lock which is held under another name.
bool mayBeAnother(const LockState &Locks, const LockEvent &Event) {
  return llvm::any_of(Event.Mutex.steps(),
                      [](const AccessPath::Step &S) {
                        return S.What == AccessPath::Step::Deref ||
                               S.What == AccessPath::Step::Index;
                      }) &&
         !Locks.heldAt(Event.Site).empty();
}

StringRef modeName(LockMode Mode) {
  return Mode == LockMode::Shared ? "shared" : "exclusive";
}

/// The statement that \p E is, with everything done to its value; null if the
/// value is used.
bool isDropped(UnitFacts &Facts, const FunctionInfo &Function, const Expr *E) {
  const Stmt *Up = Facts.parent(Function, E);
  while (isa_and_nonnull<ExprWithCleanups, ImplicitCastExpr, ParenExpr>(Up))
    Up = Facts.parent(Function, Up);
  if (const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(Up))
    return Cast->getType()->isVoidType();
  return isa_and_nonnull<CompoundStmt, IfStmt, ForStmt, WhileStmt, CaseStmt,
                         DefaultStmt, LabelStmt>(Up);
}

} // namespace

void UnbalancedLockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(hasLocks(this)).bind("function"), this);
}

void UnbalancedLockCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Protocol)
    Protocol = std::make_unique<LockProtocol>(*Facts);
  const FunctionInfo &Function =
      *Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"));
  leaks(*Facts, Function);
  for (const LockEvent &Event : Facts->locks(Function)->events())
    if (Event.Site && (!Event.Type || !Event.Type->has(Trait::Null)))
      event(*Facts, Function, Event);
}

void UnbalancedLockCheck::leaks(UnitFacts &Facts,
                                const FunctionInfo &Function) {
  for (const LockLeak &Leak : findLockLeaks(Facts, *Protocol, Function)) {
    Finding F = finding(
        Leak.Exit->Loc,
        !Leak.Released
            ? "'%0' is still held when the function returns here, and nothing "
              "releases it; release it where it is taken"
        : Leak.Exit->IsThrow
            ? "'%0' is still held when this exception leaves the function; "
              "let a guard release it"
        : Facts.context().getLangOpts().CPlusPlus
            ? "'%0' is still held when the function returns here, while other "
              "paths release it; let a guard release it"
            : "'%0' is still held when the function returns here, while other "
              "paths release it; release it on every path");
    F << Leak.Mutex.str();
    if (Leak.Taken)
      F.note(Leak.Taken->getExprLoc(), "taken here");
    if (Leak.Released)
      F.note(Leak.Released->getExprLoc(), "another path releases it here");
  }
}

void UnbalancedLockCheck::event(UnitFacts &Facts, const FunctionInfo &Function,
                                const LockEvent &Event) {
  const LockState &Locks = *Facts.locks(Function);
  switch (Event.What) {
  case LockEvent::UnlockUnheld:
    if (Event.Always && !has(Locks, LockEvent::Reacquire, Event.Mutex))
      unlockedTwice(Event);
    return;
  case LockEvent::UnlockEntry:
    if (Event.Always)
      neverLocked(Facts, Function, Event);
    return;
  case LockEvent::UnlockMismatch:
    if (Event.Always) {
      Finding F = finding(Event.Site->getExprLoc(),
                          "'%0' is released in %1 mode, but was not taken so; "
                          "release it in the mode it was taken in");
      F << Event.Mutex.str() << modeName(Event.Mode);
      if (Event.Earlier)
        F.note(Event.Earlier->getExprLoc(), "taken here");
    }
    return;
  case LockEvent::UnlockOwned:
    if (Event.Always)
      owned(Locks, Event);
    return;
  case LockEvent::AdoptUnheld:
    if (Event.Always)
      adopted(Facts, Function, Event);
    return;
  case LockEvent::WaitUnheld:
    if (Event.Always)
      waits(Event);
    return;
  case LockEvent::ReleaseGuard:
    released(Facts, Function, Event);
    return;
  case LockEvent::Reacquire:
    nextRound(Facts, Function, Event);
    return;
  default:
    return;
  }
}

void UnbalancedLockCheck::unlockedTwice(const LockEvent &Event) {
  if (Event.Type && Event.Type->has(Trait::Recursive))
    return;
  Finding F = finding(Event.Site->getExprLoc(),
                      "'%0' is released although it is not held any more; "
                      "remove one of the two releases");
  F << Event.Mutex.str();
  if (Event.Earlier)
    F.note(Event.Earlier->getExprLoc(), "already released here");
}

void UnbalancedLockCheck::waits(const LockEvent &Event) {
  Finding F = finding(Event.Site->getExprLoc(),
                      "'%0' is not held when this wait begins, which releases "
                      "it; lock it before the wait");
  F << Event.Mutex.str();
  if (Event.Earlier)
    F.note(Event.Earlier->getExprLoc(), "released here");
}

void UnbalancedLockCheck::neverLocked(UnitFacts &Facts,
                                      const FunctionInfo &Function,
                                      const LockEvent &Event) {
  if (LockProtocol::isDeclared(Facts, Function) ||
      leaves(*Facts.locks(Function), LockExit::Way::Entry, Event.Mutex) ||
      mayBeAnother(*Facts.locks(Function), Event))
    return;
  bool Certain =
      isOwnLock(Event.Mutex, Function) ||
      (isThreadEntry(Facts, Function) && !Protocol->isLeftHeld(Event.Mutex));
  if (!Certain && (Function.Lambda || !Protocol->isInternal(Event.Mutex) ||
                   Protocol->isLeftHeld(Event.Mutex) ||
                   Protocol->isCalledWith(Function, Event.Mutex)))
    return;
  finding(Event.Site->getExprLoc(),
          "'%0' is released here, but no path has taken it; lock it first, or "
          "remove this")
      << Event.Mutex.str();
}

void UnbalancedLockCheck::owned(const LockState &Locks,
                                const LockEvent &Event) {
  // Taken again by hand before the guard ends: a window.
  bool AtEnd = llvm::any_of(Locks.events(), [&](const LockEvent &Other) {
    return Other.What == LockEvent::UnlockUnheld && !Other.Site &&
           Other.Mutex == Event.Mutex;
  });
  if (!AtEnd)
    return;
  Finding F = finding(Event.Site->getExprLoc(),
                      "'%0' is released by hand while guard '%1' owns it and "
                      "will release it again; release it through the guard, or "
                      "end the guard's scope");
  F << Event.Mutex.str() << (Event.Guard ? Event.Guard->getName() : "");
  if (Event.Earlier)
    F.note(Event.Earlier->getExprLoc(), "the guard takes it here");
}

void UnbalancedLockCheck::adopted(UnitFacts &Facts,
                                  const FunctionInfo &Function,
                                  const LockEvent &Event) {
  // `std::try_lock(a, b)` takes what it cannot be seen to take.
  for (const KnownCall &Call : Function.Calls)
    if (Call.does() == Operation::TryLock && !Call.Object)
      return;
  if (!Event.Earlier && !isOwnLock(Event.Mutex, Function) &&
      (LockProtocol::isDeclared(Facts, Function) || Function.Lambda ||
       !Protocol->isInternal(Event.Mutex) ||
       Protocol->isLeftHeld(Event.Mutex) ||
       Protocol->isCalledWith(Function, Event.Mutex) ||
       has(*Facts.locks(Function), LockEvent::ReleaseGuard, Event.Mutex)))
    return;
  Finding F = finding(Event.Site->getExprLoc(),
                      "'%0' is adopted as if it were held, but it is not; lock "
                      "it first, or let the guard lock it");
  F << Event.Mutex.str();
  if (Event.Earlier)
    F.note(Event.Earlier->getExprLoc(), "released here");
}

void UnbalancedLockCheck::released(UnitFacts &Facts,
                                   const FunctionInfo &Function,
                                   const LockEvent &Event) {
  if (LockProtocol::isDeclared(Facts, Function) ||
      Protocol->isGivenBack(Event.Mutex) ||
      !isDropped(Facts, Function, Event.Site) ||
      releasesElsewhere(Facts, Function, Event.Mutex))
    return;
  const LockState &Locks = *Facts.locks(Function);
  if (!leaves(Locks, LockExit::Way::Keeps, Event.Mutex) ||
      has(Locks, LockEvent::Unlock, Event.Mutex))
    return;
  finding(Event.Site->getExprLoc(),
          "'release' gives up guard '%0' without unlocking '%1', which stays "
          "locked; unlock the guard instead")
      << (Event.Guard ? Event.Guard->getName() : "") << Event.Mutex.str();
}

/// `for (;;) { m.lock(); if (c) continue; m.unlock(); }`
void UnbalancedLockCheck::nextRound(UnitFacts &Facts,
                                    const FunctionInfo &Function,
                                    const LockEvent &Event) {
  if (Event.Always || Event.Try || Event.Earlier != Event.Site || Event.Guard ||
      isa<CXXConstructExpr>(Event.Site) ||
      mayBeRecursive(Facts, Event.Mutex, Event.Type))
    return;
  // What an index or a local pointer names may be another lock by then.
  for (const AccessPath::Step &Step : Event.Mutex.steps())
    if (Step.What == AccessPath::Step::Index ||
        Step.What == AccessPath::Step::Call ||
        (Step.What == AccessPath::Step::Deref && Event.Mutex.root()))
      return;
  const LockState &Locks = *Facts.locks(Function);
  if (!has(Locks, LockEvent::Unlock, Event.Mutex) ||
      releasesElsewhere(Facts, Function, Event.Mutex))
    return;
  finding(Event.Site->getExprLoc(),
          "'%0' may still be held when the loop comes back to lock it again; "
          "release it on every path through the loop")
      << Event.Mutex.str();
}

} // namespace clang::tidy::concord
