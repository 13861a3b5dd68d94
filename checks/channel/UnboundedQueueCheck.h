//===--- UnboundedQueueCheck.h ----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_UNBOUNDEDQUEUECHECK_H
#define CONCORD_CHANNEL_UNBOUNDEDQUEUECHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds queues between threads that grow without a bound.
class UnboundedQueueCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_UNBOUNDEDQUEUECHECK_H
