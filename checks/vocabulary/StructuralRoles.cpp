//===--- StructuralRoles.cpp - Roles of a project's own classes -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/StructuralRoles.h"
#include "support/Compat.h"
#include "vocabulary/Implementation.h"
#include "vocabulary/RoleFinder.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

int RoleFinder::parameter(const FunctionDecl *F, Role R) const {
  for (unsigned I = 0; I < F->getNumParams(); ++I) {
    QualType T = F->getParamDecl(I)->getType();
    const TypeFact *Found = Words.type(T.getNonReferenceType());
    if (!Found)
      Found = Words.pointee(T.getNonReferenceType());
    if (Found && Found->is(R))
      return int(I);
  }
  return NoArgument;
}

int RoleFinder::callableParameter(const FunctionDecl *F) {
  for (unsigned I = 0; I < F->getNumParams(); ++I) {
    QualType T = F->getParamDecl(I)->getType().getNonReferenceType();
    if (T->isTemplateTypeParmType() || T->isFunctionPointerType() ||
        T->isFunctionType())
      return int(I);
    if (const auto *Pack = dyn_cast<PackExpansionType>(T.getTypePtr());
        Pack && Pack->getPattern()->isTemplateTypeParmType())
      return int(I);
    const CXXRecordDecl *Record = T->getAsCXXRecordDecl();
    if (Record && Record->hasDefinition() &&
        !Record
             ->lookup(
                 Record->getASTContext().DeclarationNames.getCXXOperatorName(
                     OO_Call))
             .empty())
      return int(I);
  }
  return NoArgument;
}

CallFact &RoleFinder::add(const FunctionDecl *Method, Operation Does) {
  CallFact Call;
  Call.Names.push_back(Method->getName().str());
  Call.Does = Does;
  Fact.Methods.push_back(std::move(Call));
  return Fact.Methods.back();
}

/// True if a lock operation could look like \p Method: no arguments, or a
/// timeout; returns nothing, a status, or something to await.
static bool isLockSignature(const CXXMethodDecl *Method, bool &Awaitable) {
  if (Method->getNumParams() > 1 || Method->isVariadic())
    return false;
  if (Method->getNumParams() == 1) {
    QualType T = Method->getParamDecl(0)->getType().getNonReferenceType();
    if (T->isAnyPointerType() || T->isFunctionType())
      return false;
  }
  QualType Result = Method->getReturnType();
  if (Result->isVoidType() || Result->isIntegralOrEnumerationType())
    return true;
  const CXXRecordDecl *Record = Result->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  ASTContext &Context = Record->getASTContext();
  auto Has = [&](DeclarationName Name) {
    return !Record->lookup(Name).empty();
  };
  Awaitable = Has(&Context.Idents.get("await_ready")) ||
              Has(&Context.Idents.get("promise_type")) ||
              Has(Context.DeclarationNames.getCXXOperatorName(OO_Coawait));
  return Awaitable;
}

/// Adds the operations of a mutex or a guard by the names of the methods.
void RoleFinder::lockMethods() {
  for (const CXXMethodDecl *Method : Shape.Methods) {
    bool Awaitable = false;
    if (!isLockSignature(Method, Awaitable))
      continue;
    if (Awaitable)
      Fact.add(Trait::Coroutine);
    bool Timed = Method->getNumParams() == 1;
    switch (nameKind(Method->getName())) {
    case NameKind::Lock:
      add(Method, Timed ? Operation::TimedLock : Operation::Lock);
      break;
    case NameKind::TryLock:
      add(Method, Timed ? Operation::TimedLock : Operation::TryLock);
      break;
    case NameKind::Unlock:
      add(Method, Operation::Unlock);
      break;
    case NameKind::LockShared:
      add(Method, Timed ? Operation::TimedLockShared : Operation::LockShared);
      break;
    case NameKind::TryLockShared:
      add(Method,
          Timed ? Operation::TimedLockShared : Operation::TryLockShared);
      break;
    case NameKind::UnlockShared:
      add(Method, Operation::UnlockShared);
      break;
    default:
      break;
    }
  }
}

