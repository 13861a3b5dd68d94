//===--- CallUnderLockCheck.h -----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_CALLUNDERLOCKCHECK_H
#define CONCORD_LOCK_CALLUNDERLOCKCHECK_H

#include "analysis/UnitFacts.h"
#include "analysis/UnknownCall.h"
#include "support/NameList.h"

namespace clang::tidy::concord {

/// Finds callbacks, signals and other unknown code that runs while a lock is
/// held.
///
/// For the user-facing documentation see docs/checks/call-under-lock.md.
class CallUnderLockCheck : public FactsCheck {
public:
  CallUnderLockCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  bool isReported(const UnknownCall &Call, const FunctionInfo &Function) const;
  void direct(const UnknownCall &Call, const HeldLock &Held);
  /// Reports the first unknown call that \p Callee makes itself. \returns true
  /// if it makes one.
  bool through(const FunctionInfo &Callee, const Expr &Site,
               const HeldLock &Held, UnitFacts &Facts);
  void inCallee(const SummaryEffect &Effect, const FunctionInfo &Callee,
                const Expr &Site, const HeldLock &Held, UnitFacts &Facts);

  const bool VirtualCalls;
  const bool VirtualCallsOnThis;
  const NameList AllowedCallees;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_CALLUNDERLOCKCHECK_H
