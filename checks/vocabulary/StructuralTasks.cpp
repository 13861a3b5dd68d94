//===--- StructuralTasks.cpp - Own channels and threads ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/RoleFinder.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

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

/// A parameter by whose name a class gets its bound.
static bool namesCapacity(const NamedDecl &Parameter) {
  const std::string Name = Parameter.getNameAsString();
  return llvm::any_of(std::initializer_list<StringRef>{"cap", "max", "size",
                                                       "limit", "bound",
                                                       "depth", "length"},
                      [&](StringRef Word) {
                        return StringRef(Name).contains_insensitive(Word);
                      });
}

/// Where the users of a bounded channel write its capacity: in a constructor,
/// or as a template argument.
static void findCapacity(const ClassShape &Shape, CapacityFact &Capacity) {
  for (const CXXConstructorDecl *Constructor : Shape.Constructors)
    for (const ParmVarDecl *Parameter : Constructor->parameters())
      if (Parameter->getType()->isIntegerType() && namesCapacity(*Parameter)) {
        Capacity.Where = CapacityFact::ConstructorArgument;
        Capacity.Index = int(Parameter->getFunctionScopeIndex());
        return;
      }
  const ClassTemplateDecl *Template = Shape.Record->getDescribedClassTemplate();
  if (const auto *Special =
          dyn_cast<ClassTemplateSpecializationDecl>(Shape.Record))
    Template = Special->getSpecializedTemplate();
  if (!Template)
    return;
  int Index = 0;
  for (const NamedDecl *Parameter : *Template->getTemplateParameters()) {
    const auto *Number = dyn_cast<NonTypeTemplateParmDecl>(Parameter);
    if (Number && Number->getType()->isIntegerType() &&
        namesCapacity(*Number)) {
      Capacity.Where = CapacityFact::TemplateArgument;
      Capacity.Index = Index;
      return;
    }
    ++Index;
  }
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
      Bounded |= Body.Waits || Body.ComparesSize;
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
  if (!does(Operation::Close))
    for (CallFact &Method : Fact.Methods)
      if (Method.Does == Operation::Receive)
        Method.Closed = ClosedResult::NoClose;
  Fact.add(Role::Channel);
  Fact.Capacity.emplace();
  Fact.Capacity->Unbounded = !Bounded;
  if (Bounded)
    findCapacity(Shape, *Fact.Capacity);
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

} // namespace clang::tidy::concord
