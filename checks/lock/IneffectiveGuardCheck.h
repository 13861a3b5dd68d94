//===--- IneffectiveGuardCheck.h --------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_INEFFECTIVEGUARDCHECK_H
#define CONCORD_LOCK_INEFFECTIVEGUARDCHECK_H

#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds guards that hold no lock where they seem to: without a name, without
/// a mutex, never locked, on a mutex of their own, or gone too early.
///
/// For the user-facing documentation see docs/checks/ineffective-guard.md.
class IneffectiveGuardCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void function(UnitFacts &Facts, const FunctionInfo &Function);
  void temporary(UnitFacts &Facts, const FunctionInfo &Function,
                 const KnownCall &Call);
  void returned(UnitFacts &Facts, const FunctionInfo &Function,
                const Expr &Call);
  void heap(UnitFacts &Facts, const FunctionInfo &Function,
            const KnownCall &Call, const ValueFate &Fate);
  void variable(UnitFacts &Facts, const FunctionInfo &Function,
                const VarDecl &Guard);
  void vexing(const FunctionInfo &Function, const VarDecl &Guard,
              UnitFacts &Facts);
  void localMutex(UnitFacts &Facts, const FunctionInfo &Function,
                  const KnownCall &Call, const VarDecl &Guard);
  void range(const CXXForRangeStmt &Loop, UnitFacts &Facts);
  void reference(const VarDecl &Variable, UnitFacts &Facts);
  void functionLike(const FunctionDecl &Declared, UnitFacts &Facts);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_INEFFECTIVEGUARDCHECK_H
