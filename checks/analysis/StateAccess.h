//===--- StateAccess.h - Who reads and writes what? -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STATEACCESS_H
#define CONCORD_ANALYSIS_STATEACCESS_H

#include "analysis/AccessPath.h"
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

/// One mention of an object that may outlive the function: a field of `this`,
/// of what a pointer or reference leads to, a variable with static storage, a
/// variable that a lambda captures by reference.
struct StateAccess {
  enum Kind : uint8_t {
    Read,   ///< its value is used, a const member function is called
    Write,  ///< it is assigned
    Modify, ///< incremented, a non-const member function is called, moved from
    Alias,  ///< its address or a non-const reference leaves this function or is
            ///< kept in a variable
  };
  Kind What = Read;
  /// `this->field`, `global`, `other.field.inner`, `p->field`.
  AccessPath Path;
  /// The expression that names the object.
  const Expr *Site = nullptr;
  /// For `Write` by plain assignment: the new value.
  const Expr *Value = nullptr;
  /// The assignment, increment or call that makes it a write; for a read the
  /// site itself.
  const Expr *Operation = nullptr;

  bool changes() const { return What == Write || What == Modify; }
};

/// Every access in the body of \p Function (the lambdas in it excluded), in
/// source order. Objects of known types (mutexes, atomics, threads, ...) are
/// not accessed but operated: they are left out, except atomics.
std::vector<StateAccess> accessesOf(const UnitFacts &Facts,
                                    const FunctionInfo &Function);

/// What the code around does with the object that \p E names.
StateAccess::Kind accessKind(const UnitFacts &Facts,
                             const FunctionInfo &Function, const Expr *E,
                             const Expr *&Operation, const Expr *&Value);

/// True if \p Path may be an object that others than this call of \p Function
/// see: no plain local variable of it.
bool isSharedPath(const FunctionInfo &Function, const AccessPath &Path);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STATEACCESS_H
