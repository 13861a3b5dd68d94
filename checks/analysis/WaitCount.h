//===--- WaitCount.h - For how many tasks does a wait wait? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_WAITCOUNT_H
#define CONCORD_ANALYSIS_WAITCOUNT_H

#include "analysis/TaskLaunch.h"

namespace clang::tidy::concord {

/// True if \p Wait, in \p Function, ends when any one of several tasks has
/// sent to the channel (or released the semaphore), \p Launch is one of them,
/// and the waits of \p Function are fewer than the tasks. A task counts only if
/// it surely sends once it gets there; in doubt the answer is false.
bool waitsForFewer(UnitFacts &Facts, const FunctionInfo &Function,
                   const TaskLaunch &Launch, const KnownCall &Wait);

/// The condition of the loop in \p Function that repeats \p Wait for each of
/// the tasks that another loop launches with \p Launch; null if there is none.
/// Such a loop is taken to run as often as that of the launch.
const Expr *conditionRepeating(const UnitFacts &Facts,
                               const FunctionInfo &Function,
                               const TaskLaunch &Launch, const KnownCall &Wait);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_WAITCOUNT_H
