//===--- TaskTrace.h - Until where may a task still run? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKTRACE_H
#define CONCORD_ANALYSIS_TASKTRACE_H

#include "analysis/HandleEvents.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

/// Where in its launcher a task may still run.
struct TaskTrace {
  /// The function could not be analysed: nothing is known.
  bool Unknown = false;
  /// Expressions and statements that are evaluated while the task may run.
  llvm::DenseSet<const Stmt *> RunsAt;
  /// Variables that die while the task may run.
  llvm::DenseSet<const VarDecl *> OutlivesVariable;
  /// The function may return while the task runs.
  bool OutlivesFunction = false;
};

/// The operations of one function that wait for one launch.
struct TaskWaits {
  /// Holders that have the handle at some time.
  llvm::SmallVector<HandleKey, 4> Holders;
  /// Waits without a time limit, and calls that may wait for all one can tell.
  llvm::DenseSet<const Stmt *> Waits;
  /// Places that destroy the handle, which waits or ends the program unless the
  /// task is detached.
  llvm::DenseSet<const Stmt *> Clears;
  /// Waits with a time limit: their result tells.
  llvm::SmallVector<const Expr *, 2> Timed;
  /// Conditions of loops that end when the task says so.
  llvm::DenseSet<const Expr *> Polled;
  /// The root of the holder that gets the handle from the launch, or null.
  const ValueDecl *FirstHolder = nullptr;
  /// Where the handle goes from one holder to another; null if out of sight.
  llvm::DenseMap<const Stmt *, std::pair<const ValueDecl *, const ValueDecl *>>
      Moves;
  /// Local holders whose destructor waits while they have the handle.
  llvm::DenseSet<const VarDecl *> WaitingHolders;
  /// Local variables whose destructor waits for it: scope guards, executors.
  llvm::DenseSet<const VarDecl *> Guards;
  llvm::DenseSet<const Stmt *> Detaches;
  /// The first of them, as the user wrote it.
  const Expr *Detach = nullptr;
};

TaskWaits findTaskWaits(UnitFacts &Facts, const FunctionInfo &Function,
                        const HandleEvents &Events, const TaskLaunch &Launch);

/// Follows the task from its launch through \p Graph. If \p TimedCount, a wait
/// with a time limit counts as met.
TaskTrace traceTask(UnitFacts &Facts, const FunctionInfo &Function,
                    const CFG &Graph, const TaskLaunch &Launch,
                    const TaskWaits &Waits, bool TimedCount);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKTRACE_H
