//===--- GuardPair.h - Two guards that one would replace --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_GUARDPAIR_H
#define CONCORD_ANALYSIS_GUARDPAIR_H

#include "analysis/UnitFacts.h"
#include "clang/Basic/Diagnostic.h"

namespace clang::tidy::concord {

/// Two guards declared one directly after the other, each of one mutex.
struct GuardPair {
  const DeclStmt *First = nullptr;
  const DeclStmt *Second = nullptr;
  /// The mutexes as they are written.
  const Expr *FirstMutex = nullptr;
  const Expr *SecondMutex = nullptr;
};

/// Every such pair in \p Function. The guards hold exclusively from their
/// declaration to the end of the block and nothing else uses them.
std::vector<GuardPair> adjacentGuards(const UnitFacts &Facts,
                                      const FunctionInfo &Function);

/// The edits that make one guard of \p Pair; empty if the unit has no guard
/// for several mutexes, or the code comes from a macro.
std::vector<FixItHint> mergeGuards(const UnitFacts &Facts,
                                   const GuardPair &Pair);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_GUARDPAIR_H
