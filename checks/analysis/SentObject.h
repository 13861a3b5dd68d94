//===--- SentObject.h - What is used after it was sent? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SENTOBJECT_H
#define CONCORD_ANALYSIS_SENTOBJECT_H

#include "analysis/Handover.h"

namespace clang::tidy::concord {

/// A use of an object by the function that has handed it over.
struct UseAfterSend {
  Handover Sent;
  const Expr *Use = nullptr;
  bool Writes = false;
  /// The use comes before the send in the code: another iteration.
  bool InLoop = false;
};

/// The first use of each handover in \p Function, in source order. Paths are
/// followed as in all analyses. Left out are uses after the object was renewed,
/// after a failed send, under a lock, and, unless its value was moved, after
/// anything that may wait for the receiver. A read of what is only shared
/// counts if the unit shows a receiver that changes it, or none at all and the
/// receiver is likely to own it.
std::vector<UseAfterSend> usesAfterSend(UnitFacts &Facts,
                                        const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SENTOBJECT_H
