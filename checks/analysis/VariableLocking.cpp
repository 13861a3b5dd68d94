//===--- VariableLocking.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/VariableLocking.h"
#include "analysis/RaceContext.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclCXX.h"

namespace clang::tidy::concord {

namespace {

using Step = AccessPath::Step;

/// The parameter of \p Function by which \p Path reaches an object of the
/// caller's, or null.
const ParmVarDecl *parameterOf(const FunctionInfo &Function,
                               const AccessPath &Path) {
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.root());
  if (!Parameter || Function.Lambda ||
      !is_contained(Function.Function ? Function.Function->parameters()
                                      : llvm::ArrayRef<ParmVarDecl *>(),
                    Parameter))
    return nullptr;
  QualType Type = Parameter->getType();
  bool Leads = !Path.steps().empty() && Path.steps()[0].What == Step::Deref;
  return Type->isReferenceType() || (Type->isPointerType() && Leads) ? Parameter
                                                                     : nullptr;
}

/// \p Path, which begins with a parameter, as if that were `this`.
AccessPath asMember(const AccessPath &Path) {
  AccessPath Result = AccessPath::ofThis();
  llvm::ArrayRef<Step> Steps = Path.steps();
  if (!Steps.empty() && Steps[0].What == Step::Deref)
    Steps = Steps.drop_front();
  for (const Step &S : Steps)
    Result = Result.with(S);
  return Result;
}

bool hasOwnMutex(const Vocabulary &Words, const RecordDecl &Record) {
  return llvm::any_of(Record.fields(), [&](const FieldDecl *Field) {
    const TypeFact *Type = Words.type(Field->getType());
    return Type && Type->is(Role::Mutex);
  });
}

/// Other files may call \p Function, as its declaration in a header says.
bool isDeclaredInHeader(const UnitFacts &Facts, const FunctionDecl &Function) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  return llvm::any_of(Function.redecls(), [&](const FunctionDecl *F) {
    return !Sources.isInMainFile(Sources.getExpansionLoc(F->getLocation()));
  });
}

bool takesLock(const LockState *Locks) {
  return Locks && llvm::any_of(Locks->events(), [](const LockEvent &Event) {
           return Event.What == LockEvent::Acquire;
         });
}

bool changesCallersLock(const LockState *Locks) {
  return Locks && llvm::any_of(Locks->events(), [](const LockEvent &Event) {
           return Event.What == LockEvent::UnlockEntry;
         });
}

} // namespace

VariableLocking::VariableLocking(UnitFacts &Facts) : Facts(Facts) {
  // Without such a lock there is nothing to be inconsistent with.
  bool Locks = llvm::any_of(Facts.functions(), [&](const auto &Function) {
    const LockState *State =
        Function->Dependent ? nullptr : Facts.locks(*Function);
    return State && llvm::any_of(State->events(), [](const LockEvent &Event) {
             return Event.What == LockEvent::Acquire &&
                    !Event.Mutex.isThisRooted();
           });
  });
  if (!Locks)
    return;
  for (const TaskLaunch &Launch : Facts.launches())
    if (const FunctionInfo *Entry = Facts.function(Launch.Entry))
      if (!Launch.Synchronous)
        Launched.insert(Entry);
  findTasks();
  computeEntries();
  for (const auto &Function : Facts.functions())
    if (!Function->Dependent)
      findGuarded(*Function);
  if (Index.empty())
    return;
  for (const auto &Function : Facts.functions())
    if (!Function->Dependent)
      collectAccesses(*Function);
}

/// The functions that run in tasks of the unit.
void VariableLocking::findTasks() {
  llvm::SmallVector<const FunctionInfo *, 8> Work(Launched.begin(),
                                                  Launched.end());
  while (!Work.empty()) {
    const FunctionInfo *Function = Work.pop_back_val();
    if (!InTask.insert(Function).second)
      continue;
    for (const Expr *Call : Function->OtherCalls)
      if (const FunctionInfo *Callee = Facts.callee(Call))
        Work.push_back(Callee);
  }
}

