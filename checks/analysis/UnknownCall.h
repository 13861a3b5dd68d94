//===--- UnknownCall.h - Does this call run code of others? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNKNOWNCALL_H
#define CONCORD_ANALYSIS_UNKNOWNCALL_H

#include "analysis/AccessPath.h"
#include "clang/AST/Expr.h"

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

/// A call whose target the author of the calling code does not choose: what
/// runs is up to whoever registered the callback.
struct UnknownCall {
  enum Kind : uint8_t {
    FunctionObject, ///< std::function and its like
    Pointer,        ///< pointer to function or member function
    Functor,        ///< a callable whose type is a template parameter
    Signal,         ///< a signal that runs what is connected to it
    Virtual,        ///< a virtual function that may be overridden
  };
  Kind What;
  const Expr *Site = nullptr;
  /// The variable, field or function that is called.
  const ValueDecl *Callee = nullptr;
  /// How the code reaches what is called; may be empty.
  AccessPath Path;
  /// For `Virtual`: the object is `this`.
  bool OnThis = false;
};

/// Says whether \p E, a call in \p Function, runs unknown code.
///
/// Known are: functions by name, lambdas called where they are visible (a local
/// lambda, also through a local std::function that is initialised with one and
/// never assigned), virtual calls that cannot be overridden, those of classes
/// in system headers.
std::optional<UnknownCall> unknownCallAt(const UnitFacts &Facts,
                                         const FunctionInfo &Function,
                                         const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNKNOWNCALL_H
