//===--- BusyWaitCheck.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/BusyWaitCheck.h"
#include "analysis/AccessPath.h"
#include "analysis/BusyLoop.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

BusyWaitCheck::BusyWaitCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void BusyWaitCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
}

/// What the loop asks for, as the user would call it.
static std::string nameOf(const Question &Asked) {
  const AccessPath Path = AccessPath::ofObject(Asked.Object);
  if (Path && !Path.str().empty())
    return Path.str();
  if (Asked.Decl && Asked.Decl->getDeclName().isIdentifier())
    return Asked.Decl->getName().str();
  return {};
}

/// The way out.
static StringRef remedy(const Question &Asked, const LangOptions &Language) {
  switch (Asked.What) {
  case Question::Atomic:
    if (Language.CPlusPlus20 && Asked.Call.Type)
      return "use the wait and notify_all of the atomic, or a condition "
             "variable";
    return "wait for a condition variable that the other thread notifies";
  case Question::Plain:
    return "guard it with a mutex and wait for a condition variable";
  case Question::Future:
    return "call the wait or get of the future, which sleep until it is ready";
  case Question::Lock:
    return "lock it in the way that waits";
  case Question::Slot:
    return "acquire it in the way that waits";
  case Question::Channel:
    return "use an operation that waits, or a condition variable";
  case Question::Latch:
    return "call the wait of the latch";
  }
  return "";
}

void BusyWaitCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function =
      Facts ? Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"))
            : nullptr;
  if (!Function)
    return;
  for (const DeferredLoop &Deferred : deferredLoops(*Facts, *Function))
    finding(Deferred.Loop->getBeginLoc(),
            "this loop never ends if the task is deferred, because a deferred "
            "task is never ready; launch it with std::launch::async, or wait "
            "without a limit")
        .note(Deferred.Launch->getExprLoc(),
              "this launch may defer the task until somebody waits for it");
  for (const BusyLoop &Busy : busyLoops(*Facts, *Function)) {
    const std::string Name = nameOf(Busy.Asked);
    Finding F = finding(Busy.Loop->getBeginLoc(),
                        "this loop only asks%select{| '%1'}0 again and again "
                        "and %select{wakes up for nothing|keeps a processor "
                        "busy}2 until another thread acts; %3");
    F << !Name.empty() << Name << Busy.Spins
      << remedy(Busy.Asked, getLangOpts());
  }
}

} // namespace clang::tidy::concord