/// What is known before any caller is looked at.
VariableLocking::Entry
VariableLocking::startOf(const FunctionInfo &Function) const {
  const LockState *Locks = Facts.locks(Function);
  if (Locks && !Locks->complete())
    return std::nullopt;
  const FunctionDecl *F = Function.Function;
  if (Launched.contains(&Function))
    return Entry(std::in_place);
  // A program that starts its threads out of sight may not have any yet.
  if (F && F->isMain())
    return startsThreads(Facts, Function) ? Entry(std::in_place) : std::nullopt;
  if (!F || Function.Lambda || isa<CXXConstructorDecl, CXXDestructorDecl>(F) ||
      expectsLock(Facts, *F) || changesCallersLock(Locks) ||
      (F->getDeclName().isIdentifier() && saysAlone(F->getName())))
    return std::nullopt;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F))
    return Method->getAccess() == AS_public ? Entry(std::in_place)
                                            : std::nullopt;
  if (!F->isExternallyVisible() ||
      (isDeclaredInHeader(Facts, *F) && !takesLock(Locks)))
    return std::nullopt;
  return Entry(std::in_place);
}

/// The locks that \p Callee is called with, in its own terms.
std::vector<AccessPath>
VariableLocking::atCall(const FunctionInfo &Caller, const Expr &Call,
                        const FunctionInfo &Callee) const {
  std::vector<AccessPath> Held, Result;
  if (const Entry &Before = Entries.find(&Caller)->second)
    Held = *Before;
  if (const LockState *Locks = Facts.locks(Caller))
    for (const HeldLock &Lock : Locks->heldAt(&Call))
      Held.push_back(Lock.Mutex);
  for (const AccessPath &Mutex : Held) {
    if (Mutex.isGlobal())
      Result.push_back(Mutex);
    for (const ParmVarDecl *Parameter : Callee.Function->parameters()) {
      AccessPath Own = AccessPath::ofVariable(Parameter);
      if (Parameter->getType()->isPointerType())
        Own = Own.dereferenced();
      else if (!Parameter->getType()->isReferenceType())
        continue;
      AccessPath Given = Facts.translated(Own, &Call);
      if (!Given || !Mutex.startsWith(Given))
        continue;
      for (const Step &S : Mutex.steps().drop_front(Given.steps().size()))
        Own = Own.with(S);
      Result.push_back(Own);
    }
  }
  return Result;
}

/// A function that the unit calls holds what all its callers hold, unless they
/// run alone.
void VariableLocking::computeEntries() {
  using Site = std::pair<const FunctionInfo *, const Expr *>;
  llvm::MapVector<const FunctionInfo *, std::vector<Site>> Callers;
  for (const auto &Function : Facts.functions()) {
    if (Function->Dependent)
      continue;
    Entries[Function.get()] = startOf(*Function);
    for (const Expr *Call : Function->OtherCalls)
      if (const FunctionInfo *Callee = Facts.callee(Call))
        if (Callee->Function && !Launched.contains(Callee) &&
            Callee != Function.get() &&
            !isa<CXXConstructorDecl, CXXDestructorDecl>(Callee->Function))
          Callers[Callee].push_back({Function.get(), Call});
  }
  for (unsigned Round = 0; Round < 8; ++Round) {
    bool Changed = false;
    for (const auto &[Callee, Sites] : Callers) {
      Entry Common;
      bool Alone = true;
      for (const auto &[Caller, Call] : Sites) {
        if (isConfined(Facts, *Caller, Call))
          continue;
        Alone = false;
        auto Before = Entries.find(Caller);
        if (Before == Entries.end() || !Before->second)
          continue;
        std::vector<AccessPath> Held = atCall(*Caller, *Call, *Callee);
        if (!Common)
          Common = Held;
        else
          llvm::erase_if(*Common, [&](const AccessPath &Path) {
            return !llvm::is_contained(Held, Path);
          });
      }
      if (!Common && !Alone)
        Common = startOf(*Callee);
      // A name that says what callers must do is believed.
      if (Common && (expectsLock(Facts, *Callee->Function) ||
                     changesCallersLock(Facts.locks(*Callee))))
        Common = std::nullopt;
      Changed |= Common != Entries[Callee];
      Entries[Callee] = Common;
    }
    if (!Changed)
      break;
  }
}

