//===--- WorkerStop.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/WorkerStop.h"
#include "analysis/Callable.h"
#include "analysis/StateScope.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

namespace {

bool isWaitingLoop(const Stmt *S) { return isa<WhileStmt, DoStmt, ForStmt>(S); }

/// A place where a task stays until a flag or token lets it go on: every way on
/// depends on one.
struct Stay {
  std::vector<WayOut> Ways;
  /// It works on meanwhile; else it only waits for something to begin.
  bool Works = false;
};

class StopSearch {
public:
  StopSearch(UnitFacts &Facts, Workers &All) : Facts(Facts), All(All) {}

  std::vector<StuckWorker> run() {
    for (const Worker &Task : All.tasks()) {
      const auto *Handle = dyn_cast_or_null<FieldDecl>(Task.Handle);
      if (!Handle || !Task.Holder || Task.Holder.Type->has(Trait::Fiber) ||
          !Seen.insert(Handle).second)
        continue;
      if (neverAwaited(Task, *Handle))
        continue;
      std::vector<Stay> Stays = staysOf(Task);
      if (!neverSignalled(Task, *Handle, Stays))
        unsignalled(Task, *Handle, Stays);
    }
    return std::move(Found);
  }

private:
  // Where the task stays.

  std::vector<Stay> staysOf(const Worker &Task) {
    std::vector<Stay> Result;
    for (const FunctionInfo *Function : Task.Runs) {
      llvm::SmallVector<const Stmt *, 32> Work{Function->Body};
      while (!Work.empty()) {
        const Stmt *S = Work.pop_back_val();
        if (!S || isa<LambdaExpr>(S))
          continue;
        if (isWaitingLoop(S))
          addStay(Result, waysOut(Facts, *Function, S), works(S));
        Work.append(S->child_begin(), S->child_end());
      }
      for (const ConditionUse &Wait : All.waits())
        if (Wait.Function == Function && !Wait.Timed && !Wait.Opaque)
          addStay(Result, waysPast(Wait), /*Works=*/false);
    }
    return Result;
  }

  WaysOut waysPast(const ConditionUse &Wait) {
    WaysOut Ways;
    const Expr *Predicate = Wait.Call.argument(Wait.Call.Fact->Predicate);
    const FunctionInfo *Body =
        Predicate ? Facts.function(
                        resolveCallable(Facts.vocabulary(), Predicate).Entry)
                  : nullptr;
    const auto *Block =
        Body ? dyn_cast_or_null<CompoundStmt>(Body->Body) : nullptr;
    const auto *Return = Block && Block->size() == 1
                             ? dyn_cast<ReturnStmt>(Block->body_front())
                             : nullptr;
    if (!Return || !Return->getRetValue())
      return {{}, false};
    Ways.Ways = waysTo(Facts, Return->getRetValue(), true);
    return Ways;
  }

  static void addStay(std::vector<Stay> &Stays, const WaysOut &Out,
                      bool Works) {
    if (!Out.Complete || Out.Ways.empty() ||
        llvm::any_of(Out.Ways, [](const WayOut &Way) { return Way.empty(); }))
      return;
    Stays.push_back({Out.Ways, Works});
  }

  /// \p Loop calls something that does not just let time pass.
  bool works(const Stmt *Loop) {
    llvm::SmallVector<const Stmt *, 32> Work{Loop};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      Work.append(S->child_begin(), S->child_end());
      const auto *Call = dyn_cast<CallExpr>(S);
      if (!Call || isa_and_nonnull<CXXConversionDecl>(Call->getCalleeDecl()))
        continue;
      switch (Facts.call(Call).does()) {
      case Operation::AtomicLoad:
      case Operation::QueryStop:
      case Operation::Sleep:
      case Operation::Yield:
        break;
      case Operation::None:
        if (std::vector<WayOut> Ways = waysTo(Facts, Call, true);
            Ways.empty() || Ways.front().empty())
          return true;
        break;
      default:
        return true;
      }
    }
    return false;
  }

  // Who lets it go on.

  /// The task itself may end the loop, or another that runs the same function.
  bool endsByItself(const FlagTest &Test, const Worker &Task) {
    return Test.Flag &&
           llvm::any_of(All.usesOf(Test.Flag), [&](const StateUse &Use) {
             return Task.Runs.contains(Use.Function) &&
                    Use.mayBecome(Test.Value, Facts.context());
           });
  }

  /// A function of the unit may give \p Test its answer.
  const Expr *signalFor(const FlagTest &Test) {
    for (const StateUse &Use : All.usesOf(Test.Flag))
      if (Use.mayBecome(Test.Value, Facts.context()))
        return Use.Site;
    return nullptr;
  }

