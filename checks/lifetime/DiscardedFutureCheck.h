//===--- DiscardedFutureCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_DISCARDEDFUTURECHECK_H
#define CONCORD_LIFETIME_DISCARDEDFUTURECHECK_H

#include "analysis/DiscardedFuture.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds futures of launched tasks that are dropped although dropping them
/// waits for the task, cancels it or keeps it from running.
class DiscardedFutureCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void report(const DiscardedFuture &Future);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_DISCARDEDFUTURECHECK_H
