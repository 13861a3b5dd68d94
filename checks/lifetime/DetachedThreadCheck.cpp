//===--- DetachedThreadCheck.cpp ------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/DetachedThreadCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

DetachedThreadCheck::DetachedThreadCheck(StringRef Name,
                                         ClangTidyContext *Context)
    : FactsCheck(Name, Context), Strict(Options.get("Strict", false)) {}

void DetachedThreadCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "Strict", Strict);
}

void DetachedThreadCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

void DetachedThreadCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const DetachedTask &Task : detachedTasks(*Facts, *Function))
    report(Task);
}

/// "thread 'poller'", or "thread" where it has no name.
static std::string nameOf(const DetachedTask &Task) {
  if (!Task.Handle || Task.Handle->getName().empty())
    return "thread";
  StringRef Kind =
      Task.Shape == HandleShape::Container ? "a thread in '" : "thread '";
  return (Kind + Task.Handle->getName() + "'").str();
}

void DetachedThreadCheck::report(const DetachedTask &Task) {
  SourceLocation Loc = Task.Site->getExprLoc();
  if (!Task.Danger) {
    if (Strict)
      finding(Loc, "%0 is detached, so nothing can wait for its end; keep the "
                   "handle and join it")
          << nameOf(Task);
    return;
  }
  auto Place = [&](Finding &F) {
    if (Task.Launch->Site != Task.Site)
      F.note(Task.Launch->Site->getExprLoc(), "the thread is started here");
  };
  const TaskReach &Danger = *Task.Danger;
  if (Danger.How == TaskReach::This) {
    Finding F = finding(Loc, "%0 is detached while it uses the object that "
                             "started it; keep the handle as a member and join "
                             "it in the destructor");
    F << nameOf(Task);
    Place(F);
    return;
  }
  Finding F =
      finding(Loc, "%0 is detached while it uses local '%1' by %2; keep "
                   "the handle and join it before '%1' dies");
  F << nameOf(Task) << Danger.Variable->getName()
    << (Danger.How == TaskReach::Pointer ? "pointer" : "reference");
  Place(F);
  F.note(Danger.Variable->getLocation(),
         "'" + Danger.Variable->getName() + "' is declared here");
}

} // namespace clang::tidy::concord
