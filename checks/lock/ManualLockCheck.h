//===--- ManualLockCheck.h --------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_MANUALLOCKCHECK_H
#define CONCORD_LOCK_MANUALLOCKCHECK_H

#include "analysis/StraightPair.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds locks that are taken and released by hand around code that may throw.
///
/// For the user-facing documentation see docs/checks/manual-lock.md.
class ManualLockCheck : public FactsCheck {
public:
  ManualLockCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void report(UnitFacts &Facts, const FunctionInfo &Function,
              const StraightPair &Pair);

  const bool AnyCode;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_MANUALLOCKCHECK_H
