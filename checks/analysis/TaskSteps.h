//===--- TaskSteps.h - What does a task do to its object? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKSTEPS_H
#define CONCORD_ANALYSIS_TASKSTEPS_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// One thing that a task does to the object it was started by.
struct TaskStep {
  enum Kind : uint8_t {
    Use,     ///< mentions `Member`
    Virtual, ///< calls `Method`, which a derived class may override
    Wait,    ///< waits without a time limit, or looks whether there is work
  };
  Kind What;
  const Expr *Site = nullptr;
  const FieldDecl *Member = nullptr;
  const CXXMethodDecl *Method = nullptr;
};

/// The steps of a task that starts at \p Entry and gets an object of \p Class,
/// in the order of the source: the lambda captures `this`, or a parameter
/// points to it. Calls of the same object are followed, four levels deep;
/// lambdas count where they are written.
std::vector<TaskStep> stepsOf(UnitFacts &Facts, const FunctionDecl &Entry,
                              const CXXRecordDecl &Class);

/// True if \p Launch hands the object that its launcher is a member of to the
/// task: by capture, as the object of a member function, as an argument.
bool handsOverThis(const TaskLaunch &Launch);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKSTEPS_H
