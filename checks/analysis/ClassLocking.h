//===--- ClassLocking.h - Which lock guards which field? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CLASSLOCKING_H
#define CONCORD_ANALYSIS_CLASSLOCKING_H

#include "analysis/LockState.h"
#include "analysis/StateAccess.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

/// One access of a field of the enclosing object by a function of its class.
struct FieldAccess {
  StateAccess Access;
  const FunctionInfo *Function = nullptr;
  /// The locks held there: those that the function takes, and those that all
  /// its callers in the class hold if only the class can call it.
  std::vector<AccessPath> Held;
  /// The acquisition of the lock in the function itself, or null.
  const Expr *LockSite = nullptr;
  /// The unit shows that another thread runs meanwhile: in a task, in what it
  /// calls, or after a task is launched.
  bool Concurrent = false;

  bool holds(const AccessPath &Mutex) const {
    return llvm::is_contained(Held, Mutex);
  }
};

/// How the functions of one class use its fields. Left out is what no other
/// thread can race with, or what nothing is known of: constructors,
/// destructors, assignment operators, what only those call; functions that
/// start a thread, up to the launch, and that join it, from then on; private
/// functions whose callers are unknown; public functions that somebody in the
/// unit calls with the lock held, or all of them if the lock is there for
/// callers to take; lambdas that are not the body of a task.
class ClassLocking {
public:
  ClassLocking(UnitFacts &Facts, const CXXRecordDecl &Class);

  const llvm::MapVector<const FieldDecl *, std::vector<FieldAccess>> &
  fields() const {
    return Fields;
  }

private:
  /// Locks at entry; nothing if unknown, or if the object is not shared yet.
  using Entry = std::optional<std::vector<AccessPath>>;

  void computeEntries();
  void findProtocols(const CXXRecordDecl &Class);
  bool isLockedFromOutside(const CXXRecordDecl &Class) const;
  Entry entryOf(const FunctionInfo &Function) const;
  Entry startOf(const FunctionInfo &Function) const;
  void collectAccesses(const FunctionInfo &Function);
  bool isMember(const FunctionInfo &Function, const CXXRecordDecl &Class) const;

  UnitFacts &Facts;
  std::vector<const FunctionInfo *> Functions;
  llvm::DenseMap<const FunctionInfo *, Entry> Entries;
  llvm::DenseMap<const FunctionInfo *, bool> Launched;
  /// Public functions that callers call with the lock held.
  llvm::SmallPtrSet<const FunctionInfo *, 8> CallerLocks;
  bool LockedFromOutside = false;
  llvm::MapVector<const FieldDecl *, std::vector<FieldAccess>> Fields;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CLASSLOCKING_H
