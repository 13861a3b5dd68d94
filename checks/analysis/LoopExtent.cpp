//===--- LoopExtent.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LoopExtent.h"
#include "analysis/TripCount.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// A container with any number of elements; one whose type names a number, as
/// that of `std::array` does, has as many as somebody chose.
bool isOpenContainer(QualType Type, const Vocabulary &Words) {
  if (!Words.isContainer(Type))
    return false;
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  return Record && llvm::none_of(Record->getTemplateArgs().asArray(),
                                 [](const TemplateArgument &Argument) {
                                   return Argument.getKind() ==
                                          TemplateArgument::Integral;
                                 });
}

/// The object whose elements `object.size()` or `object.end()` counts: a call
/// without arguments on a container. Null for other expressions.
const Expr *countedContainer(const Expr *E, const Vocabulary &Words) {
  E = E->IgnoreParenImpCasts();
  // `for (size_t i = 0, n = items.size(); i < n; ++i)`
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
    if (const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl());
        Variable && Variable->hasLocalStorage() && Variable->getInit())
      E = Variable->getInit()->IgnoreParenImpCasts();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    E = Cast->getSubExpr()->IgnoreParenImpCasts();
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  if (!Call || Call->getNumArgs() != 0)
    return nullptr;
  const Expr *Object = Call->getImplicitObjectArgument()->IgnoreParenImpCasts();
  QualType Type = Object->getType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  return isOpenContainer(Type, Words) ? Object : nullptr;
}

/// The loop runs once for each thread: somebody chose their number.
bool holdsThreads(const Expr *Container, const Vocabulary &Words) {
  const TypeFact *Element =
      Words.pointee(Container->getType(), /*ThroughContainers=*/true);
  return Element && Element->is(Role::Thread);
}

/// A call that hands its caller another element: it has an argument that it
/// can fill, or receives.
bool deliversInput(const Expr &E, const Vocabulary &Words) {
  switch (Words.call(&E).does()) {
  case Operation::Receive:
  case Operation::TryReceive:
  case Operation::TimedReceive:
    return true;
  case Operation::None:
    break;
  default:
    return false;
  }
  const auto *Call = dyn_cast<CallExpr>(&E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  return llvm::any_of(Callee->parameters(), [](const ParmVarDecl *Parameter) {
    QualType Type = Parameter->getType();
    return (Type->isReferenceType() || Type->isPointerType()) &&
           !Type->getPointeeType().isConstQualified() &&
           !Type->isRValueReferenceType() && !Type->isFunctionPointerType();
  });
}

LoopExtent extentOfCondition(const Expr *Condition, const UnitFacts &Facts) {
  const Vocabulary &Words = Facts.vocabulary();
  bool CallsSomething = false;
  llvm::SmallVector<const Stmt *, 8> Work{Condition};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (const Expr *Container = countedContainer(E, Words))
        return holdsThreads(Container, Words) ? LoopExtent::Chosen
                                              : LoopExtent::Data;
      if (isa<CallExpr>(E)) {
        if (deliversInput(*E, Words))
          return LoopExtent::Data;
        CallsSomething = true;
      }
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return CallsSomething ? LoopExtent::Endless : LoopExtent::Chosen;
}

const Expr *conditionOf(const Stmt *Loop) {
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return For->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(Loop))
    return Do->getCond();
  return nullptr;
}

} // namespace

LoopExtent loopExtent(const Stmt *Loop, const UnitFacts &Facts) {
  if (tripCount(Loop, Facts.context()))
    return LoopExtent::Constant;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop)) {
    const Expr *Init = Range->getRangeInit();
    if (!Init || Init->isTypeDependent() ||
        !isOpenContainer(Init->getType(), Facts.vocabulary()))
      return LoopExtent::Chosen;
    return holdsThreads(Init, Facts.vocabulary()) ? LoopExtent::Chosen
                                                  : LoopExtent::Data;
  }
  const Expr *Condition = conditionOf(Loop);
  if (!Condition)
    return LoopExtent::Endless;
  if (Condition->isValueDependent())
    return LoopExtent::Chosen;
  bool Always = false;
  if (Condition->EvaluateAsBooleanCondition(Always, Facts.context()))
    return Always ? LoopExtent::Endless : LoopExtent::Constant;
  return extentOfCondition(Condition, Facts);
}

llvm::SmallVector<const Stmt *, 2> loopsAround(const Stmt *S,
                                               const FunctionInfo &Function,
                                               const UnitFacts &Facts) {
  llvm::SmallVector<const Stmt *, 2> Loops;
  for (const Stmt *Up = Facts.parent(Function, S); Up;
       Up = Facts.parent(Function, Up))
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Up))
      Loops.push_back(Up);
  return Loops;
}

} // namespace clang::tidy::concord
