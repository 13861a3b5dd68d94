//===--- WorkerLifecycleCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_WORKERLIFECYCLECHECK_H
#define CONCORD_LIFETIME_WORKERLIFECYCLECHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

struct StuckWorker;

/// Finds classes that own a background thread which nothing stops, or which
/// nothing waits for.
class WorkerLifecycleCheck : public FactsCheck {
public:
  WorkerLifecycleCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void report(const StuckWorker &Stuck);

  /// Also destructors that rely on a function which signals and waits.
  const bool Strict;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_WORKERLIFECYCLECHECK_H
