//===--- WaitLoop.h - Is the condition of a wait tested again? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_WAITLOOP_H
#define CONCORD_ANALYSIS_WAITLOOP_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// True if \p Call waits for a condition variable without a predicate.
bool waitsWithoutPredicate(const KnownCall &Call);

/// True if the condition wait \p Call may give up after a time.
bool isTimedConditionWait(const KnownCall &Call);

/// True if a loop around the wait \p Call in \p Function tests something after
/// the wait returns and before the code relies on what it waited for. Endless
/// loops count only with a test inside; loops that just count do not. In an
/// `if`, code that names what the `if` tests relies on it.
bool isTestedAgain(const UnitFacts &Facts, const FunctionInfo &Function,
                   const KnownCall &Call);

/// True if \p Function does nothing but pass the wait \p Call on: it is entered
/// with the lock, and its callers loop.
bool onlyForwardsWait(const UnitFacts &Facts, const FunctionInfo &Function,
                      const KnownCall &Call);

/// The `if` whose whole effect, where its condition holds, is the wait \p Call;
/// null if there is none, or it has an `else` or declares something.
const IfStmt *ifAroundWait(const UnitFacts &Facts, const FunctionInfo &Function,
                           const KnownCall &Call);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_WAITLOOP_H
