//===--- UnbalancedLockCheck.h ----------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_UNBALANCEDLOCKCHECK_H
#define CONCORD_LOCK_UNBALANCEDLOCKCHECK_H

#include "analysis/LockProtocol.h"
#include <memory>

namespace clang::tidy::concord {

/// Finds paths that forget to release a lock, and releases that do not match
/// what is held.
///
/// For the user-facing documentation see docs/checks/unbalanced-lock.md.
class UnbalancedLockCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void onEndOfTranslationUnit() override { Protocol.reset(); }

private:
  void leaks(UnitFacts &Facts, const FunctionInfo &Function);
  void event(UnitFacts &Facts, const FunctionInfo &Function,
             const LockEvent &Event);
  void unlockedTwice(const LockEvent &Event);
  void waits(const LockEvent &Event);
  void neverLocked(UnitFacts &Facts, const FunctionInfo &Function,
                   const LockEvent &Event);
  void owned(const LockState &Locks, const LockEvent &Event);
  void adopted(UnitFacts &Facts, const FunctionInfo &Function,
               const LockEvent &Event);
  void released(UnitFacts &Facts, const FunctionInfo &Function,
                const LockEvent &Event);
  void nextRound(UnitFacts &Facts, const FunctionInfo &Function,
                 const LockEvent &Event);

  std::unique_ptr<LockProtocol> Protocol;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_UNBALANCEDLOCKCHECK_H
