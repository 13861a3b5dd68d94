//===--- RacyCaptureCheck.h -------------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CAPTURE_RACYCAPTURECHECK_H
#define CONCORD_CAPTURE_RACYCAPTURECHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds objects that tasks running at the same time use by reference, at least
/// one of them writing, without a common lock.
class RacyCaptureCheck : public FactsCheck {
public:
  using FactsCheck::FactsCheck;

  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CAPTURE_RACYCAPTURECHECK_H
