//===--- LoopVariableCaptureCheck.cpp -------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "capture/LoopVariableCaptureCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/HandleState.h"
#include "analysis/LoopVariable.h"
#include "analysis/Storage.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// True if \p Reach leads to a variable that the loop around \p Launch changes
/// before the task is known to have ended.
bool outlivesIteration(UnitFacts &Facts, const TaskLaunch &Launch,
                       const TaskReach &Reach) {
  bool ByReference =
      Reach.How == TaskReach::Reference || Reach.How == TaskReach::Pointer;
  if (!ByReference || !Reach.Used || !Reach.Variable ||
      !storageOf(Reach.Variable).isLocal())
    return false;
  // What synchronises is meant to be shared.
  if (Facts.vocabulary().type(Reach.Variable->getType()))
    return false;
  ChangingLoop Loop =
      loopThatChanges(Facts, *Launch.Launcher, Launch.Site, Reach.Variable);
  if (!Loop)
    return false;
  const HandleState *Handles = Facts.handles(*Launch.Launcher);
  return Handles && !Handles->waitedWithin(Launch, Loop.Body);
}

StringRef message(ReachGroup::Kind How) {
  switch (How) {
  case ReachGroup::Captured:
    return "loop variable%plural{1:|:s}0 %1 %plural{1:is|:are}0 captured by "
           "reference in a task that may run after the iteration; capture "
           "%plural{1:it|:them}0 by value";
  case ReachGroup::Passed:
    return "loop variable%plural{1:|:s}0 %1 %plural{1:is|:are}0 passed by "
           "reference to a task that may run after the iteration; pass "
           "%plural{1:it|:them}0 by value";
  case ReachGroup::Address:
    return "the address of loop variable%plural{1:|:s}0 %1 is passed to a task "
           "that may run after the iteration; pass the value";
  }
  return "";
}

} // namespace

void LoopVariableCaptureCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, launchesTask(this), "launch");
}

void LoopVariableCaptureCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const TaskLaunch &Launch =
      *Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch"));
  if (!Launch.Loop || Launch.Synchronous || Launch.InlineMaybe ||
      Launch.Handle.Where == TaskHandle::Joined)
    return;
  llvm::SmallVector<const TaskReach *, 4> Wrong;
  for (const TaskReach &Reach : Launch.Reaches)
    if (outlivesIteration(*Facts, Launch, Reach))
      Wrong.push_back(&Reach);
  for (const ReachGroup &Group : groupReaches(Wrong))
    report(*Result.Context, Launch, Group);
}

void LoopVariableCaptureCheck::report(ASTContext &Context,
                                      const TaskLaunch &Launch,
                                      const ReachGroup &Group) {
  Finding F = finding(Group.Loc, message(Group.How));
  if (!F)
    return;
  F << unsigned(Group.Reaches.size()) << Group.names()
    << copyInstead(Context, Launch, Group);
  if (Group.isDefaultCapture())
    for (const TaskReach *Reach : Group.Reaches)
      F.note(Reach->Loc, "captured here");
  if (Launch.NamedCallable)
    F.note(Launch.Site->getBeginLoc(), "the task is launched here");
}

} // namespace clang::tidy::concord
