//===--- LoopVariable.h - Which loop changes this variable? -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOOPVARIABLE_H
#define CONCORD_ANALYSIS_LOOPVARIABLE_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// A loop whose iterations change a variable.
struct ChangingLoop {
  const Stmt *Loop = nullptr;
  const Stmt *Body = nullptr;

  explicit operator bool() const { return Loop != nullptr; }
};

/// The loop around \p Site, innermost first, from one iteration of which to the
/// next \p Variable gets another value or is another variable: a variable of
/// the loop's head that its increment, condition or body changes, a by-value
/// range variable, an outer variable that the head steps or fills. \p Variable
/// must have its own storage (see `storageOf`).
/// \returns no loop if there is none.
ChangingLoop loopThatChanges(const UnitFacts &Facts, const FunctionInfo &F,
                             const Stmt *Site, const ValueDecl *Variable);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOOPVARIABLE_H
