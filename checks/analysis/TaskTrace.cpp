//===--- TaskTrace.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskTrace.h"
#include "analysis/Flow.h"
#include "analysis/TestedResult.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

enum class Progress : uint8_t { Before, Running, Done };

class TraceFlow : public Flow<Progress> {
public:
  TraceFlow(UnitFacts &Facts, const FunctionInfo &Function, const CFG &Graph,
            const TaskLaunch &Launch, const TaskWaits &Waits, bool TimedCount)
      : Flow(Facts.context(), Graph, [](const CallExpr &) { return false; }),
        Facts(Facts), Launch(Launch), Waits(Waits), TimedCount(TimedCount),
        Results(Function.Body) {
    for (const Expr *Polled : Waits.Polled) {
      struct Condition C = conditions().condition(Polled);
      if (C.Core)
        PolledCores[C.Core] = C.Negated;
    }
  }

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override {
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      return statement(*S->getStmt(), Paths);
    const VarDecl *Dies = nullptr;
    if (std::optional<CFGAutomaticObjDtor> End =
            Element.getAs<CFGAutomaticObjDtor>())
      Dies = End->getVarDecl();
    if (Dies && Waits.WaitingVariables.count(Dies))
      finish(Paths);
  }

  bool branch(const Expr *Condition, bool Value,
              World<Progress> &Path) override {
    if (Path.Value != Progress::Running)
      return true;
    for (const TestedResults::Tested &Test :
         Results.tested(Condition, Value, Facts.context()))
      if (llvm::is_contained(Waits.Timed, Test.Call) &&
          TestedResults::succeeded(Facts.call(Test.Call), Test.Zero))
        Path.Value = Progress::Done;
    // The loop ends: the condition as written is false.
    auto Polled = PolledCores.find(Condition);
    if (Polled != PolledCores.end() && Value == Polled->second)
      Path.Value = Progress::Done;
    return true;
  }

private:
  void statement(const Stmt &S, Worlds &Paths) {
    const auto *E = dyn_cast<Expr>(&S);
    bool Waited = Waits.Waits.count(&S) != 0 ||
                  (TimedCount && E && llvm::is_contained(Waits.Timed, E));
    // What a thrown exception leaves, std::terminate ends, or a handler sees.
    if (Waited || isa<CXXThrowExpr>(S))
      finish(Paths);
    if (&S != Launch.Site)
      return;
    for (World<Progress> &Path : Paths)
      Path.Value = Progress::Running;
    // Waited for in the same expression: `std::thread(f).join()`.
    if (Waited)
      finish(Paths);
  }

  static void finish(Worlds &Paths) {
    for (World<Progress> &Path : Paths)
      if (Path.Value == Progress::Running)
        Path.Value = Progress::Done;
  }

  UnitFacts &Facts;
  const TaskLaunch &Launch;
  const TaskWaits &Waits;
  bool TimedCount;
  TestedResults Results;
  /// Whether the condition holds when its core is false.
  llvm::DenseMap<const Expr *, bool> PolledCores;
};

bool isRunning(const Flow<Progress>::Worlds &Paths) {
  return llvm::any_of(Paths, [](const World<Progress> &Path) {
    return Path.Value == Progress::Running;
  });
}

} // namespace

TaskTrace traceTask(UnitFacts &Facts, const FunctionInfo &Function,
                    const CFG &Graph, const TaskLaunch &Launch,
                    const TaskWaits &Waits, bool TimedCount) {
  TaskTrace Trace;
  TraceFlow Flow(Facts, Function, Graph, Launch, Waits, TimedCount);
  if (!Flow.run(Progress::Before)) {
    Trace.Unknown = true;
    return Trace;
  }
  for (const CFGBlock *Block : Graph) {
    if (Block == &Graph.getExit())
      Trace.OutlivesFunction |= isRunning(Flow.entry(*Block));
    Flow.replay(
        *Block,
        [&](const CFGElement &Element, const auto &Before) {
          if (!isRunning(Before))
            return;
          if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
            Trace.RunsAt.insert(S->getStmt());
          if (std::optional<CFGLifetimeEnds> End =
                  Element.getAs<CFGLifetimeEnds>())
            Trace.OutlivesVariable.insert(End->getVarDecl());
          if (std::optional<CFGAutomaticObjDtor> End =
                  Element.getAs<CFGAutomaticObjDtor>())
            if (!Waits.WaitingVariables.count(End->getVarDecl()))
              Trace.OutlivesVariable.insert(End->getVarDecl());
        },
        [](const auto &) {});
  }
  return Trace;
}

} // namespace clang::tidy::concord
