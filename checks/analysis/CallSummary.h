//===--- CallSummary.h - What does a function of this unit do? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CALLSUMMARY_H
#define CONCORD_ANALYSIS_CALLSUMMARY_H

#include "analysis/AccessPath.h"
#include "analysis/LockState.h"
#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// One place in a chain of calls, for notes: "…which calls 'f' here".
struct CallStep {
  const Expr *Site = nullptr;
  const FunctionDecl *Callee = nullptr;
};

/// An effect of a function that its callers want to know of, with the way to
/// it: the calls that lead there, outermost first, then the place itself.
struct SummaryEffect {
  enum Kind : uint8_t {
    Acquires, ///< takes `Mutex`, which it had not released before
    Blocks,   ///< `Call` may block
    Unknown,  ///< runs code that the unit does not show: see UnknownCall
    Joins,    ///< joins or waits for `Mutex` (the path of the handle)
    Launches, ///< starts a task
  };
  Kind What;
  /// In the terms of the summarised function: its `this`, its parameters.
  AccessPath Mutex;
  LockMode Mode = LockMode::Exclusive;
  const TypeFact *Type = nullptr;
  KnownCall Call;
  /// The place in the function where it happens.
  const Expr *Site = nullptr;
  /// Calls from the summarised function to the one that contains `Site`.
  std::vector<CallStep> Chain;
  /// Happens on every path through the summarised function.
  bool Always = false;
  /// Locks of the summarised function's own that are held there, already
  /// excluded are those it releases again before (windows).
  bool UnderOwnLock = false;
};

/// What a function does with a parameter that is a callable or a handle.
enum class ParameterUse : uint8_t {
  Unused,
  Called,   ///< called before the function returns, not kept
  Launched, ///< handed to a launcher: runs elsewhere
  Kept,     ///< stored in a member, global or container: may run later
  Unknown,  ///< passed on to code that the unit does not show
};

/// Summary of one function whose body the unit shows. Built bottom-up on first
/// demand by `UnitFacts::summary`; recursion is cut (the inner call counts as
/// doing nothing). Nothing is guessed about functions without a body.
struct CallSummary {
  std::vector<SummaryEffect> Effects;

  /// Locks that every normal exit leaves held, or released, for the caller:
  /// a lock or unlock function of the project's own.
  std::vector<HeldLock> LeavesHeld;
  std::vector<AccessPath> LeavesReleased;
  /// The function returns a guard that holds this; empty if it does not.
  AccessPath ReturnsGuardOf;

  std::vector<ParameterUse> Parameters;

  const SummaryEffect *find(SummaryEffect::Kind What) const;
};

/// Builds the summary; use `UnitFacts::summary`, which keeps it.
CallSummary summarize(UnitFacts &Facts, const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CALLSUMMARY_H
