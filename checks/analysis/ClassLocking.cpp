//===--- ClassLocking.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ClassLocking.h"
#include "analysis/RaceContext.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/StringSet.h"

namespace clang::tidy::concord {

namespace {

const CXXMethodDecl *methodOf(const FunctionInfo &Function) {
  if (Function.Lambda)
    return nullptr;
  return dyn_cast_or_null<CXXMethodDecl>(Function.Function);
}

bool isAlone(const CXXMethodDecl &Method) {
  return isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
         Method.isCopyAssignmentOperator() || Method.isMoveAssignmentOperator();
}

} // namespace

bool ClassLocking::isMember(const FunctionInfo &Function,
                            const CXXRecordDecl &Class) const {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing)
    if (const CXXMethodDecl *Method = methodOf(*F))
      return Method->isInstance() && Method->getParent()->getCanonicalDecl() ==
                                         Class.getCanonicalDecl();
  return false;
}

ClassLocking::ClassLocking(UnitFacts &Facts, const CXXRecordDecl &Class)
    : Facts(Facts) {
  for (const TaskLaunch &Launch : Facts.launches())
    if (const FunctionInfo *Entry = Facts.function(Launch.Entry))
      if (!Launch.Synchronous)
        Launched[Entry] = true;
  for (const auto &Function : Facts.functions())
    if (!Function->Dependent && isMember(*Function, Class))
      Functions.push_back(Function.get());
  LockedFromOutside = isLockedFromOutside(Class);
  findProtocols(Class);
  computeEntries();
  for (const FunctionInfo *Function : Functions)
    collectAccesses(*Function);
}

/// True if callers are meant to take the lock: the class got it from somewhere,
/// or shows it though it hides other members, or somebody does take it.
bool ClassLocking::isLockedFromOutside(const CXXRecordDecl &Class) const {
  const Vocabulary &Words = Facts.vocabulary();
  const FieldDecl *Public = nullptr;
  bool Hides = false;
  for (const FieldDecl *Field : Class.fields()) {
    QualType Type = Field->getType();
    const TypeFact *Fact = Words.type(Type);
    if ((Type->isReferenceType() || Type->isPointerType()) &&
        Words.is(Type->getPointeeType(), Role::Mutex))
      return true;
    bool IsMutex = Fact && Fact->is(Role::Mutex);
    if (IsMutex && Field->getAccess() == AS_public)
      Public = Field;
    Hides |= !IsMutex && Field->getAccess() != AS_public;
  }
  for (const CXXBaseSpecifier &Base : Class.bases()) {
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    B = B ? B->getDefinition() : nullptr;
    if (B && isLockedFromOutside(*B))
      return true;
  }
  if (!Public || Hides)
    return Public != nullptr;
  return llvm::any_of(Facts.functions(), [&](const auto &Function) {
    const LockState *Locks =
        Function->Dependent ? nullptr : Facts.locks(*Function);
    return Locks && llvm::any_of(Locks->events(), [&](const LockEvent &Event) {
             return Event.What == LockEvent::Acquire &&
                    !Event.Mutex.isThisRooted() &&
                    Event.Mutex.lastDecl() == Public->getCanonicalDecl();
           });
  });
}

/// Public functions that are called while the lock of their object is held, and
/// those that have a sibling for callers without it.
void ClassLocking::findProtocols(const CXXRecordDecl &Class) {
  for (const auto &Caller : Facts.functions()) {
    const LockState *Locks = Caller->Dependent ? nullptr : Facts.locks(*Caller);
    if (!Locks || !Locks->complete())
      continue;
    for (const Expr *Call : Caller->OtherCalls) {
      const FunctionInfo *Callee = Facts.callee(Call);
      if (!Callee || !llvm::is_contained(Functions, Callee))
        continue;
      AccessPath Object = Facts.translated(AccessPath::ofThis(), Call);
      if (Object && llvm::any_of(Locks->heldAt(Call), [&](const HeldLock &H) {
            return H.Mutex != Object && H.Mutex.startsWith(Object);
          }))
        CallerLocks.insert(Callee);
    }
  }
  llvm::StringSet<> Names;
  for (const CXXMethodDecl *Method : Class.methods())
    if (Method->getDeclName().isIdentifier())
      Names.insert(Method->getName().lower());
  for (const FunctionInfo *Function : Functions) {
    const CXXMethodDecl *Method = methodOf(*Function);
    if (Method && Method->getDeclName().isIdentifier() &&
        Names.contains("lock" + Method->getName().lower()))
      CallerLocks.insert(Function);
  }
}

