//===--- LostSignal.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LostSignal.h"
#include "analysis/Callable.h"
#include "analysis/LoopExits.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"
#include <tuple>

namespace clang::tidy::concord {

namespace {

using Trace = std::vector<TraceEvent>;
using TaskList = llvm::SmallVector<const Worker *, 2>;

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

bool isNotify(const TraceEvent &Event, const ValueDecl *Condition) {
  Operation Does = Event.Known.does();
  return Event.What == TraceEvent::Call &&
         (Does == Operation::NotifyOne || Does == Operation::NotifyAll) &&
         (!Event.Object || Event.Object == Condition);
}

/// \p Event may take \p Mutex: then a change before it is seen by all who test
/// after.
bool mayAcquire(const TraceEvent &Event, const ValueDecl *Mutex) {
  if (Event.What != TraceEvent::Call)
    return false;
  const bool Guard = Event.Known.Type && Event.Known.Type->is(Role::Guard) &&
                     Event.Site && isa<CXXConstructExpr>(Event.Site);
  return (Guard || Event.Known.does() == Operation::Lock ||
          Event.Known.does() == Operation::TryLock) &&
         (!Event.Object || Event.Object == Mutex ||
          Event.Known.does() != Operation::None);
}

bool isConstructor(const FunctionInfo &Function) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing)
    if (isa_and_nonnull<CXXConstructorDecl>(F->Function))
      return true;
  return false;
}

class SignalSearch {
public:
  SignalSearch(UnitFacts &Facts, Workers &All) : Facts(Facts), All(All) {}

  std::vector<LostSignal> run() {
    for (const ConditionUse &Wait : All.waits()) {
      if (Wait.Timed || Wait.Opaque)
        continue;
      TaskList Tasks = All.tasksThatRun(*Wait.Function);
      if (!Tasks.empty())
        notAsked(Wait, Tasks);
      for (const FlagTest &Test : testsOf(Wait)) {
        if (!Tasks.empty())
          notNotified(Wait, Test, Tasks);
        if (!Tasks.empty())
          oneNotified(Wait, Test, Tasks);
        notLocked(Wait, Test);
      }
    }
    return std::move(Found);
  }

private:
  /// The flags that end the wait, with the value that does.
  std::vector<FlagTest> testsOf(const ConditionUse &Wait) {
    std::vector<WayOut> Ways;
    if (const Expr *Predicate = Wait.Call.argument(Wait.Call.Fact->Predicate)) {
      const FunctionInfo *Body =
          Facts.function(resolveCallable(Facts.vocabulary(), Predicate).Entry);
      const auto *Block =
          Body ? dyn_cast_or_null<CompoundStmt>(Body->Body) : nullptr;
      if (Block)
        for (const Stmt *S : Block->body())
          if (const auto *Return = dyn_cast<ReturnStmt>(S))
            if (Return->getRetValue())
              Ways = waysTo(Facts, Return->getRetValue(), true);
    } else if (Wait.Loop) {
      Ways = waysOut(Facts, *Wait.Function, Wait.Loop).Ways;
    }
    std::vector<FlagTest> Tests;
    for (const WayOut &Way : Ways)
      for (const FlagTest &Test : Way)
        if (Test.Flag && llvm::none_of(Tests, [&](const FlagTest &Other) {
              return Other.Flag == Test.Flag;
            }))
          Tests.push_back(Test);
    return Tests;
  }

  /// The changes of \p Test's flag that may end the wait, made by other threads
  /// than the tasks.
  std::vector<StateUse> signalsOf(const FlagTest &Test, const TaskList &Tasks) {
    std::vector<StateUse> Result;
    for (const StateUse &Use : All.usesOf(Test.Flag))
      if (Use.changes() && !Use.Function->Dependent &&
          Use.mayBecome(Test.Value, Facts.context()) &&
          !isConstructor(*Use.Function) &&
          llvm::none_of(Tasks, [&](const Worker *Task) {
            return Task->Runs.contains(Use.Function);
          }))
        Result.push_back(Use);
    return Result;
  }

  /// The function of \p Use and those that call it, two levels up.
  llvm::SmallVector<const FunctionInfo *, 4> rootsOf(const StateUse &Use) {
    llvm::SmallVector<const FunctionInfo *, 4> Roots{Use.Function};
    size_t Begin = 0;
    for (unsigned Level = 0; Level < 2; ++Level) {
      size_t End = Roots.size();
      for (size_t I = Begin; I < End; ++I)
        for (const auto &[Caller, Site] : All.callersOf(*Roots[I]))
          if (!Caller->Dependent && !llvm::is_contained(Roots, Caller) &&
              Roots.size() < 32)
            Roots.push_back(Caller);
      Begin = End;
    }
    return Roots;
  }

