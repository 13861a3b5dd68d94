//===--- LockedTemporary.h - Locks that die too early -----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKEDTEMPORARY_H
#define CONCORD_ANALYSIS_LOCKEDTEMPORARY_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// True if an object of \p Type holds a lock while it lives: a guard, or a
/// class that has one by value (a locked pointer of the project's own).
bool carriesLock(const Vocabulary &Words, QualType Type);

/// If \p E refers into an object that a temporary keeps locked
/// (`*state.lock()`, `state.lock()->items`), and the temporary dies at the end
/// of the full expression, that temporary; else null. Nothing is found where
/// the temporary itself is what \p E denotes: its life is extended.
const Expr *lockedTemporaryBehind(const Vocabulary &Words, const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKEDTEMPORARY_H
