//===--- Surroundings.h - What becomes of an expression? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SURROUNDINGS_H
#define CONCORD_ANALYSIS_SURROUNDINGS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include <string>
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;
struct FunctionInfo;

/// What the code around an expression does with its value.
struct ValueFate {
  enum Kind : uint8_t {
    Used,      ///< initialises, is passed, returned, tested, called on, ...
    Dropped,   ///< the value of a statement: gone at its end
    Cast,      ///< dropped by a cast to void
    Swallowed, ///< dropped by assignment to an object that holds nothing
  };
  Kind What = Used;
  /// The outermost expression that is only the value: with its casts, cleanups
  /// and the swallowing assignment.
  const Expr *Whole = nullptr;
  /// The statement that `Whole` is a part of; for a dropped value a block, a
  /// branch, a loop, or null for the body of a function itself.
  const Stmt *Around = nullptr;

  bool isDropped() const { return What != Used; }
};

ValueFate fateOf(const UnitFacts &Facts, const FunctionInfo &Function,
                 const Expr *E);

/// One mention of a variable.
struct VariableUse {
  const DeclRefExpr *Ref = nullptr;
  /// In a lambda, block, or region that other threads may run; also where it is
  /// captured.
  bool Nested = false;
};

/// Every mention of \p Variable in the body of \p Function and the lambdas in
/// it, in no order.
std::vector<VariableUse> usesOf(const FunctionInfo &Function,
                                const ValueDecl &Variable);

/// The first of \p Candidates that nothing in the body of \p Function is
/// called; a number is added if all are taken.
std::string freeName(const FunctionInfo &Function,
                     llvm::ArrayRef<llvm::StringRef> Candidates);

/// The part of a block that contains \p S: the ancestor whose parent is a
/// compound statement. Null if there is none.
const Stmt *statementOf(const UnitFacts &Facts, const FunctionInfo &Function,
                        const Stmt *S);

/// The compound statement directly around \p S, or null.
const CompoundStmt *blockAround(const UnitFacts &Facts,
                                const FunctionInfo &Function, const Stmt *S);

/// Where the type of the temporary \p E (`T{x}`, `T(x, y)`) ends as written:
/// its last token. Invalid for other expressions.
SourceLocation endOfWrittenType(const Expr *E);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SURROUNDINGS_H
