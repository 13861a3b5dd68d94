//===--- EndedObject.h - What is used after its end? ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_ENDEDOBJECT_H
#define CONCORD_ANALYSIS_ENDEDOBJECT_H

#include "analysis/AccessPath.h"
#include "vocabulary/Vocabulary.h"
#include <vector>

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// A use of a one-shot object (thread, future, promise, packaged task, channel)
/// that has ended before in the same function.
struct UseAfterEnd {
  KnownCall Use;
  AccessPath Object;
  /// The call that ended it, or the `std::move` that emptied it.
  const Expr *End = nullptr;
  /// What `End` does; None if it moves the object away.
  Operation How = Operation::None;
};

/// The uses after an end in \p Function, in source order. Paths are followed as
/// in all analyses; an object that some path may have renewed (assigned, passed
/// to other code by reference) is not listed, nor is one whose `joinable()` or
/// `valid()` the path has asked. Functions that are too large give nothing.
std::vector<UseAfterEnd> usesAfterEnd(UnitFacts &Facts,
                                      const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_ENDEDOBJECT_H
