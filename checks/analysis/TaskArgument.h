//===--- TaskArgument.h - What does a task get, and where? ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKARGUMENT_H
#define CONCORD_ANALYSIS_TASKARGUMENT_H

#include "analysis/TaskLaunch.h"

namespace clang::tidy::concord {

/// The parameter of the entry of \p Launch that gets \p Argument, written at
/// the launch; null if that is not clear.
const ParmVarDecl *entryParameter(const TaskLaunch &Launch,
                                  const Expr *Argument);

/// True if the task runs in a thread of its own, or of a pool with more than
/// one: what an event loop runs may run in turn, in the launching thread.
bool runsBesideLauncher(const TaskLaunch &Launch);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKARGUMENT_H
