//===--- ConcurrentMapCheck.h -----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_CONCURRENTMAPCHECK_H
#define CONCORD_CHANNEL_CONCURRENTMAPCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds concurrent maps, whose single operations are atomic but whose
/// sequences are not.
class ConcurrentMapCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_CONCURRENTMAPCHECK_H
