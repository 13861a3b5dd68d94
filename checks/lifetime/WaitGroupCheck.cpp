//===--- WaitGroupCheck.cpp -----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/WaitGroupCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

WaitGroupCheck::WaitGroupCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      ExceptionPaths(Options.get("ExceptionPaths", false)) {}

void WaitGroupCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "ExceptionPaths", ExceptionPaths);
}

void WaitGroupCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void WaitGroupCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts || Facts->launches().empty())
    return;
  TaskCounters Counters(*Facts);
  const CountedTasks Tasks = judgeCountedTasks(*Facts, Counters);
  for (const LateRaise &Late : Tasks.Late)
    late(Late);
  for (const MissedCount &Missed : Tasks.Missed)
    missed(Missed);
  if (ExceptionPaths)
    for (const ThrownCount &Thrown : Tasks.Thrown)
      thrown(Thrown);
  for (const ArrivalMismatch &Mismatch : arrivalMismatches(*Facts, Counters))
    mismatch(Mismatch);
}

void WaitGroupCheck::late(const LateRaise &Late) {
  Finding F = finding(Late.Raise->getExprLoc(),
                      "'%0' is raised only by the task that it counts, so who "
                      "waits may find nothing to wait for before the task has "
                      "begun; raise it before the launch");
  F << Late.Object->getName();
  F.note(Late.Launch->Site->getExprLoc(), "the task is launched here");
  F.note(Late.Wait->getExprLoc(), "here somebody waits for it");
}

static unsigned indexOf(UnmetDuty::Kind What) {
  switch (What) {
  case UnmetDuty::Return:
    return 0;
  case UnmetDuty::Throw:
    return 1;
  case UnmetDuty::Handler:
    return 2;
  case UnmetDuty::Continue:
    return 3;
  }
  return 0;
}

void WaitGroupCheck::missed(const MissedCount &Missed) {
  const UnmetDuty &Unmet = Missed.Unmet;
  if (Unmet.What == UnmetDuty::Handler && !Unmet.SurelyThrown &&
      !ExceptionPaths)
    return;
  Finding F = finding(Unmet.Where->getBeginLoc(),
                      "after this "
                      "%select{return|exception|handler|continue}0 nobody "
                      "counts down '%1', so who waits for it waits for ever; "
                      "count down on every way out, best in the destructor of "
                      "a guard");
  F << indexOf(Unmet.What) << Missed.Object->getName();
  F.note(Unmet.Fulfilment->getExprLoc(), "other ways count down here");
  F.note(Missed.Launch->Site->getExprLoc(), "the task is launched here");
}

void WaitGroupCheck::thrown(const ThrownCount &Thrown) {
  Finding F = finding(Thrown.Call->getExprLoc(),
                      "an exception that leaves the task here skips the count "
                      "down of '%0', so who waits for it waits for ever; count "
                      "down in the destructor of a guard");
  F << Thrown.Object->getName();
  F.note(Thrown.Fulfilment->getExprLoc(), "it is counted down here");
  F.note(Thrown.Launch->Site->getExprLoc(), "the task is launched here");
}

void WaitGroupCheck::mismatch(const ArrivalMismatch &Mismatch) {
  Finding F =
      finding(Mismatch.Object->getLocation(),
              "'%0' is made for %1 arrivals, but there are %2, so "
              "%select{a wait ends too early|a wait never ends}3; make both "
              "the same, best by one constant");
  F << Mismatch.Object->getName() << unsigned(Mismatch.Expected)
    << unsigned(Mismatch.Arrivals) << (Mismatch.Arrivals < Mismatch.Expected);
  if (Mismatch.Launch)
    F.note(Mismatch.Launch->Site->getExprLoc(),
           "a task that arrives is launched here");
}

} // namespace clang::tidy::concord
