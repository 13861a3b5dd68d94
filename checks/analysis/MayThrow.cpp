//===--- MayThrow.cpp - May this call leave by an exception?
//---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/MayThrow.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// A `throw`, or a call that may, outside of `try`.
bool bodyMayThrow(UnitFacts &Facts, const Stmt *Body, unsigned Depth) {
  llvm::SmallVector<const Stmt *, 32> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr, CXXTryStmt, CXXNoexceptExpr>(S))
      continue;
    if (isa<CXXThrowExpr>(S))
      return true;
    if (isa<CallExpr, CXXConstructExpr>(S) &&
        mayThrow(Facts, cast<Expr>(S), Depth))
      return true;
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
  return false;
}

} // namespace

bool mayThrow(UnitFacts &Facts, const Expr *Call, unsigned Depth) {
  constexpr unsigned MaxDepth = 3;
  if (!Facts.context().getLangOpts().CXXExceptions || Depth > MaxDepth)
    return false;
  KnownCall Known = Facts.call(Call);
  if (Known)
    // A future hands on the exception of its task.
    return Known.does() == Operation::Get;
  const FunctionDecl *Callee = nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    Callee = Construct->getConstructor();
  else
    Callee = cast<CallExpr>(Call)->getDirectCallee();
  if (!Callee)
    return !isa<CXXPseudoDestructorExpr>(
        cast<CallExpr>(Call)->getCallee()->IgnoreParens());
  const auto *Type = Callee->getType()->getAs<FunctionProtoType>();
  // Specifications that nobody needed are not worked out.
  if (!Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) ||
      Type->isNothrow() || Callee->isExternC() || Callee->getBuiltinID() ||
      Callee->isImplicit() || Callee->isDefaulted())
    return false;
  if (isSystem(Callee))
    return false;
  const FunctionDecl *Definition = nullptr;
  if (!Callee->hasBody(Definition))
    return true;
  return bodyMayThrow(Facts, Definition->getBody(), Depth + 1);
}

} // namespace clang::tidy::concord
