//===--- TaskDuty.h - Does a task do what others wait for? ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKDUTY_H
#define CONCORD_ANALYSIS_TASKDUTY_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// What a function owes to whoever waits for it: that it counts down, arrives,
/// or fulfils a promise.
struct TaskDuty {
  /// The counter, latch or promise, as the function names it.
  const ValueDecl *Object = nullptr;
  /// What fulfils the duty.
  llvm::SmallVector<const Expr *, 2> Fulfils;
  /// What makes it owed; if there is nothing, it is owed from the start.
  llvm::SmallVector<const Expr *, 1> Raises;
  /// Other mentions of the object that change nothing: waits, reads.
  llvm::SmallVector<const Expr *, 2> Neutral;
};

/// A way out of the function on which the duty is not fulfilled.
struct UnmetDuty {
  enum Kind : uint8_t {
    Return,   ///< an early `return`
    Throw,    ///< a `throw` that leaves the function
    Handler,  ///< a handler that swallows what was thrown before
    Continue, ///< a `continue` before the end of a round that fulfils it
  };
  Kind What;
  /// The return, throw, handler or continue.
  const Stmt *Where = nullptr;
  /// What the way to the end fulfils it with.
  const Expr *Fulfilment = nullptr;
  /// For `Handler`: the `try` has a `throw` of its own.
  bool SurelyThrown = false;
};

/// The ways out of \p Function that surely do not fulfil \p Duty although the
/// way to its end surely does. A mention of the object that is none of the
/// duty's, a lambda or call that may reach it, a further launch may fulfil it.
std::vector<UnmetDuty> unmetDuties(UnitFacts &Facts,
                                   const FunctionInfo &Function,
                                   const TaskDuty &Duty);

/// True if \p S or a statement in it, lambdas included, names \p Object.
bool mentionsObject(const Stmt *S, const ValueDecl &Object);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKDUTY_H
