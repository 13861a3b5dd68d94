//===--- WorkerLifecycleCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/WorkerLifecycleCheck.h"
#include "analysis/WorkerStop.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

WorkerLifecycleCheck::WorkerLifecycleCheck(StringRef Name,
                                           ClangTidyContext *Context)
    : FactsCheck(Name, Context), Strict(Options.get("Strict", false)) {}

void WorkerLifecycleCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "Strict", Strict);
}

void WorkerLifecycleCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void WorkerLifecycleCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const StuckWorker &Stuck : stuckWorkers(*Facts))
    if (Strict || !Stuck.StoppedElsewhere)
      report(Stuck);
}

/// `%0` is the handle, `%1` the signal.
static StringRef textOf(const StuckWorker &Stuck) {
  const bool Token = !Stuck.Test.Flag;
  switch (Stuck.What) {
  case StuckWorker::NeverAwaited:
    return "nothing waits for the thread in '%0', so it may still run when the "
           "object is gone; signal its end and join it before that";
  case StuckWorker::NeverSignalled:
    if (Token)
      return "the wait for '%0' never ends, as nothing requests the stop that "
             "its task looks for; request it before waiting";
    return "the wait for '%0' never ends, as nothing gives '%1' the value that "
           "its task waits for; set it before waiting";
  case StuckWorker::Unsignalled:
    if (Token)
      return "the destructor waits for '%0' without requesting the stop that "
             "its task looks for; request it first";
    return "the destructor waits for '%0' without setting '%1', which its task "
           "waits for; set it first";
  }
  return "";
}

void WorkerLifecycleCheck::report(const StuckWorker &Stuck) {
  Finding F = finding(Stuck.Join ? Stuck.Join->getExprLoc()
                                 : Stuck.Handle->getLocation(),
                      textOf(Stuck));
  F << Stuck.Handle->getName();
  if (Stuck.Test.Flag && Stuck.What != StuckWorker::NeverAwaited)
    F << Stuck.Test.Flag->getName();
  F.note(Stuck.Start->getExprLoc(), "the thread is started here");
  if (Stuck.Test.Site)
    F.note(Stuck.Test.Site->getExprLoc(),
           "its task goes on until this changes");
  if (Stuck.Signal)
    F.note(Stuck.Signal->getExprLoc(),
           "the signal is given here, which the destructor does not call");
}

} // namespace clang::tidy::concord
