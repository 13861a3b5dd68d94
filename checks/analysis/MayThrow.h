//===--- MayThrow.h - May this call leave by an exception? ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_MAYTHROW_H
#define CONCORD_ANALYSIS_MAYTHROW_H

#include "clang/AST/Expr.h"

namespace clang::tidy::concord {

class UnitFacts;

/// True if evaluating \p Call may leave it by an exception that someone means
/// to throw: a callee that is not shown and not noexcept, or one that contains
/// a `throw`. Running out of memory does not count.
bool mayThrow(UnitFacts &Facts, const Expr *Call, unsigned Depth = 0);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_MAYTHROW_H
