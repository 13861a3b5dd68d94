//===--- LockNotes.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockNotes.h"

namespace clang::tidy::concord {

std::vector<LockNote> originOf(const HeldLock &Held) {
  if (!Held.Site)
    return {};
  return {
      {Held.Site->getExprLoc(), "'" + Held.Mutex.str() + "' is taken here"}};
}

std::vector<LockNote> traceOf(const SummaryEffect &Effect, StringRef Text) {
  std::vector<LockNote> Notes;
  Notes.reserve(Effect.Chain.size() + 1);
  for (const CallStep &Step : Effect.Chain)
    Notes.push_back(
        {Step.Site->getExprLoc(),
         "through the call of '" + Step.Callee->getNameAsString() + "' here"});
  Notes.push_back({Effect.Site->getExprLoc(), Text.str()});
  return Notes;
}

} // namespace clang::tidy::concord
