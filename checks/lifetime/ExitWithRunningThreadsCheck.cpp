//===--- ExitWithRunningThreadsCheck.cpp ----------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ExitWithRunningThreadsCheck.h"
#include "analysis/HandleState.h"
#include "analysis/ThreadStart.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void ExitWithRunningThreadsCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

void ExitWithRunningThreadsCheck::check(
    const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function || Function->Dependent)
    return;
  for (const TaskLaunch &Launch : Facts->launches())
    if (Launch.Launcher == Function && startsThread(Launch))
      judge(*Facts, *Function, Launch);
}

/// The program ends on purpose with an error: nobody waits then.
static bool saysFailure(const KnownCall &Exit, const ASTContext &Context) {
  llvm::ArrayRef<const Expr *> Arguments = Exit.arguments();
  Expr::EvalResult Status;
  return !Arguments.empty() && !Arguments[0]->isValueDependent() &&
         Arguments[0]->EvaluateAsInt(Status, Context) &&
         Status.Val.getInt() != 0;
}

void ExitWithRunningThreadsCheck::judge(UnitFacts &Facts,
                                        const FunctionInfo &Function,
                                        const TaskLaunch &Launch) {
  const HandleState *Handles = Facts.handles(Function);
  if (!Handles)
    return;
  for (const KnownCall &Call : Function.Calls)
    if (Call.does() == Operation::ProcessExit &&
        !saysFailure(Call, Facts.context()) &&
        Handles->mayRunAt(Launch, Call.Site)) {
      Finding F = finding(Call.Site->getExprLoc(),
                          "the program exits here while a thread started by "
                          "this function may run; join it first");
      F.note(Launch.Site->getExprLoc(), "the thread is started here");
      return;
    }
  if (Function.Function && Function.Function->isMain())
    judgeReturn(Facts, Function, *Handles, Launch);
}

void ExitWithRunningThreadsCheck::judgeReturn(UnitFacts &Facts,
                                              const FunctionInfo &Main,
                                              const HandleState &Handles,
                                              const TaskLaunch &Launch) {
  // A joinable handle that dies is another check's, and so is a detached
  // thread that uses what dies with main.
  const Expr *Detach = Handles.detachOf(Launch);
  if (!Detach || Handles.waitedFor(Launch, Main.Function))
    return;
  for (const DetachedTask &Task : detachedTasks(Facts, Main))
    if (Task.Launch == &Launch && Task.Danger)
      return;
  Finding F = finding(Detach->getExprLoc(),
                      "main can return while this detached thread runs, which "
                      "ends it halfway; keep the handle and join it before "
                      "main returns");
  if (Detach != Launch.Site)
    F.note(Launch.Site->getExprLoc(), "the thread is started here");
}

} // namespace clang::tidy::concord
