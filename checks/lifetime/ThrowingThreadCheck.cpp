//===--- ThrowingThreadCheck.cpp --------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ThrowingThreadCheck.h"
#include "analysis/EscapingException.h"
#include "analysis/FactsMatchers.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

ThrowingThreadCheck::ThrowingThreadCheck(StringRef Name,
                                         ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void ThrowingThreadCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, launchesTask(this), "launch");
}

/// \p S is, or is made from, an object that keeps the exception for a future.
static bool keepsException(const Vocabulary &Words, const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  const auto *E = dyn_cast<Expr>(S);
  if (E && Words.is(E->getType().getNonReferenceType(), Role::PackagedTask))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return keepsException(Words, Child);
  });
}

/// The task runs directly on a thread: nothing there keeps its exception.
static bool runsOnThread(const TaskLaunch &Launch) {
  if (Launch.Synchronous || Launch.Cooperative ||
      Launch.Call.Fact->ReturnsFuture)
    return false;
  auto IsThread = [](const TypeFact *Type) {
    return Type && (Type->is(Role::Thread) || Type->is(Role::ThreadGroup)) &&
           !Type->is(Role::Executor);
  };
  return IsThread(Launch.Call.Type) || IsThread(Launch.Handle.Type);
}

void ThrowingThreadCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const TaskLaunch *Launch =
      Facts ? Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch")) : nullptr;
  if (!Launch || !Launch->Entry || !runsOnThread(*Launch) ||
      keepsException(Facts->vocabulary(), Launch->Callable))
    return;
  const FunctionInfo *Entry = Facts->function(Launch->Entry);
  if (!Entry)
    return;
  std::optional<EscapingException> Found =
      findEscapingException(*Facts, *Entry);
  if (!Found)
    return;
  Finding F = finding(Found->Site->getExprLoc(),
                      "an exception leaves the function of a thread here and "
                      "ends the program; catch it in the thread and report it, "
                      "or start the task with a future");
  if (Found->Site != Found->Throw)
    F.note(Found->Throw->getThrowLoc(), "it is thrown here");
  F.note(Launch->Site->getExprLoc(), "the thread is started here");
}

} // namespace clang::tidy::concord
