//===--- JoiningUses.h - May these threads join by themselves? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_JOININGUSES_H
#define CONCORD_ANALYSIS_JOININGUSES_H

#include "analysis/JoiningThread.h"

namespace clang::tidy::concord {

/// Judges whether every use of \p Handle, a local container of threads or a
/// member, compiles if its threads have the type of the joining sibling. Adds
/// to \p Edits the other places where the type must change then (a temporary
/// that is assigned or pushed, the variable of a loop), and the loops that do
/// nothing but join at the end of the block which declares the container.
/// \p Root is the body that declares it; null for a member: the whole unit.
bool usesAllowJoining(UnitFacts &Facts, const ValueDecl &Handle,
                      HandleShape Shape, const Stmt *Root,
                      JoiningThreadEdits &Edits);

/// The one place in the declaration of \p Handle where the language's thread is
/// written; invalid if there is none, or more.
SourceRange writtenThread(const ASTContext &Context, const ValueDecl &Handle);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_JOININGUSES_H
