//===--- Handover.h - What does a send give away? ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDOVER_H
#define CONCORD_ANALYSIS_HANDOVER_H

#include "analysis/PointerAliases.h"
#include <vector>

namespace clang::tidy::concord {

/// An object that a function gives to whoever receives from a channel.
struct Handover {
  enum Kind : uint8_t {
    Moved,   ///< its value, by a move: the sender's object is empty
    Address, ///< its address, while the sender keeps the object
    Owner,   ///< the only pointer to it
    Pointer, ///< a pointer that others may have too
    View,    ///< a pointer through which the receiver only reads
  };
  Kind How;
  AccessPath Object;
  /// The send, or the insertion into a guarded container.
  const Expr *Send = nullptr;
  /// The channel or container.
  const Expr *Channel = nullptr;
};

/// What \p Function hands over, in source order: through channels of the
/// vocabulary, and through containers that it fills under a lock before it
/// wakes somebody. Left out are copies, constant payload, objects that
/// synchronise their users themselves, and channels that no other function or
/// lambda can reach.
std::vector<Handover> handoversOf(UnitFacts &Facts,
                                  const FunctionInfo &Function,
                                  const PointerAliases &Aliases);

/// What the unit shows of those who receive from the channel of a handover.
enum class ReceiverUse : uint8_t {
  Unknown, ///< no receiver, or one that passes the object on
  Reads,
  Changes, ///< one of them writes to the object or ends it
};
ReceiverUse receiversOf(UnitFacts &Facts, const Handover &Sent);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDOVER_H
