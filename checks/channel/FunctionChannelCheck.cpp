//===--- FunctionChannelCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/FunctionChannelCheck.h"
#include "analysis/FunctionChannel.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void FunctionChannelCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void FunctionChannelCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const FunctionChannel &Found : functionChannels(*Facts)) {
    Finding F = finding(Found.Channel->getLocation(),
                        "'%0' carries functions that one task runs on '%1', "
                        "which is a mutex in disguise; guard '%1' by a mutex "
                        "and change it in place");
    F << Found.Channel->getName() << Found.State->getName();
    F.note(Found.Call->getBeginLoc(), "the received function runs here");
  }
}

} // namespace clang::tidy::concord
