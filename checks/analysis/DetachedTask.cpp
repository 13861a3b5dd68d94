//===--- DetachedTask.cpp - Which threads are given up? -------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DetachedLaunch.h"
#include "analysis/HandleEvents.h"
#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

bool isThreadDetach(const KnownCall &Call) {
  return Call.does() == Operation::Detach &&
         (!Call.Type ||
          (Call.Type->is(Role::Thread) && !Call.Type->has(Trait::Fiber) &&
           !Call.Type->has(Trait::Coroutine)));
}

/// `void detach() { thread_.detach(); }`: the duty is the caller's.
bool isOwnDetach(const FunctionInfo &Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function.Function);
  return Method && Method->getDeclName().isIdentifier() &&
         Method->getName().contains_insensitive("detach");
}

/// The class whose object \p Function runs on, lambdas looked through.
const CXXRecordDecl *thisClass(const FunctionInfo &Function) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F->Function);
    if (Method && !Method->getParent()->isLambda())
      return Method->getParent();
  }
  return nullptr;
}

/// A copy of \p Variable shares the ownership of \p Record's object:
/// `self = shared_from_this()`, a `std::shared_ptr<Record>`, a `weak_ptr`.
bool sharesOwnership(const ValueDecl *Variable, const CXXRecordDecl *Record) {
  const CXXRecordDecl *Type = Variable->getType()->getAsCXXRecordDecl();
  const auto *Pointer = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Type);
  if (!Pointer || Pointer->getTemplateArgs().size() == 0 ||
      Pointer->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Pointee =
      Pointer->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  return Pointee &&
         (Pointee->getCanonicalDecl() == Record->getCanonicalDecl() ||
          (Record->hasDefinition() && Pointee->hasDefinition() &&
           Record->isDerivedFrom(Pointee)));
}

/// The body always ends the program: its object is never destroyed.
bool neverReturns(const Stmt *Body) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  return Block && llvm::any_of(Block->body(), [](const Stmt *S) {
           const auto *E = dyn_cast<Expr>(S);
           const auto *Call = dyn_cast_or_null<CallExpr>(stripToCore(E));
           const FunctionDecl *Callee =
               Call ? Call->getDirectCallee() : nullptr;
           return Callee && Callee->isNoReturn();
         });
}

/// The destructor waits for something, or the unit does not show it.
bool mayWaitInDestructor(UnitFacts &Facts, const CXXRecordDecl *Record) {
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  if (!Destructor || !Destructor->isUserProvided())
    return false;
  const FunctionInfo *Body = Facts.function(Destructor);
  if (!Body)
    return true;
  auto Waits = [](const FunctionInfo &F) {
    return F.does({Operation::Join, Operation::Get, Operation::Wait,
                   Operation::WaitAll, Operation::ConditionWait,
                   Operation::AwaitCondition, Operation::LockWhen,
                   Operation::ArriveAndWait, Operation::Acquire,
                   Operation::Receive, Operation::Sleep, Operation::Yield});
  };
  if (Waits(*Body) || neverReturns(Body->Body))
    return true;
  return llvm::any_of(Body->OtherCalls, [&](const Expr *Call) {
    const FunctionInfo *Callee = Facts.callee(Call);
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    return Callee
               ? Waits(*Callee)
               : Member && isa<CXXThisExpr>(Member->getImplicitObjectArgument()
                                                ->IgnoreParenImpCasts());
  });
}

/// Finds what of the launcher's \p Launch may outlive.
class DangerFinder {
public:
  DangerFinder(UnitFacts &Facts, const TaskLaunch &Launch)
      : Facts(Facts), Launch(Launch), State(Facts.handles(*Launch.Launcher)) {}

