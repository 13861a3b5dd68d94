//===--- LoopExits.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LoopExits.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr size_t MaxWays = 24;
constexpr unsigned MaxDepth = 3;

using Ways = std::vector<WayOut>;

/// A flag has few values, and code asks it for one of them.
bool isFlagType(const Vocabulary &Words, QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isDependentType())
    return false;
  if (const auto *Atomic = Type->getAs<AtomicType>())
    Type = Atomic->getValueType();
  if (Type->isIntegralOrEnumerationType())
    return true;
  return Words.is(Type, Role::Atomic);
}

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

class ConditionReader {
public:
  explicit ConditionReader(UnitFacts &Facts) : Facts(Facts) {}

  Ways to(const Expr *E, bool Value, unsigned Depth) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      return to(Cleanups->getSubExpr(), Value, Depth);
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return to(Not->getSubExpr(), !Value, Depth);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->isLogicalOp())
        return both(to(Binary->getLHS(), Value, Depth),
                    to(Binary->getRHS(), Value, Depth),
                    (Binary->getOpcode() == BO_LAnd) == Value);
      if (Binary->isComparisonOp())
        return comparison(*Binary, Value);
      return {WayOut()};
    }
    bool Known = false;
    if (!E->isValueDependent() &&
        E->EvaluateAsBooleanCondition(Known, Facts.context()))
      return Known == Value ? Ways{WayOut()} : Ways();
    if (const ValueDecl *Flag = flag(E))
      return {WayOut{{Flag, E, Value}}};
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return call(*Call, Value, Depth);
    return {WayOut()};
  }

  static Ways both(const Ways &Left, const Ways &Right, bool Together) {
    Ways Result;
    if (!Together) {
      Result = Left;
      Result.insert(Result.end(), Right.begin(), Right.end());
    } else {
      for (const WayOut &L : Left)
        for (const WayOut &R : Right) {
          Result.push_back(L);
          Result.back().append(R.begin(), R.end());
        }
    }
    if (Result.size() > MaxWays)
      return {WayOut()};
    return Result;
  }

private:
  /// The flag that \p E reads, through the load of an atomic.
  const ValueDecl *flag(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      KnownCall Known = Facts.call(Call);
      if (Known.does() == Operation::AtomicLoad && Known.Object)
        return stateNamedBy(Known.Object);
      const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
      if (!Member ||
          !isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl()))
        return nullptr;
      E = Member->getImplicitObjectArgument()->IgnoreParenImpCasts();
      if (!Facts.vocabulary().is(E->getType(), Role::Atomic))
        return nullptr;
    }
    if (!isa<DeclRefExpr, MemberExpr>(E) ||
        !isFlagType(Facts.vocabulary(), E->getType()))
      return nullptr;
    const ValueDecl *State = stateNamedBy(E);
    return isa_and_nonnull<FieldDecl, VarDecl>(State) ? State : nullptr;
  }

  Ways comparison(const BinaryOperator &Binary, bool Value) {
    const Expr *Left = Binary.getLHS(), *Right = Binary.getRHS();
    const ValueDecl *Flag = flag(Left);
    if (!Flag) {
      std::swap(Left, Right);
      Flag = flag(Left);
    }
    if (!Flag || Right->isValueDependent() ||
        !Right->isEvaluatable(Facts.context()))
      return {WayOut()};
    FlagTest Test{Flag, Left, std::nullopt};
    if (const auto *Bool =
            dyn_cast<CXXBoolLiteralExpr>(Right->IgnoreParenImpCasts());
        Bool && Binary.isEqualityOp())
      Test.Value = (Bool->getValue() == (Binary.getOpcode() == BO_EQ)) == Value;
    return {WayOut{Test}};
  }

  Ways call(const CallExpr &Call, bool Value, unsigned Depth) {
    KnownCall Known = Facts.call(&Call);
    if (Known.does() == Operation::QueryStop)
      return Value ? Ways{WayOut{{nullptr, &Call, true}}} : Ways{WayOut()};
    const FunctionInfo *Callee =
        !Known && Depth < MaxDepth ? Facts.callee(&Call) : nullptr;
    const auto *Body =
        Callee ? dyn_cast_or_null<CompoundStmt>(Callee->Body) : nullptr;
    if (!Body || Body->body_empty())
      return {WayOut()};
    // A guard may stand before the one line that answers.
    for (const Stmt *S : Body->body())
      if (S != Body->body_back() && !isa<DeclStmt>(S))
        return {WayOut()};
    const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
    if (!Return || !Return->getRetValue())
      return {WayOut()};
    return to(Return->getRetValue(), Value, Depth + 1);
  }

  UnitFacts &Facts;
};

/// Walks a loop's body and notes every way out, with what it depends on.
class ExitFinder {
public:
  explicit ExitFinder(UnitFacts &Facts) : Facts(Facts), Reader(Facts) {}

