//===--- TaskPolling.h - Which operations and loops wait? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKPOLLING_H
#define CONCORD_ANALYSIS_TASKPOLLING_H

#include "analysis/HandleKey.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::concord {

enum class WaitKind : uint8_t { None, Full, Timed };

/// Whether a vocabulary operation waits for something another thread does, and
/// whether it may give up.
WaitKind waitKindOf(const KnownCall &Call);

/// Conditions (operands of `&&` and `||` apart) of loops in \p Function that do
/// nothing but let time pass until another thread changes what \p IsReached
/// says it reaches.
llvm::DenseSet<const Expr *>
findPolling(UnitFacts &Facts, const FunctionInfo &Function,
            llvm::function_ref<bool(const HandleKey &)> IsReached);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKPOLLING_H
