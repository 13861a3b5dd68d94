//===--- EscapingGuardedStateCheck.h ----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_API_ESCAPINGGUARDEDSTATECHECK_H
#define CONCORD_API_ESCAPINGGUARDEDSTATECHECK_H

#include "analysis/LockState.h"
#include "analysis/ReturnedState.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds member functions that lock state and return a reference, pointer,
/// iterator or view of it, which the caller uses without the lock.
///
/// For the user-facing documentation see docs/checks/escaping-guarded-state.md.
class EscapingGuardedStateCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void result(const ReturnStmt &Return, const CXXMethodDecl &Method,
              const FunctionInfo &Function, UnitFacts &Facts);
  bool isExempt(const CXXMethodDecl &Method, const HeldLock &Held,
                UnitFacts &Facts) const;
};

} // namespace clang::tidy::concord

#endif // CONCORD_API_ESCAPINGGUARDEDSTATECHECK_H
