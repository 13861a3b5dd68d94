//===--- FlagPoll.h - Which flags keep loops going? -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_FLAGPOLL_H
#define CONCORD_ANALYSIS_FLAGPOLL_H

#include "analysis/UnitFacts.h"
#include "llvm/ADT/APSInt.h"
#include <optional>

namespace clang::tidy::concord {

/// One condition on a flag that keeps a loop going or ends it.
struct FlagPoll {
  /// A plain bool, integer or enumeration: a field, a global, a local variable
  /// that several functions may see, or a parameter that leads to one.
  const ValueDecl *Flag = nullptr;
  /// Where the loop reads it; the call, if a function of one line does.
  const Expr *Site = nullptr;
  /// The loop.
  const Stmt *Loop = nullptr;
  /// The loop ends when the flag has this value, or (unless `EndsWhenEqual`)
  /// any other. Nothing if that is not known.
  std::optional<llvm::APSInt> Value;
  bool EndsWhenEqual = false;

  /// True if the loop may end when the flag gets the value of \p E, which may
  /// be null: unknown.
  bool endsOn(const Expr *E, const ASTContext &Context) const;
};

/// The flag that \p E names, or null.
const ValueDecl *flagOf(const FunctionInfo &Function, const Expr *E);

/// The parameter by reference or pointer that leads to the plain variable that
/// \p E denotes (`flag`, `*flag`), through local pointers too; or null.
const ParmVarDecl *flagBehindParameter(const Expr *E);

/// \p Function reaches local \p Flag of a function around it by reference.
bool capturesByReference(const FunctionInfo &Function, const ValueDecl &Flag);

/// The conditions on flags of the loops in \p Function, and of the branches
/// that leave its endless loops.
std::vector<FlagPoll> findFlagPolls(const UnitFacts &Facts,
                                    const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_FLAGPOLL_H
