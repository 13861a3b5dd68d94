//===--- CopiedPrimitiveCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_COPIEDPRIMITIVECHECK_H
#define CONCORD_LOCK_COPIEDPRIMITIVECHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds copies of mutexes and other synchronisation objects, and copies of
/// guarded state that are made without the lock of their source.
///
/// For the user-facing documentation see docs/checks/copied-primitive.md.
class CopiedPrimitiveCheck : public FactsCheck {
public:
  CopiedPrimitiveCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void copy(const Expr &Source, const Expr *Target, SourceLocation Loc,
            UnitFacts &Facts);
  void parameter(const ParmVarDecl &Parameter, UnitFacts &Facts);
  void block(const CallExpr &Call, UnitFacts &Facts);
  void unlockedSource(const FunctionInfo &Function, UnitFacts &Facts);
  void sharedMember(const FieldDecl &Field, UnitFacts &Facts);

  const bool SharedMutexMembers;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_COPIEDPRIMITIVECHECK_H
