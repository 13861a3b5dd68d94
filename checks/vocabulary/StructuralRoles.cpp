//===--- StructuralRoles.cpp - Roles of a project's own classes -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/StructuralRoles.h"
#include "support/Compat.h"
#include "vocabulary/ClassShape.h"
#include "vocabulary/Implementation.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

/// Judges one class.
class RoleFinder {
public:
  RoleFinder(const CXXRecordDecl *Record, const Vocabulary &Words)
      : Words(Words), Shape(Record, Words) {
    Fact.Name = Vocabulary::qualifiedName(Record);
    Fact.Library = "structure";
    Fact.add(Trait::Structural);
  }

  bool byStructure() {
    return guard() || mutex() || channel() || condition() || thread() ||
           scope();
  }

  TypeFact Fact;

private:
  bool guard();
  bool mutex();
  bool channel();
  bool condition();
  bool thread();
  bool scope();

  /// The first parameter of \p F that is, or points to, a type of role \p R.
  int parameter(const FunctionDecl *F, Role R) const;
  /// The first parameter of \p F that is a callable; NoArgument if none.
  static int callableParameter(const FunctionDecl *F);
  CallFact &add(const FunctionDecl *Method, Operation Does);
  void lockMethods();

  const Vocabulary &Words;
  ClassShape Shape;
};

} // namespace

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

