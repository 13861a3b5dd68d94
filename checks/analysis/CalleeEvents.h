//===--- CalleeEvents.h - What do callees do to a handle? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CALLEEEVENTS_H
#define CONCORD_ANALYSIS_CALLEEEVENTS_H

#include "analysis/HandleEvents.h"
#include <optional>

namespace clang::tidy::concord {

/// Repeats the events of the functions and lambdas that one function calls in
/// that function's own terms.
class CalleeEvents {
public:
  CalleeEvents(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  /// What the callee of \p Call does to handles that the caller can name;
  /// empty if the unit does not show it, or is about to find out (recursion).
  std::vector<HandleEvent> ofCall(const Expr &Call) const;
  /// What the body of \p Lambda, written in the function, does to handles that
  /// it captures.
  std::vector<HandleEvent> ofLambda(const LambdaExpr &Lambda) const;
  /// The callee of \p Call, shown by the unit, gives its caller the handle of a
  /// task that it started.
  bool givesStarted(const Expr &Call) const;
  /// The callee at \p Call joins, keeps or passes on its parameter \p Index.
  bool ends(const Expr &Call, int Index) const;

  struct ArgumentEffect {
    bool Known = false;
    std::optional<HandleEvent::Kind> What;
  };
  /// What the callable among the arguments of \p Call does to the handle of
  /// type \p Type that it is called with.
  ArgumentEffect ofAlgorithm(const CallExpr &Call, const TypeFact *Type) const;

  /// \p Key of \p Callee in the caller's terms; empty if it has none there.
  HandleKey translated(const HandleKey &Key, const Expr &Call,
                       const FunctionInfo &Callee) const;

private:
  const HandleEvents *eventsOf(const FunctionInfo *Callee) const;
  HandleKey ofObject(const HandleKey &Key, const Expr &Call) const;
  HandleKey ofArgument(const HandleKey &Key, const ParmVarDecl &Parameter,
                       const Expr &Call) const;
  ArgumentEffect ofCallable(const Expr *Callable, const TypeFact *Type) const;
  ArgumentEffect ofFunction(const FunctionInfo *Callee) const;

  UnitFacts &Facts;
  const FunctionInfo &Function;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CALLEEEVENTS_H
