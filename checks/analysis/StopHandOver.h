//===--- StopHandOver.h - What becomes of a way to stop? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STOPHANDOVER_H
#define CONCORD_ANALYSIS_STOPHANDOVER_H

#include "analysis/UnitFacts.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

/// One way to stop a task, and all that a function does with it.
struct StopHandOver {
  /// A stop source, or the variable that holds a cancel function.
  const ValueDecl *Source = nullptr;
  /// Requests of the stop: `source.request_stop()`, `cancel()`.
  llvm::DenseSet<const Stmt *> Triggers;
  /// The first of them, or null.
  const Expr *Trigger = nullptr;
  /// Launches whose task gets a token of the source.
  std::vector<const TaskLaunch *> Launches;
  /// For a cancel function: the call that returned it.
  const CallExpr *Maker = nullptr;
};

/// The stop sources that are local to \p Function and handed to a task, and
/// that nobody else can trigger.
std::vector<StopHandOver> localStopSources(UnitFacts &Facts,
                                           const FunctionInfo &Function);

/// The functions that stop a task and that \p Function got from the function of
/// the unit which launched it, and gives to nobody else.
std::vector<StopHandOver> cancelFunctions(UnitFacts &Facts,
                                          const FunctionInfo &Function);

/// True if the task of \p Launch runs until a token is asked to stop that the
/// launcher handed to it: nothing else ends its loop.
bool endsOnlyOnStop(UnitFacts &Facts, const TaskLaunch &Launch);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STOPHANDOVER_H
