//===--- RaceContext.h - Can anybody race with an access? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What names, order and place say about the threads that may run meanwhile:
/// the questions that `ClassLocking` asks of fields and `VariableLocking` of
/// variables.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_RACECONTEXT_H
#define CONCORD_ANALYSIS_RACECONTEXT_H

#include "analysis/StateAccess.h"
#include "llvm/ADT/StringRef.h"

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

/// Names by which authors say that the caller holds the lock: `sizeLocked`.
bool saysCallerLocks(llvm::StringRef Name);

/// Names of functions that run before others know the object, or when they are
/// done with it: `initTables`, `shutdown`.
bool saysAlone(llvm::StringRef Name);

/// True if \p Function may be called with a lock held as far as its signature
/// shows: its name says so, or it gets a guard.
bool expectsLock(const UnitFacts &Facts, const FunctionDecl &Function);

/// True if \p Function starts a thread, itself or by what it calls.
bool startsThreads(UnitFacts &Facts, const FunctionInfo &Function);

/// True if nobody races with \p Site: the threads are not started yet, or have
/// been waited for, in \p Function itself or by what it calls.
bool isConfined(UnitFacts &Facts, const FunctionInfo &Function,
                const Expr *Site);

/// True if \p Function shows that another thread runs at \p Site: one is
/// started before, and none is waited for.
bool isBesideThreads(UnitFacts &Facts, const FunctionInfo &Function,
                     const Expr *Site);

/// True if \p Function calls something that the unit does not show and that is
/// called a lock: what is held in it is not known.
bool mayHoldUnseenLock(const UnitFacts &Facts, const FunctionInfo &Function);

/// A read that does not matter: in a window in which \p Function lets go of its
/// lock by hand, in an assertion, after a once flag, or of a part of an object
/// that may never change.
bool isIncidental(UnitFacts &Facts, const FunctionInfo &Function,
                  const StateAccess &Access);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_RACECONTEXT_H
