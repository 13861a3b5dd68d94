//===--- Workers.cpp ------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Workers.h"
#include "analysis/Callable.h"
#include "analysis/InnerCalls.h"
#include "analysis/LoopExits.h"
#include "analysis/TaskSteps.h"
#include "analysis/ThreadStart.h"
#include "analysis/WaitLoop.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 3;
/// More of them no class has; a generated unit may.
constexpr size_t MaxTasks = 256;

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// What a thread that \p Init starts runs, and where.
std::pair<const Expr *, const FunctionDecl *> startedBy(UnitFacts &Facts,
                                                        const Expr *Init) {
  llvm::SmallVector<const Stmt *, 8> Work{Init};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    const auto *E = dyn_cast<Expr>(S);
    const KnownCall Known = E ? Facts.call(E) : KnownCall();
    if (startsThread(Known) && Known.callable())
      return {E, resolveCallable(Facts.vocabulary(), Known.callable()).Entry};
    Work.append(S->child_begin(), S->child_end());
  }
  return {};
}

} // namespace

bool StateUse::mayBecome(std::optional<bool> Wanted,
                         const ASTContext &Context) const {
  if (!mayChange())
    return false;
  if (!Wanted || !Value || What != StateAccess::Write)
    return true;
  bool Known = false;
  const Expr *E = Value->IgnoreParenImpCasts();
  if (E->isValueDependent() || E->containsErrors())
    return true;
  return !E->EvaluateAsBooleanCondition(Known, Context) || Known == *Wanted;
}

Workers::Workers(UnitFacts &Facts) : Facts(Facts) {
  findTasks();
  findWaits();
}

Worker *Workers::addTask(const Expr *Site, const FunctionInfo *Launcher,
                         const FunctionInfo *Entry, const ValueDecl *Handle,
                         bool HandleWaits) {
  if (!Entry || Entry->Dependent || Tasks.size() >= MaxTasks)
    return nullptr;
  Worker Task;
  Task.Site = Site;
  Task.Launcher = Launcher;
  Task.Entry = Entry;
  if (Handle) {
    Task.Holder = holderType(Facts.vocabulary(), Handle->getType());
    Task.Handle = canonicalState(Handle);
  }
  Task.Waits = HandleWaits;
  if (Task.Holder && Task.Holder.Type->has(Trait::StopTokenArgument))
    Task.GetsToken = llvm::any_of(
        Entry->Function->parameters(), [&](const ParmVarDecl *Parameter) {
          return Facts.vocabulary().is(
              Parameter->getType().getNonReferenceType(), Role::StopToken);
        });
  // Breadth first; `Ends` marks where each level of calls ends.
  Task.Runs.insert(Entry);
  size_t Begin = 0;
  for (unsigned Depth = 0; Depth <= MaxDepth; ++Depth) {
    size_t End = Task.Runs.size();
    for (size_t I = Begin; I < End; ++I) {
      const FunctionInfo &Function = *Task.Runs[I];
      for (const Expr *Call : Function.OtherCalls) {
        if (const FunctionInfo *Callee = Facts.callee(Call))
          Task.Runs.insert(Callee);
        for (const FunctionInfo *Inner : lambdasRunBy(Facts, Call))
          Task.Runs.insert(Inner);
      }
      for (const KnownCall &Call : Function.Calls)
        for (const FunctionInfo *Inner : lambdasRunBy(Facts, Call.Site))
          Task.Runs.insert(Inner);
    }
    Begin = End;
  }
  Tasks.push_back(std::move(Task));
  return &Tasks.back();
}

void Workers::findTasks() {
  for (const TaskLaunch &Launch : Facts.launches()) {
    if (Launch.Synchronous || Launch.Cooperative || isDeferred(Launch.Call) ||
        !Launch.Entry)
      continue;
    const ValueDecl *Handle = Launch.Handle.Path.lastDecl();
    if (!Handle)
      Handle = Launch.Handle.Variable;
    if (Handle && !isa<FieldDecl, VarDecl>(Handle))
      Handle = nullptr;
    Worker *Task =
        addTask(Launch.Site, Launch.Launcher, Facts.function(Launch.Entry),
                Handle, Launch.HandleWaits);
    if (!Task)
      continue;
    Task->Many = Launch.Loop != nullptr;
    Task->SameObject = handsOverThis(Launch);
  }
  // The initialiser of a member that no constructor of the unit uses.
  for (const CXXRecordDecl *Record : Facts.records())
    for (const FieldDecl *Field : Record->fields()) {
      HolderType Holder = holderType(Facts.vocabulary(), Field->getType());
      if (!Holder || !Field->hasInClassInitializer() ||
          !Field->getInClassInitializer())
        continue;
      auto [Site, Entry] = startedBy(Facts, Field->getInClassInitializer());
      if (!Site || Facts.launchAt(Site))
        continue;
      bool HandleWaits =
          Holder.Shape != HandleShape::Pointer &&
          (Holder.Type->Destructor == DestructorKind::Join ||
           Holder.Type->Destructor == DestructorKind::StopJoin ||
           Holder.Type->Destructor == DestructorKind::BlockIfAsync);
      addTask(Site, nullptr, Facts.function(Entry), Field, HandleWaits);
    }
}

