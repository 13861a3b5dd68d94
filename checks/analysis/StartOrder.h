//===--- StartOrder.h - Is an object complete for its thread? ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_STARTORDER_H
#define CONCORD_ANALYSIS_STARTORDER_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// A thread that runs while a part of its object does not exist: not yet, or no
/// longer.
struct EarlyStart {
  enum Kind : uint8_t {
    BeforeMember, ///< starts before `Member` is initialised
    AfterMember,  ///< is waited for only after `Member` is destroyed
    Virtual,      ///< starts in a constructor and calls `Method`, virtual
  };
  Kind What;
  /// The launch.
  const Expr *Site = nullptr;
  /// The member whose initialisation starts the thread, or which holds it; null
  /// for a base class and for threads that no member holds.
  const FieldDecl *Handle = nullptr;
  /// The member that is declared later, and where the task uses it.
  const FieldDecl *Member = nullptr;
  const Expr *Use = nullptr;
  /// The class under construction, the function that it would run, and an
  /// override in the unit, or null.
  const CXXRecordDecl *Class = nullptr;
  const CXXMethodDecl *Method = nullptr;
  const CXXMethodDecl *Override = nullptr;
};

/// Every such start of the unit, one for each launch. What a task does is
/// followed through the calls of the same object. A task that first waits for
/// something (a condition, a latch, a channel) is left alone if its constructor
/// may be what it waits for; so are members that nothing initialises, and
/// virtual functions that a class merely overrides itself.
std::vector<EarlyStart> earlyStarts(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_STARTORDER_H
