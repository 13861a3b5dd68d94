//===--- Primitive.h - Objects that must not be copied ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_PRIMITIVE_H
#define CONCORD_ANALYSIS_PRIMITIVE_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// A synchronisation object whose type can be copied, although a copy is not
/// the same object: pthread_mutex_t, sem_t.
struct Primitive {
  const TypeFact *Type = nullptr;
  /// The member that is one; null if the object itself is.
  const FieldDecl *Field = nullptr;
  explicit operator bool() const { return Type != nullptr; }
};

/// The primitive that copying an object of \p Type copies bit by bit: itself, a
/// member, an element. Nothing if the class has a copy operation of its own, or
/// cannot be copied.
Primitive copiedPrimitive(const Vocabulary &Words, QualType Type);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_PRIMITIVE_H
