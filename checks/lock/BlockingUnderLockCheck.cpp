//===--- BlockingUnderLockCheck.cpp ---------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/BlockingUnderLockCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/InnerCalls.h"
#include "analysis/LockNotes.h"
#include "analysis/StateAccess.h"
#include "clang/AST/ExprCXX.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

constexpr StringRef DefaultStreamLocks =
    "(.*[^a-z])?(log|logger|print|printer|out|output|cout|cerr|stdout|stderr|"
    "stream|io|file|console|write|writer|trace|[Ll]og.*|.*[Ll]ogger.*|"
    ".*(Log|Print|Output|Stream|Console|Trace|File|Writer).*)([^a-z].*)?";

StringRef text(Waiting What) {
  switch (What) {
  case Waiting::Sleep:
    return "sleeps";
  case Waiting::Thread:
    return "waits for another thread";
  case Waiting::Result:
    return "waits for others";
  case Waiting::Channel:
    return "waits for the other end of a channel";
  case Waiting::Condition:
    return "waits, and releases only its own lock,";
  default:
    return "waits for something outside the program";
  }
}

std::string nameOf(const Expr &E) {
  const auto *Call = dyn_cast<CallExpr>(&E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee ? Callee->getNameAsString() : std::string();
}

/// A lock that stops other threads.
bool stopsThreads(const HeldLock &Held) {
  return Held.Always && !(Held.Type && (Held.Type->has(Trait::Null) ||
                                        Held.Type->has(Trait::Coroutine)));
}

bool takes(const LockState &Locks, const AccessPath &Mutex) {
  return llvm::any_of(Locks.events(), [&](const LockEvent &Event) {
    return Event.What == LockEvent::Acquire && Event.Mutex == Mutex;
  });
}

/// \p Name is a lock held at \p Site, or the guard of one.
bool isHeld(const LockState &Locks, const Expr *Site, const AccessPath &Name) {
  return llvm::any_of(Locks.heldAt(Site), [&](const HeldLock &Held) {
    return Held.Mutex == Name ||
           (Held.Guard && AccessPath::ofVariable(Held.Guard) == Name);
  });
}

/// The last lock held at \p Site that is not one of \p Released.
const HeldLock *heldBesides(const LockState &Locks, const Expr *Site,
                            llvm::ArrayRef<AccessPath> Released) {
  for (const HeldLock &Held : llvm::reverse(Locks.heldAt(Site)))
    if (stopsThreads(Held) && !llvm::is_contained(Released, Held.Mutex) &&
        !(Held.Guard &&
          llvm::is_contained(Released, AccessPath::ofVariable(Held.Guard))))
      return &Held;
  return nullptr;
}

} // namespace

BlockingUnderLockCheck::BlockingUnderLockCheck(StringRef Name,
                                               ClangTidyContext *Context)
    : FactsCheck(Name, Context), InputOutput(Options.get("InputOutput", false)),
      StreamLocks(Options.get("StreamLocks", DefaultStreamLocks)),
      BlockingFunctions(Options.get("BlockingFunctions", "")) {
  llvm::SmallVector<StringRef, 8> Entries;
  StringRef(BlockingFunctions).split(Entries, ';', -1, /*KeepEmpty=*/false);
  for (StringRef Entry : Entries) {
    auto [Function, Reason] = Entry.split('=');
    UserFunctions.push_back({NameList(Function.trim()), Reason.trim().str()});
  }
}

void BlockingUnderLockCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "InputOutput", InputOutput);
  Options.store(Opts, "StreamLocks", StreamLocks.text());
  Options.store(Opts, "BlockingFunctions", BlockingFunctions);
}

void BlockingUnderLockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(callExpr(isUnderLock(this)).bind("call"), this);
  Finder->addMatcher(expr(anyOf(coawaitExpr(), coyieldExpr())).bind("suspend"),
                     this);
}

void BlockingUnderLockCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Call = Result.Nodes.getNodeAs<CallExpr>("call"))
    return atCall(*Facts, *Call, *Facts->functionOf(Call));
  const auto *Suspension =
      Result.Nodes.getNodeAs<CoroutineSuspendExpr>("suspend");
  const Expr *Ready = Suspension->getReadyExpr();
  if (const auto *Await = dyn_cast<CoawaitExpr>(Suspension))
    if (Await->isImplicit())
      return;
  if (const FunctionInfo *Function =
          Ready ? Facts->functionOf(Ready->IgnoreImplicit()) : nullptr)
    atSuspension(*Facts, *Suspension, *Function);
}

void BlockingUnderLockCheck::atSuspension(UnitFacts &Facts,
                                          const Expr &Suspension,
                                          const FunctionInfo &Function) {
  const LockState *Locks = Facts.locks(Function);
  const HeldLock *Held = Locks ? heldBesides(*Locks, &Suspension, {}) : nullptr;
  if (!Held)
    return;
  Finding F = finding(Suspension.getBeginLoc(),
                      "the coroutine is suspended while '%0' is held, and may "
                      "go on in another thread; release the lock first");
  F << Held->Mutex.str();
  addNotes(F, originOf(*Held));
}

