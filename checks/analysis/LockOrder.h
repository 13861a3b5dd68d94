//===--- LockOrder.h - In which order are locks taken? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_LOCKORDER_H
#define CONCORD_ANALYSIS_LOCKORDER_H

#include "analysis/LockNotes.h"
#include "analysis/UnitFacts.h"
#include <string>
#include <vector>

namespace clang::tidy::concord {

/// One place at which a lock is taken while another is held. Plain values: the
/// names are the same in every unit, so the graph could be written out and
/// merged.
struct LockOrderEdge {
  /// Which locks: USRs, which say the same in every unit, with the constant
  /// index of an element behind.
  std::string First, Second;
  /// How the function at hand calls them.
  std::string FirstText, SecondText;
  /// Where the second is taken, or the call that leads there.
  SourceLocation Loc;
  /// From the first lock to the second, call by call.
  std::vector<LockNote> Trace;
  /// Further locks that are held meanwhile.
  std::vector<std::string> Under;
};

/// Two objects of one class whose locks are taken one after the other, in an
/// order that the caller decides: `m` and `other.m`.
struct LockPair {
  AccessPath First, Second;
  const HeldLock *Held = nullptr;
  const FunctionInfo *Function = nullptr;
  /// Where the second is taken, or the call that leads there.
  const Expr *Site = nullptr;
  std::vector<LockNote> Trace;
};

/// The lock order of one unit: every pair of locks that a function of it takes
/// one under the other, itself or through calls. Attempts and locks that one
/// operation takes together make no order.
class LockOrder {
public:
  explicit LockOrder(UnitFacts &Facts);

  llvm::ArrayRef<LockOrderEdge> edges() const { return Edges; }
  llvm::ArrayRef<LockPair> pairs() const { return Pairs; }

  /// Pairs of edges that contradict each other, one for each two locks, the
  /// later place second. Left out are those that a third lock keeps apart.
  std::vector<std::pair<const LockOrderEdge *, const LockOrderEdge *>>
  reversals() const;

  /// Circles of three and more edges, each once: the second lock of an edge is
  /// the first of the next, and no two locks of them are reversed. The latest
  /// place stands last.
  std::vector<std::vector<const LockOrderEdge *>> circles() const;

private:
  void ofFunction(const FunctionInfo &Function);
  void ofCall(const FunctionInfo &Function, const Expr &Call);
  void add(const FunctionInfo &Function, const Expr &Site,
           const AccessPath &Second, llvm::ArrayRef<LockNote> Way);
  void addPair(const FunctionInfo &Function, const Expr &Site,
               const HeldLock &First, const AccessPath &Second,
               std::vector<LockNote> Trace);

  UnitFacts &Facts;
  std::vector<LockOrderEdge> Edges;
  std::vector<LockPair> Pairs;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_LOCKORDER_H
