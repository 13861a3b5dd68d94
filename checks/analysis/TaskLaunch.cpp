//===--- TaskLaunch.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskLaunch.h"
#include "analysis/Callable.h"
#include "analysis/HandleState.h"
#include "analysis/ProjectLauncher.h"
#include "analysis/Storage.h"
#include "analysis/TaskHandle.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

const Expr *plain(const Expr *E) { return E ? ignoreTransfers(E) : nullptr; }

/// The innermost loop of \p F around \p Site, as far as \p Site is repeated.
const Stmt *loopAround(const UnitFacts &Facts, const FunctionInfo &F,
                       const Stmt *Site) {
  const Stmt *Child = Site;
  while (const Stmt *Parent = Facts.parent(F, Child)) {
    if (const auto *For = dyn_cast<ForStmt>(Parent)) {
      if (Child != For->getInit())
        return For;
    } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(Parent)) {
      if (Child == Range->getBody())
        return Range;
    } else if (isa<WhileStmt, DoStmt>(Parent)) {
      return Parent;
    }
    Child = Parent;
  }
  return nullptr;
}

/// True if the arguments after the callable go to the callable: those of a
/// construction, and the parameter pack of a function template.
bool forwardsArguments(const Expr *Site) {
  if (isa<CXXConstructExpr, CXXNewExpr, CXXUnresolvedConstructExpr>(Site))
    return true;
  const auto *Call = dyn_cast<CallExpr>(Site);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  const FunctionTemplateDecl *Template =
      Callee ? Callee->getPrimaryTemplate() : nullptr;
  if (!Template)
    return false;
  const FunctionDecl *Pattern = Template->getTemplatedDecl();
  return Pattern->getNumParams() > 0 &&
         Pattern->getParamDecl(Pattern->getNumParams() - 1)->isParameterPack();
}

/// The arguments that \p Call hands to its callable.
llvm::SmallVector<const Expr *, 4> taskArguments(const KnownCall &Call) {
  llvm::SmallVector<const Expr *, 4> Arguments;
  if (const Expr *Data = Call.argument(Call.Fact->Data)) {
    Arguments.push_back(Data);
    return Arguments;
  }
  const Expr *Callable = plain(Call.callable());
  if (!Callable || !forwardsArguments(Call.Site))
    return Arguments;
  bool After = false;
  for (const Expr *Argument : writtenArguments(Call.Site)) {
    if (After)
      Arguments.push_back(Argument);
    After |= plain(Argument) == Callable;
  }
  return Arguments;
}

/// True if the destructor of the handle waits for the task.
bool handleWaits(const TaskLaunch &Launch) {
  const TypeFact *Type = Launch.Handle.Type;
  if (!Type)
    return false;
  switch (Type->Destructor) {
  case DestructorKind::Join:
  case DestructorKind::StopJoin:
  case DestructorKind::CancelWait:
  case DestructorKind::Drain:
  case DestructorKind::DiscardJoin:
    return true;
  case DestructorKind::BlockIfAsync:
    // The future of a pool's task does not wait, only that of a free launch.
    return !isDeferred(Launch.Call) && Launch.Call.Fact->ReturnsFuture &&
           isa<CallExpr>(Launch.Site) && !isa<CXXMemberCallExpr>(Launch.Site) &&
           !Launch.Call.Object;
  default:
    return false;
  }
}

/// The entry that a class overrides: `QThread::run`.
const FunctionDecl *overriddenEntry(const KnownCall &Call) {
  QualType Type = Call.Object->getType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return nullptr;
  for (const CXXMethodDecl *Method : Record->methods())
    if (Method->getDeclName().isIdentifier() &&
        llvm::is_contained(Call.Type->Entries, Method->getName())) {
      const FunctionDecl *Definition = Method->getDefinition();
      return Definition ? Definition : Method;
    }
  return nullptr;
}

/// What a call of a launcher says of the task, in one object.
void describeTask(UnitFacts &Facts, TaskLaunch &Launch,
                  llvm::ArrayRef<const Expr *> Arguments,
                  const ResolvedCallable &Callable) {
  const Vocabulary &Words = Facts.vocabulary();
  Launch.Lambda = Callable.Lambda;
  Launch.NamedCallable = Callable.Named;
  Launch.Entry = Callable.Entry;
  if (Callable.isMemberFunction()) {
    if (!Callable.Bound.empty())
      Launch.EntryObject = Callable.Bound.front();
    else if (!Arguments.empty())
      Launch.EntryObject = Arguments.front();
  }
  reachesOfCallable(Words, Callable, Launch.Reaches);
  for (const Expr *Argument : Arguments)
    reachesOfArgument(Words, Argument, Launch.Reaches);
}

