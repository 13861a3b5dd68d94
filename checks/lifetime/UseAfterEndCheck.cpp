//===--- UseAfterEndCheck.cpp ---------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/UseAfterEndCheck.h"
#include "analysis/EndedObject.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void UseAfterEndCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

/// What has happened to the object, and what to do about it.
static std::pair<StringRef, StringRef> wordsFor(Operation How) {
  switch (How) {
  case Operation::Join:
    return {"joined", "join once, where the thread must be done"};
  case Operation::Detach:
    return {"detached", "either join or detach"};
  case Operation::Get:
    return {"asked for its result",
            "keep the result, or share the future where several ask"};
  case Operation::SetValue:
    return {"fulfilled", "fulfil a promise once"};
  case Operation::Run:
    return {"run", "make a new task, or reset it"};
  case Operation::GetFuture:
    return {"asked for its future", "keep the future"};
  case Operation::Close:
    return {"closed", "let the last sender close it, once"};
  default:
    return {"moved away", "use its new owner"};
  }
}

void UseAfterEndCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const UseAfterEnd &Use : usesAfterEnd(*Facts, *Function)) {
    const auto [What, WayOut] = wordsFor(Use.How);
    const bool InLoop = Use.End == Use.Use.Site;
    Finding F =
        finding(Use.Use.Site->getBeginLoc(),
                "'%0' is used here after it was %1%select{| in the iteration "
                "before}2; %3");
    F << Use.Object.str() << What << unsigned(InLoop) << WayOut;
    if (!InLoop)
      F.note(Use.End->getBeginLoc(), "it was " + What + " here");
  }
}

} // namespace clang::tidy::concord
