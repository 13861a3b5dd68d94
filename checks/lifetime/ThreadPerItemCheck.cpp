//===--- ThreadPerItemCheck.cpp -------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ThreadPerItemCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/HandleState.h"
#include "analysis/LoopExtent.h"
#include "analysis/TaskPolling.h"
#include "analysis/ThreadStart.h"
#include "clang/AST/StmtCXX.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

ThreadPerItemCheck::ThreadPerItemCheck(StringRef Name,
                                       ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      AcceptLoops(Options.get("AcceptLoops", false)) {}

void ThreadPerItemCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "AcceptLoops", AcceptLoops);
}

void ThreadPerItemCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, launchesTask(this), "launch");
}

static bool isWithin(const Stmt *S, const Stmt *Outer,
                     const FunctionInfo &Function, const UnitFacts &Facts) {
  for (; S; S = Facts.parent(Function, S))
    if (S == Outer)
      return true;
  return false;
}

/// Something in \p Loop waits: for a slot, for an earlier thread, for this one.
static bool isLimited(const Stmt *Loop, const FunctionInfo &Function,
                      const UnitFacts &Facts) {
  return llvm::any_of(Function.Calls, [&](const KnownCall &Call) {
    Operation Does = Call.does();
    bool Waits = waitKindOf(Call) != WaitKind::None ||
                 Does == Operation::TryAcquire || Does == Operation::TryWait;
    bool Receives =
        Does == Operation::Receive || Does == Operation::TimedReceive;
    return Waits && !Receives && isWithin(Call.Site, Loop, Function, Facts);
  });
}

/// The loop serves connections: it waits for the network in each round.
static bool acceptsConnections(const Stmt *Loop, const FunctionInfo &Function,
                               const UnitFacts &Facts) {
  auto Within = [&](const Expr *E) {
    return isWithin(E, Loop, Function, Facts);
  };
  auto IsNetwork = [&](const KnownCall &Call) {
    return Call.Fact->Blocks == BlockingKind::Network && Within(Call.Site);
  };
  auto IsAccept = [&](const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const auto *Callee =
        Call ? dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl()) : nullptr;
    return Callee && Callee->getIdentifier() &&
           Callee->getName().contains_insensitive("accept") && Within(E);
  };
  return llvm::any_of(Function.Calls, IsNetwork) ||
         llvm::any_of(Function.OtherCalls, IsAccept);
}

/// The handle is kept in the element: the elements are the workers.
static bool isKeptInElement(const TaskLaunch &Launch, const Stmt *Loop) {
  const auto *Range = dyn_cast<CXXForRangeStmt>(Loop);
  return Range && Launch.Handle.Path.root() &&
         Launch.Handle.Path.root() == Range->getLoopVariable();
}

void ThreadPerItemCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const TaskLaunch *Launch =
      Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch"));
  if (!Launch->Loop || !startsThread(*Launch))
    return;
  const FunctionInfo &Function = *Launch->Launcher;
  const HandleState *Handles = Facts->handles(Function);
  bool Detached = Handles && Handles->detachOf(*Launch);
  for (const Stmt *Loop : loopsAround(Launch->Site, Function, *Facts)) {
    if (isLimited(Loop, Function, *Facts))
      return;
    LoopExtent Extent = loopExtent(Loop, *Facts);
    bool PerItem =
        Extent == LoopExtent::Data && !isKeptInElement(*Launch, Loop);
    bool WithoutEnd = Extent == LoopExtent::Endless && Detached;
    if (!PerItem && !WithoutEnd)
      continue;
    if (!AcceptLoops && acceptsConnections(Loop, Function, *Facts))
      return;
    Finding F = finding(
        Launch->Site->getExprLoc(),
        WithoutEnd ? "each round of a loop without end detaches a new thread, "
                     "and nothing limits how many run; hand the work to a pool"
                   : "a thread is started for each element, however many there "
                     "are; hand the work to a pool, or give each of a few "
                     "threads its share");
    F.note(Loop->getBeginLoc(), "the loop begins here");
    return;
  }
}

} // namespace clang::tidy::concord