llvm::SmallVector<const Worker *, 2>
Workers::tasksThatRun(const FunctionInfo &Function) const {
  llvm::SmallVector<const Worker *, 2> Result;
  for (const Worker &Task : Tasks)
    if (Task.Runs.contains(&Function))
      Result.push_back(&Task);
  return Result;
}

void Workers::findWaits() {
  for (const auto &Function : Facts.functions()) {
    if (Function->Dependent)
      continue;
    for (const KnownCall &Call : Function->Calls) {
      if (Call.does() != Operation::ConditionWait)
        continue;
      ConditionUse Wait;
      Wait.Function = Function.get();
      Wait.Call = Call;
      Wait.Condition = stateNamedBy(Call.Object);
      Wait.Timed = isTimedConditionWait(Call);
      Wait.Opaque = Call.argument(Call.Fact->StopToken) != nullptr;
      describeWait(Wait);
      if (!Wait.Condition || Wait.Reads.empty())
        continue;
      if (const LockState *Locks = Facts.locks(*Function))
        for (const LockEvent &Event : Locks->events())
          if (Event.What == LockEvent::Wait && Event.Site == Call.Site)
            if (const ValueDecl *Mutex = Event.Mutex.lastDecl())
              Wait.Mutex = canonicalState(Mutex);
      Waits.push_back(std::move(Wait));
    }
  }
}

/// Finds the predicate, or the loop around the wait, and what it asks.
void Workers::describeWait(ConditionUse &Wait) {
  if (const Expr *Predicate = Wait.Call.argument(Wait.Call.Fact->Predicate)) {
    const FunctionDecl *Entry =
        resolveCallable(Facts.vocabulary(), Predicate).Entry;
    const FunctionInfo *Body = Facts.function(Entry);
    if (Body)
      read(Wait, Body->Body, 0);
    else
      Wait.Opaque = true;
    return;
  }
  const Stmt *Child = Wait.Call.Site;
  for (const Stmt *Up = Facts.parent(*Wait.Function, Child); Up;
       Child = Up, Up = Facts.parent(*Wait.Function, Up)) {
    if (const auto *If = dyn_cast<IfStmt>(Up))
      read(Wait, If->getCond(), 0);
    if (!isLoop(Up))
      continue;
    const Expr *Condition = nullptr;
    if (const auto *While = dyn_cast<WhileStmt>(Up))
      Condition = While->getCond();
    else if (const auto *Do = dyn_cast<DoStmt>(Up))
      Condition = Do->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(Up))
      Condition = For->getCond();
    bool Constant = false;
    bool Endless =
        !Condition ||
        (!Condition->isValueDependent() &&
         Condition->EvaluateAsBooleanCondition(Constant, Facts.context()));
    if (Condition)
      read(Wait, Condition, 0);
    // Without a condition of its own, the loop asks somewhere inside.
    llvm::SmallVector<const Stmt *, 16> Work;
    if (Endless)
      Work.push_back(Up);
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      if (const auto *If = dyn_cast<IfStmt>(S))
        read(Wait, If->getCond(), 0);
      else if (const auto *Switch = dyn_cast<SwitchStmt>(S))
        read(Wait, Switch->getCond(), 0);
      else if (const auto *While = dyn_cast<WhileStmt>(S))
        read(Wait, While->getCond(), 0);
      Work.append(S->child_begin(), S->child_end());
    }
    Wait.Loop = Up;
    return;
  }
  Wait.Reads.clear();
}

