//===--- SharedLockWriteCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/SharedLockWriteCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/LockNotes.h"
#include "analysis/ReturnedState.h"
#include "clang/AST/DeclCXX.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// A class that keeps itself in order: it has a lock or atomics of its own.
bool isSynchronized(const Vocabulary &Words, QualType Type) {
  if (const TypeFact *Fact = Words.type(Type.getNonReferenceType()))
    return Fact->is(Role::Atomic) || Fact->Roles != 0;
  const auto *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  return llvm::any_of(
      Record->getDefinition()->fields(), [&](const FieldDecl *Field) {
        const TypeFact *Fact = Words.type(Field->getType());
        return Fact && (Fact->is(Role::Mutex) || Fact->is(Role::Atomic));
      });
}

/// The shared lock that is the only one held at \p Site, or null.
const HeldLock *onlyShared(const LockState &Locks, const Expr *Site) {
  const HeldLock *Shared = nullptr;
  for (const HeldLock &Held : Locks.heldAt(Site)) {
    if (Held.Mode != LockMode::Shared)
      return nullptr;
    if (Held.Always)
      Shared = &Held;
  }
  return Shared;
}

/// The state stands beside the lock: fields of one object, globals, variables
/// of the function around a lambda.
bool isBeside(const FunctionInfo &Function, const AccessPath &Mutex,
              const AccessPath &State) {
  if (Mutex.steps().empty()) {
    if (State.isThisRooted() || Mutex.isThisRooted())
      return false;
    return Mutex.isGlobal() ? State.isGlobal()
                            : Function.Lambda && !State.isGlobal();
  }
  AccessPath Base = Mutex.isThisRooted() ? AccessPath::ofThis()
                                         : AccessPath::ofVariable(Mutex.root());
  for (const AccessPath::Step &Step : Mutex.steps().drop_back())
    Base = Base.with(Step);
  return Base && State != Base && State.startsWith(Base);
}

/// Reached through a pointer of the object: the pointee may have a lock.
bool isElsewhere(const AccessPath &Mutex, const AccessPath &State) {
  size_t Common = Mutex.steps().empty() ? 0 : Mutex.steps().size() - 1;
  return llvm::any_of(
      State.steps().drop_front(std::min(Common, State.steps().size())),
      [](const AccessPath::Step &Step) {
        return Step.What == AccessPath::Step::Deref ||
               Step.What == AccessPath::Step::Call;
      });
}

/// The state that \p Access changes: what it names or, through a local
/// reference or iterator, the member that the element belongs to.
AccessPath changedState(const StateAccess &Access) {
  const auto *Local = dyn_cast_or_null<VarDecl>(Access.Path.root());
  if (!Local || !Local->isLocalVarDecl())
    return Access.Path;
  ReturnedState Behind = returnedState(Access.Site, ResultKind::Reference);
  return Behind ? AccessPath::ofThis().field(Behind.Field) : Access.Path;
}

/// The lock is taken exclusively, too, which another check reports.
bool isUpgraded(const LockState &Locks, const AccessPath &Mutex) {
  return llvm::any_of(Locks.events(), [&](const LockEvent &Event) {
    return Event.What == LockEvent::Reacquire &&
           Event.Mode != LockMode::Shared && Event.Mutex == Mutex;
  });
}

bool isOwnObject(const FunctionInfo &Function) {
  return Function.Function &&
         isa<CXXConstructorDecl, CXXDestructorDecl>(Function.Function);
}

bool isChange(const Vocabulary &Words, const StateAccess &Access) {
  const auto *Root = dyn_cast_or_null<VarDecl>(Access.Path.root());
  return Access.changes() && Access.Site && !(Root && Root->getTLSKind()) &&
         !isSynchronized(Words, Access.Site->getType());
}

} // namespace

void SharedLockWriteCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(hasLocks(this)).bind("function"), this);
}

void SharedLockWriteCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo &Function =
      *Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function"));
  if (isOwnObject(Function))
    return;
  inFunction(*Facts, Function);
  for (const Expr *Call : Function.OtherCalls)
    atCall(*Facts, Function, *Call);
}

void SharedLockWriteCheck::inFunction(UnitFacts &Facts,
                                      const FunctionInfo &Function) {
  for (const StateAccess &Access : accessesOf(Facts, Function)) {
    if (!isChange(Facts.vocabulary(), Access) ||
        !isSharedPath(Function, Access.Path))
      continue;
    const HeldLock *Held =
        onlyShared(*Facts.locks(Function),
                   Access.Operation ? Access.Operation : Access.Site);
    AccessPath State = changedState(Access);
    if (!Held || !isBeside(Function, Held->Mutex, State) ||
        (Access.What == StateAccess::Modify &&
         isElsewhere(Held->Mutex, State)) ||
        isUpgraded(*Facts.locks(Function), Held->Mutex))
      continue;
    Finding F = finding(Access.Site->getExprLoc(),
                        "'%0' is changed while only the shared lock of '%1' "
                        "is held; take '%1' exclusively");
    F << State.str() << Held->Mutex.str();
    addNotes(F, originOf(*Held));
  }
}

/// A function without locks of its own that changes state of the same object.
void SharedLockWriteCheck::atCall(UnitFacts &Facts,
                                  const FunctionInfo &Function,
                                  const Expr &Call) {
  const FunctionInfo *Callee = Facts.callee(&Call);
  if (!Callee || Callee->Lambda || isOwnObject(*Callee) || Facts.locks(*Callee))
    return;
  const HeldLock *Held = onlyShared(*Facts.locks(Function), &Call);
  if (!Held)
    return;
  for (const StateAccess &Access : accessesOf(Facts, *Callee)) {
    AccessPath Path = Facts.translated(Access.Path, &Call);
    if (!Path || !isChange(Facts.vocabulary(), Access) ||
        !Access.Path.isThisRooted() || !isSharedPath(Function, Path) ||
        !isBeside(Function, Held->Mutex, Path) ||
        isElsewhere(Held->Mutex, Path))
      continue;
    Finding F = finding(Call.getExprLoc(),
                        "'%0' changes '%1' while only the shared lock of '%2' "
                        "is held; take '%2' exclusively");
    F << Callee->Function->getNameAsString() << Path.str() << Held->Mutex.str();
    F.note(Access.Site->getExprLoc(), "changed here");
    addNotes(F, originOf(*Held));
    return;
  }
}

} // namespace clang::tidy::concord
