//===--- ReturnedState.h - What does a result refer to? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_RETURNEDSTATE_H
#define CONCORD_ANALYSIS_RETURNEDSTATE_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// The way a result lets the caller reach an object later.
enum class ResultKind : uint8_t {
  Value,
  Reference,
  Pointer,
  Iterator, ///< a class that is dereferenced and incremented
  View,     ///< a small class that points to elements: a string view, a span
};

ResultKind resultKind(QualType Type);

/// The member of the enclosing object that a result refers into.
struct ReturnedState {
  const FieldDecl *Field = nullptr;
  /// An element of the container `Field`, not `Field` itself.
  bool Element = false;
  /// The container keeps its elements in nodes that stay where they are.
  bool Stable = false;
  explicit operator bool() const { return Field != nullptr; }
};

/// What \p Result, an expression that is returned as \p Kind, refers to, as
/// long as it is stored in the enclosing object itself: members, elements of
/// containers, through local references, iterators and pointers. Nothing for
/// what a pointer member leads to: that is another object.
ReturnedState returnedState(const Expr *Result, ResultKind Kind);

/// True if objects of \p Type guard themselves: a known concurrent type, or a
/// class that has a mutex or an atomic.
bool synchronizesItself(const Vocabulary &Words, QualType Type);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_RETURNEDSTATE_H
