//===--- LockRing.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockRing.h"
#include "analysis/Decisions.h"
#include "clang/AST/ExprCXX.h"
#include <set>

namespace clang::tidy::concord {

namespace {

/// `base[index]`, in which a mutex is, or which is one.
struct Element {
  AccessPath Base;
  const Expr *Index = nullptr;
};

Element elementOf(const Expr *E) {
  for (unsigned Depth = 0; E && Depth < 16; ++Depth) {
    E = E->IgnoreParenCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr();
    else if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = Member->getBase();
    else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
      return {AccessPath::of(Subscript->getBase()), Subscript->getIdx()};
    else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Call->getOperator() == OO_Subscript && Call->getNumArgs() == 2)
        return {AccessPath::of(Call->getArg(0)), Call->getArg(1)};
      if (Call->getNumArgs() != 1)
        return {};
      E = Call->getArg(0);
    } else {
      return {};
    }
  }
  return {};
}

const VarDecl *variableOf(const Expr *E) {
  const auto *Reference = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
  return Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
}

/// The remainder by which \p Index wraps round, written there or where its
/// variable is made; null if it does not.
const Expr *wrapOf(const Expr *Index) {
  const VarDecl *Variable = variableOf(Index);
  const Expr *E =
      Variable && Variable->hasLocalStorage() && !isa<ParmVarDecl>(Variable)
          ? Variable->getInit()
          : Index;
  const auto *Binary =
      E ? dyn_cast<BinaryOperator>(E->IgnoreParenCasts()) : nullptr;
  return Binary && Binary->getOpcode() == BO_Rem ? Binary : nullptr;
}

/// The mutex that \p Call waits for, as written; null if it takes none, or more
/// than one at once.
const Expr *takenBy(const KnownCall &Call) {
  const bool OfGuard = Call.Type && Call.Type->is(Role::Guard);
  if (OfGuard && isa<CXXConstructExpr>(Call.Site))
    return Call.arguments().size() == 1 ? Call.argument(0) : nullptr;
  return Call.does() == Operation::Lock && !OfGuard ? Call.Object : nullptr;
}

void addVariables(const Stmt *S, std::set<const VarDecl *> &Found) {
  llvm::SmallVector<const Stmt *, 8> Work{S};
  while (!Work.empty()) {
    const Stmt *Part = Work.pop_back_val();
    if (!Part)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(Part))
      if (const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl()))
        if (Found.insert(Variable).second && Variable->hasLocalStorage() &&
            !isa<ParmVarDecl>(Variable))
          Work.push_back(Variable->getInit());
    Work.append(Part->child_begin(), Part->child_end());
  }
}

/// True if a choice in \p Function asks about what the indexes are made of.
bool asksAbout(const FunctionInfo &Function,
               const std::set<const VarDecl *> &Indexes) {
  llvm::SmallVector<const Stmt *, 32> Work{Function.Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    const Stmt *Condition = isa<IfStmt>(S) ? conditionOf(S) : nullptr;
    if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S))
      Condition = Choice->getCond();
    if (Condition && llvm::any_of(Indexes, [&](const VarDecl *Index) {
          return Decisions::mentions(Condition, *Index);
        }))
      return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

} // namespace

std::vector<RingStep> ringStepsOf(UnitFacts &Facts,
                                  const FunctionInfo &Function) {
  std::vector<RingStep> Result;
  const LockState *Locks = Facts.locks(Function);
  if (!Locks || !Locks->complete())
    return Result;
  struct Taken {
    Element Of;
    const Expr *Site;
  };
  std::vector<Taken> Before;
  for (const KnownCall &Call : Function.Calls) {
    const Expr *Mutex = takenBy(Call);
    Element Of = Mutex ? elementOf(Mutex) : Element();
    if (!Of.Base || !Of.Index)
      continue;
    for (const HeldLock &Held : Locks->heldAt(Call.Site)) {
      const auto First = llvm::find_if(
          Before, [&](const Taken &T) { return T.Site == Held.Site; });
      if (First == Before.end() || First->Of.Base != Of.Base)
        continue;
      const Expr *Wraps[] = {wrapOf(First->Of.Index), wrapOf(Of.Index)};
      if (!Wraps[0] == !Wraps[1])
        continue;
      std::set<const VarDecl *> Indexes;
      addVariables(First->Of.Index, Indexes);
      addVariables(Of.Index, Indexes);
      if (!asksAbout(Function, Indexes))
        Result.push_back({&Held, Wraps[0] ? Wraps[0] : Wraps[1], Call.Site});
    }
    Before.push_back({Of, Call.Site});
  }
  return Result;
}

} // namespace clang::tidy::concord
