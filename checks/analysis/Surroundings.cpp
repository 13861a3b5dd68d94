//===--- Surroundings.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtOpenMP.h"
#include "llvm/ADT/StringSet.h"

namespace clang::tidy::concord {

namespace {

/// True if \p Parent passes the value of its operand \p Child on.
bool isTransparent(const Expr &Parent, const Stmt *Child) {
  if (isa<ExprWithCleanups, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
          ParenExpr, ImplicitCastExpr, CXXFunctionalCastExpr, ConstantExpr>(
          Parent))
    return true;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Parent))
    return Construct->isElidable();
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&Parent))
    return Await->getResumeExpr() == Child;
  return false;
}

/// An assignment to an object without state: what is assigned is forgotten.
bool swallows(const Expr &Parent, const Stmt *Child) {
  const auto *Assignment = dyn_cast<CXXOperatorCallExpr>(&Parent);
  if (!Assignment || Assignment->getOperator() != OO_Equal ||
      Assignment->getNumArgs() != 2 || Assignment->getArg(1) != Child)
    return false;
  const CXXRecordDecl *Target =
      Assignment->getArg(0)->getType()->getAsCXXRecordDecl();
  const auto *Method =
      dyn_cast_or_null<CXXMethodDecl>(Assignment->getDirectCallee());
  return Target && Target->hasDefinition() && Target->isEmpty() && Method &&
         !Method->isCopyAssignmentOperator() &&
         !Method->isMoveAssignmentOperator();
}

bool isVoidCast(const Expr &Parent) {
  const auto *Cast = dyn_cast<ExplicitCastExpr>(&Parent);
  return Cast && Cast->getCastKind() == CK_ToVoid;
}

/// The value of a statement expression is that of its last statement.
bool isValueOfBlock(const UnitFacts &Facts, const FunctionInfo &Function,
                    const Stmt *Around, const Expr *E) {
  const auto *Block = dyn_cast<CompoundStmt>(Around);
  return Block && !Block->body_empty() && Block->body_back() == E &&
         isa_and_nonnull<StmtExpr>(Facts.parent(Function, Block));
}

bool isStatementOf(const Stmt &Around, const Expr *E) {
  if (const auto *If = dyn_cast<IfStmt>(&Around))
    return If->getCond() != E;
  if (const auto *While = dyn_cast<WhileStmt>(&Around))
    return While->getBody() == E;
  if (const auto *Do = dyn_cast<DoStmt>(&Around))
    return Do->getBody() == E;
  if (const auto *For = dyn_cast<ForStmt>(&Around))
    return For->getCond() != E;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Around))
    return Range->getBody() == E;
  if (const auto *Switch = dyn_cast<SwitchStmt>(&Around))
    return Switch->getCond() != E;
  if (const auto *Case = dyn_cast<SwitchCase>(&Around))
    return Case->getSubStmt() == E;
  return isa<CompoundStmt, LabelStmt, AttributedStmt>(Around);
}

} // namespace

ValueFate fateOf(const UnitFacts &Facts, const FunctionInfo &Function,
                 const Expr *E) {
  ValueFate Fate;
  Fate.Whole = E;
  ValueFate::Kind Dropped = ValueFate::Dropped;
  for (const Stmt *Up = Facts.parent(Function, E); Up;
       Up = Facts.parent(Function, Up)) {
    Fate.Around = Up;
    const auto *Parent = dyn_cast<Expr>(Up);
    if (!Parent) {
      if (isStatementOf(*Up, Fate.Whole) &&
          !isValueOfBlock(Facts, Function, Up, Fate.Whole))
        Fate.What = Dropped;
      return Fate;
    }
    if (isVoidCast(*Parent))
      Dropped = ValueFate::Cast;
    else if (swallows(*Parent, Fate.Whole))
      Dropped = ValueFate::Swallowed;
    else if (!isTransparent(*Parent, Fate.Whole))
      return Fate;
    Fate.Whole = Parent;
  }
  return Fate;
}

