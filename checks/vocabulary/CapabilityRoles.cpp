//===--- CapabilityRoles.cpp - Roles by clang's attributes ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Mutexes and guards that say what they are by the attributes of clang's
/// thread safety analysis.
///
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/StructuralRoles.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

/// The parameter of \p F that an attribute's argument names, or NoArgument.
static int parameterOf(const Expr *E, const FunctionDecl *F) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? namedObject(E) : E);
  const auto *Parameter = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!Parameter)
    return NoArgument;
  for (unsigned I = 0; I < F->getNumParams(); ++I)
    if (F->getParamDecl(I)->getFunctionScopeIndex() ==
        Parameter->getFunctionScopeIndex())
      return int(I);
  return NoArgument;
}

template <typename Attribute>
static const Expr *firstArgument(const Attribute *A) {
  return A->args_size() ? *A->args_begin() : nullptr;
}

/// What the attributes of \p F do; None if it has none. \p Argument is the
/// expression that names the mutex, null if that is the object itself.
static Operation operationOf(const FunctionDecl *F, const Expr *&Argument,
                             bool &EitherMode) {
  EitherMode = false;
  if (const auto *A = F->getAttr<AcquireCapabilityAttr>()) {
    Argument = firstArgument(A);
    return A->isShared() ? Operation::LockShared : Operation::Lock;
  }
  if (const auto *A = F->getAttr<TryAcquireCapabilityAttr>()) {
    Argument = firstArgument(A);
    return A->isShared() ? Operation::TryLockShared : Operation::TryLock;
  }
  if (const auto *A = F->getAttr<ReleaseCapabilityAttr>()) {
    Argument = firstArgument(A);
    EitherMode = A->isGeneric();
    return A->isShared() ? Operation::UnlockShared : Operation::Unlock;
  }
  if (const auto *A = F->getAttr<AssertCapabilityAttr>()) {
    Argument = firstArgument(A);
    return Operation::AssertHeld;
  }
  return Operation::None;
}

std::optional<CallFact> capabilityCall(const FunctionDecl *F) {
  const Expr *Argument = nullptr;
  CallFact Fact;
  Fact.Does = operationOf(F, Argument, Fact.EitherMode);
  if (Fact.Does == Operation::None || !Argument)
    return std::nullopt;
  Fact.Object = parameterOf(Argument, F);
  if (Fact.Object == NoArgument)
    return std::nullopt;
  return Fact;
}

static void addMethods(const CXXRecordDecl *Record, TypeFact &Fact) {
  for (const CXXMethodDecl *Method : Record->methods()) {
    if (!Method->getIdentifier())
      continue;
    const Expr *Argument = nullptr;
    CallFact Call;
    Call.Does = operationOf(Method, Argument, Call.EitherMode);
    if (Call.Does == Operation::None ||
        (Argument && !isa<CXXThisExpr>(Argument)))
      continue;
    Call.Names.push_back(Method->getName().str());
    if (Call.Does == Operation::LockShared)
      Fact.add(Trait::Shared);
    Fact.Methods.push_back(std::move(Call));
  }
}

/// Capabilities may be roles and contexts, which nobody locks.
static bool isMutex(const CapabilityAttr *Capability, const TypeFact &Fact) {
  bool Acquires = llvm::any_of(Fact.Methods, [](const CallFact &F) {
    return F.Does == Operation::Lock || F.Does == Operation::LockShared ||
           F.Does == Operation::TryLock;
  });
  StringRef Kind = Capability->getName();
  return Kind.contains_insensitive("mutex") ||
         (Acquires && Kind != "role" && Kind != "context");
}

static bool scopedGuard(const CXXRecordDecl *Record, TypeFact &Fact) {
  GuardFact Guard;
  Guard.Mutex = NoArgument;
  bool Found = false, Releases = false;
  for (const CXXConstructorDecl *Constructor : Record->ctors()) {
    const Expr *Argument = nullptr;
    bool EitherMode = false;
    Operation Does = operationOf(Constructor, Argument, EitherMode);
    if (Does == Operation::None || Constructor->isCopyOrMoveConstructor())
      continue;
    int Index = parameterOf(Argument, Constructor);
    if (Found && Guard.Mutex != NoArgument)
      continue;
    Found = true;
    Guard.Mutex = Index;
    Guard.Shared = Does == Operation::LockShared;
    Releases = Does == Operation::Unlock || Does == Operation::UnlockShared;
  }
  // The class says that it is a scoped lock; the mutex is the first argument.
  if (!Found)
    Guard.Mutex = 0;
  Fact.add(Releases ? Role::UnlockGuard : Role::Guard);
  Fact.Guard = Guard;
  return true;
}

std::optional<TypeFact> byAttributes(const CXXRecordDecl *Definition) {
  const CXXRecordDecl *Pattern = Definition->getTemplateInstantiationPattern();
  auto Has = [&](auto Tag) {
    using A = decltype(Tag);
    return Definition->hasAttr<std::remove_pointer_t<A>>() ||
           (Pattern && Pattern->hasAttr<std::remove_pointer_t<A>>());
  };
  TypeFact Fact;
  Fact.Name = Vocabulary::qualifiedName(Definition);
  Fact.Library = "attributes";
  Fact.add(Trait::Structural);
  if (Has((ScopedLockableAttr *)nullptr)) {
    scopedGuard(Definition, Fact);
    addMethods(Definition, Fact);
    return Fact;
  }
  const auto *Capability = Definition->getAttr<CapabilityAttr>();
  if (!Capability && Pattern)
    Capability = Pattern->getAttr<CapabilityAttr>();
  if (!Capability)
    return std::nullopt;
  addMethods(Definition, Fact);
  if (!isMutex(Capability, Fact))
    return std::nullopt;
  Fact.add(Role::Mutex);
  Fact.add(Trait::Exclusive);
  return Fact;
}

} // namespace clang::tidy::concord