/// A `new` and the construction in it are one launch.
bool isInsideNew(const UnitFacts &Facts, const FunctionInfo &Launcher,
                 const Expr *Site) {
  return isa<CXXConstructExpr>(Site) &&
         isa_and_nonnull<CXXNewExpr>(Facts.parent(Launcher, Site));
}

} // namespace

bool isDeferred(const KnownCall &Call) {
  const Expr *Callable = Call.callable();
  for (const Expr *Argument : writtenArguments(Call.Site)) {
    if (Argument == Callable)
      return false;
    const auto *Reference = dyn_cast<DeclRefExpr>(plain(Argument));
    if (!Reference)
      continue;
    const auto *Policy = dyn_cast<EnumConstantDecl>(Reference->getDecl());
    if (Policy && Policy->getName() == "deferred")
      return true;
  }
  return false;
}

std::optional<TaskLaunch> analyzeLaunch(UnitFacts &Facts,
                                        const FunctionInfo &Launcher,
                                        const KnownCall &Call) {
  Operation Does = Call.does();
  bool Launches = Does == Operation::Launch || Does == Operation::Parallel ||
                  Does == Operation::Start;
  if (!Launches || isInsideNew(Facts, Launcher, Call.Site))
    return std::nullopt;
  TaskLaunch Launch;
  Launch.Call = Call;
  Launch.Site = Call.Site;
  Launch.Launcher = &Launcher;
  Launch.Callable = Call.callable();
  if (Launch.Callable) {
    ResolvedCallable Callable =
        resolveCallable(Facts.vocabulary(), Launch.Callable);
    if (Callable.Empty)
      return std::nullopt;
    describeTask(Facts, Launch, taskArguments(Call), Callable);
  } else if (Does == Operation::Start && Call.Object && Call.Type) {
    Launch.Entry = overriddenEntry(Call);
    Launch.EntryObject = Call.Object;
    if (!Launch.Entry)
      return std::nullopt;
  } else {
    return std::nullopt;
  }
  Launch.Synchronous = Does == Operation::Parallel;
  Launch.InlineMaybe = Call.Fact->InlineMaybe;
  Launch.Cooperative = Call.Type && (Call.Type->has(Trait::Fiber) ||
                                     Call.Type->has(Trait::Coroutine));
  Launch.Handle = handleOfLaunch(Facts, Launcher, Call);
  Launch.HandleWaits = handleWaits(Launch);
  Launch.Loop = loopAround(Facts, Launcher, Launch.Site);
  return Launch;
}

std::optional<TaskLaunch> analyzeProjectLaunch(UnitFacts &Facts,
                                               const FunctionInfo &Launcher,
                                               const Expr &Site) {
  std::optional<ProjectLaunch> Found = findProjectLaunch(Facts, Site);
  if (!Found || isInsideNew(Facts, Launcher, &Site))
    return std::nullopt;
  TaskLaunch Launch;
  Launch.Call.Fact = &Found->fact();
  Launch.Call.Site = &Site;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Site))
    Launch.Call.Object = Member->getImplicitObjectArgument();
  Launch.Site = &Site;
  Launch.Launcher = &Launcher;
  Launch.Callable = Found->Callable;
  ResolvedCallable Callable =
      resolveCallable(Facts.vocabulary(), Launch.Callable);
  if (Callable.Empty)
    return std::nullopt;
  describeTask(Facts, Launch, Found->Arguments, Callable);
  Launch.InlineMaybe = Found->InlineMaybe;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Site)) {
    // The object is the handle.
    Launch.Handle = destinationOf(Facts, Launcher, &Site, nullptr);
    Launch.HandleWaits =
        isJoiningType(Facts, Construct->getConstructor()->getParent());
  } else {
    Launch.Handle = handleOfLaunch(Facts, Launcher, Launch.Call);
    Launch.HandleWaits = handleWaits(Launch);
  }
  Launch.Loop = loopAround(Facts, Launcher, &Site);
  return Launch;
}

} // namespace clang::tidy::concord
