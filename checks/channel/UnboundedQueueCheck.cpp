//===--- UnboundedQueueCheck.cpp ------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/UnboundedQueueCheck.h"
#include "analysis/UnboundedQueue.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void UnboundedQueueCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void UnboundedQueueCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const UnboundedQueue &Found : unboundedQueues(*Facts)) {
    Finding F = finding(Found.Push->getBeginLoc(),
                        "'%0' grows without a bound if its receivers are "
                        "slower than its senders; wait or refuse when it is "
                        "full");
    F << Found.Queue->getName();
    F.note(Found.Queue->getLocation(), "the queue is declared here");
  }
}

} // namespace clang::tidy::concord
