//===--- LockRing.h - Are neighbours in a ring locked in turn? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKRING_H
#define CONCORD_ANALYSIS_LOCKRING_H

#include "analysis/LockState.h"

namespace clang::tidy::concord {

/// The lock of one element of an array taken under that of another, where one
/// of the indexes wraps round: `forks[i]`, then `forks[(i + 1) % n]`. If every
/// element has a thread that does so, the last one closes a circle.
struct RingStep {
  const HeldLock *First = nullptr;
  /// The index of the second element as it is written or made.
  const Expr *Wrapped = nullptr;
  /// Where the second lock is taken.
  const Expr *Site = nullptr;
};

/// Every such step of \p Function, in source order. Nothing if a condition of
/// the function asks about one of the indexes: one element may be treated
/// otherwise.
std::vector<RingStep> ringStepsOf(UnitFacts &Facts,
                                  const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKRING_H
