//===--- LoopVariableCaptureCheck.h -----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CAPTURE_LOOPVARIABLECAPTURECHECK_H
#define CONCORD_CAPTURE_LOOPVARIABLECAPTURECHECK_H

#include "analysis/ReachGroup.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds tasks that reach a variable which the loop around their launch
/// changes, by reference or pointer, and may run after the iteration.
class LoopVariableCaptureCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void report(ASTContext &Context, const TaskLaunch &Launch,
              const ReachGroup &Group);
};

} // namespace clang::tidy::concord

#endif // CONCORD_CAPTURE_LOOPVARIABLECAPTURECHECK_H
