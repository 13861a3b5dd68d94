//===--- RacyCaptureCheck.cpp ---------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "capture/RacyCaptureCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/TaskRace.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// Matches the first of the launches in a function: one look finds the races of
/// them all.
AST_MATCHER_P(Expr, isFirstLaunch, FactsCheck *, Check) {
  (void)Builder;
  UnitFacts *Facts = Check->facts(Finder->getASTContext());
  const TaskLaunch *Launch = Facts ? Facts->launchAt(&Node) : nullptr;
  if (!Launch)
    return false;
  for (const TaskLaunch &Other : Facts->launches())
    if (Other.Launcher == Launch->Launcher)
      return &Other == Launch;
  return false;
}

StringRef message(const TaskRace &Race) {
  if (Race.Between == TaskRace::Launcher)
    return "%0 is %select{read|written}1 while a task that has it by reference "
           "may be %select{reading|writing}2 it, without a common lock; wait "
           "for the task first, or guard both with one mutex";
  return "%0 is written by tasks that run at the same time and have it by "
         "reference, without a common lock; guard it with one mutex, make it "
         "atomic, or give each task its own";
}

} // namespace

void RacyCaptureCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, isFirstLaunch(this), "launch");
}

void RacyCaptureCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const TaskLaunch &First =
      *Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch"));
  for (const TaskRace &Race : findTaskRaces(*Facts, *First.Launcher)) {
    Finding F = finding(Race.Loc, message(Race));
    if (!F)
      continue;
    F << Race.Object;
    if (Race.Between == TaskRace::Launcher)
      F << Race.Use.Writes << Race.Other.Writes;
    if (Race.Use.Place->getExprLoc() != Race.Loc)
      F.note(Race.Use.Place->getExprLoc(),
             Race.Use.Writes ? "written here" : "read here");
    if (Race.Other.Place != Race.Use.Place)
      F.note(Race.Other.Place->getExprLoc(),
             Race.Other.Writes ? "written here" : "read here");
    F.note(Race.Launch->Site->getBeginLoc(),
           Race.Between == TaskRace::Itself ? "this launch makes several tasks"
                                            : "a task is launched here");
    if (Race.OtherLaunch)
      F.note(Race.OtherLaunch->Site->getBeginLoc(),
             "the other task is launched here");
  }
}

} // namespace clang::tidy::concord
