//===--- StructuralRoles.h - Roles of a project's own classes ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_STRUCTURALROLES_H
#define CONCORD_VOCABULARY_STRUCTURALROLES_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// The role that the capability attributes of \p Definition give it.
std::optional<TypeFact> byAttributes(const CXXRecordDecl *Definition);

/// What the capability attributes of \p F say that it does to a parameter.
std::optional<CallFact> capabilityCall(const FunctionDecl *F);

/// Finds the role of a class that no vocabulary file names, by clang's
/// capability attributes and by its structure. All facts have
/// `Trait::Structural`.
class StructuralRoles {
public:
  explicit StructuralRoles(const Vocabulary &Words) : Words(Words) {}

  /// The role of \p Definition, a complete class, or nothing.
  std::optional<TypeFact> find(const CXXRecordDecl *Definition) const;

private:
  const Vocabulary &Words;
};

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_STRUCTURALROLES_H
