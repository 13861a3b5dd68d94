//===--- LaunchDump.cpp - Prints what is launched -------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A check of the debug plugin: `concord-debug-launches` prints each launch of
/// the main file: what runs, what it reaches, where the handle goes.
///
//===----------------------------------------------------------------------===//

#include "analysis/FactsMatchers.h"
#include "analysis/TaskLaunch.h"
#include "analysis/UnitFacts.h"
#include "support/Compat.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {
namespace {

StringRef text(TaskReach::Kind Kind) {
  switch (Kind) {
  case TaskReach::Reference:
    return "reference";
  case TaskReach::Pointer:
    return "pointer";
  case TaskReach::Value:
    return "value";
  case TaskReach::This:
    return "this";
  case TaskReach::ThisValue:
    return "copy of this";
  }
  return "";
}

StringRef text(TaskHandle::Kind Kind) {
  switch (Kind) {
  case TaskHandle::None:
    return "none";
  case TaskHandle::Dropped:
    return "dropped";
  case TaskHandle::Detached:
    return "detached";
  case TaskHandle::Joined:
    return "joined";
  case TaskHandle::Local:
    return "local";
  case TaskHandle::Member:
    return "member";
  case TaskHandle::Global:
    return "global";
  case TaskHandle::Element:
    return "element of";
  case TaskHandle::Returned:
    return "returned";
  case TaskHandle::Escapes:
    return "escapes";
  }
  return "";
}

std::string describe(const TaskReach &Reach) {
  std::string Line = text(Reach.How).str();
  if (Reach.Variable)
    Line += " " + Reach.Variable->getNameAsString();
  else if (Reach.How != TaskReach::This && Reach.How != TaskReach::ThisValue)
    Line += " " + Reach.Path.str();
  if (Reach.Through)
    Line += " through " + Reach.Through->getNameAsString();
  if (!Reach.Used)
    Line += " unused";
  return Line;
}

std::string describe(const TaskLaunch &Launch) {
  std::string Line = Launch.Synchronous ? "runs " : "launches ";
  if (Launch.Lambda)
    Line += "lambda";
  else if (Launch.Entry)
    Line += Launch.Entry->getNameAsString();
  else
    Line += "unknown";
  if (Launch.NamedCallable)
    Line += " named " + Launch.NamedCallable->getNameAsString();
  if (Launch.EntryObject)
    Line += " on an object";
  for (const TaskReach &Reach : Launch.Reaches)
    Line += ", " + describe(Reach);
  Line += "; handle " + text(Launch.Handle.Where).str();
  if (Launch.Handle.Path)
    Line += " " + Launch.Handle.Path.str();
  if (Launch.HandleWaits)
    Line += " that waits";
  if (Launch.InlineMaybe)
    Line += "; perhaps at once";
  if (Launch.Loop)
    Line += "; in a loop";
  return Line;
}

class LaunchesCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(expr(anyOf(callExpr(), cxxConstructExpr(), cxxNewExpr()),
                            launchesTask(this))
                           .bind("launch"),
                       this);
  }

  void check(const MatchFinder::MatchResult &Result) override {
    const auto *Site = Result.Nodes.getNodeAs<Expr>("launch");
    diag(Site->getBeginLoc(), "%0")
        << describe(*facts(*Result.Context)->launchAt(Site));
  }
};

class LaunchModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<LaunchesCheck>("concord-debug-launches");
  }
};

const ClangTidyModuleRegistry::Add<LaunchModule>
    Registration("concord-debug-launches", "Prints launches.");

} // namespace
} // namespace clang::tidy::concord
