//===--- LostWakeupCheck.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/LostWakeupCheck.h"
#include "analysis/LostSignal.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

LostWakeupCheck::LostWakeupCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      UnlockedChanges(Options.get("UnlockedChanges", true)) {}

void LostWakeupCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "UnlockedChanges", UnlockedChanges);
}

void LostWakeupCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void LostWakeupCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const LostSignal &Signal : lostSignals(*Facts))
    if (UnlockedChanges || Signal.What != LostSignal::NotLocked)
      report(Signal);
}

/// `%0` is the flag, `%1` the condition variable, `%2` the mutex.
static StringRef textOf(LostSignal::Kind What) {
  switch (What) {
  case LostSignal::NotAsked:
    return "wait on '%1' does not test '%0', so a thread that sleeps here does "
           "not see the stop; make '%0' part of the condition";
  case LostSignal::NotNotified:
    return "'%0' is set and the thread joined without a notify of '%1', on "
           "which the thread may sleep for ever; notify it after setting the "
           "flag";
  case LostSignal::OneNotified:
    return "only one of the threads that wait on '%1' for '%0' is woken, the "
           "others sleep on; notify all of them";
  case LostSignal::NotLocked:
    return "'%0' is changed without '%2', so a thread that has tested it and "
           "is about to sleep on '%1' misses the notify; hold '%2' while "
           "changing it";
  }
  return "";
}

void LostWakeupCheck::report(const LostSignal &Signal) {
  const Expr *Wait = Signal.Wait->Call.Site;
  const Expr *Place = Signal.What == LostSignal::NotAsked      ? Wait
                      : Signal.What == LostSignal::OneNotified ? Signal.Other
                                                               : Signal.Change;
  Finding F = finding(Place->getExprLoc(), textOf(Signal.What));
  F << Signal.Flag->getName() << Signal.Wait->Condition->getName();
  if (Signal.What == LostSignal::NotLocked)
    F << Signal.Wait->Mutex->getName();
  if (Place != Wait)
    F.note(Wait->getExprLoc(), "the thread waits here");
  if (Place != Signal.Change)
    F.note(Signal.Change->getExprLoc(), "it is set here");
  if (Signal.What == LostSignal::NotAsked)
    F.note(Signal.Other->getExprLoc(), "it is tested here");
  else if (Signal.What == LostSignal::NotNotified && Signal.Other)
    F.note(Signal.Other->getExprLoc(), "the thread is joined here");
  else if (Signal.What == LostSignal::NotLocked)
    F.note(Signal.Other->getExprLoc(), "the notify is here");
}

} // namespace clang::tidy::concord
