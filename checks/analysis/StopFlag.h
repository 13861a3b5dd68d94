//===--- StopFlag.h - Which plain flags do tasks poll? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STOPFLAG_H
#define CONCORD_ANALYSIS_STOPFLAG_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// A flag without synchronisation that ends a loop of a task, or of the
/// launcher that waits for the task.
struct StopFlag {
  /// The field, global, or local that the task captures by reference.
  const ValueDecl *Flag = nullptr;
  /// Where the loop reads it.
  const Expr *Poll = nullptr;
  /// Where another function writes it.
  const Expr *Write = nullptr;
  /// The loop is the launcher's, and the task writes.
  bool ByLauncher = false;
};

/// The plain (also volatile) bool, integer and enumeration variables of the
/// unit that a loop of a launched task polls without a lock, and that other
/// code writes, without a lock, in the way that ends the loop; or that the
/// launcher polls and the task writes. Writes before the launch and after the
/// join in the launcher, and those of constructors, do not count. One entry per
/// variable; none where the unit does not show both sides.
std::vector<StopFlag> plainStopFlags(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STOPFLAG_H
