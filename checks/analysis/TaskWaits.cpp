//===--- TaskWaits.cpp - What waits for this task? ------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CalleeEvents.h"
#include "analysis/HandleFlight.h"
#include "analysis/TaskPolling.h"
#include "analysis/TaskTrace.h"
#include "analysis/UnitFacts.h"
#include "analysis/WaitCount.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::concord {

namespace {

/// How far waits are followed through calls.
constexpr unsigned MaxDepth = 2;

bool isSynchronisation(const TypeFact *Fact) {
  if (!Fact)
    return false;
  for (Role R :
       {Role::Latch, Role::Barrier, Role::Semaphore, Role::Event,
        Role::ConditionVariable, Role::Future, Role::Promise, Role::TaskGroup,
        Role::ThreadGroup, Role::Executor, Role::Thread, Role::Channel})
    if (Fact->is(R))
      return true;
  return false;
}

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// A destructor of this kind returns only when the task has run, or ends the
/// program.
bool endsTask(const TypeFact &Fact, const TaskLaunch &Launch) {
  switch (Fact.Destructor) {
  case DestructorKind::Terminate:
  case DestructorKind::Join:
  case DestructorKind::StopJoin:
  case DestructorKind::CancelWait:
  case DestructorKind::Drain:
  case DestructorKind::DiscardJoin:
  case DestructorKind::Throw:
    return true;
  case DestructorKind::BlockIfAsync:
    return Launch.HandleWaits;
  default:
    return false;
  }
}

class WaitFinder {
public:
  WaitFinder(UnitFacts &Facts, const FunctionInfo &Function,
             const HandleEvents &Events, const TaskLaunch &Launch)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function),
        Events(Events), Launch(Launch), Callees(Facts, Function) {}

  TaskWaits find() {
    findHolders();
    findReached();
    for (const HandleEvent &Event : Events.List)
      event(Event);
    for (const KnownCall &Call : Function.Calls)
      known(Call);
    for (const Expr *Call : Function.OtherCalls)
      other(*Call);
    findWaitingVariables();
    Result.Polled = findPolling(
        Facts, Function, [&](const HandleKey &Key) { return isReached(Key); });
    return std::move(Result);
  }

private:
  // --- Who has the handle, and what the task reaches ---

