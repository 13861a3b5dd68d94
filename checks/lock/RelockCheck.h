//===--- RelockCheck.h ------------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_RELOCKCHECK_H
#define CONCORD_LOCK_RELOCKCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds mutexes that a thread takes again while it holds them, directly or
/// through the functions it calls.
///
/// For the user-facing documentation see docs/checks/relock.md.
class RelockCheck : public FactsCheck {
public:
  RelockCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  bool deadlocks(const HeldLock &Held, LockMode Again) const;
  void inFunction(UnitFacts &Facts, const FunctionInfo &Function);
  void atCall(UnitFacts &Facts, const Expr &Call);
  void throughCall(UnitFacts &Facts, const Expr &Call,
                   llvm::ArrayRef<HeldLock> Held, const FunctionInfo &Callee,
                   const SummaryEffect &Effect, const AccessPath &Again);
  void excluded(UnitFacts &Facts, const CallExpr &Call,
                llvm::ArrayRef<HeldLock> Held);

  const bool SharedTwice;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_RELOCKCHECK_H
