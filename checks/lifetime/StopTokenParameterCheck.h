//===--- StopTokenParameterCheck.h ------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_STOPTOKENPARAMETERCHECK_H
#define CONCORD_LIFETIME_STOPTOKENPARAMETERCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds stop tokens that are not the first parameter, are kept in an object,
/// or are not handed on to a function that takes one.
class StopTokenParameterCheck : public FactsCheck {
public:
  StopTokenParameterCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void checkParameters(const Vocabulary &Words, const FunctionDecl &Function);
  void checkMember(const Vocabulary &Words, const FieldDecl &Member);
  void checkCalls(UnitFacts &Facts, const FunctionDecl &Function);
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_STOPTOKENPARAMETERCHECK_H