  void findHolders() {
    for (const HandleEvent &Event : Events.List)
      // Of a launcher of the project's own, only the result is known.
      if ((Event.What == HandleEvent::Start ||
           Event.What == HandleEvent::Adopt) &&
          Event.Key && Event.Launch == Launch.Site) {
        Result.Holders.push_back(Event.Key);
        Result.FirstHolder = Event.Key.Root;
      }
    // An executor is asked to run the task: whoever waits for it, waits.
    const Expr *Executor = Launch.Call.Object;
    if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(Launch.Site);
        Member && !Executor)
      Executor = Member->getImplicitObjectArgument();
    if (HandleKey Key = handleKeyOf(Words, Executor))
      Result.Holders.push_back(Key);
    for (size_t I = 0; I < Result.Holders.size(); ++I)
      for (const HandleEvent &Event : Events.List)
        if (Event.What == HandleEvent::Move && Event.To &&
            Event.Key.matches(Result.Holders[I]) && !isHolder(Event.To))
          Result.Holders.push_back(Event.To);
  }

  bool isHolder(const HandleKey &Key) const {
    return llvm::any_of(Result.Holders, [&](const HandleKey &Holder) {
      return Holder.matches(Key);
    });
  }

  void findReached() {
    for (const TaskReach &Reach : Launch.Reaches) {
      if (Reach.How == TaskReach::This)
        ReachesThis = true;
      if (Reach.Variable)
        reach(HandleKey::of(Reach.Variable));
      if (Reach.Through)
        reach(HandleKey::of(Reach.Through));
    }
    // A packaged task or a callable object is itself what runs.
    reach(handleKeyOf(Words, Launch.Callable));
    if (Launch.NamedCallable)
      reach(HandleKey::of(Launch.NamedCallable));
    const FunctionInfo *Entry = Facts.function(Launch.Entry);
    SeesEntry = Entry != nullptr;
    if (Entry)
      for (const KnownCall &Call : Entry->Calls)
        if (HandleKey Key = handleKeyOf(Words, Call.Object))
          if (isa<FieldDecl>(Key.Root) || isGlobal(Key.Root))
            reach(Key);
    for (const KnownCall &Call : Function.Calls)
      if (Call.does() == Operation::GetFuture && isReached(objectKey(Call)))
        reach(followHandle(Facts, Function, Call.Site).To);
  }

  void reach(const HandleKey &Key) {
    if (Key)
      Reached.insert(Key.Root);
  }

  static bool isGlobal(const ValueDecl *D) {
    const auto *Variable = dyn_cast<VarDecl>(D);
    return Variable && Variable->hasGlobalStorage();
  }

  HandleKey objectKey(const KnownCall &Call) const {
    HandleKey Key = handleKeyOf(Words, Call.Object);
    // `promise.get_future().get()`
    if (const auto *Inner =
            dyn_cast_or_null<CXXMemberCallExpr>(stripToCore(Call.Object));
        Inner && !Key)
      if (Facts.call(Inner).does() == Operation::GetFuture)
        return handleKeyOf(Words, Inner->getImplicitObjectArgument());
    return Key;
  }

  bool isReached(const HandleKey &Key) const {
    if (Key.IsThis)
      return ReachesThis;
    if (!Key)
      return false;
    if (Reached.count(Key.Root) != 0)
      return true;
    if (isa<FieldDecl>(Key.Root))
      return ReachesThis;
    return isGlobal(Key.Root) && !SeesEntry;
  }

  bool concerns(const HandleKey &Key) const {
    return Key && (isHolder(Key) || isReached(Key));
  }

  // --- Waits for the handle ---

  void event(const HandleEvent &Event) {
    bool Own = Event.Launch == Launch.Site && !Event.Key;
    if (!Own && !(Event.Key && isHolder(Event.Key)))
      return;
    switch (Event.What) {
    case HandleEvent::Join:
      if (Event.InLambda)
        lambdaWaits(cast<LambdaExpr>(*Event.Site));
      else
        Result.Waits.insert(Event.Site);
      return;
    case HandleEvent::TimedJoin:
      if (Event.Call)
        Result.Timed.push_back(Event.Call);
      return;
    case HandleEvent::Detach:
      if (!Result.Detach)
        Result.Detach = Event.Call;
      if (!Event.InLambda)
        Result.Detaches.insert(Event.Site);
      return;
    case HandleEvent::Temporary:
      if (Launch.HandleWaits || !isFuture())
        Result.Waits.insert(Launch.Site);
      return;
    case HandleEvent::Clear:
      if (Launch.HandleWaits || !isFuture())
        Result.Clears.insert(Event.Site);
      return;
    case HandleEvent::Away:
      // A launcher that has threads inside gets tasks, and does not wait.
      if (const auto *Site = dyn_cast_or_null<Expr>(Event.Site))
        if (Facts.launchAt(Site))
          return;
      // Who gets it may wait; but a result outlives the function's variables.
      if (!isa_and_nonnull<ReturnStmt, CoreturnStmt>(Event.Site))
        Result.Waits.insert(Event.Site);
      else
        Result.Moves[Event.Site] = {Event.Key.Root, nullptr};
      return;
    case HandleEvent::Move:
      if (!Event.InLambda)
        Result.Moves[Event.Site] = {Event.Key.Root, Event.To.Root};
      return;
    case HandleEvent::Start:
    case HandleEvent::Adopt:
      return;
    }
  }

  bool isFuture() const {
    return Launch.Handle.Type && Launch.Handle.Type->is(Role::Future);
  }

  /// A lambda of the function waits. In a scope guard it does so when the guard
  /// dies; handed to something else, it may at once.
  void lambdaWaits(const LambdaExpr &Lambda) {
    for (const Stmt *S = &Lambda; S; S = Facts.parent(Function, S)) {
      const auto *Declaration = dyn_cast<DeclStmt>(S);
      if (!Declaration || !Declaration->isSingleDecl())
        continue;
      const auto *Variable = dyn_cast<VarDecl>(Declaration->getSingleDecl());
      if (!Variable)
        break;
      Reached.insert(Variable->getCanonicalDecl());
      const CXXRecordDecl *Record = Variable->getType()->getAsCXXRecordDecl();
      // A named lambda is followed where it is called.
      if (!Record || Record->isLambda())
        return;
      Result.Guards.insert(Variable);
      return;
    }
    Result.Waits.insert(&Lambda);
  }

  // --- Waits for what the task does ---

  void known(const KnownCall &Call) {
    WaitKind Kind = waitKindOf(Call);
    if (Kind == WaitKind::None || !concerns(objectKey(Call)))
      return;
    if (Kind == WaitKind::Full) {
      if (!isHolder(objectKey(Call)) &&
          waitsForFewer(Facts, Function, Launch, Call))
        return;
      Result.Waits.insert(Call.Site);
      if (const Expr *Repeats =
              conditionRepeating(Facts, Function, Launch, Call))
        Result.Waits.insert(Repeats);
    } else if (!llvm::is_contained(Result.Timed, Call.Site)) {
      Result.Timed.push_back(Call.Site);
    }
  }

  void other(const Expr &Call) {
    if (&Call != Launch.Site &&
        (waitsInside(Call, MaxDepth) || mayWaitUnseen(Call)))
      Result.Waits.insert(&Call);
  }

  /// The callee, shown by the unit, waits for something that concerns the task.
  bool waitsInside(const Expr &Call, unsigned Depth) {
    const FunctionInfo *Callee = Facts.callee(&Call);
    if (!Callee || Callee == &Function)
      return false;
    for (const KnownCall &Inner : Callee->Calls)
      if (waitKindOf(Inner) == WaitKind::Full &&
          concerns(Callees.translated(handleKeyOf(Words, Inner.Object), Call,
                                      *Callee)))
        return true;
    return Depth > 1 && deeperWaits(Call, *Callee);
  }

  /// The callee hands what concerns the task on to a function that waits.
  bool deeperWaits(const Expr &Call, const FunctionInfo &Callee) {
    CalleeEvents Inner(Facts, Callee);
    for (const Expr *Next : Callee.OtherCalls) {
      const FunctionInfo *Deeper = Facts.callee(Next);
      if (!Deeper || Deeper == &Callee || Deeper == &Function)
        continue;
      for (const KnownCall &Wait : Deeper->Calls) {
        if (waitKindOf(Wait) != WaitKind::Full)
          continue;
        HandleKey Middle =
            Inner.translated(handleKeyOf(Words, Wait.Object), *Next, *Deeper);
        if (concerns(Callees.translated(Middle, Call, Callee)))
          return true;
      }
    }
    return false;
  }

  /// The callee is not shown, and gets something that it can wait for.
  bool mayWaitUnseen(const Expr &Call) {
    if (Facts.callee(&Call))
      return false;
    const auto *Plain = dyn_cast<CallExpr>(&Call);
    const FunctionDecl *Callee = Plain ? Plain->getDirectCallee() : nullptr;
    if (!Callee || isSystem(Callee))
      return false;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Plain)) {
      HandleKey Object =
          handleKeyOf(Words, Member->getImplicitObjectArgument());
      bool Concerns = Object.IsThis ? concernsThis() : concerns(Object);
      if (Concerns && soundsLikeWaiting(*Callee))
        return true;
    }
    return llvm::any_of(Plain->arguments(), [&](const Expr *Argument) {
      HandleKey Key = handleKeyOf(Words, Argument);
      return concerns(Key) && canBeWaitedFor(Argument->getType());
    });
  }

  bool concernsThis() const {
    return ReachesThis ||
           llvm::any_of(Result.Holders, [](const HandleKey &Holder) {
             return isa<FieldDecl>(Holder.Root);
           });
  }

  static bool soundsLikeWaiting(const FunctionDecl &Callee) {
    if (!Callee.getDeclName().isIdentifier())
      return false;
    std::string Name = Callee.getName().lower();
    for (llvm::StringRef Word : {"wait", "join", "sync", "finish", "drain",
                                 "stop", "shutdown", "block", "complete"})
      if (llvm::StringRef(Name).contains(Word))
        return true;
    return false;
  }

  bool canBeWaitedFor(QualType Type) {
    if (Type.isNull())
      return false;
    Type = Type.getNonReferenceType();
    if (isSynchronisation(Words.type(Type)) ||
        isSynchronisation(Words.pointee(Type, true)))
      return true;
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    const auto *Record = Type->getAsRecordDecl();
    if (!Record || !Record->getDefinition())
      return false;
    return llvm::any_of(
        Record->getDefinition()->fields(), [&](const FieldDecl *Field) {
          return isSynchronisation(Words.type(Field->getType()));
        });
  }

  void findWaitingVariables() {
    for (const HandleKey &Holder : Result.Holders)
      if (const auto *Variable = dyn_cast<VarDecl>(Holder.Root))
        if (Variable->hasLocalStorage() && destructorWaits(*Variable))
          (holderType(Words, Variable->getType()) ? Result.WaitingHolders
                                                  : Result.Guards)
              .insert(Variable);
  }

  bool destructorWaits(const VarDecl &Variable) {
    QualType Type = Variable.getType();
    if (Type->isReferenceType() || Type->isPointerType())
      return false;
    if (HolderType Holder = holderType(Words, Type))
      return hasOwnDeleter(Type) || endsTask(*Holder.Type, Launch);
    if (const TypeFact *Fact = Words.type(Type))
      return endsTask(*Fact, Launch) || Fact->is(Role::Scope);
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    return Record && isJoiningType(Facts, Record);
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  const HandleEvents &Events;
  const TaskLaunch &Launch;
  CalleeEvents Callees;
  TaskWaits Result;
  llvm::DenseSet<const ValueDecl *> Reached;
  bool ReachesThis = false;
  bool SeesEntry = false;
};

} // namespace

TaskWaits findTaskWaits(UnitFacts &Facts, const FunctionInfo &Function,
                        const HandleEvents &Events, const TaskLaunch &Launch) {
  return WaitFinder(Facts, Function, Events, Launch).find();
}

} // namespace clang::tidy::concord
