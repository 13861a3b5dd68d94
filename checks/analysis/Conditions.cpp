//===--- Conditions.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Conditions.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"

namespace clang::tidy::concord {

std::optional<bool> Outcomes::get(unsigned Id) const {
  auto At = llvm::lower_bound(Known, std::make_pair(Id, false));
  if (At == Known.end() || At->first != Id)
    return std::nullopt;
  return At->second;
}

void Outcomes::set(unsigned Id, bool Value) {
  auto At = llvm::lower_bound(Known, std::make_pair(Id, false));
  if (At != Known.end() && At->first == Id)
    At->second = Value;
  else
    Known.insert(At, {Id, Value});
}

void Outcomes::forget(unsigned Id) {
  forgetIf([&](unsigned Known) { return Known == Id; });
}

bool Outcomes::intersect(const Outcomes &Other) {
  size_t Before = Known.size();
  llvm::erase_if(Known, [&](const std::pair<unsigned, bool> &Entry) {
    return Other.get(Entry.first) != Entry.second;
  });
  return Known.size() != Before;
}

namespace {

/// `true`, `false`, `nullptr`, `0`, `1`, enumerators and named constants.
std::optional<bool> constantTruth(const Expr *E, const ASTContext &Context) {
  if (!E || E->isValueDependent() || E->getType().isNull() ||
      !E->getType()->isScalarType())
    return std::nullopt;
  if (E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                               Expr::NPC_ValueDependentIsNotNull))
    return false;
  Expr::EvalResult Result;
  if (!E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects))
    return std::nullopt;
  return Result.Val.getInt().getBoolValue();
}

const Expr *strip(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    // `while ((rc = f()) != 0)` is about rc.
    else if (const auto *Binary = dyn_cast<BinaryOperator>(E))
      E = Binary->getOpcode() == BO_Assign || Binary->getOpcode() == BO_Comma
              ? (Binary->getOpcode() == BO_Assign ? Binary->getLHS()
                                                  : Binary->getRHS())
              : E;
    if (E == Before)
      return E;
  }
  return E;
}

/// The variable or field that \p E names directly.
const ValueDecl *named(const Expr *E) {
  E = E ? E->IgnoreParenCasts() : nullptr;
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E))
    return cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl());
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    return cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl());
  return nullptr;
}

} // namespace

/// A getter: asks an object something and changes nothing.
bool ConditionTable::isGetter(const CallExpr &Call) const {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  if (!Member || Call.getNumArgs() != 0)
    return false;
  const CXXMethodDecl *Method = Member->getMethodDecl();
  return Method && Method->isConst() && !Changes(Call);
}

/// Variables and fields that \p E reads; false if it calls anything but getters
/// or assigns.
bool ConditionTable::collectReads(const Expr *E, Entry &Into) const {
  llvm::SmallVector<const Stmt *, 8> Work{E};
  for (unsigned Steps = 0; !Work.empty(); ++Steps) {
    const Stmt *S = Work.pop_back_val();
    if (!S || Steps > 64)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      if (!isGetter(*Call))
        return false;
      Into.Local = false;
    }
    if (isa<LambdaExpr, StmtExpr, CXXNewExpr>(S))
      return false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      if (Unary->isIncrementDecrementOp())
        return false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      if (Binary->isAssignmentOp())
        return false;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S)) {
      const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl());
      Into.DependsOn.push_back(
          cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl()));
      if (Variable && !Variable->hasLocalStorage())
        Into.Local = false;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      Into.DependsOn.push_back(
          cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl()));
      Into.Local = false;
    }
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
  return true;
}

unsigned ConditionTable::idOf(const Expr *Core) {
  Entry New;
  bool Pure = collectReads(Core, New);
  if (!Pure) {
    auto [At, IsNew] = CallIds.try_emplace(Core, Entries.size());
    if (IsNew) {
      // The next round of a loop evaluates it anew.
      Entries.push_back({});
      Entries.back().Local = false;
    }
    return At->second;
  }
  if (const auto *Reference = dyn_cast<DeclRefExpr>(Core)) {
    const auto *Variable =
        cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl());
    auto [At, IsNew] = VariableIds.try_emplace(Variable, Entries.size());
    if (IsNew)
      Entries.push_back(std::move(New));
    return At->second;
  }
  llvm::FoldingSetNodeID Structure;
  Core->Profile(Structure, Context, /*Canonical=*/true);
  auto [At, IsNew] = Ids.try_emplace(std::move(Structure), Entries.size());
  if (IsNew)
    Entries.push_back(std::move(New));
  return At->second;
}

