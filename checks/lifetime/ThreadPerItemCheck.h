//===--- ThreadPerItemCheck.h -----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_THREADPERITEMCHECK_H
#define CONCORD_LIFETIME_THREADPERITEMCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds loops that start a thread for each element of their input, however
/// many there are.
class ThreadPerItemCheck : public FactsCheck {
public:
  ThreadPerItemCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  const bool AcceptLoops;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_THREADPERITEMCHECK_H
