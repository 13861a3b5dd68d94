//===--- InnerCalls.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/InnerCalls.h"
#include "analysis/Callable.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

/// A free function of a library that uses the callable up: what it returns has
/// no room for it.
bool isAlgorithm(const ASTContext &Context, const CallExpr &Call,
                 const Expr &Callable) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || isa<CXXMethodDecl>(Callee) || !Callee->getIdentifier() ||
      Call.getNumArgs() < 2)
    return false;
  const SourceManager &Sources = Context.getSourceManager();
  if (!Sources.isInSystemHeader(Callee->getCanonicalDecl()->getLocation()))
    return false;
  QualType Kept = Callable.getType().getNonReferenceType();
  QualType Result = Callee->getReturnType().getNonReferenceType();
  if (Context.hasSameUnqualifiedType(Kept, Result))
    // `for_each` gives the callable back; so does `forward`, of one argument.
    return Call.getNumArgs() > 2;
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Result->getAsCXXRecordDecl());
  if (!Special)
    return true;
  return llvm::none_of(
      Special->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
        return A.getKind() == TemplateArgument::Type &&
               Context.hasSameUnqualifiedType(A.getAsType(), Kept);
      });
}

/// True if the argument at \p Index of \p Call runs before the call returns.
bool runsInside(UnitFacts &Facts, const CallExpr &Call, unsigned Index) {
  const Expr *Argument = Call.getArg(Index);
  if (KnownCall Known = Facts.call(&Call)) {
    switch (Known.does()) {
    case Operation::ConditionWait:
    case Operation::AwaitCondition:
      return Argument == Known.argument(Known.Fact->Predicate);
    case Operation::CallOnce:
      return Argument == Known.callable();
    default:
      return false;
    }
  }
  const CallSummary *Summary = Facts.calleeSummary(&Call);
  if (!Summary)
    return isAlgorithm(Facts.context(), Call, *Argument);
  unsigned Parameter =
      isa<CXXOperatorCallExpr>(Call) && Index ? Index - 1 : Index;
  return Parameter < Summary->Parameters.size() &&
         Summary->Parameters[Parameter] == ParameterUse::Called;
}

} // namespace

std::vector<const FunctionInfo *> lambdasRunBy(UnitFacts &Facts,
                                               const Expr *E) {
  std::vector<const FunctionInfo *> Result;
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  if (!Call)
    return Result;
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    const Expr *Argument = Call->getArg(I);
    if (isa<CXXDefaultArgExpr>(Argument))
      continue;
    const LambdaExpr *Lambda =
        resolveCallable(Facts.vocabulary(), Argument).Lambda;
    if (!Lambda || !runsInside(Facts, *Call, I))
      continue;
    if (const FunctionInfo *Info = Facts.function(Lambda->getCallOperator()))
      Result.push_back(Info);
  }
  return Result;
}

} // namespace clang::tidy::concord
