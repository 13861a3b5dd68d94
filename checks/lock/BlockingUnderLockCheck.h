//===--- BlockingUnderLockCheck.h -------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_BLOCKINGUNDERLOCKCHECK_H
#define CONCORD_LOCK_BLOCKINGUNDERLOCKCHECK_H

#include "analysis/BlockingCall.h"
#include "support/NameList.h"

namespace clang::tidy::concord {

/// Finds code that waits for something else while it holds a lock: sleeps,
/// joins, waits for results, suspended coroutines.
///
/// For the user-facing documentation see docs/checks/blocking-under-lock.md.
class BlockingUnderLockCheck : public FactsCheck {
public:
  BlockingUnderLockCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  /// A function that the user says blocks.
  struct Named {
    NameList Name;
    std::string Reason;
  };

  void atSuspension(UnitFacts &Facts, const Expr &Suspension,
                    const FunctionInfo &Function);
  void atCall(UnitFacts &Facts, const Expr &Call, const FunctionInfo &Function);
  void throughCall(UnitFacts &Facts, const Expr &Call,
                   const FunctionInfo &Caller, const FunctionInfo &Callee);
  bool isReported(Waiting What) const;
  bool isStreamLock(UnitFacts &Facts, const FunctionInfo &Function,
                    const HeldLock &Held) const;
  const Named *named(const Expr &Call) const;
  void report(const Expr &Call, StringRef Name, StringRef Does,
              const HeldLock &Held, const Expr *Inner);

  const bool InputOutput;
  const NameList StreamLocks;
  const std::string BlockingFunctions;
  std::vector<Named> UserFunctions;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_BLOCKINGUNDERLOCKCHECK_H
