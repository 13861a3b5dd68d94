//===--- BusyWaitCheck.h ----------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_BUSYWAITCHECK_H
#define CONCORD_LIFETIME_BUSYWAITCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds loops that do nothing but ask again and again whether something has
/// happened.
class BusyWaitCheck : public FactsCheck {
public:
  BusyWaitCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_BUSYWAITCHECK_H
