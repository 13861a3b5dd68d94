//===--- BlockingTimeoutCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_BLOCKINGTIMEOUTCHECK_H
#define CONCORD_LIFETIME_BLOCKINGTIMEOUTCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds timed waits for a task whose time limit is void, because the end of
/// the future waits for the task anyway.
class BlockingTimeoutCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_BLOCKINGTIMEOUTCHECK_H
