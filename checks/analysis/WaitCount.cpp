//===--- WaitCount.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/WaitCount.h"
#include "analysis/Callable.h"
#include "analysis/HandleKey.h"
#include "analysis/TaskArgument.h"
#include "analysis/TripCount.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

bool isLoop(const Stmt &S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

const Stmt *loopAround(const UnitFacts &Facts, const FunctionInfo &Function,
                       const Stmt *S) {
  while ((S = Facts.parent(Function, S)))
    if (isLoop(*S))
      return S;
  return nullptr;
}

/// Nothing that the function tests or repeats decides whether \p S happens.
bool isCertain(const UnitFacts &Facts, const FunctionInfo &Function,
               const Stmt *S) {
  while ((S = Facts.parent(Function, S))) {
    const auto *Binary = dyn_cast<BinaryOperator>(S);
    if (isa<IfStmt, SwitchStmt, AbstractConditionalOperator, CXXCatchStmt>(S) ||
        isLoop(*S) || (Binary && Binary->isLogicalOp()))
      return false;
  }
  return true;
}

/// An operation on the local \p Object that lets one waiting thread go on.
bool letsOneGo(const UnitFacts &Facts, const KnownCall &Call,
               const ValueDecl *Object) {
  bool One =
      Call.does() == Operation::Send || (Call.does() == Operation::Release &&
                                         writtenArguments(Call.Site).empty());
  return One && handleKeyOf(Facts.vocabulary(), Call.Object).Root == Object;
}

/// The task of \p Launch surely sends to the launcher's \p Object, once.
bool sends(UnitFacts &Facts, const TaskLaunch &Launch,
           const ValueDecl *Object) {
  const FunctionInfo *Entry = Facts.function(Launch.Entry);
  if (!Entry)
    return false;
  const ValueDecl *Known = nullptr;
  for (const TaskReach &Reach : Launch.Reaches)
    if (Reach.Variable && Reach.Variable->getCanonicalDecl() == Object)
      Known = Reach.Argument ? entryParameter(Launch, Reach.Argument) : Object;
  unsigned Sent = 0;
  for (const KnownCall &Call : Entry->Calls)
    if (Known && letsOneGo(Facts, Call, Known)) {
      if (!isCertain(Facts, *Entry, Call.Site))
        return false;
      ++Sent;
    }
  return Sent == 1;
}

/// A wait that ends when one other thread has done its part.
bool takesOne(const KnownCall &Call) {
  return Call.does() == Operation::Receive ||
         (Call.does() == Operation::Acquire &&
          writtenArguments(Call.Site).empty());
}

/// Unlimited, or about as good.
constexpr uint64_t Many = UINT64_MAX;

} // namespace

bool waitsForFewer(UnitFacts &Facts, const FunctionInfo &Function,
                   const TaskLaunch &Launch, const KnownCall &Wait) {
  const ValueDecl *Object = handleKeyOf(Facts.vocabulary(), Wait.Object).Root;
  const auto *Variable = dyn_cast_or_null<VarDecl>(Object);
  if (!Variable || !Variable->hasLocalStorage() || !takesOne(Wait) ||
      !sends(Facts, Launch, Object))
    return false;
  uint64_t Waits = 0, Tasks = 0;
  for (const KnownCall &Call : Function.Calls) {
    if (handleKeyOf(Facts.vocabulary(), Call.Object).Root != Object)
      continue;
    // What else the function does to it may count too.
    if (!takesOne(Call) || loopAround(Facts, Function, Call.Site))
      return false;
    ++Waits;
  }
  for (const TaskLaunch &Other : Facts.launches()) {
    if (Other.Launcher != &Function || !sends(Facts, Other, Object))
      continue;
    std::optional<uint64_t> Count = runCount(Other.Site, Function, Facts);
    Tasks = Count && *Count < Many - Tasks ? Tasks + *Count : Many;
  }
  return Waits < Tasks;
}

const Expr *conditionRepeating(const UnitFacts &Facts,
                               const FunctionInfo &Function,
                               const TaskLaunch &Launch,
                               const KnownCall &Wait) {
  if (!Launch.Loop)
    return nullptr;
  const Stmt *Loop = loopAround(Facts, Function, Wait.Site);
  for (const Stmt *S = Launch.Site; S; S = Facts.parent(Function, S))
    if (S == Loop)
      return nullptr;
  if (const auto *For = dyn_cast_or_null<ForStmt>(Loop))
    return For->getCond();
  const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(Loop);
  return Range ? Range->getCond() : nullptr;
}

} // namespace clang::tidy::concord
