//===--- HandleEvents.h - What is done to which task handle? ----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The vocabulary of `HandleState`, without control flow: every use of a
/// variable or member that holds a handle, classified by what it does to it.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_HANDLEEVENTS_H
#define CONCORD_ANALYSIS_HANDLEEVENTS_H

#include "analysis/HandleKey.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <vector>

namespace clang::tidy::concord {

/// One thing that happens to a handle.
struct HandleEvent {
  enum Kind : uint8_t {
    Start,     ///< a task runs in it from here on
    Adopt,     ///< it gets a handle of which the function shows nothing
    Join,      ///< join, get, untimed wait
    TimedJoin, ///< `Site` tells by its result whether the wait was met
    Detach,
    Move,      ///< its handle goes to `To`
    Away,      ///< its handle goes to, or may be ended by, code not shown
    Clear,     ///< delete, reset, clear: a running task is lost
    Temporary, ///< a started handle without a name dies at once
  };
  Kind What;
  /// Empty for what is done to a handle without a name.
  HandleKey Key = {};
  /// Where in the order of evaluation it happens: an expression of the
  /// function's own body, or the condition of a loop that does it to each
  /// element.
  const Stmt *Site = nullptr;
  /// The call that does it: in a callee or a lambda if it happens there.
  const Expr *Call = nullptr;
  /// For `Move`.
  HandleKey To = {};
  /// The launch (construction, call) whose handle it is, where the event is
  /// about the launch's own result: `Start`, `Temporary`, and what is done to
  /// the temporary at once.
  const Expr *Launch = nullptr;
  /// In a lambda written at `Site`, which may run later or never.
  bool InLambda = false;
};

/// The events of one function in the order they were found; those of one site
/// in the order in which they happen.
struct HandleEvents {
  std::vector<HandleEvent> List;
  /// Indexes into `List`, by `Site`.
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 2>> At;

  void add(const HandleEvent &Event) {
    At[Event.Site].push_back(List.size());
    List.push_back(Event);
  }
  bool any(HandleEvent::Kind What, const HandleKey &Key) const;
};

/// What a vocabulary operation does to its object; nothing if it is harmless.
std::optional<HandleEvent::Kind> handleEventOf(const KnownCall &Call);

/// Classifies every use of a handle in \p Function: what is done to it
/// directly, through references, iterators and algorithms, and by the functions
/// and lambdas of the unit that get it.
HandleEvents findHandleEvents(UnitFacts &Facts, const FunctionInfo &Function);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_HANDLEEVENTS_H
