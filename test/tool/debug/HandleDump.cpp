//===--- HandleDump.cpp - Prints what HandleState knows -------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The check `concord-debug-handles`, for tests of the handle model: at every
/// launch it prints for which variables the launcher waits, and in every
/// function whose name ends in `_events` what happens to handles.
///
//===----------------------------------------------------------------------===//

#include "analysis/HandleEvents.h"
#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"
#include "clang-tidy/ClangTidyModule.h"
#include "support/Compat.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {
namespace {

std::string describe(const HandleKey &Key) {
  if (!Key)
    return "a temporary";
  std::string Text = Key.Root->getNameAsString();
  if (Key.Last)
    Text += "." + Key.Last->getNameAsString();
  return Key.Element ? Text + "()" : Text;
}

std::string describe(const HandleEvent &Event) {
  static constexpr StringRef Names[] = {"start", "adopt",  "join",
                                        "timed", "detach", "move",
                                        "away",  "clear",  "temporary"};
  std::string Text = Names[Event.What].str() + " " + describe(Event.Key);
  if (Event.To)
    Text += " to " + describe(Event.To);
  return Event.InLambda ? Text + " in a lambda" : Text;
}

class HandleDump : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
  }

  void check(const MatchFinder::MatchResult &Result) override {
    UnitFacts *Facts = facts(*Result.Context);
    const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function");
    const FunctionInfo *Info = Facts ? Facts->function(Function) : nullptr;
    const HandleState *State = Info ? Facts->handles(*Info) : nullptr;
    if (!State)
      return;
    for (const TaskLaunch &Launch : Facts->launches())
      if (Launch.Launcher == Info)
        print(*Info, *State, Launch);
    if (Function->getDeclName().isIdentifier() &&
        Function->getName().ends_with("_events"))
      for (const HandleEvent &Event : State->events().List)
        diag(Event.Site->getBeginLoc(), describe(Event));
  }

private:
  void print(const FunctionInfo &Info, const HandleState &State,
             const TaskLaunch &Launch) {
    std::string Text = "launch waited for by";
    bool Any = false;
    auto Add = [&](const VarDecl *Variable) {
      if (!Variable->hasLocalStorage() || !Variable->getDeclName() ||
          Variable->isImplicit())
        return;
      const Expr *Timed = State.timedWaitThatGivesUp(Launch, Variable);
      bool Waited = State.waitedFor(Launch, Variable);
      Any |= Waited || Timed;
      if (Waited || Timed)
        Text += " " + Variable->getNameAsString() + (Timed ? "(timed)" : "");
    };
    if (Info.Function)
      for (const ParmVarDecl *Parameter : Info.Function->parameters())
        Add(Parameter);
    for (const VarDecl *Variable : Info.Variables)
      Add(Variable);
    if (!Any)
      Text += " nothing";
    if (State.detachOf(Launch))
      Text += ", detached";
    diag(Launch.Site->getExprLoc(), Text);
  }
};

class HandleDumpModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<HandleDump>("concord-debug-handles");
  }
};

} // namespace

static ClangTidyModuleRegistry::Add<HandleDumpModule>
    X("concord-debug-handles", "Prints what the handle model knows.");

} // namespace clang::tidy::concord
