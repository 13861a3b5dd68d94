//===--- WaitWithoutPredicateCheck.h ----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_WAITWITHOUTPREDICATECHECK_H
#define CONCORD_LIFETIME_WAITWITHOUTPREDICATECHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds waits for a condition that nothing tests again after they wake up.
class WaitWithoutPredicateCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void judge(UnitFacts &Facts, const FunctionInfo &Function,
             const KnownCall &Call);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_WAITWITHOUTPREDICATECHECK_H
