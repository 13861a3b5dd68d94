//===--- CallableUse.h - What is done with a callable? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CALLABLEUSE_H
#define CONCORD_ANALYSIS_CALLABLEUSE_H

#include "clang/AST/DeclCXX.h"

namespace clang::tidy::concord {

class UnitFacts;

/// True if \p Record holds threads, directly, in a container, in a base or in
/// the private class it points to, or starts one in a member function: what it
/// keeps, a thread of its own may run.
bool ownsThreads(UnitFacts &Facts, const CXXRecordDecl &Record);

/// True if \p Callee is a launcher by its name, in a class that is a pool by
/// its members or its name: for functions whose body the unit does not show.
bool looksLikeLauncher(UnitFacts &Facts, const FunctionDecl &Callee);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CALLABLEUSE_H
