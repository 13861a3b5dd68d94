//===--- HandleValue.cpp - What kind of value is this? --------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleValue.h"
#include "analysis/HandleKey.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

static bool hasCallOperator(const CXXRecordDecl &Record) {
  DeclarationName Call =
      Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return Record.hasDefinition() && !Record.lookup(Call).empty();
}

bool isCallable(const Expr *E) {
  QualType Type = E->getType();
  if (Type.isNull())
    return false;
  Type = Type.getNonReferenceType();
  if (Type->isFunctionType() || Type->isFunctionPointerType() ||
      Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  if (Record->isLambda())
    return true;
  if (isa<ClassTemplateSpecializationDecl>(Record) && Record->getNumBases() > 0)
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (const CXXRecordDecl *Part = Base.getType()->getAsCXXRecordDecl())
        if (hasCallOperator(*Part))
          return true;
  return hasCallOperator(*Record);
}

bool isNothing(const Expr *E) {
  E = stripToCore(E);
  if (!E)
    return false;
  // `reset()` has a default argument.
  if (isa<CXXDefaultArgExpr, CXXNullPtrLiteralExpr, GNUNullExpr,
          CXXScalarValueInitExpr, ImplicitValueInitExpr>(E))
    return true;
  if (const auto *Literal = dyn_cast<IntegerLiteral>(E))
    return Literal->getValue() == 0;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  const auto *Construct = dyn_cast<CXXConstructExpr>(E);
  return Construct && Construct->getNumArgs() == 0;
}

} // namespace clang::tidy::concord
