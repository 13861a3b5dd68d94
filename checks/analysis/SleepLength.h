//===--- SleepLength.h - How long is this sleep? ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SLEEPLENGTH_H
#define CONCORD_ANALYSIS_SLEEPLENGTH_H

#include "analysis/UnitFacts.h"
#include <string>

namespace clang::tidy::concord {

/// The seconds that \p Wait, a sleep in \p Function, lasts if nothing ends it:
/// a number of the unit that the names of function and parameter say, a
/// duration of `<chrono>` or of a type with such a period, the difference of a
/// point in time from now, the fields of a timespec. Constants are evaluated,
/// also through variables that nothing changes. If \p Outer is the call of \p
/// Function, its arguments stand for the parameters; \p Caller contains it.
/// \returns nothing if the length is not certain.
std::optional<double> secondsOf(const UnitFacts &Facts,
                                const FunctionInfo &Function,
                                const KnownCall &Wait,
                                const Expr *Outer = nullptr,
                                const FunctionInfo *Caller = nullptr);

/// For messages: `30 s`, `1.5 s`, `2 min`, `1 h`.
std::string durationText(double Seconds);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SLEEPLENGTH_H
