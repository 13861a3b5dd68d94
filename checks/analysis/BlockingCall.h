//===--- BlockingCall.h - What a thread waits for ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_BLOCKINGCALL_H
#define CONCORD_ANALYSIS_BLOCKINGCALL_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// What a call waits for.
enum class Waiting : uint8_t {
  No,
  Sleep,     ///< for time to pass
  Thread,    ///< for a thread or task to end
  Result,    ///< for a future, latch, barrier, semaphore, event
  Channel,   ///< for the other end of a channel
  Condition, ///< for a condition variable, with a lock released meanwhile
  Outside,   ///< for the network, a file, a process, a name server
};

/// What \p Call, written in \p Function, waits for; taking a lock is not
/// waiting here. A result that the function has seen to be ready before is not
/// waited for.
Waiting waitingOf(const UnitFacts &Facts, const FunctionInfo &Function,
                  const KnownCall &Call);

/// The locks that the condition wait \p Site in \p Function releases while it
/// waits; nothing if that is unknown.
std::vector<AccessPath> releasedByWait(UnitFacts &Facts,
                                       const FunctionInfo &Function,
                                       const Expr *Site);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_BLOCKINGCALL_H
