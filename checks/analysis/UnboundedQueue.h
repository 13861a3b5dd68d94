//===--- UnboundedQueue.h - Which queues have no bound? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_UNBOUNDEDQUEUE_H
#define CONCORD_ANALYSIS_UNBOUNDEDQUEUE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;

/// A queue between threads into which nothing keeps a sender from putting more.
struct UnboundedQueue {
  /// The channel, or the container of a class that guards it.
  const ValueDecl *Queue = nullptr;
  /// The first send or insertion.
  const Expr *Push = nullptr;
};

/// The queues of the unit whose every push goes without a look at their size:
/// channels of libraries that have no capacity, and containers that a class
/// with a mutex and a condition variable empties from the front. Left out are
/// queues that one function fills and drains, and local ones that no other
/// function or lambda sees.
std::vector<UnboundedQueue> unboundedQueues(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_UNBOUNDEDQUEUE_H
