//===--- BusyWaitCheck.cpp --------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/BusyWaitCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

BusyWaitCheck::BusyWaitCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void BusyWaitCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void BusyWaitCheck::check(const MatchFinder::MatchResult &Result) {
  if (!facts(*Result.Context))
    return;
}

} // namespace clang::tidy::concord
