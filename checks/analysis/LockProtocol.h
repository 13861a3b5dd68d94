//===--- LockProtocol.h - Who hands a held lock to whom? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKPROTOCOL_H
#define CONCORD_ANALYSIS_LOCKPROTOCOL_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// What the unit shows of functions that leave a mutex held for others, or
/// release one that others took: `begin()` and `end()`.
class LockProtocol {
public:
  explicit LockProtocol(UnitFacts &Facts);

  /// Some function returns with \p Mutex (of any object) held, by hand.
  bool isLeftHeld(const AccessPath &Mutex) const;
  /// Some function releases \p Mutex (of any object) that it did not take.
  bool isGivenBack(const AccessPath &Mutex) const;
  /// Some function of the unit calls \p Callee with \p Mutex (of any object)
  /// held.
  bool isCalledWith(const FunctionInfo &Callee, const AccessPath &Mutex) const;

  /// No other unit can lock \p Mutex: a local or private one, or one that only
  /// the main file declares.
  bool isInternal(const AccessPath &Mutex) const;

  /// The unit shows every function that can name \p Mutex: a variable without
  /// linkage to others, a private member of a class of the main file.
  bool isHidden(const AccessPath &Mutex) const;

  /// The name or an attribute says that \p Function takes, gives or hands over
  /// locks, or it is part of a lock or guard.
  static bool isDeclared(const UnitFacts &Facts, const FunctionInfo &Function);

private:
  void add(const FunctionInfo &Function, const LockState &Locks);

  UnitFacts &Facts;
  llvm::DenseSet<const ValueDecl *> LeftHeld;
  llvm::DenseSet<const ValueDecl *> GivenBack;
  llvm::DenseSet<std::pair<const FunctionInfo *, const ValueDecl *>> Entered;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKPROTOCOL_H
