//===--- HandleFlight.h - Where does this handle go? ------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLEFLIGHT_H
#define CONCORD_ANALYSIS_HANDLEFLIGHT_H

#include "analysis/HandleKey.h"

namespace clang::tidy::concord {

/// Where one use of a handle leads: the expressions around it, from the
/// inside out, decide.
struct HandleFlight {
  enum Kind : uint8_t {
    Look,      ///< harmless use
    Operation, ///< `Call` does a vocabulary operation to it
    Clear,     ///< deleted, reset, cleared, overwritten with nothing
    Adopt,     ///< overwritten with a handle that comes from elsewhere
    Move,      ///< into the holder `To`
    Away,      ///< to code that the unit does not show, or out of the function
    Argument,  ///< an argument of `Call`, whose callee the unit shows
    Algorithm, ///< an argument of the library function `Call`, along with a
               ///< callable
    Dropped,   ///< nothing takes the value of the whole expression
  };
  Kind What = Look;
  /// The call, construction, operator, delete or declaration that decided.
  const Stmt *At = nullptr;
  const Expr *Call = nullptr;
  HandleKey To;
  /// For `Argument`: its index (-1 for the object), and whether the callee gets
  /// the handle itself, by value or moved.
  int Index = 0;
  bool ByValue = false;
};

/// Follows \p Use, an expression in the body of \p Function that names a holder
/// or is a handle.
HandleFlight followHandle(UnitFacts &Facts, const FunctionInfo &Function,
                          const Expr *Use);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLEFLIGHT_H
