//===--- CheckThenActCheck.h ------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ONCE_CHECKTHENACTCHECK_H
#define CONCORD_ONCE_CHECKTHENACTCHECK_H

#include "analysis/Decisions.h"
#include "analysis/StateAccess.h"

namespace clang::tidy::concord {

/// Finds decisions that are taken in one critical section and acted upon in
/// another, and atomics that are read and written in two steps.
///
/// For the user-facing documentation see docs/checks/check-then-act.md.
class CheckThenActCheck : public FactsCheck {
public:
  CheckThenActCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void sections(const FunctionInfo &Function, UnitFacts &Facts);
  void calls(const FunctionInfo &Function, UnitFacts &Facts);
  void maps(const FunctionInfo &Function, UnitFacts &Facts);
  void atomics(const FunctionInfo &Function, UnitFacts &Facts);

  const bool AtomicTests;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ONCE_CHECKTHENACTCHECK_H
