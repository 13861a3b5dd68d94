//===--- Decisions.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Decisions.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

/// True if control cannot run off the end of \p S.
static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    return !Block->body_empty() && leaves(Block->body_back());
  if (const auto *Whole = dyn_cast_or_null<ExprWithCleanups>(S))
    return leaves(Whole->getSubExpr());
  return isa_and_nonnull<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt,
                         CXXThrowExpr, CoreturnStmt>(S);
}

/// An argument of a call is not what the call gives; the object of a getter is.
static bool isArgumentOf(const Stmt &Up, const Stmt *Child) {
  const auto *Call = dyn_cast<CallExpr>(&Up);
  return Call && !isa<CXXOperatorCallExpr>(Call) && Call->getCallee() != Child;
}

const Expr *conditionOf(const Stmt *S) {
  if (const auto *If = dyn_cast_or_null<IfStmt>(S))
    return If->getCond();
  if (const auto *While = dyn_cast_or_null<WhileStmt>(S))
    return While->getCond();
  if (const auto *For = dyn_cast_or_null<ForStmt>(S))
    return For->getCond();
  return nullptr;
}

bool Decisions::isAtOrBelow(const Stmt *S, const Stmt *Above) const {
  for (; S; S = Facts.parent(Function, S))
    if (S == Above)
      return true;
  return false;
}

bool Decisions::before(const Stmt *A, const Stmt *B) const {
  return Facts.context().getSourceManager().isBeforeInTranslationUnit(
      A->getBeginLoc(), B->getBeginLoc());
}

bool Decisions::mentions(const Stmt *S, const VarDecl &Variable) {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() == &Variable;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return mentions(Child, Variable);
  });
}

bool Decisions::decides(const Stmt *Choice, const Stmt *S) const {
  if (isAtOrBelow(S, Choice))
    return true;
  const auto *If = dyn_cast<IfStmt>(Choice);
  if (!If || !(leaves(If->getThen()) || leaves(If->getElse())))
    return false;
  const Stmt *Block = Facts.parent(Function, If);
  if (!Block || !before(If, S))
    return false;
  // What a handler does has another reason.
  for (; S && S != Block; S = Facts.parent(Function, S))
    if (isa<CXXCatchStmt>(S))
      return false;
  return S != nullptr;
}

const Stmt *Decisions::testOf(const VarDecl *Variable, const Stmt *Copy) const {
  if (!Variable || !Variable->isLocalVarDecl())
    return nullptr;
  const Stmt *Around = Facts.parent(Function, Copy);
  if (const auto *If = dyn_cast_or_null<IfStmt>(Around))
    return If->getConditionVariable() == Variable || If->getInit() == Copy
               ? If
               : nullptr;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Around);
  if (!Block)
    return nullptr;
  const auto *At = llvm::find(Block->body(), Copy);
  if (Block->body_end() - At < 2)
    return nullptr;
  const auto *If = dyn_cast<IfStmt>(At[1]);
  return If && mentions(If->getCond(), *Variable) ? If : nullptr;
}

const Stmt *Decisions::testedBy(const Expr *E) const {
  for (const Stmt *S = E, *Up = Facts.parent(Function, S); Up;
       S = Up, Up = Facts.parent(Function, S)) {
    if (conditionOf(Up) == S)
      return Up;
    if (const auto *Declaration = dyn_cast<DeclStmt>(Up))
      return Declaration->isSingleDecl()
                 ? testOf(dyn_cast<VarDecl>(Declaration->getSingleDecl()), Up)
                 : nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Up))
      if (Binary->getOpcode() == BO_Assign) {
        const auto *Target =
            dyn_cast<DeclRefExpr>(Binary->getLHS()->IgnoreParenImpCasts());
        return Target ? testOf(dyn_cast<VarDecl>(Target->getDecl()), Up)
                      : nullptr;
      }
    if (!isa<Expr>(Up) || isArgumentOf(*Up, S))
      return nullptr;
  }
  return nullptr;
}

const VarDecl *Decisions::storedIn(const Expr *E) const {
  for (const Stmt *S = E, *Up = Facts.parent(Function, S); Up;
       S = Up, Up = Facts.parent(Function, S)) {
    const VarDecl *Variable = nullptr;
    if (const auto *Declaration = dyn_cast<DeclStmt>(Up))
      Variable = Declaration->isSingleDecl()
                     ? dyn_cast<VarDecl>(Declaration->getSingleDecl())
                     : nullptr;
    else if (const auto *Binary = dyn_cast<BinaryOperator>(Up);
             Binary && Binary->getOpcode() == BO_Assign) {
      const auto *Target =
          dyn_cast<DeclRefExpr>(Binary->getLHS()->IgnoreParenImpCasts());
      Variable = Target ? dyn_cast<VarDecl>(Target->getDecl()) : nullptr;
    } else if (isa<Expr>(Up) && !isArgumentOf(*Up, S)) {
      continue;
    }
    return Variable && Variable->hasLocalStorage() ? Variable : nullptr;
  }
  return nullptr;
}

} // namespace clang::tidy::concord
