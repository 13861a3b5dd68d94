//===--- TaskHandle.h - Where does a task's handle go? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKHANDLE_H
#define CONCORD_ANALYSIS_TASKHANDLE_H

#include "analysis/TaskLaunch.h"

namespace clang::tidy::concord {

/// What becomes of the handle that the launch \p Call gives.
TaskHandle handleOfLaunch(UnitFacts &Facts, const FunctionInfo &Launcher,
                          const KnownCall &Call);

/// Where the value of \p Handle, an expression in \p Function, goes: assigned,
/// stored, returned, dropped. \p Type is the handle's type if it is known.
TaskHandle destinationOf(UnitFacts &Facts, const FunctionInfo &Function,
                         const Expr *Handle, const TypeFact *Type);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKHANDLE_H
