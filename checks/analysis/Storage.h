//===--- Storage.h - How long does this object live? ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STORAGE_H
#define CONCORD_ANALYSIS_STORAGE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

namespace clang::tidy::concord {

/// What bounds the lifetime of an object.
struct Storage {
  enum Kind : uint8_t {
    Unknown, ///< the code at hand does not show it
    Local,   ///< a local variable: its own storage, or what it owns
    This,    ///< the enclosing object
    Static,  ///< lives as long as the program
  };
  Kind Where = Unknown;
  /// The variable of `Local` and `Static`: a by-value local or parameter, a
  /// by-value structured binding, a reference that keeps a temporary alive.
  const ValueDecl *Variable = nullptr;
  /// The first local reference or pointer that was looked through, or null.
  const ValueDecl *Through = nullptr;

  bool isLocal() const { return Where == Local; }
};

/// The storage of the object that the glvalue \p E denotes. Looks through
/// members, elements of arrays and of containers that own their elements, and
/// local references, those of range-based loops too. What a pointer or a
/// function's result refers to is unknown unless the code at hand shows it.
Storage storageOf(const Expr *E);

/// The storage of what the pointer \p E points to: `&x`, a decayed array,
/// `v.data()`, `this`, a local pointer that is initialised so and never
/// assigned.
Storage pointeeStorage(const Expr *E);
/// The same of the local pointer \p Pointer.
Storage pointeeStorage(const VarDecl *Pointer);

/// The storage of what \p Variable names.
Storage storageOf(const ValueDecl *Variable);

/// The variable that \p D is a part of: itself, or the variable that a
/// structured binding decomposes. Null if \p D is no variable.
const VarDecl *wholeVariable(const ValueDecl *D);

/// \p E without parentheses, casts, temporaries, copies and moves of the same
/// object, and calls such as `std::move` that only pass it on.
const Expr *ignoreTransfers(const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STORAGE_H
