//===--- BlockingTimeoutCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/BlockingTimeoutCheck.h"
#include "analysis/HandleState.h"
#include "analysis/Surroundings.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

void BlockingTimeoutCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

/// The last timed wait for the future \p Loss before it is lost, if what it
/// says is asked; or null.
static const Expr *timedWaitBefore(UnitFacts &Facts,
                                   const FunctionInfo &Function,
                                   const LostHandle &Loss) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  const Expr *Found = nullptr;
  for (const KnownCall &Call : Function.Calls) {
    if (Call.does() != Operation::TimedWait || !Call.Object ||
        AccessPath::ofObject(Call.Object) !=
            AccessPath::ofVariable(Loss.Handle) ||
        fateOf(Facts, Function, Call.Site).isDropped())
      continue;
    if (!Loss.At || Sources.isBeforeInTranslationUnit(Call.Site->getExprLoc(),
                                                      Loss.At->getBeginLoc()))
      Found = Call.Site;
  }
  return Found;
}

void BlockingTimeoutCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function || !Function->does({Operation::TimedWait}))
    return;
  const HandleState *Handles = Facts->handles(*Function);
  if (!Handles)
    return;
  for (const LostHandle &Loss : Handles->lost()) {
    const bool Ends = Loss.How == LostHandle::ScopeEnd ||
                      Loss.How == LostHandle::EarlyExit ||
                      Loss.How == LostHandle::Throw;
    if (!Ends || !Loss.Handle || !Loss.Type || !Loss.Start ||
        Loss.Type->Destructor != DestructorKind::BlockIfAsync)
      continue;
    const KnownCall Start = Facts->call(Loss.Start);
    if (!Start || Start.Fact->Result != Keep::Must)
      continue;
    const Expr *Wait = timedWaitBefore(*Facts, *Function, Loss);
    if (!Wait)
      continue;
    finding(Wait->getBeginLoc(),
            "after a timeout the end of '%0' waits for the task all the same; "
            "ask the task to stop, or keep the future where somebody may wait "
            "for it")
            .note(Loss.At ? Loss.At->getBeginLoc() : Loss.Start->getBeginLoc(),
                  Loss.At ? "the future dies here, and waits"
                          : "the future of this task waits where it dies")
        << Loss.Handle->getName();
  }
}

} // namespace clang::tidy::concord
