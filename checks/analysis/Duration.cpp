//===--- Duration.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Duration.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

std::optional<double> durationOf(const Expr *E, const ASTContext &Context) {
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      E ? E->getType().getNonReferenceType()->getAsCXXRecordDecl() : nullptr);
  if (!Record || Record->getTemplateArgs().size() != 2 ||
      Record->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return std::nullopt;
  const auto *Ratio = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Record->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl());
  if (!Ratio || Ratio->getTemplateArgs().size() != 2 ||
      Ratio->getTemplateArgs()[0].getKind() != TemplateArgument::Integral ||
      Ratio->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  Expr::EvalResult Result;
  if (E->isValueDependent() || !E->EvaluateAsRValue(Result, Context) ||
      !Result.Val.isStruct() || Result.Val.getStructNumFields() != 1 ||
      !Result.Val.getStructField(0).isInt())
    return std::nullopt;
  const auto Count =
      double(Result.Val.getStructField(0).getInt().getExtValue());
  return Count *
         double(Ratio->getTemplateArgs()[0].getAsIntegral().getExtValue()) /
         double(Ratio->getTemplateArgs()[1].getAsIntegral().getExtValue());
}

} // namespace clang::tidy::concord
