//===--- LockOrderCheck.cpp -----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/LockOrderCheck.h"
#include "analysis/BlockingCall.h"
#include "analysis/FactsMatchers.h"
#include "analysis/GuardPair.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

LockOrderCheck::LockOrderCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      AdjacentGuards(Options.get("AdjacentGuards", false)),
      WaitWithSecondLock(Options.get("WaitWithSecondLock", false)) {}

void LockOrderCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "AdjacentGuards", AdjacentGuards);
  Options.store(Opts, "WaitWithSecondLock", WaitWithSecondLock);
}

void LockOrderCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl().bind("unit"), this);
}

void LockOrderCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  LockOrder Order(*Facts);
  for (const auto &[Earlier, Later] : Order.reversals())
    reversal(*Earlier, *Later);
  for (const auto &Edges : Order.circles())
    circle(Edges);
  for (const LockPair &Pair : Order.pairs())
    pair(*Facts, Pair);
  for (const auto &Function : Facts->functions()) {
    const LockState *Locks = Facts->locks(*Function);
    if (!Locks || !Locks->complete())
      continue;
    for (const RingStep &Step : ringStepsOf(*Facts, *Function))
      ring(Step);
    if (AdjacentGuards)
      adjacent(*Facts, *Function);
    if (WaitWithSecondLock)
      waits(*Facts, *Function);
  }
}

void LockOrderCheck::reversal(const LockOrderEdge &Earlier,
                              const LockOrderEdge &Later) {
  Finding F = finding(
      Later.Loc,
      "'%0' is locked after '%1' here, but elsewhere before it, so that two "
      "threads can wait for each other; keep one order, or lock both at once");
  F << Later.SecondText << Later.FirstText;
  addNotes(F, Later.Trace);
  F.note(Earlier.Loc, "the other order: '" + Earlier.SecondText + "' after '" +
                          Earlier.FirstText + "'");
  addNotes(F, Earlier.Trace);
}

void LockOrderCheck::circle(llvm::ArrayRef<const LockOrderEdge *> Edges) {
  const LockOrderEdge &Last = *Edges.back();
  Finding F = finding(
      Last.Loc, "'%0' is locked after '%1' here, which closes a circle of %2 "
                "locks in which every thread can wait for the next; keep one "
                "order");
  F << Last.SecondText << Last.FirstText << static_cast<unsigned>(Edges.size());
  addNotes(F, Last.Trace);
  for (const LockOrderEdge *Edge : Edges.drop_back())
    F.note(Edge->Loc, "'" + Edge->SecondText + "' is taken after '" +
                          Edge->FirstText + "' here");
}

void LockOrderCheck::ring(const RingStep &Step) {
  Finding F = finding(
      Step.Site->getExprLoc(),
      "the lock of one element is taken after that of its neighbour '%0', and "
      "the last neighbour is the first, so that all threads can wait in a "
      "circle; lock both at once, or the lower index first");
  F << Step.First->Mutex.str();
  F.note(Step.Wrapped->getExprLoc(), "the index wraps round here");
  addNotes(F, originOf(*Step.First));
}

void LockOrderCheck::pair(UnitFacts &Facts, const LockPair &Pair) {
  Finding F = finding(
      Pair.Site->getExprLoc(),
      "'%0' is locked after '%1', and another thread may call this with the "
      "objects swapped, so that both wait for each other; lock both at once");
  F << Pair.Second.str() << Pair.First.str();
  for (const GuardPair &Guards : adjacentGuards(Facts, *Pair.Function))
    if (AccessPath::ofObject(Guards.FirstMutex) == Pair.First &&
        AccessPath::ofObject(Guards.SecondMutex) == Pair.Second)
      for (const FixItHint &Edit : mergeGuards(Facts, Guards))
        F << Edit;
  addNotes(F, Pair.Trace);
}

void LockOrderCheck::adjacent(UnitFacts &Facts, const FunctionInfo &Function) {
  for (const GuardPair &Guards : adjacentGuards(Facts, Function)) {
    std::vector<FixItHint> Edits = mergeGuards(Facts, Guards);
    if (Edits.empty())
      continue;
    Finding F = finding(Guards.Second->getBeginLoc(),
                        "two locks are taken one after the other; one guard "
                        "for both takes them in a safe order");
    for (const FixItHint &Edit : Edits)
      F << Edit;
  }
}

void LockOrderCheck::waits(UnitFacts &Facts, const FunctionInfo &Function) {
  for (const KnownCall &Call : Function.Calls) {
    if (waitingOf(Facts, Function, Call) != Waiting::Condition)
      continue;
    std::vector<AccessPath> Released =
        releasedByWait(Facts, Function, Call.Site);
    for (const HeldLock &Held : Facts.locks(Function)->heldAt(Call.Site)) {
      if (!Held.Always || Released.empty() ||
          llvm::is_contained(Released, Held.Mutex))
        continue;
      Finding F = finding(Call.Site->getExprLoc(),
                          "the wait takes '%0' again while '%1' is held, and "
                          "who notifies may need '%1'; wait with one lock");
      F << Released.front().str() << Held.Mutex.str();
      addNotes(F, originOf(Held));
      break;
    }
  }
}

} // namespace clang::tidy::concord
