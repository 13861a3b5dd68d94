//===--- RaceContext.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/RaceContext.h"
#include "analysis/UnitFacts.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

bool saysCallerLocks(StringRef Name) {
  for (StringRef Suffix :
       {"locked", "Locked", "nolock", "NoLock", "unlocked", "Unlocked",
        "unsafe", "Unsafe", "WithoutLock", "without_lock", "lock_held",
        "LockHeld", "WithLock", "with_lock", "nl"})
    if (Name.ends_with(Suffix) && Name.size() > Suffix.size())
      return true;
  return false;
}

bool saysAlone(StringRef Name) {
  for (StringRef Prefix :
       {"init", "setup", "set_up", "start", "open", "shutdown", "cleanup",
        "clean_up", "destroy", "deinit", "teardown", "tear_down", "finali",
        "terminate"})
    if (Name.starts_with_insensitive(Prefix))
      return true;
  for (StringRef Suffix : {"_init", "_setup", "_new", "_create", "_destroy",
                           "_free", "_cleanup", "_shutdown", "_fini"})
    if (Name.ends_with_insensitive(Suffix))
      return true;
  return false;
}

bool expectsLock(const UnitFacts &Facts, const FunctionDecl &Function) {
  if (Function.getDeclName().isIdentifier() &&
      saysCallerLocks(Function.getName()))
    return true;
  return llvm::any_of(Function.parameters(), [&](const ParmVarDecl *P) {
    return Facts.vocabulary().is(P->getType().getNonReferenceType(),
                                 Role::Guard);
  });
}

namespace {

/// What starting and ending of threads \p Function shows around a site.
struct ThreadsAround {
  bool StartedBefore = false;
  bool StartsAfter = false;
  bool EndedBefore = false;

  void add(bool IsBefore, bool Starts, bool Ends) {
    StartedBefore |= IsBefore && Starts;
    StartsAfter |= !IsBefore && Starts;
    EndedBefore |= IsBefore && Ends;
  }
};

/// True if \p Function holds a lock before and after \p Site and lets go of it
/// by hand in between: its author knows why.
bool isInOwnWindow(UnitFacts &Facts, const FunctionInfo &Function,
                   const Expr *Site) {
  const LockState *Locks = Facts.locks(Function);
  if (!Locks)
    return false;
  const SourceManager &Sources = Facts.context().getSourceManager();
  auto Happens = [&](LockEvent::Kind What, LockEvent::Kind Or, bool Before) {
    return llvm::any_of(Locks->events(), [&](const LockEvent &Event) {
      return (Event.What == What || Event.What == Or) && Event.Site &&
             Sources.isBeforeInTranslationUnit(Event.Site->getBeginLoc(),
                                               Site->getBeginLoc()) == Before;
    });
  };
  return Happens(LockEvent::Unlock, LockEvent::UnlockOwned, true) &&
         Happens(LockEvent::Acquire, LockEvent::Reacquire, false);
}

bool isInAssertion(const ASTContext &Context, const Expr *Site) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation Loc = Site->getExprLoc();
  for (; Loc.isMacroID(); Loc = Sources.getImmediateMacroCallerLoc(Loc)) {
    StringRef Macro =
        Lexer::getImmediateMacroName(Loc, Sources, Context.getLangOpts());
    if (Macro.contains_insensitive("assert") ||
        Macro.contains_insensitive("check"))
      return true;
  }
  return false;
}

} // namespace

static ThreadsAround threadsAround(UnitFacts &Facts,
                                   const FunctionInfo &Function,
                                   const Expr *Site) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  auto IsBefore = [&](const Expr *Other) {
    return Sources.isBeforeInTranslationUnit(Other->getBeginLoc(),
                                             Site->getBeginLoc());
  };
  ThreadsAround Threads;
  for (const KnownCall &Call : Function.Calls)
    Threads.add(
        IsBefore(Call.Site),
        Call.does() == Operation::Launch || Call.does() == Operation::Start,
        Call.does() == Operation::Join || Call.does() == Operation::WaitAll);
  for (const Expr *Call : Function.OtherCalls)
    if (const CallSummary *Callee =
            Call == Site ? nullptr : Facts.calleeSummary(Call))
      Threads.add(IsBefore(Call), Callee->find(SummaryEffect::Launches),
                  Callee->find(SummaryEffect::Joins));
  return Threads;
}

bool startsThreads(UnitFacts &Facts, const FunctionInfo &Function) {
  return Function.does({Operation::Launch, Operation::Start}) ||
         Facts.summary(Function).find(SummaryEffect::Launches);
}

bool isConfined(UnitFacts &Facts, const FunctionInfo &Function,
                const Expr *Site) {
  ThreadsAround Threads = threadsAround(Facts, Function, Site);
  return Threads.EndedBefore || (Threads.StartsAfter && !Threads.StartedBefore);
}

bool isBesideThreads(UnitFacts &Facts, const FunctionInfo &Function,
                     const Expr *Site) {
  ThreadsAround Threads = threadsAround(Facts, Function, Site);
  return Threads.StartedBefore && !Threads.EndedBefore;
}

bool mayHoldUnseenLock(const UnitFacts &Facts, const FunctionInfo &Function) {
  return llvm::any_of(Function.OtherCalls, [&](const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || Facts.callee(E) || !Callee->getDeclName().isIdentifier())
      return false;
    StringRef Name = Callee->getName();
    return (Name.contains_insensitive("lock") &&
            !Name.contains_insensitive("unlock") &&
            !Name.contains_insensitive("block") &&
            !Name.contains_insensitive("clock")) ||
           Name.starts_with_insensitive("enter_") ||
           Name.contains_insensitive("mutex_enter");
  });
}

bool isIncidental(UnitFacts &Facts, const FunctionInfo &Function,
                  const StateAccess &Access) {
  if (Access.changes())
    return false;
  if (isInOwnWindow(Facts, Function, Access.Site) ||
      isInAssertion(Facts.context(), Access.Site))
    return true;
  const SourceManager &Sources = Facts.context().getSourceManager();
  if (llvm::any_of(Function.Calls, [&](const KnownCall &Call) {
        return Call.does() == Operation::CallOnce &&
               Sources.isBeforeInTranslationUnit(Call.Site->getBeginLoc(),
                                                 Access.Site->getBeginLoc());
      }))
    return true;
  // A question to an object of the project's own: only what it gives back is
  // known to be read.
  const CXXRecordDecl *Class = Access.Site->getType()->getAsCXXRecordDecl();
  if (!Class ||
      Facts.context().getSourceManager().isInSystemHeader(Class->getLocation()))
    return false;
  const Stmt *Up = Facts.parent(Function, Access.Site);
  while (isa_and_nonnull<ImplicitCastExpr, MemberExpr, ParenExpr>(Up))
    Up = Facts.parent(Function, Up);
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Up);
  if (!Call)
    return false;
  const FunctionInfo *Getter = Facts.callee(Call);
  const auto *Body = Getter ? dyn_cast<CompoundStmt>(Getter->Body) : nullptr;
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  AccessPath Given = Return && Return->getRetValue()
                         ? AccessPath::of(Return->getRetValue())
                         : AccessPath();
  const ValueDecl *Last = Given.lastDecl();
  return !isa_and_nonnull<FieldDecl>(Last) ||
         Last->getType().isConstQualified() ||
         Last->getType()->isReferenceType();
}

} // namespace clang::tidy::concord
