//===--- ProjectLauncher.h - Launchers of the project's own -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_PROJECTLAUNCHER_H
#define CONCORD_ANALYSIS_PROJECTLAUNCHER_H

#include "vocabulary/Vocabulary.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang::tidy::concord {

class UnitFacts;

/// A call of a function that launches what it is given.
struct ProjectLaunch {
  const Expr *Callable = nullptr;
  /// The written argument that it is.
  unsigned Index = 0;
  /// The arguments that are handed to the callable.
  llvm::SmallVector<const Expr *, 4> Arguments;
  bool InlineMaybe = false;
  bool ReturnsHandle = false;

  /// The fact that a vocabulary entry of the function would give.
  const CallFact &fact() const;
};

/// Finds out whether \p Site, a call or construction that no vocabulary entry
/// describes, launches one of its arguments: because the body of the callee
/// hands it to a launcher or keeps it in a class that owns threads, or, where
/// the body does not show it, because a class that is a pool by its members or
/// its name has a function that is a launcher by its name.
std::optional<ProjectLaunch> findProjectLaunch(UnitFacts &Facts,
                                               const Expr &Site);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_PROJECTLAUNCHER_H
