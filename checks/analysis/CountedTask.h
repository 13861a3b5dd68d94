//===--- CountedTask.h - Does each task count as it should? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_COUNTEDTASK_H
#define CONCORD_ANALYSIS_COUNTEDTASK_H

#include "analysis/TaskCounter.h"
#include "analysis/TaskDuty.h"

namespace clang::tidy::concord {

/// A counter that only the task raises which it counts: whoever waits may look
/// before the task has begun.
struct LateRaise {
  const ValueDecl *Object = nullptr;
  const Expr *Raise = nullptr;
  const Expr *Wait = nullptr;
  const TaskLaunch *Launch = nullptr;
};

/// A way out of a task on which it does not count itself off.
struct MissedCount {
  const ValueDecl *Object = nullptr;
  UnmetDuty Unmet;
  const TaskLaunch *Launch = nullptr;
};

/// A call that may throw, in a task, before it counts itself off.
struct ThrownCount {
  const ValueDecl *Object = nullptr;
  const Expr *Call = nullptr;
  const Expr *Fulfilment = nullptr;
  const TaskLaunch *Launch = nullptr;
};

struct CountedTasks {
  std::vector<LateRaise> Late;
  std::vector<MissedCount> Missed;
  std::vector<ThrownCount> Thrown;
};

/// What the tasks of the unit do wrong with the counters that somebody waits
/// for.
CountedTasks judgeCountedTasks(UnitFacts &Facts, TaskCounters &Counters);

/// A latch or barrier that waits for another number of arrivals than the unit
/// makes.
struct ArrivalMismatch {
  const VarDecl *Object = nullptr;
  uint64_t Expected = 0;
  uint64_t Arrivals = 0;
  /// A launch of a task that arrives.
  const TaskLaunch *Launch = nullptr;
};

/// The latches and barriers whose constant count differs from the constant
/// number of arrivals in the function that launches the tasks and in the tasks.
/// Nothing for those that any other code may reach.
std::vector<ArrivalMismatch> arrivalMismatches(UnitFacts &Facts,
                                               TaskCounters &Counters);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_COUNTEDTASK_H
