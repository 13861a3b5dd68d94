//===--- UnusedStop.cpp - Which stop requests are never made? -------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/UnusedStop.h"
#include "analysis/Flow.h"
#include "analysis/HandleEvents.h"
#include "analysis/HandleState.h"
#include "analysis/StopHandOver.h"
#include "analysis/TaskTrace.h"

namespace clang::tidy::concord {

namespace {

/// The task and its stop request on one path.
enum class Stage : uint8_t {
  Before, ///< not started
  Runs,   ///< started, and nobody has asked it to stop
  Done,   ///< asked to stop, or waited for
};

class StopFlow : public Flow<Stage> {
public:
  StopFlow(UnitFacts &Facts, const CFG &Graph, const StopHandOver &Use,
           const Stmt *Start, const TaskWaits *Waits)
      : Flow(Facts.context(), Graph, [](const CallExpr &) { return false; }),
        Use(Use), Start(Start), Waits(Waits) {}

  /// The task is waited for at \p Element.
  bool waitsAt(const CFGElement &Element) const {
    if (!Waits)
      return false;
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      return Waits->Waits.count(S->getStmt());
    if (std::optional<CFGAutomaticObjDtor> End =
            Element.getAs<CFGAutomaticObjDtor>())
      return Waits->Guards.count(End->getVarDecl()) ||
             Waits->WaitingHolders.count(End->getVarDecl());
    return false;
  }

  static bool runs(const Worlds &Paths) {
    return llvm::any_of(Paths, [](const World<Stage> &Path) {
      return Path.Value == Stage::Runs;
    });
  }

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    const Stmt *At = S ? S->getStmt() : nullptr;
    // A request before the launch counts, too.
    const bool Ends = waitsAt(Element) || (At && Use.Triggers.count(At)) ||
                      isa_and_nonnull<CXXThrowExpr>(At);
    for (World<Stage> &Path : Paths) {
      if (At && At == Start && Path.Value == Stage::Before)
        Path.Value = Stage::Runs;
      else if (Ends && (Path.Value == Stage::Runs || Use.Triggers.count(At)))
        Path.Value = Stage::Done;
    }
  }

private:
  const StopHandOver &Use;
  const Stmt *Start;
  const TaskWaits *Waits;
};

class Search {
public:
  Search(UnitFacts &Facts, const FunctionInfo &Function, const CFG &Graph)
      : Facts(Facts), Function(Function), Graph(Graph) {}

  void source(const StopHandOver &Use) {
    const HandleState *Handles = Facts.handles(Function);
    if (!Handles)
      return;
    for (const TaskLaunch *Launch : Use.Launches) {
      const TaskWaits Waits =
          findTaskWaits(Facts, Function, Handles->events(), *Launch);
      StopFlow Flow(Facts, Graph, Use, Launch->Site, &Waits);
      if (!Flow.run(Stage::Before))
        continue;
      const bool Endless = endsOnlyOnStop(Facts, *Launch);
      if (Endless && findWait(Flow, Use, *Launch, Handles->events()))
        return;
      if (outlives(*Launch, Waits) &&
          (Endless || Use.Trigger || polls(*Launch)) &&
          findExit(Flow, {UnusedStop::Abandons, Use.Source, Launch->Site,
                          nullptr, Use.Trigger}))
        return;
    }
  }

  void function(const StopHandOver &Use) {
    StopFlow Flow(Facts, Graph, Use, Use.Maker, nullptr);
    if (Flow.run(Stage::Before))
      findExit(Flow, {UnusedStop::NotCalled, Use.Source, Use.Maker, nullptr,
                      Use.Trigger});
  }

  std::vector<UnusedStop> Found;

private:
  /// The launcher shows that the task may run on when it returns.
  static bool outlives(const TaskLaunch &Launch, const TaskWaits &Waits) {
    switch (Launch.Handle.Where) {
    case TaskHandle::Detached:
    case TaskHandle::Member:
    case TaskHandle::Global:
    case TaskHandle::Returned:
      return true;
    case TaskHandle::Local:
    case TaskHandle::Element:
      return !Waits.Detaches.empty();
    default:
      return false;
    }
  }

  /// The task looks at a token at all.
  bool polls(const TaskLaunch &Launch) const {
    const FunctionInfo *Task =
        Launch.Entry ? Facts.function(Launch.Entry) : nullptr;
    return Task && Task->does({Operation::QueryStop});
  }

  /// Reports the first wait that a path comes to without a request.
  bool findWait(StopFlow &Flow, const StopHandOver &Use,
                const TaskLaunch &Launch, const HandleEvents &Events) {
    bool Any = false;
    const Stmt *At = nullptr;
    for (const CFGBlock *Block : Graph)
      Flow.replay(
          *Block,
          [&](const CFGElement &Element, const auto &Before) {
            if (!StopFlow::runs(Before) || !Flow.waitsAt(Element))
              return;
            const Stmt *Wait = nullptr;
            if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
              Wait = waitForTask(Events, *S->getStmt());
              if (!Wait)
                return;
            }
            if (!Any ||
                (Wait && (!At || Wait->getBeginLoc() < At->getBeginLoc())))
              At = Wait;
            Any = true;
          },
          [](const auto &) {});
    if (Any)
      Found.push_back(
          {UnusedStop::Waits, Use.Source, Launch.Site, At, Use.Trigger});
    return Any;
  }

  /// The join of a handle that happens at \p S, or null.
  const Stmt *waitForTask(const HandleEvents &Events, const Stmt &S) const {
    auto At = Events.At.find(&S);
    if (At == Events.At.end())
      return nullptr;
    for (unsigned Index : At->second)
      if (Events.List[Index].What == HandleEvent::Join &&
          !Events.List[Index].InLambda)
        return Events.List[Index].Call ? Events.List[Index].Call : &S;
    return nullptr;
  }

  /// Reports \p Unused if a path ends while the task runs.
  bool findExit(StopFlow &Flow, UnusedStop Unused) {
    if (!StopFlow::runs(Flow.entry(Graph.getExit())))
      return false;
    for (const CFGBlock *Block : Graph)
      Flow.replay(
          *Block,
          [&](const CFGElement &Element, const auto &Before) {
            std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
            if (S && isa<ReturnStmt>(S->getStmt()) && StopFlow::runs(Before) &&
                (!Unused.At ||
                 S->getStmt()->getBeginLoc() < Unused.At->getBeginLoc()))
              Unused.At = S->getStmt();
          },
          [](const auto &) {});
    Found.push_back(Unused);
    return true;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const CFG &Graph;
};

} // namespace

std::vector<UnusedStop> unusedStops(UnitFacts &Facts,
                                    const FunctionInfo &Function) {
  if (Function.Dependent || Function.Variables.empty() || !Function.Function)
    return {};
  std::vector<StopHandOver> Sources = localStopSources(Facts, Function);
  std::vector<StopHandOver> Functions = cancelFunctions(Facts, Function);
  if (Sources.empty() && Functions.empty())
    return {};
  std::unique_ptr<CFG> Graph =
      buildGraph(Facts.context(), Function.Function, Function.Body);
  if (!Graph)
    return {};
  Search S(Facts, Function, *Graph);
  for (const StopHandOver &Use : Sources)
    S.source(Use);
  for (const StopHandOver &Use : Functions)
    S.function(Use);
  return std::move(S.Found);
}

} // namespace clang::tidy::concord
