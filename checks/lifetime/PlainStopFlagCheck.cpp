//===--- PlainStopFlagCheck.cpp ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/PlainStopFlagCheck.h"
#include "analysis/AtomicInstead.h"
#include "analysis/StopFlag.h"
#include "support/IncludeFix.h"
#include <set>

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

PlainStopFlagCheck::PlainStopFlagCheck(StringRef Name,
                                       ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void PlainStopFlagCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void PlainStopFlagCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  // One edit adds the include of a file, whatever the number of flags.
  std::set<FileID> Included;
  for (const StopFlag &Stop : plainStopFlags(*Facts)) {
    Finding F =
        finding(Stop.Poll->getExprLoc(),
                Stop.ByLauncher
                    ? "this loop polls '%0' while a task may write it, without "
                      "a lock, so it may never end; make it atomic, or wait "
                      "for the task"
                    : "task polls '%0' while another thread may write it, "
                      "without a lock, so the loop may never end; make it "
                      "atomic, or use a stop token");
    F << Stop.Flag->getName();
    if (std::optional<FixItHint> Atomic = atomicInstead(*Facts, *Stop.Flag)) {
      const SourceManager &Sources = Result.Context->getSourceManager();
      const SourceLocation Loc = Stop.Flag->getLocation();
      const IncludeFix Include = includeFix(Sources, Loc, "atomic");
      if (Include.Possible)
        F << *Atomic;
      if (Include.Hint && Included.insert(Sources.getFileID(Loc)).second)
        F << Include.Hint;
    }
    F.note(Stop.Write->getExprLoc(), "it is written here");
    F.note(Stop.Flag->getLocation(),
           "'" + Stop.Flag->getName() + "' is declared here");
  }
}

} // namespace clang::tidy::concord
