//===--- ScopeEnds.h - Where local variables die ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SCOPEENDS_H
#define CONCORD_ANALYSIS_SCOPEENDS_H

#include "analysis/UnitFacts.h"
#include "clang/Analysis/CFG.h"

namespace clang::tidy::concord {

/// Where the local variables of one function die, those without a destructor
/// included. The control-flow graph marks the end of a scope with the first
/// variable of the scope, in every release of LLVM alike; what it says of the
/// lifetime of variables without a destructor differs between releases.
class ScopeEnds {
public:
  /// \p Graph is the one that `buildGraph` made of \p Function.
  ScopeEnds(const UnitFacts &Facts, const FunctionInfo &Function,
            const CFG &Graph);

  /// The variables that die at \p Element, in the order of their declaration;
  /// none if it ends no scope. Parameters are not among them.
  llvm::SmallVector<const VarDecl *, 4> at(const CFGElement &Element) const;

private:
  using Scope = llvm::SmallVector<const VarDecl *, 4>;

  void add(const DeclStmt &Declaration, const Stmt *Around);

  llvm::DenseMap<const Stmt *, Scope> Scopes;
  llvm::DenseMap<const VarDecl *, const Stmt *> ScopeOf;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SCOPEENDS_H
