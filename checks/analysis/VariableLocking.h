//===--- VariableLocking.h - Which lock guards which variable? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_VARIABLELOCKING_H
#define CONCORD_ANALYSIS_VARIABLELOCKING_H

#include "analysis/ClassLocking.h"
#include <map>

namespace clang::tidy::concord {

/// A variable with static storage (or a part of it), or a field of a record
/// that functions get by pointer or reference, and how the unit uses it.
struct SharedState {
  const ValueDecl *Decl = nullptr;
  std::vector<FieldAccess> Accesses;
};

/// How the functions of a unit use what is not reached through `this`:
/// variables with static storage, and, in functions that belong to no class,
/// fields of records that have a mutex. The locks of a record's access are
/// named as if the record were `this`.
///
/// Left out is what no other thread can race with, or what nothing is known of:
/// accesses before the first thread is started and after it is joined;
/// functions that nobody in the unit calls and that only the unit can call;
/// functions of a header that take no lock, for their callers may hold it;
/// functions that make or end the mutex of the record; constructors and
/// destructors.
class VariableLocking {
public:
  explicit VariableLocking(UnitFacts &Facts);

  llvm::ArrayRef<SharedState> states() const { return States; }

private:
  /// Locks at entry; nothing if unknown, or if no thread runs yet.
  using Entry = std::optional<std::vector<AccessPath>>;

  void findTasks();
  void computeEntries();
  Entry startOf(const FunctionInfo &Function) const;
  std::vector<AccessPath> atCall(const FunctionInfo &Caller, const Expr &Call,
                                 const FunctionInfo &Callee) const;
  void findGuarded(const FunctionInfo &Function);
  void collectAccesses(const FunctionInfo &Function);
  AccessPath stateOf(const FunctionInfo &Function,
                     const AccessPath &Path) const;
  bool makesMutexOf(const FunctionInfo &Function, const ValueDecl &Root) const;

  UnitFacts &Facts;
  llvm::DenseMap<const FunctionInfo *, Entry> Entries;
  llvm::SmallPtrSet<const FunctionInfo *, 8> Launched;
  /// What they call, too.
  llvm::SmallPtrSet<const FunctionInfo *, 8> InTask;
  std::map<AccessPath, unsigned> Index;
  std::vector<SharedState> States;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_VARIABLELOCKING_H
