//===--- UnstoppableThreadCheck.cpp -----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/UnstoppableThreadCheck.h"
#include "analysis/EndlessLoop.h"
#include "analysis/FactsMatchers.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

UnstoppableThreadCheck::UnstoppableThreadCheck(StringRef Name,
                                               ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void UnstoppableThreadCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, launchesTask(this), "launch");
  Finder->addMatcher(
      fieldDecl(hasInClassInitializer(expr().bind("initializer"))), this);
  Finder->addMatcher(
      varDecl(hasGlobalStorage(), hasInitializer(expr().bind("initializer"))),
      this);
}

void UnstoppableThreadCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Init = Result.Nodes.getNodeAs<Expr>("initializer")) {
    const Expr *Site = nullptr;
    if (std::optional<FunctionInfo> Task = findInitialTask(*Facts, Init, Site))
      judge(*Facts, *Task, Site->getExprLoc());
    return;
  }
  const TaskLaunch *Launch =
      Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch"));
  if (!Launch || !Launch->Entry || Launch->Synchronous || Launch->Cooperative)
    return;
  if (const FunctionInfo *Task = Facts->function(Launch->Entry))
    judge(*Facts, *Task, Launch->Site->getExprLoc());
}

void UnstoppableThreadCheck::judge(UnitFacts &Facts, const FunctionInfo &Task,
                                   SourceLocation Start) {
  if (const Stmt *Loop = findEndlessLoop(Facts, Task)) {
    finding(Loop->getBeginLoc(),
            "nothing ends this loop, so the task that runs it can never be "
            "waited for; leave it when a stop token, an atomic flag or a "
            "closed channel says so")
        .note(Start, "the task is started here");
    return;
  }
  if (const ParmVarDecl *Token = findUnusedStopToken(Facts, Task)) {
    Finding F = finding(Token->getLocation(),
                        "stop token '%0' is never looked at while the task "
                        "loops, so a stop request does nothing; test it in the "
                        "loop, or wait with it");
    F << Token->getName();
    F.note(Start, "the task is started here");
  }
}

} // namespace clang::tidy::concord
