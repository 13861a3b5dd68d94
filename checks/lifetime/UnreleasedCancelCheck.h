//===--- UnreleasedCancelCheck.h --------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_UNRELEASEDCANCELCHECK_H
#define CONCORD_LIFETIME_UNRELEASEDCANCELCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds stop sources and cancel functions that a path leaves untriggered
/// although a task that outlives the path waits for them.
class UnreleasedCancelCheck : public FactsCheck {
public:
  UnreleasedCancelCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_UNRELEASEDCANCELCHECK_H
