//===--- BusyLoop.h - Which loops only ask again and again? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_BUSYLOOP_H
#define CONCORD_ANALYSIS_BUSYLOOP_H

#include "analysis/RoundWork.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// A loop that does nothing but ask whether another thread has done something.
struct BusyLoop {
  const Stmt *Loop = nullptr;
  /// What it waits for.
  Question Asked;
  /// It does not sleep between two questions.
  bool Spins = false;
};

/// The busy loops of \p Function. Not those that take a lock (the function or
/// its class says by its name or role that it locks or spins), that count,
/// sleep a second or more, look for a stop request, stand for the work of a
/// task, or wait for what a signal handler sets.
std::vector<BusyLoop> busyLoops(UnitFacts &Facts, const FunctionInfo &Function);

/// A loop that ends only when a future is ready, which it never is if the task
/// is deferred until somebody waits without a limit.
struct DeferredLoop {
  const Stmt *Loop = nullptr;
  /// The timed wait.
  const Expr *Wait = nullptr;
  /// The launch that may defer the task.
  const Expr *Launch = nullptr;
};

/// The loops of \p Function that may wait for a deferred task for ever. Silent
/// where the function asks for the status `deferred`.
std::vector<DeferredLoop> deferredLoops(UnitFacts &Facts,
                                        const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_BUSYLOOP_H
