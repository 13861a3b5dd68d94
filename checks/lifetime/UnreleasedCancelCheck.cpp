//===--- UnreleasedCancelCheck.cpp ------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/UnreleasedCancelCheck.h"
#include "analysis/UnusedStop.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

UnreleasedCancelCheck::UnreleasedCancelCheck(StringRef Name,
                                             ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void UnreleasedCancelCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

static StringRef textOf(const UnusedStop &Stop) {
  switch (Stop.How) {
  case UnusedStop::Waits:
    return "this waits for a task that ends only when '%0' asks it to, and no "
           "stop is requested on some path; request it before the wait";
  case UnusedStop::Abandons:
    return "'%0' is gone on some path without a stop request, so nothing can "
           "stop the task that has its token; request the stop on every path "
           "or keep the source";
  case UnusedStop::NotCalled:
    return "cancel function '%0' is not called on every path, so the task "
           "behind it may never end; call it on every path, best in a scope "
           "guard";
  }
  return "";
}

void UnreleasedCancelCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const UnusedStop &Stop : unusedStops(*Facts, *Function)) {
    const bool AtWait = Stop.How == UnusedStop::Waits && Stop.At;
    Finding F =
        finding(AtWait ? Stop.At->getBeginLoc() : Stop.Source->getLocation(),
                textOf(Stop));
    F << Stop.Source->getName();
    F.note(Stop.Start->getExprLoc(), Stop.How == UnusedStop::NotCalled
                                         ? "the task is launched in this call"
                                         : "the task gets the token here");
    if (Stop.At && !AtWait)
      F.note(Stop.At->getBeginLoc(), "this path makes no request");
    if (Stop.Trigger)
      F.note(Stop.Trigger->getExprLoc(), "another path makes it here");
  }
}

} // namespace clang::tidy::concord
