//===--- UncheckedReceiveCheck.cpp ----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/UncheckedReceiveCheck.h"
#include "analysis/UncheckedResult.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void UncheckedReceiveCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

static StringRef messageFor(UncheckedResult::Kind What) {
  switch (What) {
  case UncheckedResult::Receive:
    return "this receive may give nothing, and nobody tests whether it did; "
           "test its result before the value is used";
  case UncheckedResult::ConditionWait:
    return "this wait may time out before its predicate holds, and nobody "
           "tests its result; go on only if it returns true";
  case UncheckedResult::FutureWait:
    return "this wait may time out, and nobody tests its result, so that the "
           "next one waits without a limit; test it, or leave it out";
  case UncheckedResult::TryLock:
    return "this attempt to lock may fail, and nobody tests whether it did; "
           "use and unlock the mutex only if it succeeded";
  case UncheckedResult::TryAcquire:
    return "this attempt to acquire may fail, and nobody tests whether it did; "
           "go on and release only if it succeeded";
  case UncheckedResult::TryGuard:
    break;
  }
  return "this guard may not hold its mutex, and nobody asks it; go on only if "
         "it owns the lock";
}

void UncheckedReceiveCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const UncheckedResult &Unchecked : uncheckedResults(*Facts, *Function)) {
    Finding F =
        finding(Unchecked.Call.Site->getBeginLoc(), messageFor(Unchecked.What));
    if (Unchecked.Use)
      F.note(Unchecked.Use->getBeginLoc(), "this relies on its success");
  }
}

} // namespace clang::tidy::concord
