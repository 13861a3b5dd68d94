//===--- UnitFacts.h - Everything known of one unit -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNITFACTS_H
#define CONCORD_ANALYSIS_UNITFACTS_H

#include "analysis/CallSummary.h"
#include "analysis/LockState.h"
#include "analysis/TaskLaunch.h"
#include "support/ConcordCheck.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include <memory>
#include <vector>

namespace clang::tidy::concord {

class HandleState;
class Workers;

/// A function, lambda or block with a body in user code, as the index sees it.
struct FunctionInfo {
  /// For a lambda its call operator, for a block null. The instantiation, where
  /// a template is instantiated; the pattern has an entry of its own.
  const FunctionDecl *Function = nullptr;
  const Stmt *Body = nullptr;
  /// The lambda whose body this is, or null.
  const LambdaExpr *Lambda = nullptr;
  /// The function in which a lambda or block is written, or null.
  const FunctionInfo *Enclosing = nullptr;
  /// Vocabulary operations of the body, nested lambdas excluded, in source
  /// order. Constructor initialisers are included.
  std::vector<KnownCall> Calls;
  /// Other calls and constructions, in source order.
  std::vector<const Expr *> OtherCalls;
  /// Local variables, in source order (parameters excluded).
  std::vector<const VarDecl *> Variables;
  /// The body is in a template that is not instantiated: types may be missing.
  bool Dependent = false;

  bool does(llvm::ArrayRef<Operation> Operations) const;
};

/// Owns all facts of one translation unit; made on first demand, shared by all
/// checks that run on the unit. Facts about a function are computed once.
class UnitFacts {
public:
  UnitFacts(ASTContext &Context, const Vocabulary &Words);
  ~UnitFacts();

  ASTContext &context() const;
  const Vocabulary &vocabulary() const;

  /// Every function, lambda and block of user code with a body, in the order
  /// of the unit. Functions of system headers are not there.
  llvm::ArrayRef<std::unique_ptr<FunctionInfo>> functions() const;
  /// The entry of \p F's definition, or null (no body, system header).
  const FunctionInfo *function(const FunctionDecl *F) const;
  /// Every class defined in user code.
  llvm::ArrayRef<const CXXRecordDecl *> records() const;
  /// The function whose body contains \p E, for any known or other call.
  const FunctionInfo *functionOf(const Expr *E) const;

  /// What \p E does, from the vocabulary, and for launchers of the project's
  /// own from `CallSummary`.
  KnownCall call(const Expr *E) const;

  /// Null if the function has no locks to speak of.
  const LockState *locks(const FunctionInfo &F);
  const HandleState *handles(const FunctionInfo &F);
  const CallSummary &summary(const FunctionInfo &F);
  /// The summary of the function that \p E calls or constructs with; null if
  /// the unit does not show its body or the call is virtual and not final.
  const CallSummary *calleeSummary(const Expr *E);
  /// The definition that \p E surely runs; null as above.
  const FunctionInfo *callee(const Expr *E) const;

  /// Every launch of the unit, in source order.
  llvm::ArrayRef<TaskLaunch> launches();
  /// The launch written at \p E, or null.
  const TaskLaunch *launchAt(const Expr *E);

  /// The tasks of the unit, on what they wait and who signals them.
  Workers &workers();

  /// The statement or declaration statement directly around \p S in \p F's
  /// body; null at the top. Checks must not use `hasParent`, `hasAncestor` or
  /// `ASTContext::getParents`, which walk the whole unit.
  const Stmt *parent(const FunctionInfo &F, const Stmt *S) const;

  /// \p Path of the callee of \p Call in the caller's terms.
  AccessPath translated(const AccessPath &Path, const Expr *Call) const;

private:
  /// Every function after those it calls, as far as recursion allows.
  std::vector<const FunctionInfo *> bottomUp() const;

  struct Implementation;
  std::unique_ptr<Implementation> Impl;
};

/// The state that the checks of one clang-tidy run share, whatever the number
/// of checks: the vocabulary, read once, and the facts of the unit at hand.
class SharedFacts;

/// The base of checks that ask for facts.
class FactsCheck : public ConcordCheck {
public:
  FactsCheck(StringRef Name, ClangTidyContext *Context);
  ~FactsCheck() override;

  /// The facts of the unit at hand, or null if nothing in it is concurrent.
  UnitFacts *facts(ASTContext &Context);

  /// Forgets the facts of the unit before.
  void onStartOfTranslationUnit() override;

private:
  std::shared_ptr<SharedFacts> Shared;
  std::string VocabularyFiles;
  std::string CurrentFile;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNITFACTS_H
