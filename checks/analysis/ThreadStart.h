//===--- ThreadStart.h - Launches that start a thread -----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_THREADSTART_H
#define CONCORD_ANALYSIS_THREADSTART_H

#include "analysis/TaskLaunch.h"
#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// True if \p Call starts a thread of its own for its callable: the
/// construction of a thread, pthread_create, std::async. Executors, which share
/// their threads, and fibers do not.
bool startsThread(const KnownCall &Call);

/// Same for a launch of any kind; synchronous ones do not count.
bool startsThread(const TaskLaunch &Launch);

/// A start of a thread that code reaches, and the function it is in.
struct ReachedStart {
  const Expr *Site = nullptr;
  /// The function called that contains it; null if the code itself does.
  const FunctionDecl *Through = nullptr;

  explicit operator bool() const { return Site != nullptr; }
};

/// The first start of a thread that the evaluation of \p Init makes, three
/// calls deep: constructors with their member initialisers, functions,
/// lambdas called at once, `std::make_unique` and its like.
ReachedStart startIn(UnitFacts &Facts, const Expr *Init);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_THREADSTART_H
