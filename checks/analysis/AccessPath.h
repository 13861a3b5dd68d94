//===--- AccessPath.h - Which object is meant? ------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ACCESSPATH_H
#define CONCORD_ANALYSIS_ACCESSPATH_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <functional>
#include <optional>
#include <string>

namespace clang::tidy::concord {

/// Names an object by the way the code reaches it: `this->m`, `other.m`,
/// `global`, `param->m`, `locks[0]`, `*p`. Two equal paths in one function mean
/// the same object as long as nothing on the path is assigned in between; two
/// different paths may still alias.
///
/// An object is a path, not a declaration: `a.m` and `b.m` are two mutexes
/// though they share one field declaration.
class AccessPath {
public:
  struct Step {
    enum Kind : uint8_t {
      Field,   ///< `.field`; Decl is the FieldDecl (canonical)
      Deref,   ///< `*` or `->` of a raw or smart pointer, optional, iterator
      Index,   ///< `[i]`; Decl is the index variable, or null for a constant
      Call,    ///< `.getter()`; Decl is the const member function, no arguments
      Address, ///< `&`, always last; a following Deref undoes it
    };
    Kind What;
    const ValueDecl *Decl = nullptr;
    uint64_t Constant = 0; ///< for `Index` with a constant

    bool operator==(const Step &O) const {
      return What == O.What && Decl == O.Decl && Constant == O.Constant;
    }
  };

  /// The empty path: no object, or one that cannot be named.
  AccessPath() = default;

  /// The path of the object that \p E denotes (or, for a pointer-typed
  /// expression, of the pointer: `dereferenced()` gives the object). Looks
  /// through parentheses, casts, `std::move`, `std::ref`, `.get()` of smart
  /// pointers, `&*`, and through local references, and through local pointers
  /// and copies of pointers that are initialised once and const.
  /// \returns an empty path if any part is not a plain access (a call with
  /// arguments, arithmetic, a temporary).
  static AccessPath of(const Expr *E);
  /// The path of the object a lock, join or wait is done to: like `of`, with
  /// pointers dereferenced (`&m` gives m, `p` gives `*p`).
  static AccessPath ofObject(const Expr *E);
  static AccessPath ofVariable(const ValueDecl *Variable);
  static AccessPath ofThis();

  bool empty() const { return !This && !Root; }
  explicit operator bool() const { return !empty(); }
  /// True for `this`, `this->…`.
  bool isThisRooted() const { return This; }
  /// The variable the path begins with; null if it begins with `this`.
  const ValueDecl *root() const { return Root; }
  llvm::ArrayRef<Step> steps() const { return Steps; }
  /// The last field on the path, or the root variable: what a reader would
  /// call the object. Null for plain `this`.
  const ValueDecl *lastDecl() const;
  /// True if the path is rooted in a variable with static storage duration.
  bool isGlobal() const;
  /// True if the path is exactly the variable or `this->field`.
  bool isPlain() const;

  AccessPath field(const ValueDecl *Field) const;
  AccessPath dereferenced() const;
  AccessPath with(Step S) const;
  /// True if this path is \p Prefix or continues it.
  bool startsWith(const AccessPath &Prefix) const;

  /// Translates a path of a callee into the caller's terms: `this` becomes
  /// \p Object, a parameter the path of its argument. Globals and captured
  /// variables stay. Empty if a part has no counterpart.
  AccessPath translated(
      const AccessPath &Object,
      llvm::function_ref<AccessPath(const ParmVarDecl *)> Argument) const;

  /// As the user would write it, for messages: `m`, `other.m`, `locks(0)`
  /// (findings contain no brackets).
  std::string str() const;

  bool operator==(const AccessPath &O) const {
    return This == O.This && Root == O.Root && Steps == O.Steps;
  }
  bool operator!=(const AccessPath &O) const { return !(*this == O); }
  bool operator<(const AccessPath &O) const;

private:
  bool This = false;
  const ValueDecl *Root = nullptr;
  llvm::SmallVector<Step, 3> Steps;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ACCESSPATH_H
