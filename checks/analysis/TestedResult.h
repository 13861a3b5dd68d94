//===--- TestedResult.h - Did the call succeed on this branch? --*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TESTEDRESULT_H
#define CONCORD_ANALYSIS_TESTEDRESULT_H

#include "vocabulary/Vocabulary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang::tidy::concord {

/// Knows which calls a branch condition is about: the call itself, a comparison
/// of its result with a constant, a variable that got its result.
class TestedResults {
public:
  /// Reads the assignments in \p Body.
  explicit TestedResults(const Stmt *Body);

  /// One call that a branch tests, and what the branch says of its result.
  struct Tested {
    const Expr *Call = nullptr;
    /// The result is zero, false, the first enumerator; or it is not.
    bool Zero = false;
  };
  /// The calls that the branch on \p Condition (negations removed) going the
  /// way of \p Value tells of.
  llvm::SmallVector<Tested, 2> tested(const Expr *Condition, bool Value,
                                      const ASTContext &Context) const;

  /// What a zero (or other) result of \p Call says: that it succeeded.
  static bool succeeded(const KnownCall &Call, bool Zero);

private:
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<const Expr *, 2>> Sources;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TESTEDRESULT_H