void Workers::read(ConditionUse &Wait, const Stmt *S, unsigned Depth) {
  if (!S || isa<LambdaExpr>(S))
    return;
  for (const Stmt *Child : S->children())
    read(Wait, Child, Depth);
  if (isa<DeclRefExpr, MemberExpr>(S)) {
    const auto *E = cast<Expr>(S);
    const ValueDecl *D = isa<MemberExpr>(E)
                             ? cast<MemberExpr>(E)->getMemberDecl()
                             : cast<DeclRefExpr>(E)->getDecl();
    if (!isa<FieldDecl, VarDecl>(D))
      return;
    Wait.Reads.insert(canonicalState(D));
    if (D->getType()->isReferenceType())
      if (const ValueDecl *Target = stateNamedBy(E))
        Wait.Reads.insert(Target);
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  if (!Call)
    return;
  KnownCall Known = Facts.call(Call);
  Wait.Opaque |= Known.does() == Operation::QueryStop;
  if (Known)
    return;
  const FunctionInfo *Callee = Depth < MaxDepth ? Facts.callee(Call) : nullptr;
  if (Callee) {
    read(Wait, Callee->Body, Depth + 1);
    return;
  }
  const FunctionDecl *Direct = Call->getDirectCallee();
  Wait.Opaque |= !Direct || !isSystem(Direct);
}

void Workers::indexMentions() {
  if (Indexed)
    return;
  Indexed = true;
  for (const auto &Function : Facts.functions()) {
    for (const Expr *Call : Function->OtherCalls)
      if (const FunctionInfo *Callee = Facts.callee(Call))
        Callers[Callee].push_back({Function.get(), Call});
    llvm::SmallVector<const Stmt *, 32> Work{Function->Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr, BlockExpr>(S))
        continue;
      Work.append(S->child_begin(), S->child_end());
      const ValueDecl *D = nullptr;
      if (const auto *Member = dyn_cast<MemberExpr>(S))
        D = Member->getMemberDecl();
      else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
        D = Ref->getDecl();
      if (isa_and_nonnull<FieldDecl, VarDecl>(D))
        Mentions[canonicalState(D)].push_back({Function.get(), cast<Expr>(S)});
    }
  }
}

llvm::ArrayRef<std::pair<const FunctionInfo *, const Expr *>>
Workers::callersOf(const FunctionInfo &Function) {
  indexMentions();
  auto Found = Callers.find(&Function);
  if (Found == Callers.end())
    return {};
  return Found->second;
}

StateUse useAt(const UnitFacts &Facts, const FunctionInfo &Function,
               const Expr *Site) {
  StateUse Use;
  Use.Function = &Function;
  Use.Site = Site;
  const Expr *Operation = nullptr;
  Use.What = accessKind(Facts, Function, Site, Operation, Use.Value);
  // What a template does with it may depend on its arguments.
  const Stmt *Around =
      Function.Dependent ? Facts.parent(Function, Site) : nullptr;
  if (isa_and_nonnull<CXXDependentScopeMemberExpr, ParenListExpr,
                      CXXUnresolvedConstructExpr>(Around) ||
      (isa_and_nonnull<CallExpr>(Around) &&
       cast<CallExpr>(Around)->isTypeDependent()))
    Use.What = StateAccess::Alias;
  KnownCall Known = Facts.call(Operation);
  if (Use.What == StateAccess::Modify &&
      Known.does() == Operation::AtomicStore) {
    Use.What = StateAccess::Write;
    // Not the memory order of `atomic_flag::clear`.
    if (const auto *Call = dyn_cast<CallExpr>(Operation))
      for (const Expr *Argument : Call->arguments())
        if (Argument->getType()->isBooleanType() ||
            isa<IntegerLiteral>(Argument->IgnoreParenImpCasts())) {
          Use.Value = Argument;
          break;
        }
  }
  return Use;
}

llvm::ArrayRef<StateUse> Workers::usesOf(const ValueDecl *State) {
  indexMentions();
  auto [Entry, IsNew] = Uses.try_emplace(State);
  if (IsNew)
    for (const auto &[Function, Site] : Mentions.lookup(State))
      Entry->second.push_back(useAt(Facts, *Function, Site));
  return Entry->second;
}

bool Workers::joins(const TraceEvent &Event, const ValueDecl *Handle) {
  if (Event.Object != Handle || !Handle)
    return false;
  if (Event.What == TraceEvent::End)
    return true;
  if (Event.What != TraceEvent::Call)
    return false;
  switch (Event.Known.does()) {
  case Operation::Join:
  case Operation::Get:
  case Operation::Wait:
  case Operation::WaitAll:
    return !Event.Known.Fact->Timed;
  default:
    return false;
  }
}

bool Workers::mayHold(const TraceEvent &Event, const ValueDecl *Mutex) {
  auto Holds = [&](const FunctionInfo &Function, const Expr *Site) {
    const LockState *Locks = Facts.locks(Function);
    if (!Locks)
      return false;
    if (!Locks->complete())
      return true;
    return llvm::any_of(Locks->heldAt(Site), [&](const HeldLock &Lock) {
      const ValueDecl *Held = Lock.Mutex.lastDecl();
      return !Held || canonicalState(Held) == Mutex;
    });
  };
  if (Holds(*Event.Function, Event.Site))
    return true;
  for (const auto &[Function, Site] : Event.Chain)
    if (Holds(*Function, Site))
      return true;
  const FunctionInfo &Root =
      Event.Chain.empty() ? *Event.Function : *Event.Chain.front().first;
  return llvm::any_of(callersOf(Root), [&](const auto &Caller) {
    return Holds(*Caller.first, Caller.second);
  });
}

} // namespace clang::tidy::concord
