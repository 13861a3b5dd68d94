//===--- ReachGroup.h - What a task reaches at one place --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_REACHGROUP_H
#define CONCORD_ANALYSIS_REACHGROUP_H

#include "analysis/TaskLaunch.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"

namespace clang::tidy::concord {

/// What a task reaches at one place of the source, which one edit changes: an
/// explicit capture, an argument, or all that a default capture takes in.
struct ReachGroup {
  enum Kind : uint8_t {
    Captured, ///< a lambda captures a reference
    Passed,   ///< `std::ref(x)`, a reference bound to x
    Address,  ///< `&x`, a decayed array, a pointer to x
  };
  Kind How = Captured;
  SourceLocation Loc;
  llvm::SmallVector<const TaskReach *, 2> Reaches;

  bool isDefaultCapture() const;
  /// For messages: `'i'`, `'i' and 'j'`, `'i', 'j' and 'k'`.
  std::string names() const;
};

/// Puts together what one edit changes, in source order.
std::vector<ReachGroup> groupReaches(llvm::ArrayRef<const TaskReach *> Reaches);

/// The edit that gives the task of \p Launch a copy of what \p Group reaches.
/// \returns nothing if the copy would not compile or the task changes it.
std::optional<FixItHint> copyInstead(ASTContext &Context,
                                     const TaskLaunch &Launch,
                                     const ReachGroup &Group);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_REACHGROUP_H
