//===--- AtomicInstead.h - May this flag be atomic? -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ATOMICINSTEAD_H
#define CONCORD_ANALYSIS_ATOMICINSTEAD_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Judges whether \p Flag may be a `std::atomic` of its type: only this unit
/// sees it, its declaration stands by itself, every use of it compiles then,
/// and no copy of its class is made.
/// \returns the edit of its type, or nothing.
std::optional<FixItHint> atomicInstead(UnitFacts &Facts, const ValueDecl &Flag);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ATOMICINSTEAD_H