/// What is known before any caller is looked at.
ClassLocking::Entry ClassLocking::startOf(const FunctionInfo &Function) const {
  const LockState *Locks = Facts.locks(Function);
  if (Locks && !Locks->complete())
    return std::nullopt;
  if (Launched.count(&Function))
    return Entry(std::in_place);
  const CXXMethodDecl *Method = methodOf(Function);
  if (!Method || isAlone(*Method) || Method->getAccess() != AS_public)
    return std::nullopt;
  if (expectsLock(Facts, *Method) ||
      (Method->getDeclName().isIdentifier() && saysAlone(Method->getName())))
    return std::nullopt;
  if (LockedFromOutside || CallerLocks.count(&Function))
    return std::nullopt;
  // A window: the caller's lock is released here.
  if (Locks && llvm::any_of(Locks->events(), [](const LockEvent &Event) {
        return Event.What == LockEvent::UnlockEntry;
      }))
    return std::nullopt;
  return Entry(std::in_place);
}

ClassLocking::Entry ClassLocking::entryOf(const FunctionInfo &Function) const {
  auto Found = Entries.find(&Function);
  return Found == Entries.end() ? std::nullopt : Found->second;
}

/// Private functions hold what all their callers hold.
void ClassLocking::computeEntries() {
  struct Site {
    const FunctionInfo *Caller;
    const Expr *Call;
  };
  llvm::MapVector<const FunctionInfo *, std::vector<Site>> Callers;
  for (const FunctionInfo *Function : Functions) {
    Entries[Function] = startOf(*Function);
    for (const Expr *Call : Function->OtherCalls) {
      const FunctionInfo *Callee = Facts.callee(Call);
      const CXXMethodDecl *Method = Callee ? methodOf(*Callee) : nullptr;
      if (!Method || !llvm::is_contained(Functions, Callee) ||
          Method->getAccess() == AS_public || isAlone(*Method) ||
          Launched.count(Callee))
        continue;
      AccessPath Object = Facts.translated(AccessPath::ofThis(), Call);
      if (Object == AccessPath::ofThis())
        Callers[Callee].push_back({Function, Call});
    }
  }
  for (unsigned Round = 0; Round < 8; ++Round) {
    bool Changed = false;
    for (const auto &[Callee, Sites] : Callers) {
      Entry Common;
      for (const Site &S : Sites) {
        Entry Before = entryOf(*S.Caller);
        if (!Before || isConfined(Facts, *S.Caller, S.Call))
          continue;
        std::vector<AccessPath> Held = *Before;
        if (const LockState *Locks = Facts.locks(*S.Caller))
          for (const HeldLock &Lock : Locks->heldAt(S.Call))
            Held.push_back(Lock.Mutex);
        if (!Common)
          Common = Held;
        else
          llvm::erase_if(*Common, [&](const AccessPath &Path) {
            return !llvm::is_contained(Held, Path);
          });
      }
      Changed |= Common != Entries[Callee];
      Entries[Callee] = Common;
    }
    if (!Changed)
      break;
  }
}

void ClassLocking::collectAccesses(const FunctionInfo &Function) {
  Entry AtEntry = entryOf(Function);
  const LockState *Locks = Facts.locks(Function);
  if (Locks && !Locks->complete())
    return;
  const CXXMethodDecl *Method = methodOf(Function);
  if (Method && isAlone(*Method))
    return;
  for (StateAccess &Access : accessesOf(Facts, Function)) {
    if (!Access.Path.isThisRooted() || Access.Path.steps().empty())
      continue;
    const auto *Field =
        dyn_cast_or_null<FieldDecl>(Access.Path.steps().front().Decl);
    if (!Field)
      continue;
    FieldAccess Found;
    Found.Function = &Function;
    if (AtEntry)
      Found.Held = *AtEntry;
    if (Locks)
      for (const HeldLock &Lock : Locks->heldAt(Access.Site)) {
        Found.Held.push_back(Lock.Mutex);
        Found.LockSite = Lock.Site;
      }
    // What is emptied when the work is over is nobody else's any more.
    bool Emptied = Method && Method->getDeclName().isIdentifier() &&
                   Method->getName().starts_with_insensitive("stop") &&
                   Access.What == StateAccess::Modify;
    // Without a lock of its own, what is not known counts for nothing.
    if (Found.Held.empty() &&
        (!AtEntry || mayHoldUnseenLock(Facts, Function) || Emptied ||
         isIncidental(Facts, Function, Access) ||
         isConfined(Facts, Function, Access.Site)))
      continue;
    Found.Concurrent = Launched.count(&Function);
    Found.Access = std::move(Access);
    Fields[Field].push_back(std::move(Found));
  }
}

} // namespace clang::tidy::concord
