//===--- Callable.h - Which code does a callable run? -----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CALLABLE_H
#define CONCORD_ANALYSIS_CALLABLE_H

#include "analysis/TaskLaunch.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace clang::tidy::concord {

/// A callable expression, looked through to the code it runs.
struct ResolvedCallable {
  /// The lambda, or null.
  const LambdaExpr *Lambda = nullptr;
  /// The local variable that named the callable first, or null.
  const VarDecl *Named = nullptr;
  /// The callable is handed over by reference (`std::ref(f)`, `&f`).
  bool ByReference = false;
  /// What runs: a lambda's or functor's call operator, a function, a member
  /// function. Null if unknown.
  const FunctionDecl *Entry = nullptr;
  /// The arguments that a wrapper binds to the callable: std::bind.
  llvm::SmallVector<const Expr *, 4> Bound;
  /// The construction of a function object of the project's own, or null.
  const Expr *Functor = nullptr;
  /// A null pointer or an empty wrapper: nothing runs.
  bool Empty = false;

  bool isMemberFunction() const;
};

/// Looks through named variables, wrappers of the vocabulary (std::bind,
/// std::function, std::move), converting constructions, conversions of lambdas
/// to pointers, to the code that \p E runs.
ResolvedCallable resolveCallable(const Vocabulary &Words, const Expr *E);
ResolvedCallable resolveCallable(const Vocabulary &Words,
                                 const ValueDecl &Variable);

/// The arguments of a call, construction or new-expression that are written in
/// the source: no default arguments, no object of an operator call.
llvm::ArrayRef<const Expr *> writtenArguments(const Expr *E);

/// What the copy of \p Argument that is handed to a task reaches.
void reachesOfArgument(const Vocabulary &Words, const Expr *Argument,
                       std::vector<TaskReach> &Reaches);

/// What \p Callable reaches: its captures, those of the callables it captures,
/// its bound arguments, the references in a function object.
void reachesOfCallable(const Vocabulary &Words,
                       const ResolvedCallable &Callable,
                       std::vector<TaskReach> &Reaches);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CALLABLE_H
