//===--- RelockCheck.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/RelockCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/InnerCalls.h"
#include "analysis/LockNotes.h"
#include "analysis/MutexKind.h"
#include "clang/AST/Attr.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

const HeldLock *find(llvm::ArrayRef<HeldLock> Held, const AccessPath &Mutex) {
  const auto *At = llvm::find_if(
      Held, [&](const HeldLock &H) { return H.Always && H.Mutex == Mutex; });
  return At == Held.end() ? nullptr : At;
}

} // namespace

RelockCheck::RelockCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      SharedTwice(Options.get("SharedTwice", false)) {}

void RelockCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "SharedTwice", SharedTwice);
}

void RelockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(hasLocks(this)).bind("function"), this);
  addCallMatcher(Finder, this, isUnderLock(this), "call");
}

void RelockCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (const auto *Call = Result.Nodes.getNodeAs<Expr>("call"))
    return atCall(*Facts, *Call);
  const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function");
  inFunction(*Facts, *Facts->function(Function));
}

bool RelockCheck::deadlocks(const HeldLock &Held, LockMode Again) const {
  return Held.Mode != LockMode::Shared || Again != LockMode::Shared ||
         SharedTwice;
}

void RelockCheck::inFunction(UnitFacts &Facts, const FunctionInfo &Function) {
  for (const LockEvent &Event : Facts.locks(Function)->events()) {
    if (Event.What != LockEvent::Reacquire || !Event.Always || Event.Try ||
        !Event.Site || mayBeRecursive(Facts, Event.Mutex, Event.Type))
      continue;
    if (Event.Earlier == Event.Site) {
      finding(Event.Site->getExprLoc(),
              "'%0' is given twice to what takes all its locks at once, which "
              "deadlocks; name each lock once")
          << Event.Mutex.str() << Event.Site->getSourceRange();
      continue;
    }
    const HeldLock *Held =
        find(Facts.locks(Function)->heldAt(Event.Site), Event.Mutex);
    if (!Held || !deadlocks(*Held, Event.Mode))
      continue;
    bool Upgrades =
        Held->Mode == LockMode::Shared && Event.Mode != LockMode::Shared;
    Finding F = finding(
        Event.Site->getExprLoc(),
        Upgrades
            ? "'%0' is locked exclusively while this thread holds its shared "
              "lock, which deadlocks; release the shared lock first"
            : "'%0' is locked again while this thread holds it, which "
              "deadlocks; keep the first lock only");
    F << Event.Mutex.str() << Event.Site->getSourceRange();
    addNotes(F, originOf(*Held));
  }
}

void RelockCheck::atCall(UnitFacts &Facts, const Expr &Call) {
  const FunctionInfo *Function = Facts.functionOf(&Call);
  llvm::ArrayRef<HeldLock> Held = Facts.locks(*Function)->heldAt(&Call);
  for (const FunctionInfo *Lambda : lambdasRunBy(Facts, &Call))
    for (const SummaryEffect &Effect : Facts.summary(*Lambda).Effects)
      throughCall(Facts, Call, Held, *Lambda, Effect, Effect.Mutex);
  // Operations of locks are events of the lock state.
  const KnownCall Known = Facts.call(&Call);
  if (Known.Type &&
      (Known.Type->is(Role::Mutex) || Known.Type->is(Role::Guard)))
    return;
  if (const FunctionInfo *Callee = Facts.callee(&Call))
    for (const SummaryEffect &Effect : Facts.summary(*Callee).Effects)
      throughCall(Facts, Call, Held, *Callee, Effect,
                  Facts.translated(Effect.Mutex, &Call));
  if (const auto *Plain = dyn_cast<CallExpr>(&Call))
    excluded(Facts, *Plain, Held);
}

void RelockCheck::throughCall(UnitFacts &Facts, const Expr &Call,
                              llvm::ArrayRef<HeldLock> Held,
                              const FunctionInfo &Callee,
                              const SummaryEffect &Effect,
                              const AccessPath &Again) {
  if (Effect.What != SummaryEffect::Acquires || !Effect.Always || !Again)
    return;
  const HeldLock *Lock = find(Held, Again);
  if (!Lock || !deadlocks(*Lock, Effect.Mode) ||
      mayBeRecursive(Facts, Again, Effect.Type ? Effect.Type : Lock->Type))
    return;
  bool Named = Callee.Function && !Callee.Lambda;
  Finding F = finding(
      Call.getExprLoc(),
      "%0 takes '%1' while this thread holds it, which deadlocks; split off "
      "the part that expects the lock held and call that");
  F << (Named ? "'" + Callee.Function->getNameAsString() + "'"
              : std::string("the lambda run here"))
    << Again.str() << Call.getSourceRange();
  addNotes(F,
           traceOf(Effect, "'" + Effect.Mutex.str() + "' is taken again here"));
  addNotes(F, originOf(*Lock));
}

/// The author says that the lock must not be held.
void RelockCheck::excluded(UnitFacts &Facts, const CallExpr &Call,
                           llvm::ArrayRef<HeldLock> Held) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee)
    return;
  for (const auto *Attribute : Callee->specific_attrs<LocksExcludedAttr>())
    for (const Expr *Argument : Attribute->args()) {
      const HeldLock *Lock =
          find(Held, Facts.translated(AccessPath::ofObject(Argument), &Call));
      if (!Lock)
        continue;
      Finding F = finding(Call.getExprLoc(),
                          "'%0' must not be called with '%1' held, which its "
                          "declaration excludes; release the lock first");
      F << Callee->getNameAsString() << Lock->Mutex.str()
        << Call.getSourceRange();
      F.note(Callee->getLocation(), "declared here");
      addNotes(F, originOf(*Lock));
    }
}

} // namespace clang::tidy::concord
