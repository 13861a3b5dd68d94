//===--- FunctionChannelCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_FUNCTIONCHANNELCHECK_H
#define CONCORD_CHANNEL_FUNCTIONCHANNELCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds channels of functions that one task runs to change its state, where a
/// mutex says it more simply.
class FunctionChannelCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_FUNCTIONCHANNELCHECK_H
