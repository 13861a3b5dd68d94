//===--- TripCount.h - How often does this happen? --------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TRIPCOUNT_H
#define CONCORD_ANALYSIS_TRIPCOUNT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Stmt.h"
#include <cstdint>
#include <optional>

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// How often \p Loop runs when it counts from one constant to another, or runs
/// over an array or a braced list; an early exit does not count. Nothing for
/// every other loop.
std::optional<uint64_t> tripCount(const Stmt *Loop, const ASTContext &Context);

/// How often \p S runs in one call of \p F: the product of the counts of the
/// loops around it. Nothing if one of them is unknown.
std::optional<uint64_t> runCount(const Stmt *S, const FunctionInfo &F,
                                 const UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TRIPCOUNT_H
