//===--- FactsMatchers.h - Matchers that ask for facts ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_FACTSMATCHERS_H
#define CONCORD_ANALYSIS_FACTSMATCHERS_H

#include "analysis/UnitFacts.h"
#include "clang/ASTMatchers/ASTMatchers.h"

namespace clang::tidy::concord {

/// Matches calls, constructions and new-expressions in the functions of user
/// code of a unit that is concurrent at all; looks one entry up, whatever the
/// node. \p Check owns the facts.
AST_MATCHER_P(Expr, isInUserFunction, FactsCheck *, Check) {
  (void)Builder;
  UnitFacts *Facts = Check->facts(Finder->getASTContext());
  return Facts && Facts->functionOf(&Node);
}

/// Matches calls, constructions and new-expressions that launch a task.
AST_MATCHER_P(Expr, launchesTask, FactsCheck *, Check) {
  UnitFacts *Facts = Check->facts(Finder->getASTContext());
  return Facts && Facts->launchAt(&Node);
}

/// Matches calls written where the function at hand holds a lock.
AST_MATCHER_P(Expr, isUnderLock, FactsCheck *, Check) {
  (void)Builder;
  UnitFacts *Facts = Check->facts(Finder->getASTContext());
  const FunctionInfo *Function = Facts ? Facts->functionOf(&Node) : nullptr;
  const LockState *Locks = Function ? Facts->locks(*Function) : nullptr;
  return Locks && Locks->innermost(&Node);
}

/// Has \p Check see, as \p Id, the calls, constructions and new-expressions
/// that
/// \p Inner matches. One matcher for each kind: a matcher of all expressions
/// would be asked about every literal and name of the unit.
inline void addCallMatcher(ast_matchers::MatchFinder *Finder, FactsCheck *Check,
                           const ast_matchers::internal::Matcher<Expr> &Inner,
                           StringRef Id) {
  Finder->addMatcher(ast_matchers::callExpr(Inner).bind(Id), Check);
  Finder->addMatcher(ast_matchers::cxxConstructExpr(Inner).bind(Id), Check);
  Finder->addMatcher(ast_matchers::cxxNewExpr(Inner).bind(Id), Check);
}

/// Matches definitions, lambdas' call operators too, in which a lock is taken,
/// released or required.
AST_MATCHER_P(FunctionDecl, hasLocks, FactsCheck *, Check) {
  (void)Builder;
  if (!Node.doesThisDeclarationHaveABody())
    return false;
  UnitFacts *Facts = Check->facts(Finder->getASTContext());
  const FunctionInfo *Function = Facts ? Facts->function(&Node) : nullptr;
  const LockState *Locks = Function ? Facts->locks(*Function) : nullptr;
  return Locks && Locks->complete();
}

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_FACTSMATCHERS_H
