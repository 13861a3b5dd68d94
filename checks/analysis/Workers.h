//===--- Workers.h - What do the threads of a class do? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which tasks a unit starts and which member (or variable) holds each, on what
/// they wait, and what other functions do to their flags, conditions and
/// handles, in order. Objects are told apart by the field or variable that
/// holds them, for all objects of a class alike: it takes a signal by any way
/// for a signal.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_WORKERS_H
#define CONCORD_ANALYSIS_WORKERS_H

#include "analysis/HandleKey.h"
#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace clang::tidy::concord {

/// A task with a thread, and what runs on it.
struct Worker {
  /// The launch, and the function it is in; null in the initialiser of a
  /// member.
  const Expr *Site = nullptr;
  const FunctionInfo *Launcher = nullptr;
  const FunctionInfo *Entry = nullptr;
  /// The entry and all that it calls, three levels deep, lambdas included.
  llvm::SmallSetVector<const FunctionInfo *, 8> Runs;
  /// The field or variable that holds the handle, or null.
  const ValueDecl *Handle = nullptr;
  HolderType Holder;
  /// Several threads run the task; on the same object, if `SameObject`.
  bool Many = false;
  bool SameObject = false;
  /// The handle's destructor waits, asking for a stop first if `GetsToken`.
  bool Waits = false;
  bool GetsToken = false;
};

/// One mention of a flag, queue or other state.
struct StateUse {
  const FunctionInfo *Function = nullptr;
  const Expr *Site = nullptr;
  StateAccess::Kind What = StateAccess::Read;
  /// The new value, if it is known.
  const Expr *Value = nullptr;

  bool mayChange() const { return What != StateAccess::Read; }
  bool changes() const {
    return What == StateAccess::Write || What == StateAccess::Modify;
  }
  /// False if the new value is surely not \p Value.
  bool mayBecome(std::optional<bool> Value, const ASTContext &Context) const;
};

/// What the code around \p Site, in \p Function, does with the state it names.
StateUse useAt(const UnitFacts &Facts, const FunctionInfo &Function,
               const Expr *Site);

/// A wait on a condition variable.
struct ConditionUse {
  const FunctionInfo *Function = nullptr;
  KnownCall Call;
  /// The condition variable and the mutex; null if they have no name.
  const ValueDecl *Condition = nullptr;
  const ValueDecl *Mutex = nullptr;
  /// What the predicate, or the loop around the wait, asks.
  llvm::SmallPtrSet<const ValueDecl *, 4> Reads;
  /// The loop that asks, or null.
  const Stmt *Loop = nullptr;
  /// It asks something that the unit does not show, or a stop token.
  bool Opaque = false;
  bool Timed = false;
};

/// One thing that happens while a function runs.
struct TraceEvent {
  enum Kind : uint8_t {
    Change, ///< `Object` gets a new value, `Use` tells which
    Call,   ///< an operation of the vocabulary on `Object`
    Opaque, ///< a function gets the object itself that the unit does not show
    End,    ///< the destructor of `Object`, a handle, waits for its task
  };
  Kind What = Opaque;
  const ValueDecl *Object = nullptr;
  KnownCall Known;
  StateUse Use;
  /// The place, the function it is in, and the calls that lead there.
  const Expr *Site = nullptr;
  const FunctionInfo *Function = nullptr;
  llvm::SmallVector<std::pair<const FunctionInfo *, const Expr *>, 3> Chain;
};

class Workers {
public:
  explicit Workers(UnitFacts &Facts);

  llvm::ArrayRef<Worker> tasks() const { return Tasks; }
  /// Every wait of the unit whose condition is tested by a predicate or loop.
  llvm::ArrayRef<ConditionUse> waits() const { return Waits; }
  /// The tasks that run \p Function.
  llvm::SmallVector<const Worker *, 2>
  tasksThatRun(const FunctionInfo &Function) const;

  /// Every mention of \p State in the unit.
  llvm::ArrayRef<StateUse> usesOf(const ValueDecl *State);
  /// What happens when \p Function runs, in the order of the source: in itself,
  /// the lambdas it runs, what it calls three levels deep, and in the
  /// destructors of its own handles (of the members, for a destructor).
  const std::vector<TraceEvent> &trace(const FunctionInfo &Function);
  /// The functions that \p Function is called by.
  llvm::ArrayRef<std::pair<const FunctionInfo *, const Expr *>>
  callersOf(const FunctionInfo &Function);

  /// True if \p Event is a wait for the task of \p Handle.
  static bool joins(const TraceEvent &Event, const ValueDecl *Handle);
  /// True if \p Mutex is held by a function at \p Site or by all its callers
  /// in \p Event; also if it cannot be told.
  bool mayHold(const TraceEvent &Event, const ValueDecl *Mutex);

private:
  Worker *addTask(const Expr *Site, const FunctionInfo *Launcher,
                  const FunctionInfo *Entry, const ValueDecl *Handle,
                  bool HandleWaits);
  void findTasks();
  void findWaits();
  void indexMentions();
  void describeWait(ConditionUse &Wait);
  void read(ConditionUse &Wait, const Stmt *S, unsigned Depth);

  UnitFacts &Facts;
  std::vector<Worker> Tasks;
  std::vector<ConditionUse> Waits;
  bool Indexed = false;
  llvm::DenseMap<const ValueDecl *,
                 std::vector<std::pair<const FunctionInfo *, const Expr *>>>
      Mentions;
  llvm::DenseMap<const FunctionInfo *,
                 std::vector<std::pair<const FunctionInfo *, const Expr *>>>
      Callers;
  llvm::DenseMap<const ValueDecl *, std::vector<StateUse>> Uses;
  llvm::DenseMap<const FunctionInfo *, std::unique_ptr<std::vector<TraceEvent>>>
      Traces;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_WORKERS_H
