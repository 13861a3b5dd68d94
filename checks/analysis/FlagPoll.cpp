//===--- FlagPoll.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/FlagPoll.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// A flag that a function of one line returns is found this deep.
constexpr unsigned MaxDepth = 2;

bool isPlainFlag(QualType Type) {
  return !Type.isNull() && !Type->isDependentType() && !Type->isAtomicType() &&
         Type->isIntegralOrEnumerationType();
}

std::optional<llvm::APSInt> constantOf(const Expr *E,
                                       const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->isTypeDependent() ||
      !E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  return Result.Val.getInt();
}

/// Collects the conditions of loops, and of branches that leave an endless one.
class PollFinder {
public:
  PollFinder(const UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}
  std::vector<FlagPoll> Polls;

  /// \p Endless is the loop around \p S if it ends only from within.
  void find(const Stmt *S, const Stmt *Endless = nullptr) {
    if (!S || isa<LambdaExpr>(S))
      return;
    const Stmt *Inner = Endless;
    if (const auto *While = dyn_cast<WhileStmt>(S))
      Inner = loop(*S, While->getCond());
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      Inner = loop(*S, Do->getCond());
    else if (const auto *For = dyn_cast<ForStmt>(S))
      Inner = loop(*S, For->getCond());
    else if (isa<CXXForRangeStmt, SwitchStmt>(S))
      Inner = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(S); If && Endless && leaves(*If)) {
      Loop = Endless;
      condition(Function, If->getCond(), nullptr, true);
    }
    for (const Stmt *Child : S->children())
      find(Child, Inner);
  }

private:
  /// \returns \p S if it ends only from within, else null.
  const Stmt *loop(const Stmt &S, const Expr *Condition) {
    if (!Condition)
      return &S;
    const Expr *Core = Condition->IgnoreParenImpCasts();
    if (isa<CXXBoolLiteralExpr, IntegerLiteral>(Core)) {
      std::optional<llvm::APSInt> Value = constantOf(Core, Facts.context());
      return Value && Value->getBoolValue() ? &S : nullptr;
    }
    Loop = &S;
    condition(Function, Condition, nullptr, false);
    return nullptr;
  }

  static bool leaves(const IfStmt &If) {
    const Stmt *Then = If.getThen();
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Then))
      Then = Block->body_empty() ? nullptr : Block->body_back();
    return Then && isa<BreakStmt, ReturnStmt>(Then);
  }

  /// The loop ends when \p E, written in \p In, is \p Ends. \p Site is the call
  /// in the loop whose callee returns \p E, or null.
  void condition(const FunctionInfo &In, const Expr *E, const Expr *Site,
                 bool Ends, unsigned Depth = 0) {
    if (!E)
      return;
    E = E->IgnoreParenImpCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return condition(In, Not->getSubExpr(), Site, !Ends, Depth);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->isLogicalOp()) {
        condition(In, Binary->getLHS(), Site, Ends, Depth);
        condition(In, Binary->getRHS(), Site, Ends, Depth);
      } else if (Binary->isEqualityOp()) {
        comparison(In, *Binary, Site, Ends);
      }
      return;
    }
    if (const Expr *Returned = Depth < MaxDepth ? returnedBy(E) : nullptr)
      return condition(*Facts.callee(E), Returned, Site ? Site : E, Ends,
                       Depth + 1);
    add(In, E, Site, constantFalse(), !Ends);
  }

  static llvm::APSInt constantFalse() {
    return llvm::APSInt(llvm::APInt(8, 0), /*isUnsigned=*/false);
  }

  void comparison(const FunctionInfo &In, const BinaryOperator &Binary,
                  const Expr *Site, bool Ends) {
    const Expr *Left = Binary.getLHS()->IgnoreParenImpCasts();
    const Expr *Right = Binary.getRHS()->IgnoreParenImpCasts();
    std::optional<llvm::APSInt> Value = constantOf(Right, Facts.context());
    if (!Value) {
      std::swap(Left, Right);
      Value = constantOf(Right, Facts.context());
    }
    if (Value)
      add(In, Left, Site, Value, (Binary.getOpcode() == BO_EQ) == Ends);
  }

  void add(const FunctionInfo &In, const Expr *E, const Expr *Site,
           std::optional<llvm::APSInt> Value, bool EndsWhenEqual) {
    const ValueDecl *Flag = flagOf(In, E);
    if (!Flag && !Site)
      Flag = flagBehindParameter(E);
    if (Flag)
      Polls.push_back({Flag, Site ? Site : E, Loop, Value, EndsWhenEqual});
  }

  /// What the function that \p E calls returns, if it does nothing else and
  /// gets nothing but the object at hand.
  const Expr *returnedBy(const Expr *E) const {
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call || Call->getNumArgs() || isa<CXXOperatorCallExpr>(Call))
      return nullptr;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
      if (!isa<CXXThisExpr>(
              Member->getImplicitObjectArgument()->IgnoreParenImpCasts()))
        return nullptr;
    const FunctionInfo *Callee = Facts.callee(Call);
    const auto *Body =
        Callee ? dyn_cast_or_null<CompoundStmt>(Callee->Body) : nullptr;
    if (!Body || Body->size() != 1)
      return nullptr;
    const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
    return Return ? Return->getRetValue() : nullptr;
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  const Stmt *Loop = nullptr;
};

