//===--- LockNotes.h - Where a lock came from -------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKNOTES_H
#define CONCORD_ANALYSIS_LOCKNOTES_H

#include "analysis/CallSummary.h"
#include "analysis/LockState.h"

namespace clang::tidy::concord {

/// A second place that a finding about locks points at.
struct LockNote {
  SourceLocation Loc;
  std::string Text;
};

/// Where \p Held was taken; nothing for a lock the function is entered with.
std::vector<LockNote> originOf(const HeldLock &Held);

/// The way from a call to what it leads to: one step for every call after the
/// first, then \p Effect's own place, described by \p Text.
std::vector<LockNote> traceOf(const SummaryEffect &Effect, StringRef Text);

/// Adds \p Notes to \p Finding, which is a `Finding` or its like.
template <typename F>
void addNotes(F &Finding, const std::vector<LockNote> &Notes) {
  for (const LockNote &Note : Notes)
    Finding.note(Note.Loc, Note.Text);
}

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKNOTES_H
