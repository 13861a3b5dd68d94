//===--- LockOrderCheck.h ---------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_LOCK_LOCKORDERCHECK_H
#define CONCORD_LOCK_LOCKORDERCHECK_H

#include "analysis/LockOrder.h"
#include "analysis/LockRing.h"

namespace clang::tidy::concord {

/// Finds locks that are taken in both orders, so that two threads can wait for
/// each other.
///
/// For the user-facing documentation see docs/checks/lock-order.md.
class LockOrderCheck : public FactsCheck {
public:
  LockOrderCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

private:
  void reversal(const LockOrderEdge &Earlier, const LockOrderEdge &Later);
  void circle(llvm::ArrayRef<const LockOrderEdge *> Edges);
  void ring(const RingStep &Step);
  void pair(UnitFacts &Facts, const LockPair &Pair);
  void adjacent(UnitFacts &Facts, const FunctionInfo &Function);
  void waits(UnitFacts &Facts, const FunctionInfo &Function);

  const bool AdjacentGuards;
  const bool WaitWithSecondLock;
};

} // namespace clang::tidy::concord

#endif // CONCORD_LOCK_LOCKORDERCHECK_H
