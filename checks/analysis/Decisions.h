//===--- Decisions.h - What runs because of a test? -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_DECISIONS_H
#define CONCORD_ANALYSIS_DECISIONS_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// The tests of one function and what they decide.
class Decisions {
public:
  Decisions(const UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  /// The `if`, `while` or `for` whose condition the value of \p E decides: as a
  /// part of it, or through a local variable that gets it and that the next
  /// statement tests. Null if there is none; arguments of calls are not tested.
  const Stmt *testedBy(const Expr *E) const;

  /// The local variable that is initialised or assigned from the value of \p E
  /// (arguments of calls do not count), or null.
  const VarDecl *storedIn(const Expr *E) const;

  /// True if \p S runs because \p Choice, a statement with a condition, went
  /// one way: inside it, or after it where one of its branches leaves.
  bool decides(const Stmt *Choice, const Stmt *S) const;

  /// True if \p A is written before \p B.
  bool before(const Stmt *A, const Stmt *B) const;

  /// True if \p S or a part of it names \p Variable.
  static bool mentions(const Stmt *S, const VarDecl &Variable);

private:
  const Stmt *testOf(const VarDecl *Variable, const Stmt *Copy) const;
  bool isAtOrBelow(const Stmt *S, const Stmt *Above) const;

  const UnitFacts &Facts;
  const FunctionInfo &Function;
};

/// The condition of an `if`, `while` or `for`, or null.
const Expr *conditionOf(const Stmt *S);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_DECISIONS_H
