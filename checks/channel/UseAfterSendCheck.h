//===--- UseAfterSendCheck.h ------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_USEAFTERSENDCHECK_H
#define CONCORD_CHANNEL_USEAFTERSENDCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds objects that are used by their sender after they were handed to
/// another task through a channel.
class UseAfterSendCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_USEAFTERSENDCHECK_H
