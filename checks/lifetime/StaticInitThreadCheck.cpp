//===--- StaticInitThreadCheck.cpp ----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/StaticInitThreadCheck.h"
#include "analysis/ThreadStart.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void StaticInitThreadCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(
      varDecl(hasGlobalStorage(), hasInitializer(expr())).bind("variable"),
      this);
}

void StaticInitThreadCheck::check(const MatchFinder::MatchResult &Result) {
  const auto *Variable = Result.Nodes.getNodeAs<VarDecl>("variable");
  // A static local is initialised when its function is first called.
  if (Variable->isStaticLocal() || Variable->isTemplated() ||
      Variable->getTLSKind() != VarDecl::TLS_None ||
      Variable->isInvalidDecl() || Variable->hasConstantInitialization())
    return;
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  ReachedStart Start = startIn(*Facts, Variable->getInit());
  if (!Start)
    return;
  Finding F =
      finding(Variable->getLocation(),
              "the initialisation of '%0' starts a thread before main runs, in "
              "no fixed "
              "order with other globals; start it from main or on first use");
  F << Variable->getName();
  F.note(Start.Site->getExprLoc(), "the thread is started here");
}

} // namespace clang::tidy::concord
