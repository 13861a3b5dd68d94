//===--- DiscardedFuture.h - Which futures does nobody ask? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_DISCARDEDFUTURE_H
#define CONCORD_ANALYSIS_DISCARDEDFUTURE_H

#include "vocabulary/Vocabulary.h"
#include <vector>

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// A handle that must be kept, and is not.
struct DiscardedFuture {
  /// The launch, or the call of the function that gives its handle.
  const Expr *Site = nullptr;
  /// The function of the unit that launches and returns the handle; null if
  /// `Site` is the launch.
  const FunctionDecl *Through = nullptr;
  /// The local that gets the handle and is never used; null if the handle is
  /// dropped at once.
  const VarDecl *Unused = nullptr;
  /// The type of the handle; null if unknown.
  const TypeFact *Type = nullptr;
};

/// The launches in \p Function whose handle must be kept (dropping it waits,
/// cancels, or keeps the task from running) and is dropped, cast to void,
/// assigned to nothing, or bound to a local that is never used. Locals that
/// are marked as unused, by attribute or name, are the author's intention.
std::vector<DiscardedFuture> discardedFutures(UnitFacts &Facts,
                                              const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_DISCARDEDFUTURE_H
