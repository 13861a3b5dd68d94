//===--- WaitGroupCheck.cpp -------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/WaitGroupCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

WaitGroupCheck::WaitGroupCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void WaitGroupCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void WaitGroupCheck::check(const MatchFinder::MatchResult &Result) {
  if (!facts(*Result.Context))
    return;
}

} // namespace clang::tidy::concord
