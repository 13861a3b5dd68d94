//===--- HandleLoss.h - Which handles end while running? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLELOSS_H
#define CONCORD_ANALYSIS_HANDLELOSS_H

#include "analysis/HandleEvents.h"
#include "clang/Analysis/CFG.h"

namespace clang::tidy::concord {

/// Follows \p Handle through \p Graph, the graph of \p Function, and adds the
/// places where it ends or is lost while a task runs in it to \p Lost.
void findLosses(UnitFacts &Facts, const FunctionInfo &Function,
                const HandleEvents &Events, const CFG &Graph,
                const LocalHandle &Handle, std::vector<LostHandle> &Lost);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLELOSS_H
