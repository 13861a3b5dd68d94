//===--- RoleFinder.h - Judges one class by its structure -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_ROLEFINDER_H
#define CONCORD_VOCABULARY_ROLEFINDER_H

#include "vocabulary/ClassShape.h"
#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// Judges one class.
class RoleFinder {
public:
  RoleFinder(const CXXRecordDecl *Record, const Vocabulary &Words)
      : Words(Words), Shape(Record, Words) {
    Fact.Name = Vocabulary::qualifiedName(Record);
    Fact.Library = "structure";
    Fact.add(Trait::Structural);
  }

  bool byStructure() {
    return guard() || mutex() || channel() || condition() || thread() ||
           scope();
  }

  TypeFact Fact;

private:
  bool guard();
  bool mutex();
  bool channel();
  bool condition();
  bool thread();
  bool scope();

  /// The first parameter of \p F that is, or points to, a type of role \p R.
  int parameter(const FunctionDecl *F, Role R) const;
  /// The first parameter of \p F that is a callable; NoArgument if none.
  static int callableParameter(const FunctionDecl *F);
  CallFact &add(const FunctionDecl *Method, Operation Does);
  bool does(Operation Does) const;
  void lockMethods();

  const Vocabulary &Words;
  ClassShape Shape;
};

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_ROLEFINDER_H
