//===--- ExitWithRunningThreadsCheck.h --------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_EXITWITHRUNNINGTHREADSCHECK_H
#define CONCORD_LIFETIME_EXITWITHRUNNINGTHREADSCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds programs that end, by the return of main or by exit, while a thread
/// that they started still runs.
class ExitWithRunningThreadsCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void judge(UnitFacts &Facts, const FunctionInfo &Function,
             const TaskLaunch &Launch);
  void judgeReturn(UnitFacts &Facts, const FunctionInfo &Main,
                   const HandleState &Handles, const TaskLaunch &Launch);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_EXITWITHRUNNINGTHREADSCHECK_H