  Ways Found;
  bool Unknown = false;

  void loop(const Stmt *Loop) {
    const Expr *Condition = nullptr;
    const Stmt *Body = nullptr;
    if (const auto *While = dyn_cast<WhileStmt>(Loop)) {
      Condition = While->getCond();
      Body = While->getBody();
      Unknown |= While->getConditionVariable() != nullptr;
    } else if (const auto *Do = dyn_cast<DoStmt>(Loop)) {
      Condition = Do->getCond();
      Body = Do->getBody();
    } else if (const auto *For = dyn_cast<ForStmt>(Loop)) {
      Condition = For->getCond();
      Body = For->getBody();
    } else {
      Unknown = true;
      return;
    }
    if (Condition)
      add(Reader.to(Condition, false, 0));
    walk(Body, {WayOut()}, false, false);
  }

private:
  void add(const Ways &More) {
    Found.insert(Found.end(), More.begin(), More.end());
  }

  void walk(const Stmt *S, const Ways &Here, bool InInner, bool InSwitch) {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      walk(If->getInit(), Here, InInner, InSwitch);
      walk(If->getCond(), Here, InInner, InSwitch);
      walk(If->getThen(), under(*If, true, Here), InInner, InSwitch);
      walk(If->getElse(), under(*If, false, Here), InInner, InSwitch);
      return;
    }
    if (isa<GotoStmt, IndirectGotoStmt, CoawaitExpr, CoyieldExpr, GCCAsmStmt>(
            S))
      Unknown = true;
    // What is caught may leave the loop: by an exception, not by a test.
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      walk(Try->getTryBlock(), Here, InInner, InSwitch);
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        Unknown |= jumps(Try->getHandler(I));
      return;
    }
    if (isa<ReturnStmt, CoreturnStmt>(S) ||
        (isa<BreakStmt>(S) && !InInner && !InSwitch))
      add(Here);
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Unknown |= endsThread(*Call);
    const bool Inner = isLoop(S);
    for (const Stmt *Child : S->children())
      walk(Child, Here, InInner || Inner,
           (InSwitch && !Inner) || isa<SwitchStmt>(S));
  }

  Ways under(const IfStmt &If, bool Value, const Ways &Here) {
    if (If.getConditionVariable() || !If.getCond())
      return Here;
    return ConditionReader::both(Here, Reader.to(If.getCond(), Value, 0),
                                 /*Together=*/true);
  }

  static bool jumps(const Stmt *S) {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return false;
    return isa<GotoStmt, ReturnStmt, BreakStmt, CoreturnStmt>(S) ||
           llvm::any_of(S->children(), jumps);
  }

  bool endsThread(const CallExpr &Call) const {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (Callee && Callee->isNoReturn())
      return true;
    KnownCall Known = Facts.call(&Call);
    return Known.does() == Operation::ThreadExit ||
           Known.does() == Operation::ProcessExit;
  }

  UnitFacts &Facts;
  ConditionReader Reader;
};

bool isInTry(const UnitFacts &Facts, const FunctionInfo &Function,
             const Stmt *S) {
  for (; S; S = Facts.parent(Function, S))
    if (isa<CXXTryStmt>(S))
      return true;
  return false;
}

} // namespace

const ValueDecl *canonicalState(const ValueDecl *D) {
  if (!D)
    return nullptr;
  const auto *Field = dyn_cast<FieldDecl>(D);
  const auto *Record =
      Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  const CXXRecordDecl *Pattern =
      Record ? Record->getTemplateInstantiationPattern() : nullptr;
  if (Pattern && Field->getDeclName())
    for (const FieldDecl *Original : Pattern->fields())
      if (Original->getDeclName() == Field->getDeclName())
        return Original->getCanonicalDecl();
  return cast<ValueDecl>(D->getCanonicalDecl());
}

const ValueDecl *stateNamedBy(const Expr *E) {
  if (!E)
    return nullptr;
  if (const ValueDecl *Last = AccessPath::ofObject(E).lastDecl())
    return isa<FieldDecl, VarDecl>(Last) ? canonicalState(Last) : nullptr;
  E = E->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = Unary->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return canonicalState(Member->getMemberDecl());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return canonicalState(Ref->getDecl());
  return nullptr;
}

std::vector<WayOut> waysTo(UnitFacts &Facts, const Expr *Condition,
                           bool Value) {
  return ConditionReader(Facts).to(Condition, Value, 0);
}

WaysOut waysOut(UnitFacts &Facts, const FunctionInfo &Function,
                const Stmt *Loop) {
  ExitFinder Finder(Facts);
  Finder.loop(Loop);
  return {std::move(Finder.Found),
          !Finder.Unknown && !isInTry(Facts, Function, Loop)};
}

} // namespace clang::tidy::concord
