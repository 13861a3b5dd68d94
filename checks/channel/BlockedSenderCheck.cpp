//===--- BlockedSenderCheck.cpp -------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/BlockedSenderCheck.h"
#include "analysis/UnservedTask.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

BlockedSenderCheck::BlockedSenderCheck(StringRef Name,
                                       ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void BlockedSenderCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void BlockedSenderCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts || Facts->launches().empty())
    return;
  for (const SurplusSends &Surplus : surplusSends(*Facts)) {
    Finding F = finding(
        Surplus.Launch->Site->getExprLoc(),
        "%select{a task for each round of this loop sends|%1 tasks send}0 to "
        "'%2', which has room for %3 and from which %4 %plural{1:value is|:"
        "values are}4 received, so the other tasks wait for ever; receive from "
        "all, make room for all, or close it");
    F << Surplus.Sends.has_value() << unsigned(Surplus.Sends.value_or(0))
      << Surplus.Channel->getName() << unsigned(Surplus.Capacity)
      << unsigned(Surplus.Receives);
    F.note(Surplus.Send->getExprLoc(), "the task sends here");
    if (Surplus.Receive)
      F.note(Surplus.Receive->getExprLoc(), "it is received from here");
  }
  for (const UnsetPromise &Unset : unsetPromises(*Facts)) {
    const UnmetDuty &Unmet = Unset.Unmet;
    Finding F = finding(
        Unmet.Where->getBeginLoc(),
        "after this %select{return|exception|handler}0 nobody fulfils '%1', so "
        "who waits for its result waits for ever; set a value or an exception "
        "on every way out");
    F << (Unmet.What == UnmetDuty::Return  ? 0U
          : Unmet.What == UnmetDuty::Throw ? 1U
                                           : 2U)
      << Unset.Promise->getName();
    F.note(Unmet.Fulfilment->getExprLoc(), "other ways fulfil it here");
    F.note(Unset.Wait->getExprLoc(), "somebody waits for it here");
  }
}

} // namespace clang::tidy::concord
