//===--- SharedLockWriteCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_SHAREDLOCKWRITECHECK_H
#define CONCORD_LOCK_SHAREDLOCKWRITECHECK_H

#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds changes of guarded state under a lock that is only shared.
///
/// For the user-facing documentation see docs/checks/shared-lock-write.md.
class SharedLockWriteCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void inFunction(UnitFacts &Facts, const FunctionInfo &Function);
  void atCall(UnitFacts &Facts, const FunctionInfo &Function, const Expr &Call);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_SHAREDLOCKWRITECHECK_H
