//===--- LongSleep.h - Which sleeps are deaf to a stop? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LONGSLEEP_H
#define CONCORD_ANALYSIS_LONGSLEEP_H

#include "analysis/StopPoll.h"

namespace clang::tidy::concord {

/// A sleep in a loop that a stop signal ends.
struct LongSleep {
  /// Where the length is decided: the sleep, or the call of a function of the
  /// unit that sleeps as long as it is told.
  const Expr *Site = nullptr;
  /// The sleep in the function that `Site` calls; or null.
  const Expr *Inner = nullptr;
  double Seconds = 0;
  /// The signal that the loop around polls.
  StopPoll Poll;
};

/// The sleeps of the unit of at least \p AtLeast seconds that stand in a loop
/// which polls a stop signal, themselves or one call deep, and that the signal
/// does not wake. Left out: sleeps that the library interrupts, those after
/// which the loop is left, loops that only divide a longer sleep.
std::vector<LongSleep> longSleeps(UnitFacts &Facts, double AtLeast);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LONGSLEEP_H
