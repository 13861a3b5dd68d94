//===--- TaskCounter.h - Who counts the tasks that still run? ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_TASKCOUNTER_H
#define CONCORD_ANALYSIS_TASKCOUNTER_H

#include "analysis/UnitFacts.h"
#include <map>

namespace clang::tidy::concord {

/// One thing that a function does to a counter of tasks: a latch, a barrier, an
/// integer or atomic that somebody waits for to become zero, or an object of a
/// class of the project's own around one.
struct CountStep {
  enum Kind : uint8_t {
    Raise,
    Lower,         ///< decrements, arrives
    ArriveAndWait, ///< arrives and waits for the others
    Wait,          ///< waits until nothing is left to count
  };
  Kind What;
  const Expr *Site = nullptr;
  /// The variable, field or parameter; canonical.
  const ValueDecl *Object = nullptr;
  /// By how much; nothing if the code does not show it.
  std::optional<uint64_t> By = 1;
};

/// The variable, field or parameter that \p E denotes or points to, canonical;
/// null if it is something else.
const ValueDecl *counterOf(const Expr *E);

/// What the launcher of \p Launch hands over for the parameter \p Object of its
/// entry; \p Object itself if it is no parameter of it.
const ValueDecl *argumentFor(const TaskLaunch &Launch, const ValueDecl &Object);

/// The steps of one unit. Built once; asks of each function once.
class TaskCounters {
public:
  explicit TaskCounters(UnitFacts &Facts);

  /// The steps of \p Function, lambdas in it excluded, in source order. Of
  /// plain integers and atomics only those that the unit waits for.
  const std::vector<CountStep> &steps(const FunctionInfo &Function);

  struct ZeroWait {
    const FunctionInfo *Function = nullptr;
    const Expr *Site = nullptr;
  };
  /// Where the unit waits for \p Object to become zero.
  llvm::ArrayRef<ZeroWait> waitsFor(const ValueDecl &Object) const;

private:
  void findWaits(const FunctionInfo &Function);
  void addWait(const FunctionInfo &Function, const Expr *Condition, bool IsZero,
               const Expr *Site);
  void findGroups();

  UnitFacts &Facts;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<ZeroWait, 2>> Waits;
  /// Member functions of classes that count, wait and are asked to.
  llvm::DenseMap<const FunctionDecl *, CountStep::Kind> GroupMethods;
  /// Ordered, so that what `steps` returns stays where it is.
  std::map<const FunctionInfo *, std::vector<CountStep>> Steps;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_TASKCOUNTER_H