/// True if \p Function makes or ends a mutex of the object \p Root leads to:
/// nobody else knows it then.
bool VariableLocking::makesMutexOf(const FunctionInfo &Function,
                                   const ValueDecl &Root) const {
  return llvm::any_of(Function.Calls, [&](const KnownCall &Call) {
    return (Call.does() == Operation::Initialize ||
            Call.does() == Operation::Destroy) &&
           AccessPath::ofObject(Call.Object).root() == &Root;
  });
}

/// What \p Path is a part of, in the terms that all functions share: a variable
/// with its outer fields, or a field of `this`. Empty if it is neither.
AccessPath VariableLocking::stateOf(const FunctionInfo &Function,
                                    const AccessPath &Path) const {
  AccessPath Result, Whole = Path;
  if (Path.isGlobal()) {
    Result = AccessPath::ofVariable(Path.root());
  } else {
    const ParmVarDecl *Parameter = parameterOf(Function, Path);
    QualType Type =
        Parameter ? Parameter->getType()->getPointeeType() : QualType();
    const RecordDecl *Record =
        Type.isNull() ? nullptr : Type->getAsRecordDecl();
    Record = Record ? Record->getDefinition() : nullptr;
    if (!Record || isa_and_nonnull<CXXMethodDecl>(Function.Function) ||
        !hasOwnMutex(Facts.vocabulary(), *Record) ||
        makesMutexOf(Function, *Parameter))
      return AccessPath();
    Result = AccessPath::ofThis();
    Whole = asMember(Path);
  }
  for (const Step &S : Whole.steps()) {
    if (S.What != Step::Field)
      break;
    Result = Result.with(S);
  }
  return Result == AccessPath::ofThis() ? AccessPath() : Result;
}

/// Only what is changed under a lock somewhere is of interest.
void VariableLocking::findGuarded(const FunctionInfo &Function) {
  const Entry &AtEntry = Entries[&Function];
  const LockState *Locks = Facts.locks(Function);
  if ((!Locks || !Locks->complete()) && (!AtEntry || AtEntry->empty()))
    return;
  for (const StateAccess &Access : accessesOf(Facts, Function)) {
    if (!Access.changes() ||
        ((!AtEntry || AtEntry->empty()) && Locks->heldAt(Access.Site).empty()))
      continue;
    AccessPath State = stateOf(Function, Access.Path);
    if (State && Index.try_emplace(State, States.size()).second)
      States.push_back({State.lastDecl(), {}});
  }
}

void VariableLocking::collectAccesses(const FunctionInfo &Function) {
  const Entry &AtEntry = Entries[&Function];
  const LockState *Locks = Facts.locks(Function);
  if (Locks && !Locks->complete())
    return;
  for (StateAccess &Access : accessesOf(Facts, Function)) {
    auto At = Index.find(stateOf(Function, Access.Path));
    if (At == Index.end())
      continue;
    auto Name = [&](const AccessPath &Mutex) {
      bool SameObject = !Access.Path.isGlobal() &&
                        Mutex.root() == Access.Path.root() &&
                        parameterOf(Function, Mutex);
      return SameObject ? asMember(Mutex) : Mutex;
    };
    FieldAccess Found;
    Found.Function = &Function;
    if (AtEntry)
      for (const AccessPath &Mutex : *AtEntry)
        Found.Held.push_back(Name(Mutex));
    if (Locks)
      for (const HeldLock &Lock : Locks->heldAt(Access.Site)) {
        Found.Held.push_back(Name(Lock.Mutex));
        Found.LockSite = Lock.Site;
      }
    if (Found.Held.empty() && (!AtEntry || mayHoldUnseenLock(Facts, Function) ||
                               isIncidental(Facts, Function, Access) ||
                               isConfined(Facts, Function, Access.Site)))
      continue;
    Found.Concurrent = InTask.contains(&Function) ||
                       isBesideThreads(Facts, Function, Access.Site);
    Found.Access = std::move(Access);
    States[At->second].Accesses.push_back(std::move(Found));
  }
}

} // namespace clang::tidy::concord
