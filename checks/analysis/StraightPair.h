//===--- StraightPair.h - lock(); ... unlock(); in a block ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STRAIGHTPAIR_H
#define CONCORD_ANALYSIS_STRAIGHTPAIR_H

#include "analysis/LockState.h"
#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// A lock that is taken by hand and released by hand, once, by two statements
/// of one block, on every path.
struct StraightPair {
  KnownCall Lock, Unlock;
  AccessPath Mutex;
  LockMode Mode = LockMode::Exclusive;
  const CompoundStmt *Block = nullptr;
  const Stmt *First = nullptr; ///< the part of the block that locks
  const Stmt *Last = nullptr;  ///< the part of the block that unlocks
  /// What may throw between them; null if nothing may.
  const Expr *MayThrow = nullptr;
};

/// The straight pairs of \p Function. Not among them: pairs that a condition
/// wait opens, that a path leaves with the lock held, try operations, pairs
/// with a suspension between, windows.
std::vector<StraightPair> straightPairsOf(UnitFacts &Facts,
                                          const FunctionInfo &Function);

/// The first expression in \p S that may throw, or null. A function whose body
/// the unit shows is looked into. Operations of locks count as not throwing.
const Expr *mayThrow(UnitFacts &Facts, const Stmt *S);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STRAIGHTPAIR_H
