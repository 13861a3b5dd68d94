//===--- UnservedTask.h - Who waits for what never comes? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNSERVEDTASK_H
#define CONCORD_ANALYSIS_UNSERVEDTASK_H

#include "analysis/TaskDuty.h"

namespace clang::tidy::concord {

/// A local channel into which more tasks send than the launcher receives and
/// the channel has room for.
struct SurplusSends {
  const VarDecl *Channel = nullptr;
  const TaskLaunch *Launch = nullptr;
  /// The send of the task.
  const Expr *Send = nullptr;
  /// The last receive of the launcher, or null.
  const Expr *Receive = nullptr;
  /// How many sends there are; nothing for a loop that runs as often as it
  /// finds something to launch.
  std::optional<uint64_t> Sends;
  uint64_t Receives = 0;
  uint64_t Capacity = 0;
};

/// The channels of the unit that nobody closes or else receives from, and whose
/// surplus senders block for ever.
std::vector<SurplusSends> surplusSends(UnitFacts &Facts);

/// A way out of a task on which it leaves a promise unset, or a packaged task
/// not run, that outlives the task, while somebody waits without a limit for
/// its future.
struct UnsetPromise {
  const ValueDecl *Promise = nullptr;
  UnmetDuty Unmet;
  const TaskLaunch *Launch = nullptr;
  /// Where somebody waits.
  const Expr *Wait = nullptr;
};

/// A promise that dies with the task is none: its end is an answer.
std::vector<UnsetPromise> unsetPromises(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNSERVEDTASK_H
