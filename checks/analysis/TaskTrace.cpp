//===--- TaskTrace.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskTrace.h"
#include "analysis/Flow.h"
#include "analysis/ScopeEnds.h"
#include "analysis/TestedResult.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// The task on one path.
struct Progress {
  enum Kind : uint8_t { Before, Running, Detached, Done };
  Kind What = Before;
  /// The root of the holder that has the handle, or null.
  const ValueDecl *Holder = nullptr;

  bool isRunning() const { return What == Running || What == Detached; }
  bool operator==(const Progress &O) const {
    return What == O.What && Holder == O.Holder;
  }
};

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
    if (!Dies)
      return;
    for (World<Progress> &Path : Paths)
      if (endsWith(*Dies, Path.Value))
        Path.Value = {Progress::Done, nullptr};
  }

  bool branch(const Expr *Condition, bool Value,
              World<Progress> &Path) override {
    if (!Path.Value.isRunning())
      return true;
    for (const TestedResults::Tested &Test :
         Results.tested(Condition, Value, Facts.context()))
      if (llvm::is_contained(Waits.Timed, Test.Call) &&
          TestedResults::succeeded(Facts.call(Test.Call), Test.Zero))
        Path.Value = {Progress::Done, nullptr};
    if (saysEmpty(Condition, Value, Path.Value.Holder))
      Path.Value = {Progress::Done, nullptr};
    // The loop ends: the condition as written is false.
    auto Polled = PolledCores.find(Condition);
    if (Polled != PolledCores.end() && Value == Polled->second)
      Path.Value = {Progress::Done, nullptr};
    return true;
  }

private:
  /// True if \p Condition being \p Value means that \p Current has no task:
  /// `if (thread.joinable())`, `if (worker)`, where it is not.
  bool saysEmpty(const Expr *Condition, bool Value, const ValueDecl *Current) {
    struct Condition C = conditions().condition(Condition);
    if (!C.Core || Value != C.Negated)
      return false;
    const Expr *Holder = C.Core;
    KnownCall Call = Facts.call(Holder);
    if (Call.does() == Operation::Joinable || Call.does() == Operation::Valid)
      Holder = Call.Object;
    else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Holder))
      Holder = isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl())
                   ? Member->getImplicitObjectArgument()
                   : nullptr;
    if (!Holder)
      return false;
    HandleKey Key = handleKeyOf(Facts.vocabulary(), Holder);
    return Key && Key.Root == Current;
  }

  void statement(const Stmt &S, Worlds &Paths) {
    const auto *E = dyn_cast<Expr>(&S);
    bool Waited = Waits.Waits.count(&S) != 0 ||
                  (TimedCount && E && llvm::is_contained(Waits.Timed, E));
    // What a thrown exception leaves, std::terminate ends, or a handler sees.
    if (Waited || isa<CXXThrowExpr>(S))
      finish(Paths);
    if (Waits.Clears.count(&S))
      for (World<Progress> &Path : Paths)
        if (Path.Value.What == Progress::Running)
          Path.Value = {Progress::Done, nullptr};
    for (World<Progress> &Path : Paths)
      if (Path.Value.isRunning())
        passOn(S, Path.Value);
    if (&S != Launch.Site)
      return;
    for (World<Progress> &Path : Paths)
      Path.Value = {Progress::Running, Waits.FirstHolder};
    // Waited for in the same expression: `std::thread(f).join()`.
    if (Waited || Waits.Clears.count(&S))
      finish(Paths);
  }

  /// \p S detaches the thread or moves its handle.
  void passOn(const Stmt &S, Progress &Value) {
    if (Waits.Detaches.count(&S))
      Value = {Progress::Detached, nullptr};
    auto Move = Waits.Moves.find(&S);
    if (Move != Waits.Moves.end() && Move->second.first == Value.Holder)
      Value.Holder = Move->second.second;
  }

  /// The destructor of \p Variable returns only when the task has run.
  bool endsWith(const VarDecl &Variable, const Progress &Value) const {
    if (Value.What != Progress::Running)
      return false;
    if (Waits.Guards.count(&Variable))
      return true;
    return Waits.WaitingHolders.count(&Variable) &&
           Value.Holder == Variable.getCanonicalDecl();
  }

  static void finish(Worlds &Paths) {
    for (World<Progress> &Path : Paths)
      if (Path.Value.isRunning())
        Path.Value = {Progress::Done, nullptr};
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
    return Path.Value.isRunning();
  });
}

/// \p Variable dies while the task runs. If it waits for the task when it dies,
/// it is too late for what was declared after it, whatever the graph's order.
void addDead(const FunctionInfo &Function, const VarDecl &Variable,
             const TaskWaits &Waits, TaskTrace &Trace) {
  if (!Waits.Guards.count(&Variable) &&
      !Waits.WaitingHolders.count(&Variable)) {
    Trace.OutlivesVariable.insert(&Variable);
    return;
  }
  for (const VarDecl *Later : Function.Variables)
    if (Later->hasLocalStorage() &&
        Variable.getLocation() < Later->getLocation())
      Trace.OutlivesVariable.insert(Later);
}

} // namespace

TaskTrace traceTask(UnitFacts &Facts, const FunctionInfo &Function,
                    const CFG &Graph, const TaskLaunch &Launch,
                    const TaskWaits &Waits, bool TimedCount) {
  TaskTrace Trace;
  TraceFlow Flow(Facts, Function, Graph, Launch, Waits, TimedCount);
  ScopeEnds Ends(Facts, Function, Graph);
  if (!Flow.run(Progress())) {
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
          for (const VarDecl *Dying : Ends.at(Element))
            Trace.OutlivesVariable.insert(Dying);
          if (std::optional<CFGAutomaticObjDtor> End =
                  Element.getAs<CFGAutomaticObjDtor>())
            addDead(Function, *End->getVarDecl(), Waits, Trace);
        },
        [](const auto &) {});
  }
  return Trace;
}

} // namespace clang::tidy::concord
