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

/// Finds fields and variables that are changed under a lock and read or changed
/// elsewhere without it.
///
/// For the user-facing documentation see docs/checks/inconsistent-locking.md.
class InconsistentLockingCheck : public FactsCheck {
public:
  InconsistentLockingCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void judge(const ValueDecl &State, llvm::ArrayRef<FieldAccess> Accesses,
             UnitFacts &Facts);
  void otherLock(const ValueDecl &State, const AccessPath &Mutex,
                 llvm::ArrayRef<FieldAccess> Accesses);
  void report(const ValueDecl &State, const AccessPath &Mutex,
              llvm::ArrayRef<const FieldAccess *> Locked,
              llvm::ArrayRef<const FieldAccess *> Unlocked);

  const unsigned MaxUnlockedPercent;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_INCONSISTENTLOCKINGCHECK_H
