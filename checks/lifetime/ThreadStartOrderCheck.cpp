//===--- ThreadStartOrderCheck.cpp ------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ThreadStartOrderCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

ThreadStartOrderCheck::ThreadStartOrderCheck(StringRef Name,
                                             ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void ThreadStartOrderCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void ThreadStartOrderCheck::check(const MatchFinder::MatchResult &Result) {
  if (!facts(*Result.Context))
    return;
}

} // namespace clang::tidy::concord
