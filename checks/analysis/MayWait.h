//===--- MayWait.h - what lets others go first ------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_MAYWAIT_H
#define CONCORD_ANALYSIS_MAYWAIT_H

#include "vocabulary/Vocabulary.h"
#include "clang/AST/Stmt.h"

namespace clang::tidy::concord {

class UnitFacts;

/// True for operations after which what another thread did before may be seen
/// without a lock: waits, receives, acquisitions, tests of a stop signal.
bool mayWait(Operation Does);

/// True for functions and classes that say by their name that they make the
/// caller wait for others. For those that the unit does not show.
bool saysWaits(const NamedDecl &D);

/// True for free functions and static members whose name says that they let
/// time pass, and no more. For those that the unit does not show.
bool saysPauses(const FunctionDecl &F);

/// True if \p S asks an atomic, or anything else that the vocabulary knows: a
/// condition that may stand for what another thread has done.
bool testsAtomic(const UnitFacts &Facts, const Stmt *S);

/// True for the functions and classes of the standard library, and their
/// members, those of its inner namespaces too.
bool isStandard(const Decl *D);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_MAYWAIT_H
