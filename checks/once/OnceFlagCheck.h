//===--- OnceFlagCheck.h ----------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ONCE_ONCEFLAGCHECK_H
#define CONCORD_ONCE_ONCEFLAGCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds once flags that do not last: local to a call, made anew, or asked for
/// again by the function that they run.
///
/// For the user-facing documentation see docs/checks/once-flag.md.
class OnceFlagCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void runOnce(UnitFacts &Facts, const FunctionInfo &Function,
               const KnownCall &Call);
  void local(UnitFacts &Facts, const FunctionInfo &Function,
             const KnownCall &Call);
  void recursive(UnitFacts &Facts, const KnownCall &Call);
  void made(UnitFacts &Facts, const FunctionInfo &Function,
            const KnownCall &Call);
  void assignment(const BinaryOperator &Assignment, UnitFacts &Facts);
};

} // namespace clang::tidy::concord

#endif // CONCORD_ONCE_ONCEFLAGCHECK_H
