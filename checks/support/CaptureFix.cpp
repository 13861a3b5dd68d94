//===--- CaptureFix.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/CaptureFix.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Analysis/Analyses/ExprMutationAnalyzer.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::concord {

bool isCopyable(QualType Type) {
  if (Type.isNull() || Type->isDependentType() || Type->isArrayType())
    return false;
  const CXXRecordDecl *Record =
      Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record)
    return true;
  if (!Record->hasDefinition())
    return false;
  if (Record->needsImplicitCopyConstructor())
    return !Record->defaultedCopyConstructorIsDeleted();
  return llvm::any_of(Record->ctors(), [](const CXXConstructorDecl *C) {
    return C->isCopyConstructor() && !C->isDeleted() &&
           C->getAccess() == AS_public;
  });
}

bool canCaptureByValue(ASTContext &Context, const LambdaExpr &Lambda,
                       const ValueDecl &Variable) {
  if (!isCopyable(Variable.getType()))
    return false;
  if (isa<BindingDecl>(Variable) && !Context.getLangOpts().CPlusPlus20)
    return false;
  return !ExprMutationAnalyzer(*Lambda.getBody(), Context).isMutated(&Variable);
}

/// The text of the file before \p Loc; empty if \p Loc is in a macro.
static StringRef textBefore(const SourceManager &Sources, SourceLocation Loc) {
  if (Loc.isInvalid() || Loc.isMacroID())
    return {};
  auto [File, Offset] = Sources.getDecomposedLoc(Loc);
  bool Invalid = false;
  StringRef Text = Sources.getBufferData(File, &Invalid);
  return Invalid ? StringRef() : Text.take_front(Offset);
}

std::optional<FixItHint> captureByValue(const ASTContext &Context,
                                        const LambdaExpr &Lambda,
                                        const LambdaCapture &Capture) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation Name = Capture.getLocation();
  if (Lambda.getBeginLoc().isMacroID())
    return std::nullopt;
  StringRef Before = textBefore(Sources, Name);
  StringRef Kept = Before.rtrim();
  if (!Kept.consume_back("&"))
    return std::nullopt;
  if (Lambda.getCaptureDefault() != LCD_ByCopy) {
    int Length = int(Before.size() - Kept.size());
    return FixItHint::CreateRemoval(
        CharSourceRange::getCharRange(Name.getLocWithOffset(-Length), Name));
  }
  // `[=, &i]`: by value is what the default says.
  Kept = Kept.rtrim();
  if (!Kept.consume_back(",") || Capture.getCapturedVar()->isInitCapture())
    return std::nullopt;
  SourceLocation End =
      Lexer::getLocForEndOfToken(Name, 0, Sources, Context.getLangOpts());
  int Length = int(Before.size() - Kept.size());
  return FixItHint::CreateRemoval(
      CharSourceRange::getCharRange(Name.getLocWithOffset(-Length), End));
}

std::optional<FixItHint>
captureByValue(const ASTContext &Context, const LambdaExpr &Lambda,
               llvm::ArrayRef<const ValueDecl *> Variables) {
  SourceLocation Default = Lambda.getCaptureDefaultLoc();
  if (Lambda.getCaptureDefault() != LCD_ByRef || Default.isInvalid() ||
      Default.isMacroID())
    return std::nullopt;
  std::string Names;
  for (const ValueDecl *Variable : Variables)
    Names += ", " + Variable->getNameAsString();
  SourceLocation After = Lexer::getLocForEndOfToken(
      Default, 0, Context.getSourceManager(), Context.getLangOpts());
  return FixItHint::CreateInsertion(After, Names);
}

} // namespace clang::tidy::concord
