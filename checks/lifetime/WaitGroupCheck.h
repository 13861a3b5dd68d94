//===--- WaitGroupCheck.h ---------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_WAITGROUPCHECK_H
#define CONCORD_LIFETIME_WAITGROUPCHECK_H

#include "analysis/CountedTask.h"

namespace clang::tidy::concord {

/// Finds latches, barriers and counters of running tasks whose count is raised
/// too late, missed on some path, or differs from the number of tasks.
class WaitGroupCheck : public FactsCheck {
public:
  WaitGroupCheck(StringRef Name, ClangTidyContext *Context);

  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void late(const LateRaise &Late);
  void missed(const MissedCount &Missed);
  void thrown(const ThrownCount &Thrown);
  void mismatch(const ArrivalMismatch &Mismatch);

  const bool ExceptionPaths;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_WAITGROUPCHECK_H
