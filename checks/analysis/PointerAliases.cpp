//===--- PointerAliases.cpp -----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/PointerAliases.h"
#include "analysis/UnitFacts.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

/// The local variables that \p S assigns, steps on or gives away by address.
static void collectChanged(const Stmt *S,
                           llvm::DenseSet<const ValueDecl *> &Changed) {
  if (!S)
    return;
  const Expr *Target = nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    Target = Binary->isAssignmentOp() ? Binary->getLHS() : nullptr;
  else if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    Target = Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf
                 ? Unary->getSubExpr()
                 : nullptr;
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(
      Target ? Target->IgnoreParenCasts() : nullptr);
  if (Named)
    Changed.insert(Named->getDecl());
  for (const Stmt *Child : S->children())
    collectChanged(Child, Changed);
}

PointerAliases::PointerAliases(const UnitFacts &,
                               const FunctionInfo &Function) {
  llvm::DenseSet<const ValueDecl *> Changed;
  collectChanged(Function.Body, Changed);
  for (const VarDecl *V : Function.Variables) {
    if (!V->getType()->isPointerType() || !V->hasInit() ||
        Changed.contains(V) || !V->hasLocalStorage())
      continue;
    const AccessPath Target = AccessPath::of(V->getInit());
    if (Target && Target != AccessPath::ofVariable(V))
      Targets[cast<ValueDecl>(V->getCanonicalDecl())] = Target;
  }
}

AccessPath PointerAliases::resolved(AccessPath Path) const {
  constexpr unsigned MaxDepth = 4;
  for (unsigned I = 0; I < MaxDepth && Path.root(); ++I) {
    auto Found = Targets.find(Path.root());
    if (Found == Targets.end())
      break;
    AccessPath Longer = Found->second;
    for (const AccessPath::Step &Step : Path.steps())
      Longer = Longer.with(Step);
    Path = Longer;
  }
  return Path;
}

} // namespace clang::tidy::concord
