//===--- BlockedSenderCheck.h -----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_BLOCKEDSENDERCHECK_H
#define CONCORD_CHANNEL_BLOCKEDSENDERCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds tasks that block for ever on a channel from which nobody receives
/// enough, and promises that a path leaves unset while somebody waits.
class BlockedSenderCheck : public FactsCheck {
public:
  BlockedSenderCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_BLOCKEDSENDERCHECK_H
