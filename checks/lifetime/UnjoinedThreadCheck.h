//===--- UnjoinedThreadCheck.h ----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LIFETIME_UNJOINEDTHREADCHECK_H
#define CONCORD_LIFETIME_UNJOINEDTHREADCHECK_H

#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds thread handles that reach their end joinable: on some path of a
/// function, by being overwritten, deleted or leaked, or because a destructor
/// does not join a member.
class UnjoinedThreadCheck : public FactsCheck {
public:
  UnjoinedThreadCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkFunction(UnitFacts &Facts, const FunctionInfo &Function);
  void report(UnitFacts &Facts, const FunctionInfo &Function,
              const LostHandle &Loss);
  void checkMember(UnitFacts &Facts, const FieldDecl &Member);

  /// Also calls between launch and join that may throw, where the language has
  /// a thread that joins by itself.
  const bool ExceptionPaths;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LIFETIME_UNJOINEDTHREADCHECK_H
