//===--- BlockingCall.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/BlockingCall.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

Waiting ofOperation(const KnownCall &Call) {
  switch (Call.does()) {
  case Operation::Sleep:
    return Waiting::Sleep;
  case Operation::Join:
  case Operation::TimedJoin:
  case Operation::WaitAll:
    return Waiting::Thread;
  case Operation::Get:
  case Operation::Wait:
  case Operation::TimedWait:
  case Operation::ArriveAndWait:
  case Operation::Acquire:
  case Operation::TimedAcquire:
    return Waiting::Result;
  case Operation::Send:
  case Operation::TimedSend:
  case Operation::Receive:
  case Operation::TimedReceive:
    return Waiting::Channel;
  case Operation::ConditionWait:
  case Operation::AwaitCondition:
    return Waiting::Condition;
  case Operation::Lock:
  case Operation::TimedLock:
  case Operation::LockShared:
  case Operation::TimedLockShared:
  case Operation::LockUpgrade:
  case Operation::LockMultiple:
  case Operation::LockWhen:
  case Operation::AcquireGuard:
  case Operation::WithLock:
    return Waiting::No;
  default:
    break;
  }
  switch (Call.Fact->Blocks) {
  case BlockingKind::No:
    return Waiting::No;
  case BlockingKind::Sleep:
    return Waiting::Sleep;
  case BlockingKind::Wait:
    return Waiting::Result;
  default:
    return Waiting::Outside;
  }
}

/// The function asked before whether the object is ready, without waiting.
bool isKnownReady(const UnitFacts &Facts, const FunctionInfo &Function,
                  const KnownCall &Call) {
  AccessPath Object = AccessPath::ofObject(Call.Object);
  if (!Object)
    return false;
  const SourceManager &Sources = Facts.context().getSourceManager();
  return llvm::any_of(Function.Calls, [&](const KnownCall &Other) {
    bool Asks = Other.does() == Operation::TimedWait ||
                Other.does() == Operation::TryWait ||
                Other.does() == Operation::TimedJoin;
    return Asks && !Facts.vocabulary().mayBlock(Other) &&
           AccessPath::ofObject(Other.Object) == Object &&
           Sources.isBeforeInTranslationUnit(Other.Site->getBeginLoc(),
                                             Call.Site->getBeginLoc());
  });
}

} // namespace

Waiting waitingOf(const UnitFacts &Facts, const FunctionInfo &Function,
                  const KnownCall &Call) {
  if (!Call || !Call.Fact || !Facts.vocabulary().mayBlock(Call) ||
      isa<CXXConstructExpr>(Call.Site))
    return Waiting::No;
  Waiting What = ofOperation(Call);
  if (What == Waiting::Result && isKnownReady(Facts, Function, Call))
    return Waiting::No;
  return What;
}

std::vector<AccessPath> releasedByWait(UnitFacts &Facts,
                                       const FunctionInfo &Function,
                                       const Expr *Site) {
  std::vector<AccessPath> Released;
  if (KnownCall Call = Facts.call(Site);
      Call.does() == Operation::AwaitCondition && Call.Object)
    Released.push_back(AccessPath::ofObject(Call.Object));
  if (const LockState *Locks = Facts.locks(Function))
    for (const LockEvent &Event : Locks->events())
      if (Event.What == LockEvent::Wait && Event.Site == Site)
        Released.push_back(Event.Mutex);
  return Released;
}

} // namespace clang::tidy::concord
