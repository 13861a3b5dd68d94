//===--- StateScope.h - Who can set a flag? ---------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STATESCOPE_H
#define CONCORD_ANALYSIS_STATESCOPE_H

#include "analysis/UnitFacts.h"
#include <optional>

namespace clang::tidy::concord {

/// True if the unit shows every function that could change \p State, a field,
/// global or local variable: a member of a class all of whose functions have a
/// body here and that no other unit can reach into.
bool isSeenWhole(const UnitFacts &Facts, const ValueDecl *State);

/// True if an initialiser may give \p State the value \p Value, or if that is
/// not known.
bool mayStartAs(const UnitFacts &Facts, const ValueDecl *State,
                std::optional<bool> Value);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STATESCOPE_H
