//===--- HandleKey.h - Which holder of a handle is meant? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLEKEY_H
#define CONCORD_ANALYSIS_HANDLEKEY_H

#include "analysis/HandleState.h"

namespace clang::tidy::concord {

/// How a variable of some type holds the handle of a thread or future.
struct HolderType {
  const TypeFact *Type = nullptr;
  HandleShape Shape = HandleShape::Plain;
  explicit operator bool() const { return Type != nullptr; }
};

/// Null `Type` if \p Type holds no handle of a thread or future.
HolderType holderType(const Vocabulary &Words, QualType Type);

/// True if \p Type is a smart pointer with a deleter of the project's own,
/// which may join.
bool hasOwnDeleter(QualType Type);

/// The holder of a handle, coarser than an access path: all elements of a
/// container are one holder, and a reference, iterator or pointer into it is
/// the container. Where a handle sits in a record, the record's variable is the
/// root and the field is `Last`.
struct HandleKey {
  /// A variable, or the first field from `this`; canonical.
  const ValueDecl *Root = nullptr;
  /// The last field on the way from the root to the handle, or null.
  const ValueDecl *Last = nullptr;
  /// The expression is nothing but a way to `this`.
  bool IsThis = false;
  /// An element, reached by index, iterator, pointer or accessor.
  bool Element = false;

  explicit operator bool() const { return Root != nullptr; }
  /// The same holder; a key without a last field stands for the whole object.
  bool matches(const HandleKey &O) const {
    return Root && Root == O.Root && (!Last || !O.Last || Last == O.Last);
  }
  bool operator==(const HandleKey &O) const {
    return Root == O.Root && Last == O.Last;
  }
  HandleKey field(const ValueDecl *Field) const;

  static HandleKey of(const ValueDecl *Variable);
};

/// The key of the object that \p E denotes, points to or iterates over. Looks
/// through everything that only leads there: casts, moves, references,
/// subscripts, accessors of containers and smart pointers, local aliases.
HandleKey handleKeyOf(const Vocabulary &Words, const Expr *E);

/// True if \p Variable only leads to another object: a reference, a pointer or
/// iterator that is initialised with a way to one.
bool isHandleAlias(const Vocabulary &Words, const VarDecl *Variable);

/// True if \p Method gives access to an element (or to what a smart pointer
/// holds) and does nothing else: `front`, `begin`, `operator[]`, `get`.
bool isElementAccess(const CXXMethodDecl *Method);

/// True if \p Call is of a library function whose result is, or leads to, its
/// first argument: std::move, std::ref, std::begin, std::get, std::next.
bool leadsToArgument(const Vocabulary &Words, const CallExpr &Call);

/// Without parentheses, casts, temporaries' wrappers.
const Expr *stripToCore(const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLEKEY_H
