//===--- TripCount.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TripCount.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

static std::optional<int64_t> constant(const Expr *E,
                                       const ASTContext &Context) {
  if (!E || E->isValueDependent() || E->containsErrors() ||
      !E->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  return Value.isRepresentableByInt64() ? std::optional(Value.getExtValue())
                                        : std::nullopt;
}

static const ValueDecl *variable(const Expr *E) {
  const auto *Reference =
      dyn_cast_or_null<DeclRefExpr>(E ? E->IgnoreParenImpCasts() : nullptr);
  return Reference ? Reference->getDecl() : nullptr;
}

/// The value the counter starts with.
static std::optional<int64_t> start(const Stmt *Init, const ValueDecl *Counter,
                                    const ASTContext &Context) {
  if (const auto *Declaration = dyn_cast_or_null<DeclStmt>(Init))
    for (const Decl *D : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D); Variable == Counter)
        return constant(Variable->getInit(), Context);
  if (const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Init))
    if (Assignment->getOpcode() == BO_Assign &&
        variable(Assignment->getLHS()) == Counter)
      return constant(Assignment->getRHS(), Context);
  return std::nullopt;
}

/// What one round adds to the counter; 0 if unknown.
static int64_t step(const Expr *Increment, const ValueDecl *Counter,
                    const ASTContext &Context) {
  Increment = Increment ? Increment->IgnoreParenImpCasts() : nullptr;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Increment))
    if (Unary->isIncrementDecrementOp() &&
        variable(Unary->getSubExpr()) == Counter)
      return Unary->isIncrementOp() ? 1 : -1;
  if (const auto *Compound =
          dyn_cast_or_null<CompoundAssignOperator>(Increment))
    if (variable(Compound->getLHS()) == Counter) {
      const int64_t By = constant(Compound->getRHS(), Context).value_or(0);
      if (Compound->getOpcode() == BO_AddAssign)
        return By;
      if (Compound->getOpcode() == BO_SubAssign)
        return -By;
    }
  return 0;
}

static std::optional<uint64_t> countOf(const ForStmt *Loop,
                                       const ASTContext &Context) {
  const auto *Condition = dyn_cast_or_null<BinaryOperator>(
      Loop->getCond() ? Loop->getCond()->IgnoreParenImpCasts() : nullptr);
  if (!Condition || !Condition->isComparisonOp())
    return std::nullopt;
  BinaryOperatorKind Kind = Condition->getOpcode();
  const Expr *Left = Condition->getLHS(), *Right = Condition->getRHS();
  if (constant(Left, Context) && !constant(Right, Context)) {
    std::swap(Left, Right);
    Kind = BinaryOperator::reverseComparisonOp(Kind);
  }
  const ValueDecl *Counter = variable(Left);
  const std::optional<int64_t> End = constant(Right, Context);
  if (!Counter || !End)
    return std::nullopt;
  const std::optional<int64_t> Begin = start(Loop->getInit(), Counter, Context);
  int64_t Step = step(Loop->getInc(), Counter, Context);
  constexpr int64_t Large = int64_t(1) << 40;
  if (!Begin || Step == 0 || std::abs(*Begin) > Large || std::abs(*End) > Large)
    return std::nullopt;

  int64_t Distance = *End - *Begin;
  if (Step < 0) {
    Distance = -Distance;
    Step = -Step;
    Kind = BinaryOperator::reverseComparisonOp(Kind);
  }
  if (Kind == BO_LE)
    ++Distance;
  else if (Kind != BO_LT && Kind != BO_NE)
    return std::nullopt;
  return Distance <= 0 ? 0 : (Distance + Step - 1) / Step;
}

static std::optional<uint64_t> countOf(const CXXForRangeStmt *Loop,
                                       const ASTContext &Context) {
  const Expr *Range = Loop->getRangeInit();
  if (!Range)
    return std::nullopt;
  Range = Range->IgnoreParenImpCasts();
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Range))
    Range = List->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(Range))
    Range = Made->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *List = dyn_cast<InitListExpr>(Range))
    return List->getNumInits();
  const auto *Array = Context.getAsConstantArrayType(Range->getType());
  return Array ? std::optional(Array->getSize().getZExtValue()) : std::nullopt;
}

std::optional<uint64_t> tripCount(const Stmt *Loop, const ASTContext &Context) {
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return countOf(For, Context);
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop))
    return countOf(Range, Context);
  return std::nullopt;
}

std::optional<uint64_t> runCount(const Stmt *S, const FunctionInfo &F,
                                 const UnitFacts &Facts) {
  constexpr uint64_t Many = uint64_t(1) << 20;
  uint64_t Product = 1;
  for (; S; S = Facts.parent(F, S)) {
    if (!isa<ForStmt, CXXForRangeStmt, WhileStmt, DoStmt>(S))
      continue;
    const std::optional<uint64_t> Count = tripCount(S, Facts.context());
    if (!Count || *Count > Many || Product > Many)
      return std::nullopt;
    Product *= *Count;
  }
  return Product;
}

} // namespace clang::tidy::concord
