//===--- Duration.h - How long is that? ------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_DURATION_H
#define CONCORD_ANALYSIS_DURATION_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace clang::tidy::concord {

/// How many seconds \p E, a duration of the form that the standard library and
/// Boost have (a class template of a count and a ratio), is; nothing if it is
/// no constant or something else. \p E may be null.
std::optional<double> durationOf(const Expr *E, const ASTContext &Context);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_DURATION_H
