//===--- FunctionChannelCheck.cpp -------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/FunctionChannelCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

FunctionChannelCheck::FunctionChannelCheck(StringRef Name,
                                           ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void FunctionChannelCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void FunctionChannelCheck::check(const MatchFinder::MatchResult &Result) {
  if (!facts(*Result.Context))
    return;
}

} // namespace clang::tidy::concord
