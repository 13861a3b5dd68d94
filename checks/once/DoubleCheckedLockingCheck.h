//===--- DoubleCheckedLockingCheck.h ----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ONCE_DOUBLECHECKEDLOCKINGCHECK_H
#define CONCORD_ONCE_DOUBLECHECKEDLOCKINGCHECK_H

#include "analysis/DoubleCheck.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds double-checked locking on a variable that is not atomic, or published
/// without release and acquire.
///
/// For the user-facing documentation see docs/checks/double-checked-locking.md.
class DoubleCheckedLockingCheck : public FactsCheck {
public:
  DoubleCheckedLockingCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void report(UnitFacts &Facts, const FunctionInfo &Function,
              const DoubleCheck &Check);
  void lazyStatic(UnitFacts &Facts, const FunctionInfo &Function);

  const bool UnlockedLazyStatics;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ONCE_DOUBLECHECKEDLOCKINGCHECK_H
