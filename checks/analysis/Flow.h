//===--- Flow.h - Path-sensitive walk over a function -----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_FLOW_H
#define CONCORD_ANALYSIS_FLOW_H

#include "analysis/Conditions.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <queue>
#include <set>
#include <vector>

namespace clang::tidy::concord {

/// One way to reach a point: the client's state and the branch outcomes that
/// every path with this state has in common.
template <typename State> struct World {
  State Value;
  Outcomes Known;
};

/// Walks the control-flow graph of a function and carries a small state along
/// every path. Paths are kept apart only while their states differ (property
/// simulation), each with the branch outcomes that led to it, so that a second
/// branch on the same condition goes the same way. The cost is linear in blocks
/// times distinct states; beyond `MaxBlocks` or `MaxStates` the walk gives up.
///
/// `State` is a value type with `operator==`. Clients derive and define
/// `transfer` and `branch`.
template <typename State> class Flow {
public:
  using Worlds = llvm::SmallVector<World<State>, 2>;

  /// For \p Changes see `ConditionTable`.
  Flow(const ASTContext &Context, const CFG &Graph,
       std::function<bool(const CallExpr &)> Changes)
      : Graph(Graph), Conditions(Context, std::move(Changes)) {}
  virtual ~Flow() = default;

  static constexpr unsigned MaxBlocks = 20000;

  /// Computes the states at the entry of every block. \p MaxStates bounds the
  /// states per block.
  /// \returns false if a bound was met: nothing is known then.
  bool run(State Entry, unsigned MaxStates = 32) {
    if (Graph.getNumBlockIDs() > MaxBlocks)
      return false;
    Limit = MaxStates;
    AtEntry.assign(Graph.getNumBlockIDs(), {});
    findLoopHeads();
    World<State> First{std::move(Entry), {}};
    if (!arrive(Graph.getEntry(), First) || !propagate())
      return false;
    return runHandlers();
  }

  /// The states at the start of \p Block; empty if it is unreachable.
  const Worlds &entry(const CFGBlock &Block) const {
    return AtEntry[Block.getBlockID()];
  }

  /// Walks \p Block once more: \p Before sees every element with the states
  /// before it; afterwards \p After sees the states at the end of the block.
  void
  replay(const CFGBlock &Block,
         llvm::function_ref<void(const CFGElement &, const Worlds &)> Before,
         llvm::function_ref<void(const Worlds &)> After) {
    Worlds Paths = entry(Block);
    if (Paths.empty())
      return;
    for (const CFGElement &Element : Block) {
      Before(Element, Paths);
      step(Element, Paths);
    }
    After(Paths);
  }

protected:
  /// Applies \p Element to every state in \p Paths; may split a state by adding
  /// a further one.
  virtual void transfer(const CFGElement &Element, Worlds &Paths) = 0;

  /// The branch on \p Condition (negations removed) goes the way of \p Value.
  /// \returns false if \p Path cannot go there.
  virtual bool branch(const Expr * /*Condition*/, bool /*Value*/,
                      World<State> & /*Path*/) {
    return true;
  }

  /// Control enters the handler \p Catch: what was declared in the `try` is
  /// gone.
  virtual void enterHandler(const CXXCatchStmt & /*Catch*/, State & /*Value*/) {
  }

  ConditionTable &conditions() { return Conditions; }

private:
  void step(const CFGElement &Element, Worlds &Paths) {
    transfer(Element, Paths);
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    for (World<State> &Path : Paths)
      Conditions.execute(S->getStmt(), Path.Known);
  }

  /// Blocks that are reached from a block after them: their incoming paths know
  /// nothing of what other threads may have changed.
  void findLoopHeads() {
    LoopHead.assign(Graph.getNumBlockIDs(), false);
    for (const CFGBlock *Block : Graph)
      if (Block->getLoopTarget())
        for (const CFGBlock *Successor : Block->succs())
          if (Successor)
            LoopHead[Successor->getBlockID()] = true;
  }

  /// \returns false if the states became too many.
  bool arrive(const CFGBlock &Block, World<State> Path) {
    unsigned Id = Block.getBlockID();
    if (LoopHead[Id])
      Conditions.forgetShared(Path.Known);
    if (const auto *Catch = dyn_cast_or_null<CXXCatchStmt>(Block.getLabel()))
      enterHandler(*Catch, Path.Value);
    Worlds &Paths = AtEntry[Id];
    for (World<State> &Other : Paths) {
      if (!(Other.Value == Path.Value))
        continue;
      if (Other.Known.intersect(Path.Known))
        schedule(Id);
      return true;
    }
    if (Paths.size() >= Limit)
      return false;
    Paths.push_back(std::move(Path));
    schedule(Id);
    return true;
  }

  void schedule(unsigned Id) {
    if (Pending.insert(Id).second)
      Work.push(Id);
  }

  bool propagate() {
    // clang numbers blocks from the exit upward, so the highest pending number
    // is the next in about reverse post-order.
    while (!Work.empty()) {
      unsigned Id = Work.top();
      Work.pop();
      Pending.erase(Id);
      if (!leave(*blockById(Id)))
        return false;
    }
    return true;
  }

  const CFGBlock *blockById(unsigned Id) {
    if (Blocks.empty()) {
      Blocks.resize(Graph.getNumBlockIDs());
      for (const CFGBlock *Block : Graph)
        Blocks[Block->getBlockID()] = Block;
    }
    return Blocks[Id];
  }

  bool leave(const CFGBlock &Block) {
    Worlds Paths = entry(Block);
    for (const CFGElement &Element : Block)
      step(Element, Paths);
    // The graph leads from `exit()` to the end of the function.
    if (Block.hasNoReturnElement())
      return true;
    const Expr *Condition = branchCondition(Block);
    unsigned Index = 0;
    for (const CFGBlock::AdjacentBlock &Adjacent : Block.succs()) {
      bool Taken = Index++ == 0;
      const CFGBlock *Successor = Adjacent.getReachableBlock();
      if (!Successor)
        continue;
      for (World<State> Path : Paths) {
        if (Condition && !follow(Condition, Taken, Path))
          continue;
        if (!arrive(*Successor, std::move(Path)))
          return false;
      }
    }
    return true;
  }

  /// The condition of a two-way branch on truth, or null.
  static const Expr *branchCondition(const CFGBlock &Block) {
    const Stmt *Terminator = Block.getTerminatorStmt();
    if (Block.succ_size() != 2 || !Terminator ||
        isa<SwitchStmt, CXXTryStmt, CXXForRangeStmt>(Terminator) ||
        Block.getTerminator().isTemporaryDtorsBranch() ||
        Block.getTerminator().isVirtualBaseBranch())
      return nullptr;
    return Block.getLastCondition();
  }

  bool follow(const Expr *Condition, bool Taken, World<State> &Path) {
    if (!Conditions.assume(Condition, Taken, Path.Known))
      return false;
    struct Condition C = Conditions.condition(Condition);
    return !C.Core || branch(C.Core, Taken != C.Negated, Path);
  }

  /// Exception handlers have no edges from the calls that may throw: they begin
  /// with the states at the start of their `try`.
  bool runHandlers() {
    for (const CFGBlock *Dispatch : try_blocks()) {
      const auto *Try =
          dyn_cast_or_null<CXXTryStmt>(Dispatch->getTerminatorStmt());
      if (!Try)
        continue;
      for (const World<State> &Path : atStart(*Try->getTryBlock()))
        if (!arrive(*Dispatch, Path))
          return false;
    }
    return propagate();
  }

  std::vector<const CFGBlock *> try_blocks() const {
    // Inner handlers come first in the graph; a handler's own states flow into
    // the outer ones through the work list.
    return {Graph.try_blocks_begin(), Graph.try_blocks_end()};
  }

  /// The states before the first element that lies inside \p Body.
  Worlds atStart(const CompoundStmt &Body) {
    SourceRange Range = Body.getSourceRange();
    const CFGBlock *First = nullptr;
    const Stmt *Leftmost = nullptr;
    for (const CFGBlock *Block : Graph)
      for (const CFGElement &Element : *Block) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        if (!S || S->getStmt()->getBeginLoc() < Range.getBegin() ||
            Range.getEnd() < S->getStmt()->getBeginLoc())
          continue;
        if (Leftmost &&
            !(S->getStmt()->getBeginLoc() < Leftmost->getBeginLoc()))
          continue;
        Leftmost = S->getStmt();
        First = Block;
      }
    if (!First)
      return {};
    Worlds Paths = entry(*First);
    for (const CFGElement &Element : *First) {
      std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
      if (S && !(S->getStmt()->getBeginLoc() < Range.getBegin()))
        break;
      step(Element, Paths);
    }
    return Paths;
  }

  const CFG &Graph;
  ConditionTable Conditions;
  unsigned Limit = 32;
  std::vector<Worlds> AtEntry;
  std::vector<bool> LoopHead;
  std::vector<const CFGBlock *> Blocks;
  std::priority_queue<unsigned> Work;
  std::set<unsigned> Pending;
};

/// The control-flow graph of \p Body as all analyses want it: every expression
/// an element, destructors of variables and temporaries, initialisers.
/// \returns null if clang cannot build it, or the code is dependent and not
/// \p Dependent.
std::unique_ptr<CFG> buildGraph(ASTContext &Context, const Decl *Function,
                                const Stmt *Body, bool Dependent = false);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_FLOW_H