/// The parameter that the pointer \p E is a copy of, or null.
const ParmVarDecl *parameterBehind(const Expr *E, unsigned Depth = 0) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable)
    return nullptr;
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(Variable))
    return Parameter;
  bool Leads = Variable->hasLocalStorage() && Variable->getInit() &&
               (Variable->getType()->isPointerType() ||
                Variable->getType()->isReferenceType());
  if (!Leads || Depth >= MaxDepth)
    return nullptr;
  const Expr *Init = Variable->getInit()->IgnoreParenCasts();
  // `bool &stop = *pointer;`
  if (const auto *Unary = dyn_cast<UnaryOperator>(Init);
      Unary && Unary->getOpcode() == UO_Deref)
    Init = Unary->getSubExpr();
  return parameterBehind(Init, Depth + 1);
}

} // namespace

bool FlagPoll::endsOn(const Expr *E, const ASTContext &Context) const {
  if (!Value || !E)
    return true;
  if (E->isValueDependent() || E->isTypeDependent())
    return false;
  std::optional<llvm::APSInt> Written = constantOf(E, Context);
  if (!Written)
    return true;
  return llvm::APSInt::isSameValue(*Written, *Value) == EndsWhenEqual;
}

bool capturesByReference(const FunctionInfo &Function, const ValueDecl &Flag) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    if (F->Function && Flag.getDeclContext() == F->Function)
      return true;
    if (!F->Lambda)
      return false;
    bool ByReference = false;
    for (const LambdaCapture &Capture : F->Lambda->captures())
      ByReference |= Capture.capturesVariable() &&
                     Capture.getCapturedVar() == &Flag &&
                     Capture.getCaptureKind() == LCK_ByRef;
    if (!ByReference)
      return false;
  }
  return false;
}

const ValueDecl *flagOf(const FunctionInfo &Function, const Expr *E) {
  const ValueDecl *D = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    D = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!D)
      D = dyn_cast<VarDecl>(Member->getMemberDecl());
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    D = dyn_cast<VarDecl>(Ref->getDecl());
  }
  if (!D || D->isInvalidDecl() || !isPlainFlag(D->getType()) ||
      D->getType().isConstQualified())
    return nullptr;
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    return Field->isBitField() ? nullptr : Field;
  const auto *Variable = cast<VarDecl>(D);
  if (Variable->getTLSKind() != VarDecl::TLS_None || isa<ParmVarDecl>(Variable))
    return nullptr;
  if (Variable->hasLocalStorage() && !capturesByReference(Function, *Variable))
    return nullptr;
  return Variable->getCanonicalDecl();
}

const ParmVarDecl *flagBehindParameter(const Expr *E) {
  if (!E->isGLValue() || !isPlainFlag(E->getType()))
    return nullptr;
  E = E->IgnoreParens();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref ? parameterBehind(Unary->getSubExpr())
                                          : nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && Ref->getDecl()->getType()->isReferenceType()
             ? parameterBehind(E)
             : nullptr;
}

std::vector<FlagPoll> findFlagPolls(const UnitFacts &Facts,
                                    const FunctionInfo &Function) {
  PollFinder Finder(Facts, Function);
  Finder.find(Function.Body);
  return std::move(Finder.Polls);
}

} // namespace clang::tidy::concord
