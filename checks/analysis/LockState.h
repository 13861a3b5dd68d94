//===--- LockState.h - Which locks are held here? ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKSTATE_H
#define CONCORD_ANALYSIS_LOCKSTATE_H

#include "analysis/AccessPath.h"
#include "vocabulary/Vocabulary.h"
#include "clang/Analysis/CFG.h"
#include <memory>
#include <optional>
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

enum class LockMode : uint8_t { Exclusive, Shared, Upgrade };

/// One lock that is held at a point.
struct HeldLock {
  AccessPath Mutex;
  LockMode Mode = LockMode::Exclusive;
  /// Where it was taken: the guard's construction, the lock call, the call of a
  /// function that returns with the lock held; null if the function is entered
  /// with it (REQUIRES).
  const Expr *Site = nullptr;
  /// The guard variable that owns it; null for a manual lock.
  const VarDecl *Guard = nullptr;
  /// The fact of the mutex's type; null if unknown.
  const TypeFact *Type = nullptr;
  /// Held on every path that reaches the point; else only on some.
  bool Always = true;

  bool isRecursive() const {
    return Type &&
           (Type->has(Trait::Recursive) || Type->has(Trait::MaybeRecursive));
  }
};

/// Something that happens to locks: what the checks of the lock family judge.
struct LockEvent {
  enum Kind : uint8_t {
    Acquire,        ///< taken while not held on this path
    Reacquire,      ///< taken while held on every path that reaches it
    Unlock,         ///< released, held before
    UnlockUnheld,   ///< released though already released in this function
    UnlockEntry,    ///< released though not taken here: the caller's lock
    UnlockMismatch, ///< released in the other mode than it was taken
    UnlockOwned,    ///< released by hand while a live guard owns it
    AdoptUnheld,    ///< adopted by a guard though not held
    ReleaseGuard,   ///< unique_lock::release()
    Wait,           ///< condition wait that releases and retakes it
    WaitUnheld,     ///< condition wait with a lock that is not held
  };
  Kind What;
  AccessPath Mutex;
  LockMode Mode;
  const Expr *Site;
  /// For Reacquire, Unlock*: the earlier acquisition or release, if known.
  const Expr *Earlier = nullptr;
  const VarDecl *Guard = nullptr;
  const TypeFact *Type = nullptr;
  bool Try = false;   ///< a try or timed operation
  bool Always = true; ///< true on every path that reaches the site
};

/// A way out of the function and the locks that this function took or gave back
/// and that are not as they were at entry.
struct LockExit {
  /// The return, throw or last statement; null for falling off the end of an
  /// empty function.
  const Stmt *At = nullptr;
  SourceLocation Loc;
  bool IsThrow = false;
  /// Taken here and still held, guards excluded that die with the scope.
  std::vector<HeldLock> Held;
  /// Held at entry (as far as the function shows) and released here.
  std::vector<AccessPath> Released;
  /// Not touched on the paths to this exit, though on others.
  std::vector<AccessPath> Untouched;

  /// What the paths with one lock state did to one lock.
  struct Way {
    enum Kind : uint8_t {
      Nothing,   ///< not touched
      Keeps,     ///< taken here by hand and still held
      GivesBack, ///< taken here and released
      Guarded,   ///< held by a guard that outlives the function
      Entry,     ///< held at entry and again now
      Gone,      ///< held at entry and released
    };
    Kind What;
    AccessPath Mutex;
    /// Where it was taken or released.
    const Expr *Site = nullptr;
    /// Whether the returned value is true (not zero, not null), if known.
    std::optional<bool> Returns;
  };
  /// One entry for each lock the function names and each state it leaves with.
  std::vector<Way> Ways;
};

/// The locks of one function at every point: one flow-sensitive pass over its
/// control-flow graph that models guards (defer, adopt, try, lock, unlock,
/// release, move, swap, condition wait, destruction, shared mode), manual
/// lock and unlock, windows (unlock … lock in a function entered with the
/// lock), several locks at once, C functions, capability attributes, and the
/// calls of functions of this unit that lock or unlock for their caller.
///
/// Branch outcomes are told apart where the lock state depends on them
/// (`if (m.try_lock())`, `if (threaded) m.lock(); … if (threaded)
/// m.unlock();`). A lambda's body is another function: it starts with no lock
/// held.
///
/// Built by `UnitFacts::locks`. Cost is linear in the size of the function; one
/// with more than `MaxBlocks` blocks, or more lock states than `MaxStates`, is
/// given up: `complete()` is false and every answer is empty.
class LockState {
public:
  static constexpr unsigned MaxBlocks = 20000;
  static constexpr unsigned MaxStates = 32;

  LockState(UnitFacts &Facts, const FunctionInfo &Function);
  /// True if \p Function takes or releases a lock, or is entered with one.
  static bool concerns(UnitFacts &Facts, const FunctionInfo &Function);
  ~LockState();

  bool complete() const;

  /// The locks held just before \p S is evaluated, in the order taken. \p S is
  /// any expression or statement of the function's own body (not of a nested
  /// lambda). \p S that is unreachable or unknown gives none.
  llvm::ArrayRef<HeldLock> heldAt(const Stmt *S) const;
  /// The lock on \p Mutex held at \p S, or null.
  const HeldLock *held(const Stmt *S, const AccessPath &Mutex) const;
  /// The last of `heldAt` that is held on every path, or null: the lock a
  /// message about \p S should name.
  const HeldLock *innermost(const Stmt *S) const;
  /// True if a lock that the function was entered with (as far as it shows) is
  /// released at \p S: between an unlock and a lock of a window.
  bool inWindow(const Stmt *S) const;

  llvm::ArrayRef<LockEvent> events() const;
  llvm::ArrayRef<LockExit> exits() const;

  /// The control-flow graph, for checks that need the order of statements only
  /// through `analysis/` helpers.
  const CFG *cfg() const;

private:
  struct Implementation;
  std::unique_ptr<Implementation> Impl;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKSTATE_H
