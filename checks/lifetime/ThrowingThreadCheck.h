//===--- ThrowingThreadCheck.h ----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_THROWINGTHREADCHECK_H
#define CONCORD_LIFETIME_THROWINGTHREADCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds exceptions that leave the function of a thread and so end the program.
class ThrowingThreadCheck : public FactsCheck {
public:
  ThrowingThreadCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_THROWINGTHREADCHECK_H
