//===--- WorkerStop.h - Can a class end the thread it owns? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_WORKERSTOP_H
#define CONCORD_ANALYSIS_WORKERSTOP_H

#include "analysis/LoopExits.h"
#include "analysis/Workers.h"

namespace clang::tidy::concord {

/// A member thread that its class cannot end, or cannot wait for.
struct StuckWorker {
  enum Kind : uint8_t {
    NeverSignalled, ///< a wait for a loop that nothing in the unit ends
    Unsignalled,    ///< the destructor waits and does not end the loop
    NeverAwaited,   ///< nothing ever waits for the thread
  };
  Kind What = NeverSignalled;
  const FieldDecl *Handle = nullptr;
  /// The launch.
  const Expr *Start = nullptr;
  /// The wait; null for the destructor of the handle itself.
  const Expr *Join = nullptr;
  /// A test that would end the loop; its flag is null for a stop token.
  FlagTest Test;
  /// For `Unsignalled`: where another function gives the signal, or null.
  const Expr *Signal = nullptr;
  /// That function also waits for the thread.
  bool StoppedElsewhere = false;
};

/// The stuck workers of the unit, one for each handle. Tasks that can end by
/// themselves, or for a reason that the unit does not show, are left out; so
/// are flags that other units may set.
std::vector<StuckWorker> stuckWorkers(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_WORKERSTOP_H
