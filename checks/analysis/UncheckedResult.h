//===--- UncheckedResult.h - Whose failure does nobody test? ----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNCHECKEDRESULT_H
#define CONCORD_ANALYSIS_UNCHECKEDRESULT_H

#include "vocabulary/Vocabulary.h"
#include <vector>

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// An operation that may fail, whose result is dropped before code that is
/// right only if it succeeded.
struct UncheckedResult {
  enum Kind : uint8_t {
    Receive,       ///< the value is used
    ConditionWait, ///< what the predicate tests is accessed
    FutureWait,    ///< the future is asked for its result
    TryLock,       ///< the mutex is unlocked
    TryAcquire,    ///< the semaphore is released
    TryGuard,      ///< nobody asks the guard whether it holds its mutex
  };
  Kind What;
  KnownCall Call;
  /// What relies on the success; null for `TryGuard`.
  const Stmt *Use = nullptr;
};

/// The unchecked results in \p Function, in source order. A result that is cast
/// to void is dropped on purpose; a test of the state itself, later on and
/// before the use, counts as a test of the result.
std::vector<UncheckedResult> uncheckedResults(const UnitFacts &Facts,
                                              const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNCHECKEDRESULT_H
