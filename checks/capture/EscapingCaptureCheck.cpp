//===--- EscapingCaptureCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "capture/EscapingCaptureCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/LoopVariable.h"
#include "analysis/SharedOwner.h"
#include "analysis/Storage.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// True if \p Reach leads to a local variable of the launching function, or of
/// one around it.
bool reachesLocal(const TaskLaunch &Launch, const TaskReach &Reach) {
  bool ByReference =
      Reach.How == TaskReach::Reference || Reach.How == TaskReach::Pointer;
  if (!ByReference || !Reach.Used || !storageOf(Reach.Variable).isLocal())
    return false;
  const VarDecl *Variable = wholeVariable(Reach.Variable);
  if (!Variable)
    return false;
  // A lambda that launches may use what the functions around it own.
  for (const FunctionInfo *F = Launch.Launcher; F; F = F->Enclosing)
    if (F->Function && Variable->getDeclContext() == F->Function)
      return true;
  return false;
}

/// A copy that costs next to nothing.
bool isCheap(const ASTContext &Context, QualType Type) {
  return !Type->isDependentType() && Type.isTriviallyCopyableType(Context) &&
         Context.getTypeSizeInChars(Type).getQuantity() <= 32;
}

bool allCheap(const ASTContext &Context, const ReachGroup &Group) {
  return llvm::all_of(Group.Reaches, [&](const TaskReach *Reach) {
    return isCheap(Context, Reach->Variable->getType());
  });
}

bool allParameters(const ReachGroup &Group) {
  return llvm::all_of(Group.Reaches, [](const TaskReach *Reach) {
    return isa<ParmVarDecl>(Reach->Variable);
  });
}

/// What goes wrong; what the way out is.
std::string message(const ReachGroup &Group, bool Timed, bool Detached,
                    bool Copies) {
  bool Many = Group.Reaches.size() > 1;
  std::string Kind = allParameters(Group) ? "parameter" : "local";
  if (Many)
    Kind += "s";
  std::string Text = Kind + " " + Group.names() + (Many ? " are" : " is");
  if (Group.How == ReachGroup::Captured)
    Text += " captured by reference in ";
  else if (Group.How == ReachGroup::Passed)
    Text += " passed by reference to ";
  else
    Text = "the address of " + Kind + " " + Group.names() + " is passed to ";
  if (Timed)
    return Text +
           "a task that is still running when the timed wait gives up; "
           "move " +
           (Many ? "them" : "it") + " into shared state owned by the task";
  Text += Detached ? "a detached task" : "a task";
  Text += std::string(" that can outlive ") + (Many ? "them" : "it");
  if (!Copies)
    return Text + "; let the task own what it uses, or wait for it";
  return Text + (Group.How == ReachGroup::Captured ? "; capture " : "; pass ") +
         (Many ? "them" : "it") + " by value, or wait for the task";
}

} // namespace

EscapingCaptureCheck::EscapingCaptureCheck(StringRef Name,
                                           ClangTidyContext *Context)
    : FactsCheck(Name, Context), FlagThis(Options.get("FlagThis", false)) {}

void EscapingCaptureCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  FactsCheck::storeOptions(Opts);
  Options.store(Opts, "FlagThis", FlagThis);
}

void EscapingCaptureCheck::registerMatchers(MatchFinder *Finder) {
  addCallMatcher(Finder, this, launchesTask(this), "launch");
}

void EscapingCaptureCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const TaskLaunch &Launch =
      *Facts->launchAt(Result.Nodes.getNodeAs<Expr>("launch"));
  if (Launch.Synchronous || Launch.InlineMaybe ||
      Launch.Handle.Where == TaskHandle::Joined)
    return;
  const HandleState *Handles = Facts->handles(*Launch.Launcher);
  if (!Handles)
    return;
  locals(*Facts, Launch, *Handles);
  if (FlagThis)
    object(*Facts, Launch, *Handles);
}

void EscapingCaptureCheck::locals(UnitFacts &Facts, const TaskLaunch &Launch,
                                  const HandleState &Handles) {
  llvm::SmallVector<const TaskReach *, 4> Wrong;
  for (const TaskReach &Reach : Launch.Reaches) {
    if (!reachesLocal(Launch, Reach) ||
        Handles.waitedFor(Launch, Reach.Variable))
      continue;
    // A captured callable brings its own captures: one finding, at the outer.
    if (!Wrong.empty() && Reach.Lambda && Reach.Lambda != Launch.Lambda)
      continue;
    // That is loop-variable-capture's.
    if (!loopThatChanges(Facts, *Launch.Launcher, Launch.Site, Reach.Variable))
      Wrong.push_back(&Reach);
  }
  for (const ReachGroup &Group : groupReaches(Wrong))
    report(Facts, Launch, Handles, Group);
}

void EscapingCaptureCheck::report(UnitFacts &Facts, const TaskLaunch &Launch,
                                  const HandleState &Handles,
                                  const ReachGroup &Group) {
  ASTContext &Context = Facts.context();
  const Expr *Timed =
      Handles.timedWaitThatGivesUp(Launch, Group.Reaches.front()->Variable);
  const Expr *Detach = Handles.detachOf(Launch);
  std::optional<FixItHint> Copy;
  if (!Timed && allCheap(Context, Group))
    Copy = copyInstead(Context, Launch, Group);
  Finding F = finding(Group.Loc, message(Group, Timed, Detach, bool(Copy)));
  if (!F)
    return;
  F << Copy;
  if (Group.isDefaultCapture())
    for (const TaskReach *Reach : Group.Reaches)
      F.note(Reach->Loc, "captured here");
  if (Launch.NamedCallable)
    F.note(Launch.Site->getBeginLoc(), "the task is launched here");
  if (Timed)
    F.note(Timed->getExprLoc(), "this wait gives up after its time");
  else if (Detach && Detach != Launch.Site)
    F.note(Detach->getExprLoc(), "the task is detached here");
  if (!Copy)
    F.note(Group.Reaches.front()->Variable->getLocation(),
           "a shared pointer that the task holds by value would keep it alive");
}

void EscapingCaptureCheck::object(UnitFacts &Facts, const TaskLaunch &Launch,
                                  const HandleState &Handles) {
  const auto *Method =
      dyn_cast_or_null<CXXMethodDecl>(Launch.Launcher->Function);
  if (!Method || Method->getParent()->isLambda() ||
      Handles.waitedFor(Launch, nullptr))
    return;
  const Expr *Detach = Handles.detachOf(Launch);
  bool Kept = Launch.Handle.Where != TaskHandle::None &&
              Launch.Handle.Where != TaskHandle::Dropped;
  if (!Detach && Kept)
    return;
  if (holdsOwner(Launch, *Method->getParent()) ||
      mayWaitInDestructor(Facts, *Method->getParent()))
    return;
  for (const TaskReach &Reach : Launch.Reaches) {
    if (Reach.How != TaskReach::This || !Reach.Used)
      continue;
    Finding F = finding(Reach.Loc, "'this' is captured in a task that can "
                                   "outlive the object; capture "
                                   "weak_from_this(), or keep the handle and "
                                   "join it in the destructor");
    if (Detach && Detach != Launch.Site)
      F.note(Detach->getExprLoc(), "the task is detached here");
    return;
  }
}

} // namespace clang::tidy::concord
