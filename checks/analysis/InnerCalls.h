//===--- InnerCalls.h - What runs inside a call? ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_INNERCALLS_H
#define CONCORD_ANALYSIS_INNERCALLS_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// The lambdas written as arguments of \p Call that run inside it, on this
/// thread, before it returns: predicates of waits, what call_once runs, what an
/// algorithm of a system header is given, what a function of this unit calls
/// and does not keep.
std::vector<const FunctionInfo *> lambdasRunBy(UnitFacts &Facts,
                                               const Expr *Call);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_INNERCALLS_H
