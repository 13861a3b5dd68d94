//===--- HandleState.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleState.h"
#include "analysis/DetachedLaunch.h"
#include "analysis/Flow.h"
#include "analysis/HandleEvents.h"
#include "analysis/HandleLoss.h"
#include "analysis/TaskPolling.h"
#include "analysis/TaskTrace.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Each launch is followed through the whole function: with more, the time
/// would grow with the square of the function's size.
static constexpr unsigned MaxTracedLaunches = 128;

struct HandleState::Implementation {
  Implementation(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function),
        Events(findHandleEvents(Facts, Function)) {}

  /// The graph, made when an answer needs it; null if there is none.
  const CFG *graph() {
    if (!GraphMade) {
      GraphMade = true;
      Graph = buildGraph(Facts.context(), Function.Function, Function.Body);
      if (Graph && Graph->getNumBlockIDs() > Flow<HandleStatus>::MaxBlocks)
        Graph = nullptr;
    }
    return Graph.get();
  }

  /// One launch of the function, traced when first asked for.
  struct Traced {
    TaskWaits Waits;
    std::optional<TaskTrace> Strict;
    std::optional<TaskTrace> Lenient;
  };

  /// \returns null beyond the bound.
  Traced *traced(const TaskLaunch &Launch) {
    auto At = Launches.find(Launch.Site);
    if (At != Launches.end())
      return At->second.get();
    if (Launches.size() >= MaxTracedLaunches)
      return nullptr;
    auto New = std::make_unique<Traced>();
    New->Waits = findTaskWaits(Facts, Function, Events, Launch);
    return (Launches[Launch.Site] = std::move(New)).get();
  }

  /// \returns null if nothing is known.
  const TaskTrace *trace(const TaskLaunch &Launch, bool TimedCount) {
    if (Launch.Launcher != &Function || !graph())
      return nullptr;
    Traced *Known = traced(Launch);
    if (!Known)
      return nullptr;
    std::optional<TaskTrace> &Trace =
        TimedCount ? Known->Lenient : Known->Strict;
    if (!Trace)
      Trace =
          traceTask(Facts, Function, *Graph, Launch, Known->Waits, TimedCount);
    return Trace->Unknown ? nullptr : &*Trace;
  }

  bool outlives(const TaskTrace &Trace, const ValueDecl *Variable) const {
    const auto *Local = dyn_cast_or_null<VarDecl>(Variable);
    if (const auto *Binding = dyn_cast_or_null<BindingDecl>(Variable))
      Local = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    bool DiesHere = Local && Local->hasLocalStorage() &&
                    !Local->getType()->isReferenceType() &&
                    Local->getDeclContext() == Function.Function;
    if (!DiesHere || isa<ParmVarDecl>(Local))
      return Trace.OutlivesFunction;
    return Trace.OutlivesVariable.count(Local) != 0;
  }

