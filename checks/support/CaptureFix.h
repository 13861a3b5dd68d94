//===--- CaptureFix.h - Edits of capture lists ------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_CAPTUREFIX_H
#define CONCORD_SUPPORT_CAPTUREFIX_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace clang::tidy::concord {

/// True if a copy of \p Variable can be captured and \p Lambda, which captures
/// it by reference, only reads it: with the copy it compiles and does the same.
bool canCaptureByValue(ASTContext &Context, const LambdaExpr &Lambda,
                       const ValueDecl &Variable);

/// True if objects of \p Type can be copied.
bool isCopyable(QualType Type);

/// Changes an explicit capture by reference (`[&i]`, `[&r = i]`) into one by
/// value. \returns nothing if the source does not look like that.
std::optional<FixItHint> captureByValue(const ASTContext &Context,
                                        const LambdaExpr &Lambda,
                                        const LambdaCapture &Capture);

/// Adds \p Variables by value after the default of `[&]`.
std::optional<FixItHint>
captureByValue(const ASTContext &Context, const LambdaExpr &Lambda,
               llvm::ArrayRef<const ValueDecl *> Variables);

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_CAPTUREFIX_H
