//===--- LoopVariable.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LoopVariable.h"
#include "analysis/Storage.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

bool names(const Expr *E, const VarDecl &Variable) {
  const auto *Reference = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  return Reference && Reference->getDecl() == &Variable;
}

/// Finds changes of one variable, lambdas excluded: those run elsewhere.
class ChangeFinder : public RecursiveASTVisitor<ChangeFinder> {
public:
  /// \p ThroughCalls: a call that could change its argument does.
  /// \p ThroughMembers: so does one of its own member functions.
  ChangeFinder(const VarDecl &Variable, bool ThroughCalls,
               bool ThroughMembers = false)
      : Variable(Variable), ThroughCalls(ThroughCalls),
        ThroughMembers(ThroughMembers) {}

  bool in(const Stmt *S) {
    Changes = Mentions = false;
    if (S)
      TraverseStmt(const_cast<Stmt *>(S));
    return Changes;
  }
  bool mentionedIn(const Stmt *S) {
    (void)in(S);
    return Mentions;
  }

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool VisitDeclRefExpr(const DeclRefExpr *Reference) {
    Mentions |= Reference->getDecl() == &Variable;
    return true;
  }
  bool VisitBinaryOperator(const BinaryOperator *Operator) {
    if (Operator->isAssignmentOp())
      Changes |= names(Operator->getLHS(), Variable);
    return true;
  }
  bool VisitUnaryOperator(const UnaryOperator *Operator) {
    if (Operator->isIncrementDecrementOp())
      Changes |= names(Operator->getSubExpr(), Variable);
    return true;
  }
  bool VisitCXXOperatorCallExpr(const CXXOperatorCallExpr *Call) {
    bool Steps = Call->isAssignmentOp() || Call->getOperator() == OO_PlusPlus ||
                 Call->getOperator() == OO_MinusMinus;
    if (Steps && Call->getNumArgs() > 0)
      Changes |= names(Call->getArg(0), Variable);
    return true;
  }
  bool VisitCXXMemberCallExpr(const CXXMemberCallExpr *Call) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (ThroughMembers && Method && !Method->isConst())
      Changes |= names(Call->getImplicitObjectArgument(), Variable);
    return true;
  }
  bool VisitCallExpr(const CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!ThroughCalls || !Callee)
      return true;
    bool IsOperator =
        isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee);
    for (unsigned I = IsOperator; I < Call->getNumArgs(); ++I)
      if (I - IsOperator < Callee->getNumParams())
        Changes |= passes(*Call->getArg(I),
                          Callee->getParamDecl(I - IsOperator)->getType());
    return true;
  }

private:
  /// `read(in, x)`, `in >> x`, `next(&x)`.
  bool passes(const Expr &Argument, QualType Parameter) const {
    if (Parameter->isLValueReferenceType())
      return !Parameter->getPointeeType().isConstQualified() &&
             names(&Argument, Variable);
    const auto *Address =
        dyn_cast<UnaryOperator>(Argument.IgnoreParenImpCasts());
    return Parameter->isPointerType() &&
           !Parameter->getPointeeType().isConstQualified() && Address &&
           Address->getOpcode() == UO_AddrOf &&
           names(Address->getSubExpr(), Variable);
  }

  const VarDecl &Variable;
  bool ThroughCalls;
  bool ThroughMembers;
  bool Changes = false;
  bool Mentions = false;
};

bool declares(const Stmt *S, const VarDecl &Variable) {
  const auto *Declaration = dyn_cast_or_null<DeclStmt>(S);
  return Declaration && llvm::is_contained(Declaration->decls(), &Variable);
}

/// Variables that are stepped rather than shared: numbers, pointers, iterators.
bool isSteppable(QualType Type) {
  if (Type->isScalarType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  DeclarationNameTable &Names = Record->getASTContext().DeclarationNames;
  return !Record->lookup(Names.getCXXOperatorName(OO_PlusPlus)).empty() &&
         !Record->lookup(Names.getCXXOperatorName(OO_Star)).empty();
}

bool changesInFor(const ForStmt &For, const VarDecl &Variable) {
  ChangeFinder Calls(Variable, /*ThroughCalls=*/true);
  ChangeFinder Plain(Variable, /*ThroughCalls=*/false);
  if (declares(For.getInit(), Variable))
    return ChangeFinder(Variable, true, /*ThroughMembers=*/true)
               .in(For.getInc()) ||
           Calls.in(For.getCond()) || Plain.in(For.getBody());
  if (For.getConditionVariable() == &Variable)
    return true;
  if (Plain.in(For.getInc()) || Calls.in(For.getCond()))
    return true;
  return isSteppable(Variable.getType()) && Plain.mentionedIn(For.getCond()) &&
         Plain.in(For.getBody());
}

bool changesInWhile(const VarDecl *Own, const Expr *Condition, const Stmt *Body,
                    const VarDecl &Variable) {
  if (Own == &Variable)
    return true;
  if (ChangeFinder(Variable, /*ThroughCalls=*/true).in(Condition))
    return true;
  ChangeFinder Plain(Variable, /*ThroughCalls=*/false);
  return isSteppable(Variable.getType()) && Plain.mentionedIn(Condition) &&
         Plain.in(Body);
}

/// The body of \p Loop if its iterations change \p Variable, else null.
const Stmt *changingBody(const Stmt *Loop, const VarDecl &Variable) {
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return changesInFor(*For, Variable) ? For->getBody() : nullptr;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop))
    return Range->getLoopVariable() == &Variable ? Range->getBody() : nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return changesInWhile(While->getConditionVariable(), While->getCond(),
                          While->getBody(), Variable)
               ? While->getBody()
               : nullptr;
  if (const auto *Do = dyn_cast<DoStmt>(Loop))
    return changesInWhile(nullptr, Do->getCond(), Do->getBody(), Variable)
               ? Do->getBody()
               : nullptr;
  return nullptr;
}

} // namespace

ChangingLoop loopThatChanges(const UnitFacts &Facts, const FunctionInfo &F,
                             const Stmt *Site, const ValueDecl *Variable) {
  const VarDecl *Whole = wholeVariable(Variable);
  if (!Whole)
    return {};
  const Stmt *Child = Site;
  while (const Stmt *Parent = Facts.parent(F, Child)) {
    // A variable of this block is another one in every iteration around it, but
    // no variable of that loop.
    if (const auto *Block = dyn_cast<CompoundStmt>(Parent))
      for (const Stmt *S : Block->body())
        if (declares(S, *Whole))
          return {};
    if (const Stmt *Body = changingBody(Parent, *Whole))
      return {Parent, Body};
    Child = Parent;
  }
  return {};
}

} // namespace clang::tidy::concord
