//===--- LockFlow.h - The lock model on one path ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The state machine behind `LockState`: what each operation does to the locks
/// and guards of one path. Only `LockState` uses it.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKFLOW_H
#define CONCORD_ANALYSIS_LOCKFLOW_H

#include "analysis/Flow.h"
#include "analysis/LockState.h"

namespace clang::tidy::concord {

/// What is known of one lock on one path. Locks that the path has not touched
/// have no entry.
struct LockOnPath {
  unsigned Lock = 0; ///< index into `LockTable`
  bool Held = false;
  LockMode Mode = LockMode::Exclusive;
  /// Index of the guard that owns it, or `NoGuard`.
  unsigned Guard = NoGuard;
  /// How often a recursive mutex is held.
  unsigned Depth = 0;
  /// Held at entry, as far as the function shows: released before it was taken
  /// here, or required by an attribute.
  bool AtEntry = false;
  /// Where it was taken or, if not held, released.
  const Expr *Site = nullptr;

  static constexpr unsigned NoGuard = ~0u;
  bool operator==(const LockOnPath &O) const {
    return Lock == O.Lock && Held == O.Held && Mode == O.Mode &&
           Guard == O.Guard && Depth == O.Depth && AtEntry == O.AtEntry;
  }
};

/// What is known of one guard on one path.
struct GuardOnPath {
  unsigned Guard = 0; ///< index into `LockTable`
  llvm::SmallVector<unsigned, 1> Locks;
  LockMode Mode = LockMode::Exclusive;
  bool Owns = false;
  /// Releases while it lives and takes back at its end (boost::reverse_lock).
  bool Reverse = false;

  bool operator==(const GuardOnPath &O) const {
    return Guard == O.Guard && Locks == O.Locks && Mode == O.Mode &&
           Owns == O.Owns && Reverse == O.Reverse;
  }
};

/// All locks and guards of one path, in the order they were taken.
struct LocksOnPath {
  llvm::SmallVector<LockOnPath, 4> Locks;
  llvm::SmallVector<GuardOnPath, 4> Guards;

  bool operator==(const LocksOnPath &O) const {
    return Locks == O.Locks && Guards == O.Guards;
  }
  LockOnPath *lock(unsigned Index);
  GuardOnPath *guard(unsigned Index);
  void forgetLock(unsigned Index);
};

/// The locks and guards that a function names.
class LockTable {
public:
  struct Lock {
    AccessPath Path;
    const TypeFact *Type = nullptr;
  };
  struct Guard {
    AccessPath Path;                   ///< empty for a temporary
    const VarDecl *Variable = nullptr; ///< null for fields and temporaries
    const Expr *Temporary = nullptr;
    /// Any object whose constructor leaves a lock held and whose destructor
    /// may know whether to release it.
    bool Scope = false;
  };

  unsigned lock(const AccessPath &Path, const TypeFact *Type);
  unsigned guard(const AccessPath &Path);
  unsigned temporary(const Expr *E);
  /// The guard at \p Path if it is known already.
  std::optional<unsigned> findGuard(const AccessPath &Path) const;
  std::optional<unsigned> findTemporary(const Expr *E) const;

  std::vector<Lock> Locks;
  std::vector<Guard> Guards;
};

/// The fact of \p Type or of what it points or refers to; null if none.
const TypeFact *factOf(const Vocabulary &Words, QualType Type);

/// Walks one function. Events are appended to `Events` while `Recording`.
class LockFlow : public Flow<LocksOnPath> {
public:
  LockFlow(UnitFacts &Facts, const FunctionInfo &Function, const CFG &Graph);

  /// The locks that attributes say the function is entered with.
  LocksOnPath entryState();

  /// Whether \p E is true (not zero, not null) at the end of \p Path, if known.
  std::optional<bool> truth(const Expr &E, const World<LocksOnPath> &Path);

  /// An event of one path; `LockState` merges those of all paths.
  struct PathEvent {
    LockEvent Event;
    unsigned Lock;
  };
  std::vector<PathEvent> Events;
  bool Recording = false;
  LockTable Table;

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override;
  bool branch(const Expr *Condition, bool Value,
              World<LocksOnPath> &Path) override;
  void enterHandler(const CXXCatchStmt &Catch, LocksOnPath &State) override;

private:
  using Path = World<LocksOnPath>;

  void expression(const Expr &E, Path &P, Worlds &Added);
  void known(const KnownCall &Call, Path &P, Worlds &Added);
  void mutexOperation(const KnownCall &Call, Path &P, Worlds &Added);
  void guardOperation(const KnownCall &Call, unsigned Guard, Path &P,
                      Worlds &Added);
  /// A condition wait with \p Lock, which \p Guard owns if it is one.
  void waitWith(unsigned Lock, const GuardOnPath &Guard, const Expr *Site,
                Path &P);
  void construct(const KnownCall &Call, Path &P, Worlds &Added);
  void nameLocks(const KnownCall &Call, const Path &P, GuardOnPath &Guard);
  void adoptLocks(const GuardOnPath &Guard, const Expr *Site, Path &P);
  void adoptGuard(const Expr &From, unsigned To, Path &P);
  void assignGuard(const CXXOperatorCallExpr &Assignment, Path &P);
  /// `reset()` of an optional or smart pointer that holds a guard.
  bool holderReset(const Expr &E, Path &P);
  void summarizedCall(const Expr &Call, Path &P);
  /// The guard that a call which leaves locks held makes or works on: an object
  /// that locks in its constructor and has a destructor of its own.
  GuardOnPath *scopeOf(const Expr &Call, Path &P);
  void guardArguments(const CallExpr &Call, Path &P, Worlds &Added);
  void swapGuards(unsigned A, unsigned B, Path &P);
  void lockSeveral(const KnownCall &Call, Path &P);
  void attributes(const FunctionDecl &Callee, const Expr &Call, Path &P);
  void declare(const VarDecl &Variable, Path &P);
  void guardDies(unsigned Guard, const Expr *Site, Path &P);
  void variableChanges(const ValueDecl &Variable, Path &P);

  /// Basic steps, each of which may record an event.
  void take(unsigned Lock, LockMode Mode, unsigned Guard, const Expr *Site,
            bool Try, Path &P);
  void give(unsigned Lock, std::optional<LockMode> Mode, bool ByGuard,
            const Expr *Site, Path &P);
  void takeAll(GuardOnPath &Guard, const Expr *Site, bool Try, Path &P);
  void giveAll(GuardOnPath &Guard, const Expr *Site, Path &P);
  /// Splits: on the added path the try failed.
  Path failed(const KnownCall &Call, Path &P);
  /// True if the code asks \p Call, which waits for its lock, for success.
  bool isTested(const KnownCall &Call);
  void convert(const KnownCall &Call, unsigned Lock, Path &P);
  void record(LockEvent::Kind What, unsigned Lock, LockMode Mode,
              const Expr *Site, const Expr *Earlier, unsigned Guard, bool Try);

  std::optional<unsigned> lockOf(const Expr *E);
  /// Like `lockOf`, also of `guard.mutex()`.
  std::optional<unsigned> lockOf(const Expr *E, Path &P);
  std::optional<unsigned> guardOf(const Expr *E);
  /// The guard that the guard-typed expression \p E makes: the variable it
  /// initialises, or a temporary.
  unsigned ownerOf(const Expr &E);
  void findOwners();
  void addOwner(const Expr *Init, unsigned Guard);

  UnitFacts &Facts;
  const FunctionInfo &Function;
  llvm::DenseMap<const Expr *, unsigned> Owners;
  llvm::DenseMap<const Expr *, bool> Tested;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKFLOW_H
