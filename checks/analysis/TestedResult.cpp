//===--- TestedResult.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TestedResult.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"

namespace clang::tidy::concord {

namespace {

const Expr *strip(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    if (E == Before)
      break;
  }
  return E;
}

/// The variable or field that \p E names.
const ValueDecl *named(const Expr *E) {
  E = strip(E);
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E))
    return cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl());
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    return cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl());
  return nullptr;
}

std::optional<bool> isZero(const Expr *E, const ASTContext &Context) {
  E = strip(E);
  if (!E || E->isValueDependent() || E->getType().isNull() ||
      !E->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects))
    return std::nullopt;
  return !Result.Val.getInt().getBoolValue();
}

} // namespace

TestedResults::TestedResults(const Stmt *Body) {
  llvm::SmallVector<const Stmt *, 32> Work{Body};
  auto Note = [&](const ValueDecl *Variable, const Expr *Value) {
    Value = strip(Value);
    if (Variable && isa_and_nonnull<CallExpr>(Value))
      Sources[cast<ValueDecl>(Variable->getCanonicalDecl())].push_back(Value);
  };
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          Note(Variable, Variable->getInit());
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
      if (Binary->getOpcode() == BO_Assign)
        Note(named(Binary->getLHS()), Binary->getRHS());
    }
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
}

llvm::SmallVector<TestedResults::Tested, 2>
TestedResults::tested(const Expr *Condition, bool Value,
                      const ASTContext &Context) const {
  const Expr *Core = strip(Condition);
  bool Zero = !Value;
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Core)) {
    const Expr *Other = Binary->getLHS();
    std::optional<bool> Constant = isZero(Binary->getRHS(), Context);
    if (!Constant) {
      Constant = isZero(Binary->getLHS(), Context);
      Other = Binary->getRHS();
    }
    if (!Constant || !Binary->isComparisonOp())
      return {};
    // `rc < 0`, `status == timeout`: the other outcome counts as zero.
    bool Equal = Binary->getOpcode() == BO_EQ || Binary->getOpcode() == BO_LE ||
                 Binary->getOpcode() == BO_GE;
    if (Binary->isEqualityOp())
      Zero = (Value == Equal) == *Constant;
    else
      Zero = Value == Equal;
    Core = strip(Other);
  }
  if (const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Core);
      Assignment && Assignment->getOpcode() == BO_Assign)
    Core = strip(Assignment->getRHS());
  llvm::SmallVector<Tested, 2> Result;
  if (isa_and_nonnull<CallExpr>(Core)) {
    Result.push_back({Core, Zero});
    return Result;
  }
  auto At = Sources.find(named(Core));
  if (At != Sources.end())
    for (const Expr *Call : At->second)
      Result.push_back({Call, Zero});
  return Result;
}

bool TestedResults::succeeded(const KnownCall &Call, bool Zero) {
  QualType Type = Call.Site->getType();
  // std::future_status::ready and std::cv_status::no_timeout come first.
  bool ZeroIsSuccess = Call.Fact->SuccessIsZero ||
                       Call.does() == Operation::Launch ||
                       Type->isEnumeralType() ||
                       (Type->isIntegerType() && !Type->isBooleanType());
  return Zero == ZeroIsSuccess;
}

} // namespace clang::tidy::concord
