//===--- UncancellableSleepCheck.cpp ----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/UncancellableSleepCheck.h"
#include "analysis/LongSleep.h"
#include "analysis/SleepLength.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

UncancellableSleepCheck::UncancellableSleepCheck(StringRef Name,
                                                 ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      MinMilliseconds(Options.get("MinMilliseconds", 1000U)) {}

void UncancellableSleepCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "MinMilliseconds", MinMilliseconds);
}

void UncancellableSleepCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

static std::string quoted(const ValueDecl *Signal, StringRef Otherwise) {
  if (!Signal || !Signal->getDeclName().isIdentifier())
    return Otherwise.str();
  return ("'" + Signal->getName() + "'").str();
}

/// What does not wake the sleep, and what would be woken.
static std::pair<std::string, StringRef> describe(const StopPoll &Poll,
                                                  bool CPlusPlus20) {
  switch (Poll.What) {
  case StopPoll::Token:
    return {"a stop request",
            CPlusPlus20 ? "wait on a std::condition_variable_any with the "
                          "token and a time limit"
                        : "wait on a condition variable with a time limit"};
  case StopPoll::Flag:
    return {quoted(Poll.Signal, "the flag"),
            "wait on a condition variable with a time limit, and notify it "
            "with the flag"};
  case StopPoll::Channel:
    return {"closing " + quoted(Poll.Signal, "the channel"),
            "receive with a time limit"};
  case StopPoll::Event:
    return {quoted(Poll.Signal, "the signal"),
            "give the wait for it the time limit"};
  }
  return {};
}

void UncancellableSleepCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const LongSleep &Sleep : longSleeps(*Facts, MinMilliseconds / 1000.0)) {
    auto [Signal, WayOut] =
        describe(Sleep.Poll, Result.Context->getLangOpts().CPlusPlus20);
    Finding F = finding(Sleep.Site->getExprLoc(),
                        "%0 does not end this sleep of %1, so whoever waits "
                        "for the loop to end may wait as long; %2");
    F << Signal << durationText(Sleep.Seconds) << WayOut;
    if (Sleep.Inner)
      F.note(Sleep.Inner->getExprLoc(), "it sleeps here");
    F.note(Sleep.Poll.Site->getExprLoc(), "the loop polls the signal here");
  }
}

} // namespace clang::tidy::concord
