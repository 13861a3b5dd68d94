//===--- RoundWork.h - What does one round of a loop do? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ROUNDWORK_H
#define CONCORD_ANALYSIS_ROUNDWORK_H

#include "vocabulary/Vocabulary.h"
#include "llvm/ADT/SmallVector.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// One question that a loop asks about what another thread does.
struct Question {
  enum Kind : uint8_t {
    Atomic,  ///< the value of an atomic
    Plain,   ///< the value of a variable that others may see
    Future,  ///< a timed wait for a future
    Lock,    ///< an attempt to lock
    Slot,    ///< an attempt to acquire a semaphore
    Channel, ///< an attempt to receive or send, a test whether it is closed
    Latch,   ///< a test whether a latch has been reached
  };
  Kind What;
  const Expr *Site = nullptr;
  /// The expression that names the object, or null.
  const Expr *Object = nullptr;
  /// The variable or field that is read, for `Plain` and `Atomic`; or null.
  const ValueDecl *Decl = nullptr;
  KnownCall Call;
};

/// What a loop does in one round, if it only asks and lets time pass.
struct RoundWork {
  llvm::SmallVector<Question, 2> Questions;
  /// Something else happens: it writes, counts, calls what may do anything.
  bool HasOther = false;
  /// Sleeps, yields or tells the processor that it spins.
  bool Pauses = false;
  /// It sleeps.
  bool Sleeps = false;
  /// Sleeps so long that it is a periodic task.
  bool SleepsLong = false;
  /// Takes or releases a lock.
  bool Locks = false;
  /// Asks whether to stop.
  bool AsksStop = false;
  /// Something in the loop may end it.
  bool HasExit = false;
};

/// \p Loop must be a `while`, `do` or `for` statement of \p Function. Functions
/// of the unit that it calls are looked into, three deep; those that the unit
/// does not show do something else unless their name says that they pause.
RoundWork workOfRound(const UnitFacts &Facts, const FunctionInfo &Function,
                      const Stmt *Loop);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ROUNDWORK_H