static bool does(const TypeFact &Fact, Operation Does) {
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
    Fact.Guard->AcquiresNothing = true;
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
  if (does(Fact, Operation::LockShared)) {
    Fact.add(Trait::Shared);
    if (!does(Fact, Operation::UnlockShared))
      for (CallFact &Method : Fact.Methods)
        Method.EitherMode |= Method.Does == Operation::Unlock;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Channels and condition variables
//===----------------------------------------------------------------------===//

/// How a receive tells that there is nothing more.
static ClosedResult closedResult(const CXXMethodDecl *Method,
                                 const Vocabulary &Words) {
  QualType Result = Method->getReturnType();
  if (Result->isBooleanType())
    return ClosedResult::BoolFalse;
  if (Result->isPointerType())
    return ClosedResult::NullPointer;
  if (Result->isEnumeralType())
    return ClosedResult::StatusEnum;
  if (const CXXRecordDecl *Record = Result->getAsCXXRecordDecl()) {
    std::string Name = Vocabulary::qualifiedName(Record);
    if (StringRef(Name).ends_with("::optional"))
      return ClosedResult::EmptyOptional;
    if (StringRef(Name).ends_with("_ptr"))
      return ClosedResult::NullPointer;
  }
  (void)Words;
  return ClosedResult::Unknown;
}

/// The non-const reference or pointer parameter that receives a value.
static int outParameter(const CXXMethodDecl *Method) {
  for (unsigned I = 0; I < Method->getNumParams(); ++I) {
    QualType T = Method->getParamDecl(I)->getType();
    if ((T->isLValueReferenceType() || T->isPointerType()) &&
        !T->getPointeeType().isConstQualified())
      return int(I);
  }
  return NoArgument;
}

/// A container behind a mutex and a condition variable, with methods that put
/// in and methods that wait and take out.
bool RoleFinder::channel() {
  if (!Shape.OwnCondition || !Shape.Container || !Shape.OwnMutex)
    return false;
  bool Receives = false, Sends = false, Bounded = false;
  for (const CXXMethodDecl *Method : Shape.Methods) {
    NameKind Kind = nameKind(Method->getName());
    BodyFacts Body;
    switch (Kind) {
    case NameKind::Send:
    case NameKind::TrySend: {
      if (Method->getNumParams() == 0)
        continue;
      Body = bodyFacts(Method, Words);
      Bounded |= Body.Waits;
      Sends |= Body.Notifies || !Body.Visible;
      add(Method,
          Kind == NameKind::Send ? Operation::Send : Operation::TrySend);
      break;
    }
    case NameKind::Receive:
    case NameKind::TryReceive: {
      Body = bodyFacts(Method, Words);
      bool Waits = Body.Waits || (!Body.Visible && Kind == NameKind::Receive);
      Receives |= Waits;
      CallFact &Call =
          add(Method, Waits ? Operation::Receive : Operation::TryReceive);
      Call.Out = outParameter(Method);
      Call.Closed = closedResult(Method, Words);
      break;
    }
    case NameKind::Close:
      add(Method, Operation::Close);
      break;
    case NameKind::IsClosed:
      add(Method, Operation::IsClosed);
      break;
    default:
      break;
    }
  }
  if (!Receives || !Sends) {
    Fact.Methods.clear();
    return false;
  }
  if (!does(Fact, Operation::Close))
    for (CallFact &Method : Fact.Methods)
      if (Method.Does == Operation::Receive)
        Method.Closed = ClosedResult::NoClose;
  Fact.add(Role::Channel);
  Fact.Capacity.emplace();
  Fact.Capacity->Unbounded = !Bounded;
  return true;
}

/// A condition variable around a known one: a wait that takes the lock, or a
/// name that says so.
bool RoleFinder::condition() {
  if (!Shape.OwnCondition)
    return false;
  bool Named = StringRef(Shape.Name).contains_insensitive("cond") ||
               StringRef(Shape.Name).contains_insensitive("waitqueue");
  bool Waits = false, Notifies = false;
  for (const CXXMethodDecl *Method : Shape.Methods) {
    switch (nameKind(Method->getName())) {
    case NameKind::Wait: {
      int Lock = parameter(Method, Role::Guard);
      if (Lock == NoArgument)
        Lock = parameter(Method, Role::Mutex);
      if (Lock == NoArgument && !Named)
        break;
      CallFact &Call = add(Method, Operation::ConditionWait);
      Call.Lock = Lock;
      Call.Predicate = callableParameter(Method);
      for (unsigned I = 0; I < Method->getNumParams(); ++I)
        if (int(I) != Lock && int(I) != Call.Predicate)
          Call.Timeout = int(I);
      Call.Timed = Call.Timeout != NoArgument;
      Waits = true;
      break;
    }
    case NameKind::NotifyOne:
      add(Method, Operation::NotifyOne);
      Notifies = true;
      break;
    case NameKind::NotifyAll:
      add(Method, Operation::NotifyAll);
      Notifies = true;
      break;
    default:
      break;
    }
  }
  if (!Waits || !Notifies) {
    Fact.Methods.clear();
    return false;
  }
  Fact.add(Role::ConditionVariable);
  return true;
}

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

static DestructorKind destructorKind(const BodyFacts &End,
                                     const TypeFact &Inner) {
  if (!End.Visible)
    return DestructorKind::Unknown;
  if (End.Joins)
    return Inner.Destructor == DestructorKind::StopJoin
               ? DestructorKind::StopJoin
               : DestructorKind::Join;
  if (End.Detaches)
    return DestructorKind::Detach;
  return End.Opaque ? DestructorKind::Unknown : Inner.Destructor;
}

/// A class around one thread that has a method to join it.
bool RoleFinder::thread() {
  if (!Shape.OwnThread || Shape.Threads != 1)
    return false;
  bool Joins = false;
  for (const CXXMethodDecl *Method : Shape.Methods) {
    if (Method->getNumParams() > 1)
      continue;
    switch (nameKind(Method->getName())) {
    case NameKind::Join: {
      BodyFacts Body = bodyFacts(Method, Words);
      Joins |= Body.Joins || !Body.Visible;
      add(Method, Operation::Join);
      break;
    }
    case NameKind::Detach:
      add(Method, Operation::Detach);
      break;
    case NameKind::Joinable:
      add(Method, Operation::Joinable);
      break;
    default:
      break;
    }
  }
  if (!Joins) {
    Fact.Methods.clear();
    return false;
  }
  Fact.add(Role::Thread);
  BodyFacts End = bodyFacts(Shape.Destructor, Words);
  End.Visible |= !Shape.Destructor;
  Fact.Destructor = destructorKind(End, *Shape.OwnThread);
  for (const CXXConstructorDecl *Constructor : Shape.Constructors) {
    int Callable = callableParameter(Constructor);
    if (Callable == NoArgument || !bodyFacts(Constructor, Words).Launches)
      continue;
    Fact.Constructor.emplace();
    Fact.Constructor->Does = Operation::Launch;
    Fact.Constructor->Callable = Callable;
  }
  return true;
}

/// A class that takes a thread and joins it in its destructor.
bool RoleFinder::scope() {
  if ((!Shape.OwnThread && !Shape.OtherThread) || Shape.Threads != 1 ||
      !Shape.Destructor || !bodyFacts(Shape.Destructor, Words).Joins)
    return false;
  for (const CXXConstructorDecl *Constructor : Shape.Constructors) {
    int Thread = parameter(Constructor, Role::Thread);
    if (Thread == NoArgument)
      continue;
    Fact.add(Role::Scope);
    Fact.Destructor = DestructorKind::Join;
    Fact.Constructor.emplace();
    Fact.Constructor->Does = Operation::Adopt;
    Fact.Constructor->Object = Thread;
    return true;
  }
  return false;
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
