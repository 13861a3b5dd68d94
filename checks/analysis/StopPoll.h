//===--- StopPoll.h - Which stop signal does a loop poll? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STOPPOLL_H
#define CONCORD_ANALYSIS_STOPPOLL_H

#include "analysis/UnitFacts.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

/// One test of a stop signal that ends a loop.
struct StopPoll {
  enum Kind : uint8_t {
    Token,   ///< a stop token, or another request that the library keeps
    Flag,    ///< an atomic flag, or a plain one that a task polls
    Channel, ///< a channel that is closed
    Event,   ///< an event, a latch, a `future<void>` that is ready
  };
  Kind What = Token;
  /// The test, in the loop.
  const Expr *Site = nullptr;
  /// The signal, as far as it has a name; or null.
  const ValueDecl *Signal = nullptr;
};

/// Finds the stop signals that loops of a unit poll: tokens, flags, channels,
/// events, in the condition of the loop or in a branch that leaves it, also
/// through a function of the unit that only returns the signal.
///
/// A flag counts if it tells a task to stop: other code than the task sets it,
/// and that code then waits for the task or is a destructor, or its name says
/// so. Flags that a signal handler sets do not count.
class StopPolls {
public:
  explicit StopPolls(UnitFacts &Facts);

  /// The stop signal that ends \p Loop, a loop statement of \p Function;
  /// nothing if it polls none.
  std::optional<StopPoll> of(const FunctionInfo &Function, const Stmt *Loop);

  /// True if a task of the unit runs \p Function, as far as the unit shows.
  bool isTask(const FunctionInfo &Function);

private:
  struct Writer {
    const FunctionInfo *Function;
    const Expr *Site;
  };

  std::optional<StopPoll> condition(const FunctionInfo &Function, const Expr *E,
                                    unsigned Depth);
  std::optional<StopPoll> call(const FunctionInfo &Function,
                               const CallExpr &Call, unsigned Depth);
  std::optional<StopPoll> leavingBranch(const FunctionInfo &Function,
                                        const Stmt *S, bool Direct);
  std::optional<StopPoll> flag(const FunctionInfo &Function, const Expr *E);
  bool isStopFlag(const FunctionInfo &Poller, const ValueDecl &Flag,
                  bool Atomic);
  void collectTasks();
  void collectWriters();
  void collectWriters(const FunctionInfo &Function);

  UnitFacts &Facts;
  llvm::DenseSet<const FunctionInfo *> Tasks;
  llvm::DenseMap<const ValueDecl *, std::vector<Writer>> Writers;
  bool KnowsTasks = false;
  bool KnowsWriters = false;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STOPPOLL_H
