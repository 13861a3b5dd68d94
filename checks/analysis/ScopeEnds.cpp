//===--- ScopeEnds.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ScopeEnds.h"

namespace clang::tidy::concord {

ScopeEnds::ScopeEnds(const UnitFacts &Facts, const FunctionInfo &Function,
                     const CFG &Graph) {
  // The graph splits `int a, b;` into statements that the body does not have.
  llvm::DenseMap<const Stmt *, const Stmt *> Written;
  for (const auto &[Split, Whole] : Graph.synthetic_stmts())
    Written[Split] = Whole;
  for (const CFGBlock *Block : Graph)
    for (const CFGElement &Element : *Block) {
      std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
      if (!S)
        continue;
      if (const auto *Declaration = dyn_cast<DeclStmt>(S->getStmt())) {
        const Stmt *Whole = Written.lookup(Declaration);
        add(*Declaration, Facts.parent(Function, Whole ? Whole : Declaration));
      }
    }
}

void ScopeEnds::add(const DeclStmt &Declaration, const Stmt *Around) {
  for (const Decl *D : Declaration.decls())
    if (const auto *Variable = dyn_cast<VarDecl>(D);
        Variable && Variable->hasLocalStorage()) {
      Scopes[Around].push_back(Variable);
      ScopeOf[Variable] = Around;
    }
}

llvm::SmallVector<const VarDecl *, 4>
ScopeEnds::at(const CFGElement &Element) const {
  std::optional<CFGScopeEnd> End = Element.getAs<CFGScopeEnd>();
  if (!End)
    return {};
  const VarDecl *First = End->getVarDecl();
  auto Around = ScopeOf.find(First);
  if (Around == ScopeOf.end())
    return {};
  Scope Dying;
  // `for (int i; bool more = f(i);)`: only what comes after dies with `more`.
  for (const VarDecl *Variable : Scopes.find(Around->second)->second)
    if (!(Variable->getLocation() < First->getLocation()))
      Dying.push_back(Variable);
  llvm::sort(Dying, [](const VarDecl *A, const VarDecl *B) {
    return A->getLocation() < B->getLocation();
  });
  return Dying;
}

} // namespace clang::tidy::concord
