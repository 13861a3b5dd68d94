//===--- CountedTask.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CountedTask.h"
#include "analysis/EscapingException.h"
#include "analysis/LoopExtent.h"
#include "analysis/MayThrow.h"
#include "analysis/ThreadStart.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

class TaskJudge {
public:
  TaskJudge(UnitFacts &Facts, TaskCounters &Counters, CountedTasks &Found)
      : Facts(Facts), Counters(Counters), Found(Found) {}

  void judge(const TaskLaunch &Launch) {
    if (!Launch.Entry || Launch.Synchronous || Launch.InlineMaybe)
      return;
    const FunctionInfo *Entry = Facts.function(Launch.Entry);
    if (!Entry || Entry->Dependent)
      return;
    judge(Launch, *Entry);
    if (const FunctionInfo *Only = onlyCall(*Entry))
      judge(Launch, *Only);
  }

private:
  /// The function that \p Entry consists of calling, or null.
  const FunctionInfo *onlyCall(const FunctionInfo &Entry) const {
    const auto *Block = dyn_cast<CompoundStmt>(Entry.Body);
    const auto *Only = Block && Block->size() == 1
                           ? dyn_cast<Expr>(Block->body_front())
                           : nullptr;
    Only = Only ? Only->IgnoreImplicit() : nullptr;
    const FunctionInfo *Callee =
        Only && isa<CallExpr>(Only) ? Facts.callee(Only) : nullptr;
    return Callee && !Callee->Dependent ? Callee : nullptr;
  }

  void judge(const TaskLaunch &Launch, const FunctionInfo &Task) {
    llvm::SmallVector<const ValueDecl *, 2> Seen;
    for (const CountStep &Step : Counters.steps(Task)) {
      if (Step.What == CountStep::Wait || llvm::is_contained(Seen, Step.Object))
        continue;
      Seen.push_back(Step.Object);
      const ValueDecl *Outside = argumentFor(Launch, *Step.Object);
      if (!Outside || isOwn(*Step.Object, Task))
        continue;
      judge(Launch, Task, *Step.Object, *Outside);
    }
  }

  /// A local variable of the task itself counts nothing for others.
  static bool isOwn(const ValueDecl &Object, const FunctionInfo &Task) {
    const auto *Variable = dyn_cast<VarDecl>(&Object);
    return Variable && Variable->hasLocalStorage() &&
           !isa<ParmVarDecl>(Variable) &&
           Variable->getDeclContext() == Task.Function;
  }

  void judge(const TaskLaunch &Launch, const FunctionInfo &Task,
             const ValueDecl &Object, const ValueDecl &Outside) {
    TaskDuty Duty;
    Duty.Object = &Object;
    bool IsPrimitive = false;
    for (const CountStep &Step : Counters.steps(Task)) {
      if (Step.Object != &Object)
        continue;
      const KnownCall Call = Facts.call(Step.Site);
      IsPrimitive |= Call.Type && (Call.Type->is(Role::Latch) ||
                                   Call.Type->is(Role::Barrier));
      if (Step.What == CountStep::Raise)
        Duty.Raises.push_back(Step.Site);
      else if (Step.What == CountStep::Wait)
        Duty.Neutral.push_back(Step.Site);
      else
        Duty.Fulfils.push_back(Step.Site);
    }
    if (Duty.Fulfils.empty())
      return;
    const TaskCounters::ZeroWait *Wait = waitFor(Launch, Task, Outside);
    if (!IsPrimitive && !Wait)
      return;
    addNeutral(Task, Duty);
    if (Wait && !IsPrimitive)
      late(Launch, Task, Duty, Outside, *Wait);
    missed(Launch, Task, Duty);
  }

  /// Reads of the counter's value.
  void addNeutral(const FunctionInfo &Task, TaskDuty &Duty) {
    for (const KnownCall &Call : Task.Calls)
      if ((Call.does() == Operation::AtomicLoad ||
           Call.does() == Operation::NotifyAll ||
           Call.does() == Operation::NotifyOne) &&
          counterOf(Call.Object) == Duty.Object)
        Duty.Neutral.push_back(Call.Site);
  }

