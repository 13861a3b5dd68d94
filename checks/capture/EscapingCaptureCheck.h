//===--- EscapingCaptureCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CAPTURE_ESCAPINGCAPTURECHECK_H
#define CONCORD_CAPTURE_ESCAPINGCAPTURECHECK_H

#include "analysis/HandleState.h"
#include "analysis/ReachGroup.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds tasks that reach a local variable by reference or pointer and can
/// still run when it dies.
class EscapingCaptureCheck : public FactsCheck {
public:
  EscapingCaptureCheck(StringRef Name, ClangTidyContext *Context);

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Options) override;

private:
  void locals(UnitFacts &Facts, const TaskLaunch &Launch,
              const HandleState &Handles);
  void object(UnitFacts &Facts, const TaskLaunch &Launch,
              const HandleState &Handles);
  void report(UnitFacts &Facts, const TaskLaunch &Launch,
              const HandleState &Handles, const ReachGroup &Group);

  /// Also `this`, in a detached task of a class that cannot wait for it.
  const bool FlagThis;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CAPTURE_ESCAPINGCAPTURECHECK_H
