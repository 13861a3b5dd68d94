//===--- Conditions.h - What a path knows of its branches -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_CONDITIONS_H
#define CONCORD_ANALYSIS_CONDITIONS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/SmallVector.h"
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace clang::tidy::concord {

/// A branch condition without its negations: `!x`, `x == 0`, `x == nullptr`
/// and `x != false` are all about `x`.
struct Condition {
  unsigned Id = 0;
  /// The condition holds when `Id` is false.
  bool Negated = false;
  /// The expression that `Id` stands for.
  const Expr *Core = nullptr;
};

/// The branch outcomes that one path has seen: "`x` is false, `rc` is not 0".
class Outcomes {
public:
  std::optional<bool> get(unsigned Id) const;
  void set(unsigned Id, bool Value);
  void forget(unsigned Id);
  template <typename Predicate> void forgetIf(Predicate P) {
    llvm::erase_if(Known, [&](const auto &Entry) { return P(Entry.first); });
  }
  /// Keeps what both paths know. \returns true if this lost something.
  bool intersect(const Outcomes &Other);
  bool operator==(const Outcomes &O) const { return Known == O.Known; }

private:
  llvm::SmallVector<std::pair<unsigned, bool>, 4> Known; // sorted by id
};

/// Gives equal conditions of one function equal numbers, so that two branches
/// on the same condition are known to go the same way.
class ConditionTable {
public:
  /// \p Changes says of a const member function that its answer differs from
  /// one evaluation to the next (`owns_lock`, `joinable`, `load`).
  ConditionTable(const ASTContext &Context,
                 std::function<bool(const CallExpr &)> Changes)
      : Context(Context), Changes(std::move(Changes)) {}

  /// The number of the condition that \p E tests. A call stands only for
  /// itself (each evaluation may differ) unless it is of a const member
  /// function without arguments.
  Condition condition(const Expr *E);

  /// Learns from \p E being \p Value: sets outcomes that follow from it
  /// (`rc == EBUSY` means that `rc` is not 0).
  /// \returns false if \p Known says otherwise: the path cannot be taken.
  bool assume(const Expr *E, bool Value, Outcomes &Known);

  /// Follows what \p S (one element of a control-flow graph) assigns: forgets
  /// conditions on what changes, learns constants and copies.
  void execute(const Stmt *S, Outcomes &Known);

  /// Forgets what another thread or a call may change in the meantime: all but
  /// conditions on local variables. For loop heads.
  void forgetShared(Outcomes &Known) const;

private:
  struct Entry {
    llvm::SmallVector<const ValueDecl *, 2> DependsOn;
    bool Local = true;
  };

  unsigned idOf(const Expr *Core);
  bool collectReads(const Expr *E, Entry &Into) const;
  bool isGetter(const CallExpr &Call) const;
  void assign(const ValueDecl *Variable, const Expr *Value, Outcomes &Known);
  void changed(const ValueDecl *Variable, Outcomes &Known) const;

  const ASTContext &Context;
  std::function<bool(const CallExpr &)> Changes;
  /// Keyed by the structure of the condition. An ordered map, since what
  /// LLVM 16 hashes structures with does not load into other releases.
  std::map<llvm::FoldingSetNodeID, unsigned> Ids;
  /// Ids of conditions that are just a variable.
  llvm::DenseMap<const ValueDecl *, unsigned> VariableIds;
  llvm::DenseMap<const Expr *, unsigned> CallIds;
  std::vector<Entry> Entries;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_CONDITIONS_H
