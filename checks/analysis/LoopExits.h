//===--- LoopExits.h - On what does the end of a loop depend? ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOOPEXITS_H
#define CONCORD_ANALYSIS_LOOPEXITS_H

#include "analysis/UnitFacts.h"
#include <optional>
#include <vector>

namespace clang::tidy::concord {

/// A question of the code to a flag: a plain or atomic bool, integer or
/// enumeration that several functions may see, or a stop token.
struct FlagTest {
  /// The field, global or local variable; null for a stop token.
  const ValueDecl *Flag = nullptr;
  const Expr *Site = nullptr;
  /// The answer that is asked for; nothing if the flag has more than two.
  std::optional<bool> Value;
};

/// One way out of a loop: the tests of flags that must all have their answer.
/// What else it depends on is left out, so a way without tests may be taken at
/// any time.
using WayOut = llvm::SmallVector<FlagTest, 2>;

/// The ways on which \p Condition is \p Value, seen through operators, loads of
/// atomics and functions of one line.
std::vector<WayOut> waysTo(UnitFacts &Facts, const Expr *Condition, bool Value);

struct WaysOut {
  std::vector<WayOut> Ways;
  /// False if the loop may also be left in a way that cannot be told: by an
  /// exception that is caught, by goto, by a call that does not return.
  bool Complete = true;
};

/// The ways out of \p Loop in \p Function: its condition, and each jump and
/// return inside with the conditions around it.
WaysOut waysOut(UnitFacts &Facts, const FunctionInfo &Function,
                const Stmt *Loop);

/// The name by which all functions know the object that \p E ends in: a field
/// (that of the template, in an instantiation), a variable; or null.
const ValueDecl *stateNamedBy(const Expr *E);
const ValueDecl *canonicalState(const ValueDecl *D);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOOPEXITS_H