namespace {

/// Walks a body and the lambdas in it.
template <typename Visit> void walk(const FunctionInfo &Function, Visit Do) {
  llvm::SmallVector<std::pair<const Stmt *, bool>, 32> Work;
  if (const auto *Constructor =
          dyn_cast_or_null<CXXConstructorDecl>(Function.Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      Work.push_back({Init->getInit(), false});
  Work.push_back({Function.Body, false});
  while (!Work.empty()) {
    auto [S, Nested] = Work.pop_back_val();
    if (!S)
      continue;
    Do(*S, Nested);
    if (isa<OMPExecutableDirective, CapturedStmt>(S))
      Nested = true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : Lambda->capture_inits())
        Work.push_back({Init, true});
      Work.push_back({Lambda->getBody(), true});
      continue;
    }
    if (const auto *Block = dyn_cast<BlockExpr>(S)) {
      Work.push_back({Block->getBody(), true});
      continue;
    }
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S))
      Work.push_back({Default->getExpr(), Nested});
    for (const Stmt *Child : S->children())
      Work.push_back({Child, Nested});
  }
}

} // namespace

std::vector<VariableUse> usesOf(const FunctionInfo &Function,
                                const ValueDecl &Variable) {
  std::vector<VariableUse> Uses;
  walk(Function, [&](const Stmt &S, bool Nested) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    if (Ref &&
        Ref->getDecl()->getCanonicalDecl() == Variable.getCanonicalDecl())
      Uses.push_back({Ref, Nested});
  });
  return Uses;
}

std::string freeName(const FunctionInfo &Function,
                     llvm::ArrayRef<llvm::StringRef> Candidates) {
  llvm::StringSet<> Taken;
  auto Take = [&](const NamedDecl *D) {
    if (D && D->getDeclName().isIdentifier())
      Taken.insert(D->getName());
  };
  if (Function.Function)
    for (const ParmVarDecl *Parameter : Function.Function->parameters())
      Take(Parameter);
  walk(Function, [&](const Stmt &S, bool) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Take(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(&S);
             Member && Member->isImplicitAccess())
      Take(Member->getMemberDecl());
    else if (const auto *Declaration = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declaration->decls())
        Take(dyn_cast<NamedDecl>(D));
  });
  for (llvm::StringRef Candidate : Candidates)
    if (!Taken.contains(Candidate))
      return Candidate.str();
  for (unsigned I = 2;; ++I) {
    std::string Name = Candidates.front().str() + std::to_string(I);
    if (!Taken.contains(Name))
      return Name;
  }
}

const Stmt *statementOf(const UnitFacts &Facts, const FunctionInfo &Function,
                        const Stmt *S) {
  for (const Stmt *Up = Facts.parent(Function, S); Up;
       S = Up, Up = Facts.parent(Function, S))
    if (isa<CompoundStmt>(Up))
      return S;
  return nullptr;
}

const CompoundStmt *blockAround(const UnitFacts &Facts,
                                const FunctionInfo &Function, const Stmt *S) {
  const Stmt *Part = statementOf(Facts, Function, S);
  return Part ? cast<CompoundStmt>(Facts.parent(Function, Part)) : nullptr;
}

SourceLocation endOfWrittenType(const Expr *E) {
  const TypeSourceInfo *Written = nullptr;
  if (const auto *Temporary = dyn_cast<CXXTemporaryObjectExpr>(E))
    Written = Temporary->getTypeSourceInfo();
  else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
    Written = Cast->getTypeInfoAsWritten();
  else if (const auto *Dependent = dyn_cast<CXXUnresolvedConstructExpr>(E))
    Written = Dependent->getTypeSourceInfo();
  return Written ? Written->getTypeLoc().getEndLoc() : SourceLocation();
}

} // namespace clang::tidy::concord
