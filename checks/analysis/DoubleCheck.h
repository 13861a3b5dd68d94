//===--- DoubleCheck.h - Test, lock, test again -----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_DOUBLECHECK_H
#define CONCORD_ANALYSIS_DOUBLECHECK_H

#include "analysis/LockState.h"
#include "analysis/StateAccess.h"

namespace clang::tidy::concord {

/// An object that is tested without a lock, tested again under a lock, and then
/// changed under it: double-checked locking.
struct DoubleCheck {
  AccessPath Object;
  /// The two tests and the change, as accesses of `Object`.
  const Expr *FirstTest = nullptr;
  const Expr *SecondTest = nullptr;
  const Expr *Change = nullptr;
  /// The statements whose conditions test.
  const Stmt *Outer = nullptr;
  const Stmt *Inner = nullptr;
  HeldLock Lock;
  /// The object is atomic.
  bool Atomic = false;
  /// It is atomic, and the first test does not acquire or the change does not
  /// release what was made.
  bool Relaxed = false;
  /// What is made under the lock is used without it: the object is a pointer
  /// to it, or other state that changes there is read outside.
  bool Publishes = false;
};

/// Every double check in \p Function, in source order of the first test.
std::vector<DoubleCheck> doubleChecksOf(UnitFacts &Facts,
                                        const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_DOUBLECHECK_H