  static size_t indexOf(const Trace &Events, const StateUse &Use) {
    for (size_t I = 0; I < Events.size(); ++I)
      if (Events[I].What == TraceEvent::Change && Events[I].Site == Use.Site)
        return I;
    return Events.size();
  }

  void notAsked(const ConditionUse &Wait, const TaskList &Tasks) {
    for (const FlagTest &Test : testsAround(Wait, Tasks)) {
      if (!Test.Flag || Wait.Reads.contains(Test.Flag))
        continue;
      std::vector<StateUse> Signals = signalsOf(Test, Tasks);
      if (Signals.empty() || llvm::any_of(Signals, [&](const StateUse &Use) {
            return wakesOtherwise(Use, Wait);
          }))
        continue;
      add({LostSignal::NotAsked, Test.Flag, &Wait, Signals.front().Site,
           Test.Site});
      return;
    }
  }

  /// The single flags that end a loop around the wait, or around a call that
  /// leads to it.
  std::vector<FlagTest> testsAround(const ConditionUse &Wait,
                                    const TaskList &Tasks) {
    std::vector<FlagTest> Tests;
    auto Around = [&](const FunctionInfo &Function, const Stmt *S) {
      for (S = Facts.parent(Function, S); S; S = Facts.parent(Function, S))
        if (isLoop(S) && S != Wait.Loop)
          for (const WayOut &Way : waysOut(Facts, Function, S).Ways)
            if (Way.size() == 1)
              Tests.push_back(Way.front());
    };
    Around(*Wait.Function, Wait.Call.Site);
    llvm::SmallPtrSet<const FunctionInfo *, 4> Targets{Wait.Function};
    for (unsigned Level = 0; Level < 2; ++Level)
      for (const Worker *Task : Tasks)
        for (const FunctionInfo *Function : Task->Runs)
          for (const Expr *Call : Function->OtherCalls)
            if (const FunctionInfo *Callee = Facts.callee(Call);
                Callee && Targets.contains(Callee)) {
              Around(*Function, Call);
              Targets.insert(Function);
            }
    return Tests;
  }

  /// Who sets the flag also changes what the wait asks, or may do so.
  bool wakesOtherwise(const StateUse &Use, const ConditionUse &Wait) {
    for (const FunctionInfo *Root : rootsOf(Use)) {
      const Trace &Events = All.trace(*Root);
      const size_t At = indexOf(Events, Use);
      const bool Repeated = At < Events.size() && isRepeated(Events[At]);
      for (size_t I = Root == Use.Function ? 0 : At; I < Events.size(); ++I) {
        // What a loop brought before is used up when the flag is set.
        if (I < At && !Repeated && isRepeated(Events[I]))
          continue;
        if (Events[I].What == TraceEvent::Opaque ||
            (Events[I].What == TraceEvent::Change &&
             Wait.Reads.contains(Events[I].Object)))
          return true;
      }
    }
    return false;
  }

  void notNotified(const ConditionUse &Wait, const FlagTest &Test,
                   const TaskList &Tasks) {
    for (const StateUse &Use : signalsOf(Test, Tasks))
      for (const FunctionInfo *Root : rootsOf(Use)) {
        const Trace &Events = All.trace(*Root);
        for (const Worker *Task : Tasks)
          if (const TraceEvent *Join = joinWithoutNotify(
                  Events, indexOf(Events, Use), Wait, *Task)) {
            add({LostSignal::NotNotified, Test.Flag, &Wait, Use.Site,
                 Join->Site});
            return;
          }
      }
  }

  static const TraceEvent *joinWithoutNotify(const Trace &Events, size_t From,
                                             const ConditionUse &Wait,
                                             const Worker &Task) {
    for (size_t I = From; I < Events.size(); ++I) {
      const TraceEvent &Event = Events[I];
      if (Event.What == TraceEvent::Opaque || isNotify(Event, Wait.Condition) ||
          (Event.What == TraceEvent::Call && Event.Site == Task.Site))
        return nullptr;
      if (Workers::joins(Event, Task.Handle))
        return Event.What == TraceEvent::End && !Task.Waits ? nullptr : &Event;
    }
    return nullptr;
  }

