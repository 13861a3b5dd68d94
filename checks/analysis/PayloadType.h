//===--- PayloadType.h - What does a value share? ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_PAYLOADTYPE_H
#define CONCORD_ANALYSIS_PAYLOADTYPE_H

#include "clang/AST/DeclCXX.h"

namespace clang::tidy::concord {

class Vocabulary;

/// True if \p Record is called \p Name; null is not.
bool isNamed(const CXXRecordDecl *Record, StringRef Name);

/// True for classes that stand for a pointer, by their operator and their name.
bool isSmartPointer(QualType Type);

/// What the plain or smart pointer \p Pointer points to; null if the type does
/// not say it.
QualType pointeeOf(QualType Pointer);

/// True if users of \p Type may rely on its own locks, atomics and the like, or
/// on those that the unit does not show. \p Depth counts the classes around.
bool synchronises(QualType Type, const Vocabulary &Words, unsigned Depth = 0);

/// True if a move of \p Type leaves something else behind than a copy would.
bool movesAway(QualType Type, const ASTContext &Context);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_PAYLOADTYPE_H
