//===--- FunctionChannel.h - Which channels carry functions? ----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_FUNCTIONCHANNEL_H
#define CONCORD_ANALYSIS_FUNCTIONCHANNEL_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace clang::tidy::concord {

class UnitFacts;

/// A channel whose elements one task calls with the state that they change.
struct FunctionChannel {
  /// The variable, parameter or field that is the channel, or the container of
  /// a class that is one.
  const ValueDecl *Channel = nullptr;
  /// What each function gets by reference or pointer: the same object in every
  /// iteration of the loop.
  const ValueDecl *State = nullptr;
  /// The call of a received function.
  const CallExpr *Call = nullptr;
};

/// The function channels of the unit, one for each channel. Functions that get
/// no state, and loops that several tasks run, are left out.
std::vector<FunctionChannel> functionChannels(UnitFacts &Facts);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_FUNCTIONCHANNEL_H
