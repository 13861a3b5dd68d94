//===--- LostSignal.h - Does a signal reach who waits for it? ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOSTSIGNAL_H
#define CONCORD_ANALYSIS_LOSTSIGNAL_H

#include "analysis/Workers.h"

namespace clang::tidy::concord {

/// A flag whose change a thread that sleeps on a condition variable may never
/// see.
struct LostSignal {
  enum Kind : uint8_t {
    NotAsked,    ///< the loop around `Wait` tests it, the wait does not
    NotNotified, ///< it is set, then the thread joined, without a notify
    OneNotified, ///< one of several threads is woken
    NotLocked,   ///< it is changed without the mutex of the wait
  };
  Kind What;
  const ValueDecl *Flag = nullptr;
  const ConditionUse *Wait = nullptr;
  /// Where a function changes the flag.
  const Expr *Change = nullptr;
  /// Where the loop tests it, where the thread is joined (null for a
  /// destructor's end), the notify.
  const Expr *Other = nullptr;
};

/// The lost signals of the unit, one for each kind, flag and wait. Only waits
/// without a time limit whose condition the unit shows are looked at.
std::vector<LostSignal> lostSignals(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOSTSIGNAL_H
