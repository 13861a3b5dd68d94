//===--- LockBalance.h - Paths that forget to unlock ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKBALANCE_H
#define CONCORD_ANALYSIS_LOCKBALANCE_H

#include "analysis/LockProtocol.h"

namespace clang::tidy::concord {

/// A way out of a function with a lock held that other ways release, or that
/// nobody can release afterwards.
struct LockLeak {
  AccessPath Mutex;
  const LockExit *Exit = nullptr;
  /// Where the lock was taken on this way.
  const Expr *Taken = nullptr;
  /// Where another way releases it; null if nothing does.
  const Expr *Released = nullptr;
};

/// The ways out of \p Function that keep a lock against what the function
/// itself does elsewhere. Nothing for a protocol: all normal ways agree, the
/// lock is held exactly if the result says success, the name or an attribute
/// says so, another function of the unit releases it.
std::vector<LockLeak> findLockLeaks(UnitFacts &Facts,
                                    const LockProtocol &Protocol,
                                    const FunctionInfo &Function);

/// True if only this call of \p Function can know \p Mutex: a local variable
/// of it, or a part of one.
bool isOwnLock(const AccessPath &Mutex, const FunctionInfo &Function);

/// True if a thread begins with \p Function: no lock is held, and none may stay
/// held.
bool isThreadEntry(UnitFacts &Facts, const FunctionInfo &Function);

/// True if code that \p Function hands on releases \p Mutex: a lambda, an
/// unlock function passed on, a function whose name says so.
bool releasesElsewhere(UnitFacts &Facts, const FunctionInfo &Function,
                       const AccessPath &Mutex);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKBALANCE_H
