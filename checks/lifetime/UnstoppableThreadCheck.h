//===--- UnstoppableThreadCheck.h -------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_UNSTOPPABLETHREADCHECK_H
#define CONCORD_LIFETIME_UNSTOPPABLETHREADCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds threads and tasks whose loop has no end that the program can reach.
class UnstoppableThreadCheck : public FactsCheck {
public:
  UnstoppableThreadCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void judge(UnitFacts &Facts, const FunctionInfo &Task, SourceLocation Start);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_UNSTOPPABLETHREADCHECK_H
