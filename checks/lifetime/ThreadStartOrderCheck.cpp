//===--- ThreadStartOrderCheck.cpp ----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ThreadStartOrderCheck.h"
#include "analysis/StartOrder.h"
#include "support/Compat.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

ThreadStartOrderCheck::ThreadStartOrderCheck(StringRef Name,
                                             ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void ThreadStartOrderCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void ThreadStartOrderCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const EarlyStart &Early : earlyStarts(*Facts))
    if (Early.What == EarlyStart::Virtual)
      reportVirtual(Early);
    else
      reportMember(Early);
}

void ThreadStartOrderCheck::reportMember(const EarlyStart &Early) {
  bool Before = Early.What == EarlyStart::BeforeMember;
  Finding F = finding(
      Before ? Early.Site->getExprLoc() : Early.Handle->getLocation(),
      Before ? "thread starts before member '%0', which it uses, is "
               "initialised; declare the thread after it, or start it in the "
               "body of the constructor"
             : "thread is waited for only after member '%0', which it uses, is "
               "destroyed; declare the thread after it, or join it in the "
               "destructor");
  F << Early.Member->getName();
  F.note(Early.Use->getExprLoc(),
         "the thread uses '" + Early.Member->getName() + "' here");
  std::string First = Early.Handle ? "'" + Early.Handle->getNameAsString() + "'"
                                   : "the base class that starts the thread";
  F.note(Early.Member->getLocation(),
         "'" + Early.Member->getName() + "' is declared after " + First);
  if (!Before)
    F.note(Early.Site->getExprLoc(), "the thread is started here");
}

void ThreadStartOrderCheck::reportVirtual(const EarlyStart &Early) {
  bool Pure = isPureVirtual(*Early.Method);
  Finding F = finding(
      Early.Site->getExprLoc(),
      Pure
          ? "thread starts in the constructor of '%1' and calls '%0', which is "
            "pure virtual until a derived class is complete; start it when "
            "the object is complete"
          : "thread starts in the constructor of '%1' and calls virtual "
            "function '%0', which may miss the override of a derived class; "
            "start it when the object is complete, or make '%1' final");
  F << Early.Method->getNameAsString() << Early.Class->getNameAsString();
  if (Early.Use != Early.Site)
    F.note(Early.Use->getExprLoc(), "the thread calls it here");
  if (Early.Override)
    F.note(Early.Override->getLocation(), "it is overridden here");
}

} // namespace clang::tidy::concord
