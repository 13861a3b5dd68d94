//===--- UncancellableSleepCheck.h ------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_UNCANCELLABLESLEEPCHECK_H
#define CONCORD_LIFETIME_UNCANCELLABLESLEEPCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds long sleeps in loops that poll a stop signal, which the signal cannot
/// wake.
class UncancellableSleepCheck : public FactsCheck {
public:
  UncancellableSleepCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  /// The shortest sleep that is reported.
  const unsigned MinMilliseconds;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_UNCANCELLABLESLEEPCHECK_H
