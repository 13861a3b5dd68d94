//===--- ObjectUse.h - what a function does to one object -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_OBJECTUSE_H
#define CONCORD_ANALYSIS_OBJECTUSE_H

#include "analysis/LockState.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

/// The part of an object that an access means: `object.a.b`, `object.a[2]`.
struct ObjectPart {
  llvm::SmallVector<const FieldDecl *, 2> Fields;
  /// An element of the part, at this constant index.
  std::optional<uint64_t> Index;
  /// An element at an index that the code computes.
  bool Element = false;

  /// True if the two may share storage. Elements at computed indexes are taken
  /// for different ones: that is how tasks share a container by slots.
  bool overlaps(const ObjectPart &Other) const;
};

/// One proven use of an object, directly or in a function of the unit that it
/// is passed to.
struct ObjectUse {
  bool Writes = false;
  ObjectPart Part;
  /// The expression in the function that was asked about.
  const Expr *Site = nullptr;
  /// The use itself; `Site` unless a called function has it.
  const Expr *Place = nullptr;
  /// The locks held there that the asked function can name.
  std::vector<HeldLock> Held;
  /// Some lock is held there that it cannot name.
  bool HoldsUnnamed = false;
  /// Something before it may have waited for another thread: a wait, a test of
  /// an atomic, a call of an unknown function that says so by its name.
  bool AfterWait = false;
  /// The condition of a loop whose body does not change the object.
  bool Polls = false;
};

/// What \p Function, its called functions up to three deep, and the lambdas
/// that it hands to algorithms do to the object that \p Root names: a variable,
/// or a pointer parameter to it; `this` if null. What they pass on out of sight
/// counts for nothing.
std::vector<ObjectUse> usesOfObject(UnitFacts &Facts,
                                    const FunctionInfo &Function,
                                    const ValueDecl *Root);

/// True if no two tasks can be at both uses at once, as far as locks tell.
bool separatedByLocks(const ObjectUse &A, const ObjectUse &B);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_OBJECTUSE_H
