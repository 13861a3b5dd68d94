//===--- Names.h - The words of vocabulary files ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_NAMES_H
#define CONCORD_VOCABULARY_NAMES_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// A value of one of the vocabulary's enumerations and its word in files.
template <typename E> struct Named {
  llvm::StringLiteral Name;
  E Value;
};

/// All words for the values of \p E, in the order of the enumeration.
template <typename E> llvm::ArrayRef<Named<E>> names();

template <> llvm::ArrayRef<Named<Role>> names<Role>();
template <> llvm::ArrayRef<Named<Trait>> names<Trait>();
template <> llvm::ArrayRef<Named<Operation>> names<Operation>();
template <> llvm::ArrayRef<Named<BlockingKind>> names<BlockingKind>();
template <> llvm::ArrayRef<Named<ClosedResult>> names<ClosedResult>();
template <> llvm::ArrayRef<Named<Keep>> names<Keep>();
template <> llvm::ArrayRef<Named<DestructorKind>> names<DestructorKind>();
template <>
llvm::ArrayRef<Named<CapacityFact::Place>> names<CapacityFact::Place>();

/// The word for \p Value.
template <typename E> llvm::StringRef nameOf(E Value) {
  for (const Named<E> &N : names<E>())
    if (N.Value == Value)
      return N.Name;
  return "";
}

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_NAMES_H
