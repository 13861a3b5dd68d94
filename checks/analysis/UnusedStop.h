//===--- UnusedStop.h - Which stop requests are never made? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNUSEDSTOP_H
#define CONCORD_ANALYSIS_UNUSEDSTOP_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// A way to stop a task that a function has and does not use on some path.
struct UnusedStop {
  enum Kind : uint8_t {
    Waits,     ///< the path waits for a task that ends only on a stop request
    Abandons,  ///< the task runs on when its stop source is gone
    NotCalled, ///< a cancel function that a call returned
  };
  Kind How;
  /// The stop source, or the variable that holds the cancel function.
  const ValueDecl *Source = nullptr;
  /// The launch that gets the token; the call that returns the function.
  const Expr *Start = nullptr;
  /// The wait, or the return that leaves the scope; null for a destructor that
  /// waits, or the end of the scope.
  const Stmt *At = nullptr;
  /// Where another path makes the request; or null.
  const Expr *Trigger = nullptr;
};

/// Stop sources that are local variables of \p Function, and cancel functions
/// that it gets from a function of the unit together with what the task gives.
/// Those that are moved, copied, passed on, captured or referred to may be used
/// by others and are left out.
std::vector<UnusedStop> unusedStops(UnitFacts &Facts,
                                    const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNUSEDSTOP_H
