//===--- InconsistentLockingCheck.h -----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_INCONSISTENTLOCKINGCHECK_H
#define CONCORD_LOCK_INCONSISTENTLOCKINGCHECK_H

#include "analysis/ClassLocking.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds fields that a class changes under one of its locks and reads or
/// changes elsewhere without it.
///
/// For the user-facing documentation see docs/checks/inconsistent-locking.md.
class InconsistentLockingCheck : public FactsCheck {
public:
  InconsistentLockingCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void field(const FieldDecl &Field, llvm::ArrayRef<FieldAccess> Accesses,
             UnitFacts &Facts);
  void report(const FieldDecl &Field, const AccessPath &Mutex,
              llvm::ArrayRef<const FieldAccess *> Locked,
              llvm::ArrayRef<const FieldAccess *> Unlocked);

  const unsigned MaxUnlockedPercent;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_INCONSISTENTLOCKINGCHECK_H
