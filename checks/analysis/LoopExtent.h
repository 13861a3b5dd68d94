//===--- LoopExtent.h - What decides how often a loop runs ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOOPEXTENT_H
#define CONCORD_ANALYSIS_LOOPEXTENT_H

#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallVector.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// What decides how often a loop runs.
enum class LoopExtent : uint8_t {
  Constant, ///< a constant, the extent of an array, a braced list
  Chosen,   ///< a number that the code was given or computes; or unknown
  Data,     ///< as many elements as a container holds, or an input has
  Endless,  ///< no condition, or one that waits to be told to end
};

/// \p Loop must be a loop statement.
LoopExtent loopExtent(const Stmt *Loop, const UnitFacts &Facts);

/// The loops of \p Function around \p S, the innermost first.
llvm::SmallVector<const Stmt *, 2> loopsAround(const Stmt *S,
                                               const FunctionInfo &Function,
                                               const UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOOPEXTENT_H
