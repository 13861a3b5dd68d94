//===--- DiscardedFutureCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/DiscardedFutureCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void DiscardedFutureCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

void DiscardedFutureCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const DiscardedFuture &Future : discardedFutures(*Facts, *Function))
    report(Future);
}

/// What the end of a handle that nobody kept does.
static StringRef consequence(const DiscardedFuture &Future) {
  switch (Future.Type->Destructor) {
  case DestructorKind::CancelWait:
    return "which cancels the task";
  case DestructorKind::DropLazy:
    return "so the task never runs";
  default:
    return Future.Unused ? "so the end of its scope waits for the task and "
                           "drops what it throws"
                         : "so this statement waits for the task and drops "
                           "what it throws";
  }
}

void DiscardedFutureCheck::report(const DiscardedFuture &Future) {
  if (Future.Unused) {
    finding(Future.Unused->getLocation(),
            "future '%0' is never used, %1; ask it for the result where the "
            "task must be done")
        << Future.Unused->getName() << consequence(Future);
    return;
  }
  Finding F = finding(Future.Site->getExprLoc(),
                      "the future of this task is dropped, %0; keep it and ask "
                      "it for the result where the task must be done");
  F << consequence(Future);
  if (Future.Through)
    F.note(Future.Through->getLocation(),
           "'" + Future.Through->getNameAsString() +
               "' starts the task and returns its future");
}

} // namespace clang::tidy::concord
