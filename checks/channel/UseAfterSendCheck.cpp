//===--- UseAfterSendCheck.cpp --------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/UseAfterSendCheck.h"
#include "analysis/SentObject.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void UseAfterSendCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

void UseAfterSendCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const UseAfterSend &Use : usesAfterSend(*Facts, *Function)) {
    const bool Moved = Use.Sent.How == Handover::Moved;
    Finding F = finding(
        Use.Use->getBeginLoc(),
        Moved
            ? "'%0' is used here after it was moved to a receiver%select{| in "
              "the iteration before}1; take what is needed before the send"
            : "'%0' is %select{read|changed}2 here while the receiver that "
              "got its address%select{| in the iteration before}1 may use "
              "it; send a copy, or leave it alone after the send");
    F << Use.Sent.Object.str() << unsigned(Use.InLoop) << unsigned(Use.Writes);
    F.note(Use.Sent.Send->getBeginLoc(), "it was sent here");
  }
}

} // namespace clang::tidy::concord
