//===--- ObjectNames.h - how a function reaches one object ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_OBJECTNAMES_H
#define CONCORD_ANALYSIS_OBJECTNAMES_H

#include "analysis/ObjectUse.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::concord {

/// The names by which one function reaches one object: the variable, references
/// and pointers that are initialised with it or a part of it, `this`.
class ObjectNames {
public:
  /// \p Root is as in `usesOfObject`.
  ObjectNames(UnitFacts &Facts, const FunctionInfo &Function,
              const ValueDecl *Root);

  /// True if the glvalue \p E denotes the object or a part of it: \p Part.
  bool object(const Expr *E, ObjectPart &Part) const;
  /// True if the pointer \p E points to the object or a part of it.
  bool pointer(const Expr *E, ObjectPart &Part) const;

  /// The container of which \p E, a call, returns a reference to one element,
  /// and where; null for other calls.
  static const Expr *elementOf(const Expr *E, const Expr *&Index);
  /// True if \p Method has a const overload, so that it only finds.
  static bool growsNever(const CXXMethodDecl &Method);
  /// \p E without parentheses, casts and temporaries' wrappers.
  static const Expr *plain(const Expr *E);

private:
  struct Alias {
    ObjectPart Part;
    bool Pointer = false;
  };

  void addAlias(const VarDecl *V);
  void index(const Expr *E, ObjectPart &Part) const;

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const ValueDecl *Root;
  llvm::DenseMap<const ValueDecl *, Alias> Names;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_OBJECTNAMES_H