  /// Where others than the task wait for \p Outside to become zero.
  const TaskCounters::ZeroWait *waitFor(const TaskLaunch &Launch,
                                        const FunctionInfo &Task,
                                        const ValueDecl &Outside) {
    const auto *Variable = dyn_cast<VarDecl>(&Outside);
    const bool Local = Variable && Variable->hasLocalStorage();
    for (const TaskCounters::ZeroWait &Wait : Counters.waitsFor(Outside))
      if (Wait.Function != &Task &&
          (!Local || isAfter(*Wait.Site, *Launch.Site)))
        return &Wait;
    // An object of a class that counts.
    for (const CountStep &Step : Counters.steps(*Launch.Launcher))
      if (Step.What == CountStep::Wait && Step.Object == &Outside) {
        Group = {Launch.Launcher, Step.Site};
        return &Group;
      }
    return nullptr;
  }

  bool isAfter(const Expr &A, const Expr &B) const {
    return Facts.context().getSourceManager().isBeforeInTranslationUnit(
        B.getBeginLoc(), A.getBeginLoc());
  }

  void late(const TaskLaunch &Launch, const FunctionInfo &Task,
            const TaskDuty &Duty, const ValueDecl &Outside,
            const TaskCounters::ZeroWait &Wait) {
    if (Duty.Raises.size() != 1 ||
        !isAfter(*Duty.Fulfils.back(), *Duty.Raises.front()))
      return;
    const Expr *Raise = Duty.Raises.front();
    if (!loopsAround(Raise, Task, Facts).empty() || isConditional(Raise, Task))
      return;
    // Raised or tested by others too: they may know what they do.
    for (const auto &Other : Facts.functions()) {
      if (Other.get() == &Task || Other->Dependent || isSame(*Other, Task))
        continue;
      for (const CountStep &Step : Counters.steps(*Other))
        if (Step.What == CountStep::Raise && Step.Object == &Outside)
          return;
    }
    Found.Late.push_back({&Outside, Raise, Wait.Site, &Launch});
  }

  static bool isSame(const FunctionInfo &A, const FunctionInfo &B) {
    return A.Function && B.Function &&
           A.Function->getLocation() == B.Function->getLocation();
  }

  bool isConditional(const Stmt *S, const FunctionInfo &Task) const {
    for (S = Facts.parent(Task, S); S; S = Facts.parent(Task, S))
      if (isa<IfStmt, SwitchStmt, ConditionalOperator, CXXCatchStmt>(S))
        return true;
    return false;
  }

  void missed(const TaskLaunch &Launch, const FunctionInfo &Task,
              const TaskDuty &Duty) {
    for (const UnmetDuty &Unmet : unmetDuties(Facts, Task, Duty)) {
      // The end of the program is another finding.
      if (Unmet.What == UnmetDuty::Throw && startsThread(Launch) &&
          !Launch.Call.Fact->ReturnsFuture)
        continue;
      Found.Missed.push_back({Duty.Object, Unmet, &Launch});
    }
    thrown(Launch, Task, Duty);
  }

  /// The first call that may throw before all that counts off.
  void thrown(const TaskLaunch &Launch, const FunctionInfo &Task,
              const TaskDuty &Duty) {
    if ((startsThread(Launch) && !Launch.Call.Fact->ReturnsFuture) ||
        Duty.Fulfils.size() != 1 || !Duty.Raises.empty() ||
        isConditional(Duty.Fulfils.front(), Task))
      return;
    const Expr *Fulfilment = Duty.Fulfils.front();
    for (const Expr *Call : Task.OtherCalls)
      if (isAfter(*Fulfilment, *Call) && !isInTry(Call, Task) &&
          mayThrow(Facts, Call)) {
        Found.Thrown.push_back({Duty.Object, Call, Fulfilment, &Launch});
        return;
      }
  }

  bool isInTry(const Stmt *S, const FunctionInfo &Task) const {
    for (; S; S = Facts.parent(Task, S))
      if (isa<CXXTryStmt>(S))
        return true;
    return false;
  }

  UnitFacts &Facts;
  TaskCounters &Counters;
  CountedTasks &Found;
  TaskCounters::ZeroWait Group;
};

} // namespace

CountedTasks judgeCountedTasks(UnitFacts &Facts, TaskCounters &Counters) {
  CountedTasks Found;
  TaskJudge Judge(Facts, Counters, Found);
  for (const TaskLaunch &Launch : Facts.launches())
    Judge.judge(Launch);
  return Found;
}

} // namespace clang::tidy::concord
