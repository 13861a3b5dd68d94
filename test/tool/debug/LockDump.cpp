//===--- LockDump.cpp - Prints what LockState knows -----------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The check `concord-debug-locks`, for tests of the lock model: at every call
/// of a function `locks_here()` it prints the locks held, and for every
/// function whose name ends in `_exits` and `_events` its exits and events.
///
//===----------------------------------------------------------------------===//

#include "analysis/UnitFacts.h"
#include "clang-tidy/ClangTidyModule.h"
#include "support/Compat.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {
namespace {

std::string describe(const HeldLock &Held) {
  std::string Text = Held.Mutex.str();
  if (Held.Mode != LockMode::Exclusive)
    Text += Held.Mode == LockMode::Shared ? " shared" : " upgrade";
  if (Held.Guard)
    Text += " by " + Held.Guard->getNameAsString();
  if (!Held.Always)
    Text += " maybe";
  return Text;
}

template <typename Range, typename Function>
std::string join(const Range &Items, Function Describe) {
  std::string Text;
  for (const auto &Item : Items)
    Text += (Text.empty() ? "" : ", ") + Describe(Item);
  return Text.empty() ? "none" : Text;
}

std::string describe(const LockEvent &Event) {
  static constexpr StringRef Names[] = {"acquire",      "reacquire",
                                        "unlock",       "unlock unheld",
                                        "unlock entry", "unlock mismatch",
                                        "unlock owned", "adopt unheld",
                                        "release",      "wait"};
  std::string Text = Names[Event.What].str() + " " + Event.Mutex.str();
  if (Event.Try)
    Text += " try";
  if (!Event.Always)
    Text += " maybe";
  return Text;
}

class LockDump : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(
        callExpr(callee(functionDecl(hasName("locks_here")))).bind("point"),
        this);
    Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
  }

  void check(const MatchFinder::MatchResult &Result) override {
    UnitFacts *Facts = facts(*Result.Context);
    if (!Facts)
      return;
    if (const auto *Point = Result.Nodes.getNodeAs<CallExpr>("point"))
      return point(*Point, *Facts);
    const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function");
    const FunctionInfo *Info = Facts->function(Function);
    if (!Info || !Function->getDeclName().isIdentifier())
      return;
    if (Function->getName().ends_with("_summary"))
      return summary(Facts->summary(*Info), *Function);
    const LockState *Locks = Facts->locks(*Info);
    if (!Locks)
      return;
    if (Function->getName().ends_with("_exits"))
      exits(*Locks);
    if (Function->getName().ends_with("_events"))
      for (const LockEvent &Event : Locks->events())
        if (Event.Site) // none where a guard dies
          diag(Event.Site->getExprLoc(), "%0") << describe(Event);
  }

private:
  void point(const CallExpr &Point, UnitFacts &Facts) {
    const FunctionInfo *Info = Facts.functionOf(&Point);
    const LockState *Locks = Info ? Facts.locks(*Info) : nullptr;
    std::string Text = "none";
    if (Locks && !Locks->complete())
      Text = "given up";
    else if (Locks)
      Text = join(Locks->heldAt(&Point),
                  [](const HeldLock &Held) { return describe(Held); }) +
             (Locks->inWindow(&Point) ? " (window)" : "");
    diag(Point.getExprLoc(), "held: %0") << Text;
  }

  void exits(const LockState &Locks) {
    for (const LockExit &Exit : Locks.exits())
      diag(Exit.Loc, "%select{leaves|throws}0: held %1; released %2")
          << Exit.IsThrow
          << join(Exit.Held, [](const HeldLock &H) { return describe(H); })
          << join(Exit.Released, [](const AccessPath &P) { return P.str(); });
  }

  void summary(const CallSummary &Summary, const FunctionDecl &Function) {
    static constexpr StringRef Names[] = {"acquires", "blocks", "unknown",
                                          "joins", "launches"};
    std::string Text = join(Summary.Effects, [](const SummaryEffect &Effect) {
      std::string Text = Names[Effect.What].str();
      if (Effect.Mutex)
        Text += " " + Effect.Mutex.str();
      for (const CallStep &Step : Effect.Chain)
        Text += " via " + Step.Callee->getNameAsString();
      return Text + (Effect.Always ? " always" : "");
    });
    for (const HeldLock &Held : Summary.LeavesHeld)
      Text += "; leaves held " + Held.Mutex.str();
    for (const AccessPath &Released : Summary.LeavesReleased)
      Text += "; leaves released " + Released.str();
    if (Summary.ReturnsGuardOf)
      Text += "; returns guard of " + Summary.ReturnsGuardOf.str();
    diag(Function.getLocation(), "%0") << Text;
  }
};

class LockDumpModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<LockDump>("concord-debug-locks");
  }
};

const ClangTidyModuleRegistry::Add<LockDumpModule>
    Registration("concord-debug-locks", "Prints the lock model.");

} // namespace
} // namespace clang::tidy::concord
