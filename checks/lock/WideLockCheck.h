//===--- WideLockCheck.h ----------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_WIDELOCKCHECK_H
#define CONCORD_LOCK_WIDELOCKCHECK_H

#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds locks that are held for longer than what they guard is used: over
/// calls that need no lock, in a member, in a static, in a parameter.
///
/// For the user-facing documentation see docs/checks/wide-lock.md.
class WideLockCheck : public FactsCheck {
public:
  WideLockCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void member(const FieldDecl &Field, const Vocabulary &Words);
  void parameter(const ParmVarDecl &Parameter, UnitFacts &Facts);
  void tail(const FunctionInfo &Function, const VarDecl &Guard,
            UnitFacts &Facts);

  const unsigned MinCalls;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_WIDELOCKCHECK_H
