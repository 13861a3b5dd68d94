//===--- EscapingException.h - What does a task throw? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ESCAPINGEXCEPTION_H
#define CONCORD_ANALYSIS_ESCAPINGEXCEPTION_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// An exception that the unit surely can throw and that leaves a function.
struct EscapingException {
  /// The throw.
  const CXXThrowExpr *Throw = nullptr;
  /// The place in the function itself: the throw, or the call that leads there.
  const Expr *Site = nullptr;
};

/// The first throw, in \p Function or in functions of the unit that it calls,
/// that no handler on the way catches. Nothing for functions that are
/// `noexcept`, where the end of the program is a decision, and for exceptions
/// that belong to a library.
std::optional<EscapingException>
findEscapingException(UnitFacts &Facts, const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ESCAPINGEXCEPTION_H
