//===--- WaitWithoutPredicateCheck.cpp ------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/WaitWithoutPredicateCheck.h"
#include "analysis/Surroundings.h"
#include "analysis/WaitLoop.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void WaitWithoutPredicateCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

void WaitWithoutPredicateCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const KnownCall &Call : Function->Calls)
    if (waitsWithoutPredicate(Call))
      judge(*Facts, *Function, Call);
}

void WaitWithoutPredicateCheck::judge(UnitFacts &Facts,
                                      const FunctionInfo &Function,
                                      const KnownCall &Call) {
  const bool Timed = isTimedConditionWait(Call);
  if (Timed && fateOf(Facts, Function, Call.Site).What == ValueFate::Used)
    return;
  if (isTestedAgain(Facts, Function, Call) ||
      onlyForwardsWait(Facts, Function, Call))
    return;
  Finding F = finding(Call.Site->getBeginLoc(),
                      "this wait may wake up without a notification, or miss "
                      "one that came before, and nothing tests the condition "
                      "again; wait in a loop on the condition, or with a "
                      "predicate");
  const IfStmt *If = ifAroundWait(Facts, Function, Call);
  if (!If)
    return;
  F.note(If->getIfLoc(), "the condition is tested once, before the wait");
  if (!Timed)
    F << FixItHint::CreateReplacement(If->getIfLoc(), "while");
}

} // namespace clang::tidy::concord
