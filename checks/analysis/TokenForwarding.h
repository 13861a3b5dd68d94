//===--- TokenForwarding.h - Who does not hand its token on? ----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TOKENFORWARDING_H
#define CONCORD_ANALYSIS_TOKENFORWARDING_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// A call that could take the stop token at hand and does not get it.
struct LostToken {
  enum Kind : uint8_t {
    Default,  ///< the parameter gets its default argument
    Empty,    ///< an empty token is passed: `{}`
    Overload, ///< another overload takes a token
    Wait,     ///< an untimed condition wait that could take one
  };
  Kind How;
  const Expr *Call = nullptr;
  /// The token: a parameter, or a variable that a lambda captures.
  const ValueDecl *Token = nullptr;
  /// The function that takes a token; null for `Wait`.
  const FunctionDecl *Taker = nullptr;
};

/// The calls in \p Function, which has a stop token as a parameter or captured,
/// that leave it out. Where an empty token is passed when the stop has been
/// requested already, cleaning up, none is listed.
std::vector<LostToken> lostTokens(UnitFacts &Facts,
                                  const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TOKENFORWARDING_H