  void oneNotified(const ConditionUse &Wait, const FlagTest &Test,
                   const TaskList &Tasks) {
    const bool Many = llvm::any_of(Tasks, [&](const Worker *Task) {
      return Task->Many && (Task->SameObject || !isa<FieldDecl>(Test.Flag));
    });
    if (!Many || llvm::any_of(Tasks, [&](const Worker *Task) {
          return passesOn(*Task, Wait, Test);
        }))
      return;
    for (const StateUse &Use : signalsOf(Test, Tasks)) {
      if (Use.What != StateAccess::Write)
        continue;
      const Trace &Events = All.trace(*Use.Function);
      const TraceEvent *One = nullptr;
      bool Others = false;
      for (size_t I = indexOf(Events, Use); I < Events.size(); ++I) {
        const TraceEvent &Event = Events[I];
        Others |= Event.What == TraceEvent::Opaque;
        if (!isNotify(Event, Wait.Condition))
          continue;
        Others |= One || Event.Known.does() == Operation::NotifyAll ||
                  isRepeated(Event);
        One = &Event;
      }
      if (!One || Others)
        continue;
      add({LostSignal::OneNotified, Test.Flag, &Wait, Use.Site, One->Site});
      return;
    }
  }

  /// A task that notifies hands the wake-up on; one that changes the flag takes
  /// it for itself.
  bool passesOn(const Worker &Task, const ConditionUse &Wait,
                const FlagTest &Test) {
    for (const FunctionInfo *Function : Task.Runs)
      for (const KnownCall &Call : Function->Calls)
        if (Call.does() == Operation::NotifyOne ||
            Call.does() == Operation::NotifyAll)
          return true;
    return llvm::any_of(All.usesOf(Test.Flag), [&](const StateUse &Use) {
      return Use.mayChange() && Task.Runs.contains(Use.Function);
    });
  }

  bool isRepeated(const TraceEvent &Event) {
    auto InLoop = [&](const FunctionInfo &Function, const Stmt *S) {
      for (; S; S = Facts.parent(Function, S))
        if (isLoop(S))
          return true;
      return false;
    };
    return InLoop(*Event.Function, Event.Site) ||
           llvm::any_of(Event.Chain, [&](const auto &Call) {
             return InLoop(*Call.first, Call.second);
           });
  }

  void notLocked(const ConditionUse &Wait, const FlagTest &Test) {
    if (!Wait.Mutex || isForOtherCheck(Wait, Test))
      return;
    for (const StateUse &Use : signalsOf(Test, {})) {
      if (Use.Function == Wait.Function || holdsAny(Use))
        continue;
      for (const FunctionInfo *Root : rootsOf(Use)) {
        const Trace &Events = All.trace(*Root);
        size_t At = indexOf(Events, Use);
        if (At == Events.size() || All.mayHold(Events[At], Wait.Mutex))
          continue;
        if (const TraceEvent *Notify = notifyWithoutLock(Events, At, Wait)) {
          add({LostSignal::NotLocked, Test.Flag, &Wait, Use.Site,
               Notify->Site});
          return;
        }
      }
    }
  }

  /// A plain field that is changed under the mutex elsewhere is locked
  /// inconsistently, which says more.
  bool isForOtherCheck(const ConditionUse &Wait, const FlagTest &Test) {
    if (!isa<FieldDecl>(Test.Flag) || Test.Flag->getType()->isAtomicType() ||
        Facts.vocabulary().is(Test.Flag->getType(), Role::Atomic))
      return false;
    return llvm::any_of(All.usesOf(Test.Flag), [&](const StateUse &Use) {
      return Use.changes() && !Use.Function->Dependent && holdsAny(Use);
    });
  }

  /// Any lock: two names may be one mutex.
  bool holdsAny(const StateUse &Use) {
    const LockState *Locks = Facts.locks(*Use.Function);
    return Locks && (!Locks->complete() || !Locks->heldAt(Use.Site).empty());
  }

  static const TraceEvent *notifyWithoutLock(const Trace &Events, size_t From,
                                             const ConditionUse &Wait) {
    for (size_t I = From; I < Events.size(); ++I) {
      const TraceEvent &Event = Events[I];
      // Nobody waits before the thread runs.
      if (Event.What == TraceEvent::Opaque || mayAcquire(Event, Wait.Mutex) ||
          (Event.Known.does() == Operation::Launch && Event.Known.callable()))
        return nullptr;
      if (isNotify(Event, Wait.Condition))
        return Event.Object ? &Event : nullptr;
    }
    return nullptr;
  }

  void add(const LostSignal &Signal) {
    const bool AtWait = Signal.What == LostSignal::NotAsked;
    const Stmt *Place = AtWait ? Signal.Wait->Call.Site
                        : Signal.What == LostSignal::OneNotified
                            ? Signal.Other
                            : Signal.Change;
    // A flag that is not notified is not changed under a lock either: the
    // graver finding stands for both.
    if (Reported.insert(Place).second)
      Found.push_back(Signal);
  }

  UnitFacts &Facts;
  Workers &All;
  std::vector<LostSignal> Found;
  llvm::DenseSet<const Stmt *> Reported;
};

} // namespace

std::vector<LostSignal> lostSignals(UnitFacts &Facts) {
  return SignalSearch(Facts, Facts.workers()).run();
}

} // namespace clang::tidy::concord