  /// \p Function is a member of the class that owns the thread, or in one.
  static bool isOwn(const FunctionInfo &Function, const Worker &Task) {
    const DeclContext *Owner = cast<FieldDecl>(Task.Handle)->getParent();
    for (const FunctionInfo *F = &Function; F; F = F->Enclosing)
      if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F->Function)) {
        const CXXRecordDecl *Record = Method->getParent();
        if (const CXXRecordDecl *Pattern =
                Record->getTemplateInstantiationPattern())
          Record = Pattern;
        if (Record->getCanonicalDecl() == Owner->getPrimaryContext() ||
            Record == Owner)
          return true;
      }
    return false;
  }

  /// A function of the class does \p Does.
  bool does(const Worker &Task, Operation Does) {
    return llvm::any_of(Facts.functions(), [&](const auto &Function) {
      return isOwn(*Function, Task) && Function->does({Does});
    });
  }

  /// Some test of \p Way can never have its answer.
  bool isClosed(const WayOut &Way, const Worker &Task) {
    return llvm::any_of(Way, [&](const FlagTest &Test) {
      if (!Test.Flag)
        return !Task.GetsToken && !does(Task, Operation::RequestStop) &&
               does(Task, Operation::GetToken) &&
               isSeenWhole(Facts, Task.Handle);
      return isSeenWhole(Facts, Test.Flag) && !signalFor(Test) &&
             !mayStartAs(Facts, Test.Flag, Test.Value);
    });
  }

  // The three kinds.

  bool neverSignalled(const Worker &Task, const FieldDecl &Handle,
                      const std::vector<Stay> &Stays) {
    for (const Stay &S : Stays) {
      if (!llvm::all_of(S.Ways,
                        [&](const WayOut &Way) { return isClosed(Way, Task); }))
        continue;
      const Expr *Join = joinOf(Task);
      if (!Join && !Task.Waits)
        return false;
      StuckWorker Stuck = stuck(StuckWorker::NeverSignalled, Task, Handle);
      Stuck.Join = Join;
      Stuck.Test = S.Ways.front().front();
      Found.push_back(Stuck);
      return true;
    }
    return false;
  }

  void unsignalled(const Worker &Task, const FieldDecl &Handle,
                   const std::vector<Stay> &Stays) {
    const auto *Record = dyn_cast<CXXRecordDecl>(Handle.getParent());
    if (!Record || Stays.empty() || Handle.getType()->isReferenceType())
      return;
    const CXXDestructorDecl *Written = destructorOf(*Record);
    const FunctionInfo *Destructor = Facts.function(Written);
    if (Written && !Destructor)
      return;
    const TraceEvent *Join = nullptr;
    std::vector<const TraceEvent *> Before;
    if (Destructor)
      for (const TraceEvent &Event : All.trace(*Destructor)) {
        if (Workers::joins(Event, Task.Handle) &&
            (Event.What != TraceEvent::End || Task.Waits)) {
          Join = &Event;
          break;
        }
        Before.push_back(&Event);
      }
    if (!Join && (Destructor || !Task.Waits))
      return;
    const bool Implicit = !Join || Join->What == TraceEvent::End;
    for (const Stay &S : Stays) {
      if (!S.Works || !llvm::none_of(S.Ways, [&](const WayOut &Way) {
            return isOpened(Way, Task, Before, Implicit);
          }))
        continue;
      StuckWorker Stuck = stuck(StuckWorker::Unsignalled, Task, Handle);
      Stuck.Join = Join ? Join->Site : nullptr;
      Stuck.Test = S.Ways.front().front();
      if (!findOtherSignal(Stuck, *Record, S, Task, Destructor))
        continue;
      Found.push_back(Stuck);
      return;
    }
  }

  /// Something that happens before the join may open \p Way.
  bool isOpened(const WayOut &Way, const Worker &Task,
                const std::vector<const TraceEvent *> &Before, bool Implicit) {
    return llvm::all_of(Way, [&](const FlagTest &Test) {
      if (!Test.Flag && Task.GetsToken && Implicit)
        return true;
      if (endsByItself(Test, Task) || !isTold(Test, Task))
        return true;
      return llvm::any_of(Before, [&](const TraceEvent *Event) {
        switch (Event->What) {
        case TraceEvent::Opaque:
          return true;
        case TraceEvent::Change:
          return Event->Object == Test.Flag &&
                 Event->Use.mayBecome(Test.Value, Facts.context());
        case TraceEvent::Call:
          return isSignal(Event->Known.does(), !Test.Flag);
        case TraceEvent::End:
          return false;
        }
        return true;
      });
    });
  }

  /// The unit shows who gives \p Test its answer.
  bool isTold(const FlagTest &Test, const Worker &Task) {
    if (!Test.Flag)
      return Task.GetsToken || does(Task, Operation::GetToken);
    return isSeenWhole(Facts, Test.Flag) && signalFor(Test) &&
           !mayStartAs(Facts, Test.Flag, Test.Value);
  }

  static bool isSignal(Operation Does, bool Token) {
    switch (Does) {
    case Operation::RequestStop:
      return Token;
    case Operation::Interrupt:
    case Operation::Cancel:
    case Operation::Stop:
    case Operation::Close:
    case Operation::Abort:
      return true;
    default:
      return false;
    }
  }

  /// Fills in who gives the signal. \returns false if that excuses the
  /// destructor: a derived class may give it in its own.
  bool findOtherSignal(StuckWorker &Stuck, const CXXRecordDecl &Record,
                       const Stay &S, const Worker &Task,
                       const FunctionInfo *Destructor) {
    for (const auto &Function : Facts.functions()) {
      if (Function->Dependent || Function.get() == Destructor ||
          Task.Runs.contains(Function.get()) ||
          isa_and_nonnull<CXXConstructorDecl>(Function->Function))
        continue;
      bool Signals = false;
      for (const TraceEvent &Event : All.trace(*Function)) {
        for (const WayOut &Way : S.Ways)
          for (const FlagTest &Test : Way) {
            bool Here =
                Test.Flag ? Event.What == TraceEvent::Change &&
                                Event.Object == Test.Flag &&
                                Event.Use.mayBecome(Test.Value, Facts.context())
                          : Event.What == TraceEvent::Call &&
                                Event.Known.does() == Operation::RequestStop &&
                                isOwn(*Event.Function, Task);
            if (!Here)
              continue;
            Signals = true;
            if (!Stuck.Signal)
              Stuck.Signal = Event.Site;
          }
        Stuck.StoppedElsewhere |=
            Signals && Workers::joins(Event, Task.Handle) && Event.Site;
      }
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function->Function);
      if (!Signals || !Method)
        continue;
      if (isa<CXXDestructorDecl>(Method) ||
          (Method->getAccess() == AS_protected &&
           Method->getParent()->getCanonicalDecl() ==
               Record.getCanonicalDecl()))
        return false;
    }
    return true;
  }

  static const CXXDestructorDecl *destructorOf(const CXXRecordDecl &Record) {
    const CXXDestructorDecl *Destructor =
        Record.hasDefinition() ? Record.getDefinition()->getDestructor()
                               : nullptr;
    return Destructor && Destructor->isUserProvided() ? Destructor : nullptr;
  }

  const Expr *joinOf(const Worker &Task) {
    for (const auto &Function : Facts.functions()) {
      if (Function->Dependent ||
          !Function->does({Operation::Join, Operation::Get, Operation::Wait,
                           Operation::WaitAll}))
        continue;
      for (const TraceEvent &Event : All.trace(*Function))
        if (Event.Site && Workers::joins(Event, Task.Handle))
          return Event.Site;
    }
    return nullptr;
  }

  /// A handle without a destructor, which nothing mentions but the launch.
  bool neverAwaited(const Worker &Task, const FieldDecl &Handle) {
    if (Task.Holder.Type->Destructor != DestructorKind::Never ||
        Task.Holder.Shape != HandleShape::Plain ||
        !isSeenWhole(Facts, &Handle) || isDetached(Task))
      return false;
    for (const StateUse &Use : All.usesOf(&Handle))
      if (!isInside(Use.Site, Task.Site))
        return false;
    Found.push_back(stuck(StuckWorker::NeverAwaited, Task, Handle));
    return true;
  }

  /// By its attributes, or by itself.
  bool isDetached(const Worker &Task) const {
    for (const FunctionInfo *Function : Task.Runs)
      if (Function->does({Operation::Detach}))
        return true;
    const auto *Call = dyn_cast<CallExpr>(Task.Site);
    return !Call || Call->getNumArgs() < 2 ||
           !Call->getArg(1)->isNullPointerConstant(
               Facts.context(), Expr::NPC_ValueDependentIsNotNull);
  }

  static bool isInside(const Stmt *Inner, const Stmt *Outer) {
    return Outer && (Inner == Outer ||
                     llvm::any_of(Outer->children(), [&](const Stmt *Child) {
                       return isInside(Inner, Child);
                     }));
  }

  static StuckWorker stuck(StuckWorker::Kind What, const Worker &Task,
                           const FieldDecl &Handle) {
    StuckWorker Stuck;
    Stuck.What = What;
    Stuck.Handle = &Handle;
    Stuck.Start = Task.Site;
    return Stuck;
  }

  UnitFacts &Facts;
  Workers &All;
  std::vector<StuckWorker> Found;
  llvm::DenseSet<const FieldDecl *> Seen;
};

} // namespace

std::vector<StuckWorker> stuckWorkers(UnitFacts &Facts) {
  return StopSearch(Facts, Facts.workers()).run();
}

} // namespace clang::tidy::concord
