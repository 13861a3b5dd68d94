//===--- LockProtocol.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockProtocol.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

LockProtocol::LockProtocol(UnitFacts &Facts) : Facts(Facts) {
  for (const auto &Function : Facts.functions())
    if (const LockState *Locks = Facts.locks(*Function))
      if (Locks->complete())
        add(*Function, *Locks);
}

void LockProtocol::add(const FunctionInfo &Function, const LockState &Locks) {
  for (const LockExit &Exit : Locks.exits())
    for (const LockExit::Way &Way : Exit.Ways) {
      if (Way.What == LockExit::Way::Keeps && !Exit.IsThrow)
        LeftHeld.insert(Way.Mutex.lastDecl());
      // A lambda belongs to the function around it.
      if (Way.What == LockExit::Way::Gone && !Function.Lambda)
        GivenBack.insert(Way.Mutex.lastDecl());
    }
  for (const Expr *Call : Function.OtherCalls)
    if (const FunctionInfo *Callee = Facts.callee(Call))
      for (const HeldLock &Held : Locks.heldAt(Call))
        Entered.insert({Callee, Held.Mutex.lastDecl()});
}

bool LockProtocol::isLeftHeld(const AccessPath &Mutex) const {
  return LeftHeld.contains(Mutex.lastDecl());
}

bool LockProtocol::isGivenBack(const AccessPath &Mutex) const {
  return GivenBack.contains(Mutex.lastDecl());
}

bool LockProtocol::isCalledWith(const FunctionInfo &Callee,
                                const AccessPath &Mutex) const {
  return Entered.contains({&Callee, Mutex.lastDecl()});
}

bool LockProtocol::isInternal(const AccessPath &Mutex) const {
  const ValueDecl *Named = Mutex.lastDecl();
  if (!Named || isa<FunctionDecl, ParmVarDecl>(Named))
    return false;
  const SourceManager &Sources = Facts.context().getSourceManager();
  if (const auto *Variable = dyn_cast<VarDecl>(Named)) {
    if (Variable->isLocalVarDecl())
      return !Variable->getType()->isReferenceType() &&
             !Variable->getType()->isPointerType();
    if (Variable->isStaticDataMember())
      return Variable->getAccess() == AS_private;
    return !Variable->isExternallyVisible() ||
           Sources.isInMainFile(
               Sources.getExpansionLoc(Variable->getLocation()));
  }
  const auto *Owner = dyn_cast<RecordDecl>(Named->getDeclContext());
  return Named->getAccess() == AS_private ||
         (Owner &&
          Sources.isInMainFile(Sources.getExpansionLoc(Owner->getLocation())));
}

bool LockProtocol::isHidden(const AccessPath &Mutex) const {
  const ValueDecl *Named = Mutex.lastDecl();
  if (const auto *Variable = dyn_cast_or_null<VarDecl>(Named))
    return Mutex.steps().empty() && !Variable->isExternallyVisible() &&
           isInternal(Mutex);
  const auto *Field = dyn_cast_or_null<FieldDecl>(Named);
  if (!Field || !isa<CXXRecordDecl>(Field->getParent()))
    return false;
  const SourceManager &Sources = Facts.context().getSourceManager();
  return Field->getAccess() == AS_private &&
         !cast<CXXRecordDecl>(Field->getParent())->hasFriends() &&
         Sources.isInMainFile(
             Sources.getExpansionLoc(Field->getParent()->getLocation())) &&
         llvm::all_of(cast<CXXRecordDecl>(Field->getParent())->methods(),
                      [&](const CXXMethodDecl *Method) {
                        return Method->isImplicit() || Method->isDefaulted() ||
                               Method->isDeleted() || Facts.function(Method);
                      });
}

bool LockProtocol::isDeclared(const UnitFacts &Facts,
                              const FunctionInfo &Info) {
  const FunctionDecl *Function = Info.Function;
  if (!Function)
    return false;
  if (Function->hasAttr<AcquireCapabilityAttr>() ||
      Function->hasAttr<TryAcquireCapabilityAttr>() ||
      Function->hasAttr<ReleaseCapabilityAttr>() ||
      Function->hasAttr<RequiresCapabilityAttr>() ||
      Function->hasAttr<AssertCapabilityAttr>() ||
      Function->hasAttr<NoThreadSafetyAnalysisAttr>())
    return true;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function)) {
    const TypeFact *Type = Facts.vocabulary().record(Method->getParent());
    if (Type && (Type->is(Role::Mutex) || Type->is(Role::Guard) ||
                 Type->is(Role::UnlockGuard) || Type->is(Role::GuardedValue)))
      return true;
  }
  if (!Function->getDeclName().isIdentifier())
    return false;
  StringRef Name = Function->getName().ltrim('_');
  for (StringRef Verb : {"lock", "unlock", "trylock", "try_lock", "acquire",
                         "begin", "enter", "leave", "suspend", "resume"})
    if (Name.starts_with_insensitive(Verb))
      return true;
  return Name.contains_insensitive("atfork");
}

} // namespace clang::tidy::concord