Condition ConditionTable::condition(const Expr *E) {
  Condition Result;
  const Expr *Core = strip(E);
  while (Core) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(Core);
        Unary && Unary->getOpcode() == UO_LNot) {
      Result.Negated = !Result.Negated;
      Core = strip(Unary->getSubExpr());
      continue;
    }
    const auto *Binary = dyn_cast<BinaryOperator>(Core);
    if (!Binary || !Binary->isEqualityOp())
      break;
    const Expr *Other = Binary->getLHS();
    std::optional<bool> Truth = constantTruth(Binary->getRHS(), Context);
    if (!Truth) {
      Truth = constantTruth(Binary->getLHS(), Context);
      Other = Binary->getRHS();
    }
    // Equal to something true says nothing of other true values, unless there
    // is only one.
    const Expr *Compared = Truth ? strip(Other) : nullptr;
    if (!Truth || (*Truth && !Compared->getType()->isBooleanType()))
      break;
    if (*Truth != (Binary->getOpcode() == BO_EQ))
      Result.Negated = !Result.Negated;
    Core = Compared;
  }
  Result.Core = Core;
  if (Core && !Core->isInstantiationDependent())
    Result.Id = idOf(Core);
  else if (Core)
    Result.Id = CallIds.try_emplace(Core, Entries.size()).first->second;
  if (Result.Id >= Entries.size())
    Entries.push_back({});
  return Result;
}

bool ConditionTable::assume(const Expr *E, bool Value, Outcomes &Known) {
  if (!E)
    return true;
  Condition C = condition(E);
  bool Holds = Value != C.Negated;
  std::optional<bool> Before = Known.get(C.Id);
  if (Before)
    return *Before == Holds;
  Known.set(C.Id, Holds);
  // `rc == EBUSY` or `rc < 0` holds: then `rc` itself is true.
  const auto *Binary = dyn_cast_or_null<BinaryOperator>(C.Core);
  if (!Holds || !Binary)
    return true;
  bool Strict = Binary->getOpcode() == BO_LT || Binary->getOpcode() == BO_GT;
  if (!Strict && Binary->getOpcode() != BO_EQ)
    return true;
  if (constantTruth(Binary->getRHS(), Context) != !Strict)
    return true;
  Condition Inner = condition(Binary->getLHS());
  std::optional<bool> Truth = Known.get(Inner.Id);
  if (Truth)
    return *Truth != Inner.Negated;
  Known.set(Inner.Id, !Inner.Negated);
  return true;
}

void ConditionTable::changed(const ValueDecl *Variable, Outcomes &Known) const {
  Known.forgetIf([&](unsigned Id) {
    return llvm::is_contained(Entries[Id].DependsOn, Variable);
  });
}

void ConditionTable::assign(const ValueDecl *Variable, const Expr *Value,
                            Outcomes &Known) {
  std::optional<bool> Truth = constantTruth(Value, Context);
  if (!Truth && Value) {
    Condition Source = condition(Value);
    if (std::optional<bool> Outcome = Known.get(Source.Id))
      Truth = *Outcome != Source.Negated;
  }
  changed(Variable, Known);
  if (!Truth)
    return;
  auto At = VariableIds.find(Variable);
  if (At == VariableIds.end()) {
    Entry New;
    New.DependsOn.push_back(Variable);
    const auto *Var = dyn_cast<VarDecl>(Variable);
    New.Local = Var && Var->hasLocalStorage();
    At = VariableIds.try_emplace(Variable, Entries.size()).first;
    Entries.push_back(std::move(New));
  }
  Known.set(At->second, *Truth);
}

void ConditionTable::execute(const Stmt *S, Outcomes &Known) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        assign(Variable->getCanonicalDecl(), Variable->getInit(), Known);
    return;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
    if (!Binary->isAssignmentOp())
      return;
    if (const ValueDecl *Variable = named(Binary->getLHS()))
      assign(Variable,
             Binary->getOpcode() == BO_Assign ? Binary->getRHS() : nullptr,
             Known);
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
    // Its address taken, it may be written through the pointer.
    if (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf)
      if (const ValueDecl *Variable = named(Unary->getSubExpr()))
        changed(Variable, Known);
    return;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S))
    if (Operator->isAssignmentOp() && Operator->getNumArgs() > 0)
      if (const ValueDecl *Variable = named(Operator->getArg(0)))
        changed(Variable, Known);
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    unsigned Count = Callee ? Callee->getNumParams() : 0;
    for (unsigned I = 0; I < Count && I < Call->getNumArgs(); ++I) {
      QualType Type = Callee->getParamDecl(I)->getType();
      if (Type->isLValueReferenceType() &&
          !Type.getNonReferenceType().isConstQualified())
        if (const ValueDecl *Variable = named(Call->getArg(I)))
          changed(Variable, Known);
    }
  }
}

void ConditionTable::forgetShared(Outcomes &Known) const {
  Known.forgetIf([&](unsigned Id) { return !Entries[Id].Local; });
}

} // namespace clang::tidy::concord
