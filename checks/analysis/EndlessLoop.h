//===--- EndlessLoop.h - Does a task ever end? ------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ENDLESSLOOP_H
#define CONCORD_ANALYSIS_ENDLESSLOOP_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// The first loop that \p Task, the entry of a task, runs itself or in a
/// function of the unit that it calls, and that nothing can end: its condition
/// is constant, and it has no jump out, no throw, no call that does not return,
/// may throw or heeds a stop token. Null if there is none, if the loop is in a
/// `try` (what it calls is then expected to throw), if the unit interrupts or
/// cancels threads, or if a comment at the loop says that it runs for ever.
const Stmt *findEndlessLoop(UnitFacts &Facts, const FunctionInfo &Task);

/// The named parameter of \p Task that is a stop token and that nothing uses,
/// although the task loops until something else happens; or null.
const ParmVarDecl *findUnusedStopToken(UnitFacts &Facts,
                                       const FunctionInfo &Task);

/// The entry of the task that \p Init, the initialiser of a member or global,
/// starts outside every function; nothing if it starts none that the unit
/// shows. \p Site is where it starts.
std::optional<FunctionInfo> findInitialTask(UnitFacts &Facts, const Expr *Init,
                                            const Expr *&Site);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ENDLESSLOOP_H
