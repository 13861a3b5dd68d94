//===--- DetachedThreadCheck.h ----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_DETACHEDTHREADCHECK_H
#define CONCORD_LIFETIME_DETACHEDTHREADCHECK_H

#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds threads that are detached while they use locals or the object that
/// started them, and, if asked for, every detached thread.
class DetachedThreadCheck : public FactsCheck {
public:
  DetachedThreadCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void report(const DetachedTask &Task);

  /// Report tasks that own all they use, too.
  const bool Strict;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_DETACHEDTHREADCHECK_H
