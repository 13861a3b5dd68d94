//===--- ThreadStartOrderCheck.h --------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_THREADSTARTORDERCHECK_H
#define CONCORD_LIFETIME_THREADSTARTORDERCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

struct EarlyStart;

/// Finds threads that an object starts before it is complete: before members
/// that they use, or while a virtual call reaches the base.
class ThreadStartOrderCheck : public FactsCheck {
public:
  ThreadStartOrderCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void reportMember(const EarlyStart &Early);
  void reportVirtual(const EarlyStart &Early);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_THREADSTARTORDERCHECK_H