  const TaskReach *find() {
    if (Launch.Cooperative || Launch.Synchronous || !State)
      return nullptr;
    for (const TaskReach &Reach : Launch.Reaches)
      if (Reach.Used && isDangerous(Reach))
        return &Reach;
    return nullptr;
  }

private:
  bool isDangerous(const TaskReach &Reach) const {
    switch (Reach.How) {
    case TaskReach::Value:
    case TaskReach::ThisValue:
      return false;
    case TaskReach::This:
      return isThisDangerous();
    case TaskReach::Reference:
    case TaskReach::Pointer:
      break;
    }
    const auto *Variable = dyn_cast_or_null<VarDecl>(Reach.Variable);
    return Variable && Variable->hasLocalStorage() &&
           !Variable->getType()->isReferenceType() &&
           !State->waitedFor(Launch, Variable);
  }

  bool isThisDangerous() const {
    const CXXRecordDecl *Record = thisClass(*Launch.Launcher);
    if (!Record || !Record->hasDefinition())
      return false;
    Record = Record->getDefinition();
    for (const TaskReach &Reach : Launch.Reaches)
      if (Reach.How == TaskReach::Value && Reach.Variable &&
          sharesOwnership(Reach.Variable, Record))
        return false;
    if (Launch.Lambda &&
        llvm::any_of(Launch.Lambda->captures(), [&](const LambdaCapture &C) {
          return C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
                 sharesOwnership(C.getCapturedVar(), Record);
        }))
      return false;
    if (mayWaitInDestructor(Facts, Record))
      return false;
    const TaskLaunch *Task = &Launch;
    return !State->waitedFor(*Task, nullptr);
  }

  UnitFacts &Facts;
  const TaskLaunch &Launch;
  const HandleState *State;
};

/// The launch whose thread \p Call detaches.
const TaskLaunch *launchOf(UnitFacts &Facts, const FunctionInfo &Function,
                           const KnownCall &Call, const ValueDecl *Handle) {
  for (const TaskLaunch &Launch : Facts.launches())
    if (Launch.Launcher == &Function)
      if (const HandleState *State = Facts.handles(Function))
        if (State->detachOf(Launch) == Call.Site)
          return &Launch;
  const auto *Member = dyn_cast_or_null<FieldDecl>(Handle);
  if (!Member)
    return nullptr;
  std::optional<MemberEnd> End = memberEnd(Facts, Member);
  return End && End->Start ? Facts.launchAt(End->Start) : nullptr;
}

} // namespace

std::vector<DetachedTask> detachedTasks(UnitFacts &Facts,
                                        const FunctionInfo &Function) {
  std::vector<DetachedTask> Result;
  auto Add = [&](DetachedTask Task) {
    Task.Function = &Function;
    if (Task.Launch)
      Task.Danger = DangerFinder(Facts, *Task.Launch).find();
    Result.push_back(Task);
  };
  if (Function.Dependent || isOwnDetach(Function))
    return Result;
  for (const KnownCall &Call : Function.Calls) {
    if (Call.does() == Operation::Detach) {
      if (!isThreadDetach(Call) || detachesSelf(Call))
        continue;
      DetachedTask Task;
      Task.Site = Call.Site;
      HandleKey Key = handleKeyOf(Facts.vocabulary(), Call.Object);
      Task.Handle = Key.Last ? Key.Last : Key.Root;
      if (Task.Handle)
        Task.Shape =
            holderType(Facts.vocabulary(), Task.Handle->getType()).Shape;
      Task.Launch = launchOf(Facts, Function, Call, Task.Handle);
      Add(Task);
      continue;
    }
    if (Call.does() != Operation::Launch)
      continue;
    const TaskLaunch *Launch = Facts.launchAt(Call.Site);
    const HandleState *State = Launch ? Facts.handles(Function) : nullptr;
    if (!State || Launch->Cooperative || !Launch->Handle.Type ||
        !Launch->Handle.Type->is(Role::Thread) ||
        State->detachOf(*Launch) != Launch->Site)
      continue;
    DetachedTask Task;
    Task.Site = Launch->Site;
    Task.Launch = Launch;
    Add(Task);
  }
  return Result;
}

} // namespace clang::tidy::concord