bool RoleFinder::does(Operation Does) const {
  return llvm::any_of(Fact.Methods,
                      [&](const CallFact &F) { return F.Does == Does; });
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

/// A class that locks in its constructor and unlocks in its destructor.
bool RoleFinder::guard() {
  if (!Shape.OtherMutex && !Shape.OwnGuard)
    return false;
  const CXXConstructorDecl *Taking = nullptr;
  int Mutex = NoArgument;
  BodyFacts Start;
  for (const CXXConstructorDecl *Constructor : Shape.Constructors) {
    int Index = parameter(Constructor, Role::Mutex);
    BodyFacts Body = bodyFacts(Constructor, Words);
    bool Better = !Taking || (Mutex == NoArgument && Index != NoArgument) ||
                  (!Start.Locks && Body.Locks);
    if (!Better)
      continue;
    Taking = Constructor;
    Mutex = Index;
    Start = Body;
  }
  if (!Taking)
    return false;
  bool Named = isGuardName(Shape.Name);
  // The mutex is the argument; only a guard by name may find its own.
  if (Mutex == NoArgument && !Named)
    return false;
  BodyFacts End = bodyFacts(Shape.Destructor, Words);
  bool Ends = Shape.OwnGuard || End.Unlocks ||
              (!End.Visible && Shape.Destructor && Named);
  bool Starts = Start.Locks || Start.LocksShared || Start.Tries ||
                (!Start.Visible && Named && Mutex != NoArgument);
  if (Start.Unlocks && (End.Locks || End.LocksShared) && !Start.Locks) {
    Fact.add(Role::UnlockGuard);
    Fact.Guard.emplace();
    Fact.Guard->Mutex = Mutex;
    return true;
  }
  if (!Ends || !Starts)
    return false;
  Fact.add(Role::Guard);
  Fact.Guard.emplace();
  Fact.Guard->Mutex = Mutex;
  Fact.Guard->Shared = Start.LocksShared && !Start.Locks;
  lockMethods();
  return true;
}

//===----------------------------------------------------------------------===//
// Mutexes
//===----------------------------------------------------------------------===//

/// A class with a lock-named and an unlock-named method around a known mutex or
/// an atomic; without either only if its name says so.
bool RoleFinder::mutex() {
  const CXXMethodDecl *Lock = nullptr, *Unlock = nullptr;
  for (const CXXMethodDecl *Method : Shape.Methods) {
    bool Awaitable = false;
    NameKind Kind = nameKind(Method->getName());
    bool Locks = Kind == NameKind::Lock || Kind == NameKind::LockShared;
    bool Unlocks = Kind == NameKind::Unlock || Kind == NameKind::UnlockShared;
    if ((!Locks && !Unlocks) || !isLockSignature(Method, Awaitable))
      continue;
    const CXXMethodDecl *&Place = Locks ? Lock : Unlock;
    if (!Place || Kind == NameKind::Lock || Kind == NameKind::Unlock)
      Place = Method;
  }
  if (!Lock || !Unlock)
    return false;
  BodyFacts Locking = bodyFacts(Lock, Words),
            Unlocking = bodyFacts(Unlock, Words);
  const TypeFact *Inner = Shape.OwnMutex ? Shape.OwnMutex : Shape.OtherMutex;
  bool Named = isMutexName(Shape.Name);
  bool Proven = (Locking.Locks || Locking.LocksShared) && Unlocking.Unlocks;
  bool Spins = Locking.Atomics && Named;
  bool Hidden = !Locking.Visible || Locking.Opaque;
  bool Pure = isPureVirtual(*Lock) && isPureVirtual(*Unlock);
  if (!Proven && !Spins && !(Inner && (Named || !Locking.Visible)) &&
      !(Named && (Hidden || Pure)))
    return false;
  Fact.add(Role::Mutex);
  Fact.add(Trait::Exclusive);
  if (Inner && Inner->has(Trait::MaybeRecursive) &&
      Words.mayBeRecursive(*Inner, Shape.MutexField))
    Fact.add(Trait::MaybeRecursive);
  for (Trait T : {Trait::Recursive, Trait::Fiber, Trait::Coroutine, Trait::Spin,
                  Trait::Interprocess, Trait::Null})
    if (Inner && Inner->has(T))
      Fact.add(T);
  if (Spins && !Proven)
    Fact.add(Trait::Spin);
  StringRef Name = Shape.Name;
  if (Name.contains_insensitive("recursive"))
    Fact.add(Trait::Recursive);
  lockMethods();
  if (does(Operation::LockShared)) {
    Fact.add(Trait::Shared);
    if (!does(Operation::UnlockShared))
      for (CallFact &Method : Fact.Methods)
        Method.EitherMode |= Method.Does == Operation::Unlock;
  }
  return true;
}

std::optional<TypeFact>
StructuralRoles::find(const CXXRecordDecl *Definition) const {
  if (Definition->isInStdNamespace() || !Definition->getIdentifier())
    return std::nullopt;
  if (std::optional<TypeFact> Found = byAttributes(Definition))
    return Found;
  RoleFinder Finder(Definition, Words);
  if (Finder.byStructure())
    return std::move(Finder.Fact);
  return std::nullopt;
}

} // namespace clang::tidy::concord
