//===--- TaskRace.h - what tasks do to one object at once -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKRACE_H
#define CONCORD_ANALYSIS_TASKRACE_H

#include "analysis/ObjectUse.h"
#include "analysis/TaskLaunch.h"

namespace clang::tidy::concord {

/// Two uses of one object that nothing orders, at least one of which writes.
struct TaskRace {
  enum Kind : uint8_t {
    Itself,   ///< the launch makes several tasks that do the same
    Tasks,    ///< two launches
    Launcher, ///< a task and the function that launched it
  };
  Kind Between;
  /// What is captured or passed by reference.
  const ValueDecl *Object = nullptr;
  /// The use to report: a task's write; for `Launcher` the launcher's use.
  ObjectUse Use;
  /// The use on the other side; the same for `Itself`.
  ObjectUse Other;
  const TaskLaunch *Launch = nullptr;
  /// Where the reader must act: the launcher's use, the use in a lambda, the
  /// argument that hands the object to a function.
  SourceLocation Loc;
  /// The other launch of `Tasks`; else null.
  const TaskLaunch *OtherLaunch = nullptr;
};

/// The races of the tasks that \p Launcher starts, one for each object, by what
/// the unit proves: both uses are visible, and may happen at the same time.
/// Objects of types that synchronise, and those that a loop polls, are left
/// out. In doubt there is none.
std::vector<TaskRace> findTaskRaces(UnitFacts &Facts,
                                    const FunctionInfo &Launcher);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKRACE_H
