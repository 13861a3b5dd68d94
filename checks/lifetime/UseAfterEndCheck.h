//===--- UseAfterEndCheck.h -------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_USEAFTERENDCHECK_H
#define CONCORD_LIFETIME_USEAFTERENDCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds threads, futures, promises and channels that are used after they have
/// ended: joined, fetched, set or closed before, or moved away.
class UseAfterEndCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_USEAFTERENDCHECK_H