  /// True if \p Variable is one of a function around this lambda, which may
  /// wait for \p Launch, as far as one can tell.
  bool mayWaitAround(const TaskLaunch &Launch, const ValueDecl *Variable) {
    const auto *Local = dyn_cast_or_null<VarDecl>(Variable);
    if (!Local || !Local->hasLocalStorage() || !Function.Enclosing ||
        Local->getDeclContext() == Function.Function)
      return false;
    for (const TaskReach &Reach : Launch.Reaches)
      if (Reach.How == TaskReach::This ||
          (Reach.Variable &&
           Facts.vocabulary().type(Reach.Variable->getType())))
        return true;
    for (const FunctionInfo *F = Function.Enclosing; F; F = F->Enclosing)
      for (const KnownCall &Call : F->Calls)
        if (waitKindOf(Call) != WaitKind::None)
          return true;
    return false;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  HandleEvents Events;
  bool GraphMade = false;
  std::unique_ptr<CFG> Graph;
  std::optional<std::vector<LocalHandle>> Locals;
  std::optional<std::vector<LostHandle>> Lost;
  llvm::DenseMap<const Expr *, std::unique_ptr<Traced>> Launches;
};

HandleState::HandleState(UnitFacts &Facts, const FunctionInfo &Function)
    : Impl(std::make_unique<Implementation>(Facts, Function)) {}

HandleState::~HandleState() = default;

const HandleEvents &HandleState::events() const { return Impl->Events; }

llvm::ArrayRef<LocalHandle> HandleState::locals() const {
  if (Impl->Locals)
    return *Impl->Locals;
  Impl->Locals.emplace();
  if (Impl->Function.Dependent)
    return *Impl->Locals;
  for (const VarDecl *Variable : Impl->Function.Variables) {
    QualType Type = Variable->getType();
    if (!Variable->hasLocalStorage() || Type->isReferenceType() ||
        isHandleAlias(Impl->Facts.vocabulary(), Variable))
      continue;
    if (HolderType Holder = holderType(Impl->Facts.vocabulary(), Type))
      Impl->Locals->push_back({Variable, Holder.Type, Holder.Shape});
  }
  return *Impl->Locals;
}

const LocalHandle *HandleState::local(const VarDecl *Variable) const {
  for (const LocalHandle &Handle : locals())
    if (Handle.Variable->getCanonicalDecl() == Variable->getCanonicalDecl())
      return &Handle;
  return nullptr;
}

llvm::ArrayRef<LostHandle> HandleState::lost() const {
  if (Impl->Lost)
    return *Impl->Lost;
  Impl->Lost.emplace();
  for (const HandleEvent &Event : Impl->Events.List)
    if (Event.What == HandleEvent::Temporary && !Event.InLambda) {
      LostHandle Loss{LostHandle::Temporary};
      Loss.Start = Event.Launch;
      Loss.At = Event.Site;
      Loss.Type =
          holderType(Impl->Facts.vocabulary(), Event.Launch->getType()).Type;
      Impl->Lost->push_back(Loss);
    }
  if (!locals().empty() && Impl->graph())
    for (const LocalHandle &Handle : locals())
      findLosses(Impl->Facts, Impl->Function, Impl->Events, *Impl->Graph,
                 Handle, *Impl->Lost);
  return *Impl->Lost;
}

const Expr *HandleState::joinOf(const ValueDecl *Handle) const {
  HandleKey Key = HandleKey::of(Handle);
  for (const HandleEvent &Event : Impl->Events.List)
    if (Event.What == HandleEvent::Join && Event.Key.matches(Key))
      return Event.Call;
  return nullptr;
}

bool HandleState::waitedFor(const TaskLaunch &Launch,
                            const ValueDecl *Variable) const {
  if (Launch.Synchronous)
    return true;
  const TaskTrace *Trace = Impl->trace(Launch, /*TimedCount=*/false);
  return !Trace || !Impl->outlives(*Trace, Variable) ||
         Impl->mayWaitAround(Launch, Variable);
}

bool HandleState::waitedWithin(const TaskLaunch &Launch,
                               const Stmt *Scope) const {
  if (Launch.Synchronous)
    return true;
  const TaskTrace *Trace = Impl->trace(Launch, /*TimedCount=*/false);
  if (!Trace)
    return true;
  if (Trace->OutlivesFunction)
    return false;
  return llvm::all_of(Trace->RunsAt, [&](const Stmt *S) {
    for (const Stmt *Outer = S; Outer;
         Outer = Impl->Facts.parent(Impl->Function, Outer))
      if (Outer == Scope)
        return true;
    // The graph makes declarations of its own.
    return isa<DeclStmt>(S);
  });
}

bool HandleState::mayRunAt(const TaskLaunch &Launch, const Stmt *S) const {
  if (Launch.Synchronous)
    return false;
  const TaskTrace *Trace = Impl->trace(Launch, /*TimedCount=*/false);
  return Trace && Trace->RunsAt.count(S) != 0;
}

const Expr *HandleState::timedWaitThatGivesUp(const TaskLaunch &Launch,
                                              const ValueDecl *Variable) const {
  if (waitedFor(Launch, Variable))
    return nullptr;
  const TaskTrace *Trace = Impl->trace(Launch, /*TimedCount=*/true);
  if (!Trace || Impl->outlives(*Trace, Variable))
    return nullptr;
  const TaskWaits &Waits = Impl->traced(Launch)->Waits;
  return Waits.Timed.empty() ? nullptr : Waits.Timed.front();
}

const Expr *HandleState::detachOf(const TaskLaunch &Launch) const {
  if (Launch.Launcher != &Impl->Function)
    return nullptr;
  if (const Implementation::Traced *Known = Impl->traced(Launch))
    if (const Expr *Detach = Known->Waits.Detach)
      return Detach;
  bool AtOnce =
      Launch.Handle.Where == TaskHandle::Detached ||
      (Launch.Call && detachedLaunch(Impl->Facts, Impl->Function,
                                     Launch.Call) == DetachedLaunch::AtOnce);
  return AtOnce ? Launch.Site : nullptr;
}

} // namespace clang::tidy::concord
