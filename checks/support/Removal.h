//===--- Removal.h - Fix-its that remove code -------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_REMOVAL_H
#define CONCORD_SUPPORT_REMOVAL_H

#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"

namespace clang::tidy::concord {

/// Removes the expression statement \p Statement (without its semicolon), or a
/// loop, and, if nothing else stands on them, its lines.
/// \returns an empty hint if the source does not allow it (macros).
FixItHint removalOfStatement(SourceRange Statement, const ASTContext &Context);

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_REMOVAL_H