bool BlockingUnderLockCheck::isReported(Waiting What) const {
  return What != Waiting::No && (What != Waiting::Outside || InputOutput);
}

const BlockingUnderLockCheck::Named *
BlockingUnderLockCheck::named(const Expr &E) const {
  const auto *Call = dyn_cast<CallExpr>(&E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || UserFunctions.empty())
    return nullptr;
  std::string Name = Vocabulary::qualifiedName(Callee);
  for (const Named &User : UserFunctions)
    if (User.Name.matches(Name))
      return &User;
  return nullptr;
}

/// A lock that keeps the lines of a stream apart: no other state changes under
/// it, or its name says so.
bool BlockingUnderLockCheck::isStreamLock(UnitFacts &Facts,
                                          const FunctionInfo &Function,
                                          const HeldLock &Held) const {
  const ValueDecl *Mutex = Held.Mutex.lastDecl();
  if (Mutex && StreamLocks.matches(Mutex->getName()))
    return true;
  if (const auto *Owner =
          Mutex ? dyn_cast<RecordDecl>(Mutex->getDeclContext()) : nullptr)
    if (StreamLocks.matches(Owner->getName()))
      return true;
  const LockState *Locks = Facts.locks(Function);
  return llvm::none_of(
      accessesOf(Facts, Function), [&](const StateAccess &Access) {
        return Access.changes() && isSharedPath(Function, Access.Path) &&
               Locks->held(Access.Site, Held.Mutex);
      });
}

void BlockingUnderLockCheck::atCall(UnitFacts &Facts, const Expr &Call,
                                    const FunctionInfo &Function) {
  const LockState &Locks = *Facts.locks(Function);
  if (const Named *User = named(Call)) {
    if (const HeldLock *Held = heldBesides(Locks, &Call, {}))
      report(Call, nameOf(Call),
             User->Reason.empty() ? "may block" : StringRef(User->Reason),
             *Held, nullptr);
    return;
  }
  for (const FunctionInfo *Lambda : lambdasRunBy(Facts, &Call))
    throughCall(Facts, Call, Function, *Lambda);
  KnownCall Known = Facts.call(&Call);
  if (!Known) {
    if (const FunctionInfo *Callee = Facts.callee(&Call))
      throughCall(Facts, Call, Function, *Callee);
    return;
  }
  Waiting What = waitingOf(Facts, Function, Known);
  if (!isReported(What))
    return;
  std::vector<AccessPath> Released;
  if (What == Waiting::Condition) {
    Released = releasedByWait(Facts, Function, &Call);
    if (Released.empty())
      return;
  }
  const HeldLock *Held = heldBesides(Locks, &Call, Released);
  if (!Held ||
      (What == Waiting::Outside && isStreamLock(Facts, Function, *Held)))
    return;
  report(Call, nameOf(Call), text(What), *Held, nullptr);
}

void BlockingUnderLockCheck::throughCall(UnitFacts &Facts, const Expr &Call,
                                         const FunctionInfo &Caller,
                                         const FunctionInfo &Callee) {
  const LockState &Locks = *Facts.locks(Caller);
  for (const SummaryEffect &Effect : Facts.summary(Callee).Effects) {
    if (Effect.What != SummaryEffect::Blocks || !Effect.Chain.empty())
      continue;
    Waiting What = waitingOf(Facts, Callee, Effect.Call);
    // Under a lock of its own it is reported there.
    if (!isReported(What) ||
        (Effect.UnderOwnLock && What != Waiting::Condition))
      continue;
    std::vector<AccessPath> Released;
    if (What == Waiting::Condition) {
      for (const AccessPath &Path :
           releasedByWait(Facts, Callee, Effect.Site)) {
        AccessPath Here = Facts.translated(Path, &Call);
        // A lock that the function is entered with is one of those held here,
        // under whatever name.
        bool IsOwn = takes(*Facts.locks(Callee), Path);
        Released.push_back(IsOwn || isHeld(Locks, &Call, Here) ? Here
                                                               : AccessPath());
      }
      if (Released.empty() || llvm::is_contained(Released, AccessPath()))
        continue;
    }
    const HeldLock *Held = heldBesides(Locks, &Call, Released);
    if (!Held ||
        (What == Waiting::Outside && isStreamLock(Facts, Caller, *Held)))
      continue;
    std::string Name = Callee.Lambda || !Callee.Function
                           ? "lambda"
                           : Callee.Function->getNameAsString();
    return report(Call, Name, text(What), *Held, Effect.Site);
  }
}

void BlockingUnderLockCheck::report(const Expr &Call, StringRef Name,
                                    StringRef Does, const HeldLock &Held,
                                    const Expr *Inner) {
  Finding F = finding(Call.getExprLoc(),
                      "'%0' %1 while '%2' is held; release the lock first");
  F << Name << Does << Held.Mutex.str() << Call.getSourceRange();
  if (Inner)
    F.note(Inner->getExprLoc(), "it waits here");
  addNotes(F, originOf(Held));
}

} // namespace clang::tidy::concord
