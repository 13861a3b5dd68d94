//===--- LostWakeupCheck.h --------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_LOSTWAKEUPCHECK_H
#define CONCORD_LIFETIME_LOSTWAKEUPCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

struct LostSignal;

/// Finds signals that a waiting thread may miss: stop flags that a wait does
/// not test or nobody notifies, and states that are changed without the lock of
/// the wait.
class LostWakeupCheck : public FactsCheck {
public:
  LostWakeupCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void report(const LostSignal &Signal);

  /// Also flags that are changed without the mutex of the wait.
  const bool UnlockedChanges;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_LOSTWAKEUPCHECK_H
