//===--- SharedOwner.h - Does something keep the object alive? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SHAREDOWNER_H
#define CONCORD_ANALYSIS_SHAREDOWNER_H

#include "analysis/TaskLaunch.h"
#include "clang/AST/DeclCXX.h"

namespace clang::tidy::concord {

/// True if the task of \p Launch holds a copy of a smart pointer to \p Record,
/// or to one of its bases: `self = shared_from_this()`.
bool holdsOwner(const TaskLaunch &Launch, const CXXRecordDecl &Record);

/// True unless all that runs in the destruction of \p Record is visible and
/// none of it waits for anything: calls of the same class are followed two
/// levels deep.
bool mayWaitInDestructor(UnitFacts &Facts, const CXXRecordDecl &Record);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SHAREDOWNER_H
