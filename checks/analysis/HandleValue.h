//===--- HandleValue.h - What kind of value is this? ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLEVALUE_H
#define CONCORD_ANALYSIS_HANDLEVALUE_H

#include "clang/AST/Expr.h"

namespace clang::tidy::concord {

/// True if \p E is a callable as algorithms take them: a lambda, a pointer to a
/// function or member, an object with a call operator.
bool isCallable(const Expr *E);

/// True if \p E gives a holder that has no task: default construction, `{}`,
/// `nullptr`, a default argument.
bool isNothing(const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLEVALUE_H
