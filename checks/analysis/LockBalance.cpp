//===--- LockBalance.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockBalance.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

using Way = LockExit::Way;

struct WayOut {
  const LockExit *Exit;
  const Way *How;
};

/// The ways out of one function for one lock.
class Balance {
public:
  Balance(UnitFacts &Facts, const LockProtocol &Protocol,
          const FunctionInfo &Function, const AccessPath &Mutex)
      : Facts(Facts), Protocol(Protocol), Function(Function), Mutex(Mutex) {
    for (const LockExit &Exit : Facts.locks(Function)->exits())
      for (const Way &How : Exit.Ways)
        if (How.Mutex == Mutex)
          add(Exit, How);
  }

  std::vector<LockLeak> leaks() const {
    if (Keeps.empty() && Throws.empty())
      return {};
    std::vector<LockLeak> Result;
    if (Gives.empty()) {
      if (!Keeps.empty() && isLost())
        add(Result, Keeps.front());
      return Result;
    }
    // A function that mostly leaves the lock held may throw with it held too.
    if (Keeps.empty())
      for (const WayOut &Out : Throws)
        add(Result, Out);
    if (Keeps.empty() || isProtocol())
      return Result;
    bool Tells = telling().has_value();
    for (const WayOut &Out : Keeps)
      if (Tells || !isCorrelated(Out))
        add(Result, Out);
    for (const WayOut &Out : Throws)
      add(Result, Out);
    return Result;
  }

private:
  void add(const LockExit &Exit, const Way &How) {
    switch (How.What) {
    case Way::Nothing:
      Untouched |= !Exit.IsThrow;
      return;
    case Way::Keeps:
      (Exit.IsThrow ? Throws : Keeps).push_back({&Exit, &How});
      return;
    case Way::GivesBack:
      if (!Exit.IsThrow)
        Gives.push_back({&Exit, &How});
      return;
    default:
      return;
    }
  }

  void add(std::vector<LockLeak> &Result, const WayOut &Out) const {
    Result.push_back({Mutex, Out.Exit, Out.How->Site,
                      Gives.empty() ? nullptr : Gives.front().How->Site});
  }

  /// Nobody can release the lock after \p Function: the mutex ends with it, or
  /// the thread does, or no function that can name it gives it back.
  bool isLost() const {
    // `unique_lock::release()` is what is wrong then.
    if (llvm::any_of(Facts.locks(Function)->events(),
                     [&](const LockEvent &Event) {
                       return Event.What == LockEvent::ReleaseGuard &&
                              Event.Mutex == Mutex;
                     }))
      return false;
    if (isOwnLock(Mutex, Function))
      return true;
    if (Protocol.isGivenBack(Mutex) || releasesThroughPointer())
      return false;
    return isThreadEntry(Facts, Function) ||
           (!Function.Lambda && Protocol.isHidden(Mutex));
  }

  /// The lock is taken on some paths only, and this exit is reached with and
  /// without it: the conditions may belong together.
  bool isCorrelated(const WayOut &Out) const {
    bool Shared = llvm::any_of(Out.Exit->Ways, [&](const Way &Other) {
      return Other.Mutex == Mutex && Other.What != Way::Keeps;
    });
    return Shared && (Untouched || Protocol.isGivenBack(Mutex) ||
                      !Protocol.isInternal(Mutex));
  }

  /// A lock is released that may be this one under another name.
  bool releasesThroughPointer() const {
    return llvm::any_of(
        Facts.locks(Function)->events(), [](const LockEvent &Event) {
          return Event.What == LockEvent::UnlockEntry &&
                 llvm::any_of(Event.Mutex.steps(),
                              [](const AccessPath::Step &S) {
                                return S.What == AccessPath::Step::Deref ||
                                       S.What == AccessPath::Step::Index;
                              });
        });
  }

  SourceLocation last(llvm::ArrayRef<WayOut> Outs) const {
    const SourceManager &Sources = Facts.context().getSourceManager();
    SourceLocation Last;
    for (const WayOut &Out : Outs)
      if (Last.isInvalid() ||
          Sources.isBeforeInTranslationUnit(Last, Out.Exit->Loc))
        Last = Out.Exit->Loc;
    return Last;
  }

  /// The normal end of the function keeps the lock, early exits release it.
  bool keepsAtTheEnd() const {
    const SourceManager &Sources = Facts.context().getSourceManager();
    return Sources.isBeforeInTranslationUnit(last(Gives), last(Keeps));
  }

  /// The one truth value that all ways in \p Outs return, if there is one.
  static std::optional<bool> returned(llvm::ArrayRef<WayOut> Outs) {
    std::optional<bool> Common = Outs.front().How->Returns;
    for (const WayOut &Out : Outs)
      if (Out.How->Returns != Common)
        return std::nullopt;
    return Common;
  }

  /// The result with which the function returns if the lock is held, where
  /// every other way returns another one.
  std::optional<bool> telling() const {
    std::optional<bool> Kept = returned(Keeps), Given = returned(Gives);
    if (!Kept && Given && llvm::none_of(Keeps, [&](const WayOut &Out) {
          return Out.How->Returns == Given;
        }))
      return !*Given;
    if (Kept && llvm::any_of(Gives, [&](const WayOut &Out) {
          return Out.How->Returns == Kept;
        }))
      return std::nullopt;
    return Kept;
  }

  bool isProtocol() const {
    const FunctionDecl *Decl = Function.Function;
    QualType Type = Decl ? Decl->getReturnType() : QualType();
    bool Expected = Protocol.isGivenBack(Mutex) || !Protocol.isInternal(Mutex);
    if (Type.isNull() || Type->isVoidType())
      return Protocol.isGivenBack(Mutex) && keepsAtTheEnd();
    std::optional<bool> Kept = telling();
    bool ByTruth = Type->isBooleanType() || Type->isAnyPointerType();
    return Expected && ((Kept && *Kept == ByTruth) || keepsAtTheEnd());
  }

  UnitFacts &Facts;
  const LockProtocol &Protocol;
  const FunctionInfo &Function;
  const AccessPath &Mutex;
  std::vector<WayOut> Keeps, Gives, Throws;
  bool Untouched = false;
};

bool namesUnlock(StringRef Name) {
  for (StringRef Word : {"unlock", "release", "leave", "give", "end_"})
    if (Name.contains_insensitive(Word))
      return true;
  return false;
}

/// An argument that is a function whose name says that it unlocks.
bool passesUnlock(const Expr *Call) {
  const auto *Plain = dyn_cast<CallExpr>(Call);
  if (!Plain)
    return false;
  return llvm::any_of(Plain->arguments(), [](const Expr *Argument) {
    const Expr *E = Argument->IgnoreParenCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr()->IgnoreParenCasts();
    const auto *Reference = dyn_cast<DeclRefExpr>(E);
    return Reference && isa<FunctionDecl>(Reference->getDecl()) &&
           namesUnlock(Reference->getDecl()->getNameAsString());
  });
}

} // namespace

bool isOwnLock(const AccessPath &Mutex, const FunctionInfo &Function) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Mutex.root());
  return Variable && !isa<ParmVarDecl>(Variable) &&
         Variable->hasLocalStorage() &&
         !Variable->getType()->isReferenceType() &&
         Variable->getDeclContext() == Function.Function &&
         llvm::all_of(Mutex.steps(), [](const AccessPath::Step &S) {
           return S.What == AccessPath::Step::Field &&
                  !S.Decl->getType()->isReferenceType();
         });
}

bool isThreadEntry(UnitFacts &Facts, const FunctionInfo &Function) {
  if (Function.Function && Function.Function->isMain())
    return true;
  return llvm::any_of(Facts.launches(), [&](const TaskLaunch &Launch) {
    return Launch.Entry && !Launch.Synchronous && !Launch.InlineMaybe &&
           Facts.function(Launch.Entry) == &Function;
  });
}

bool releasesElsewhere(UnitFacts &Facts, const FunctionInfo &Function,
                       const AccessPath &Mutex) {
  for (const auto &Other : Facts.functions()) {
    if (Other->Enclosing != &Function)
      continue;
    for (const KnownCall &Call : Other->Calls)
      if ((Call.does() == Operation::Unlock ||
           Call.does() == Operation::UnlockShared) &&
          AccessPath::ofObject(Call.Object) == Mutex)
        return true;
  }
  return llvm::any_of(Function.OtherCalls, [&](const Expr *Call) {
    if (passesUnlock(Call))
      return true;
    const auto *Plain = dyn_cast<CallExpr>(Call);
    const FunctionDecl *Callee = Plain ? Plain->getDirectCallee() : nullptr;
    return Callee && !Facts.callee(Call) &&
           namesUnlock(Callee->getNameAsString());
  });
}

std::vector<LockLeak> findLockLeaks(UnitFacts &Facts,
                                    const LockProtocol &Protocol,
                                    const FunctionInfo &Function) {
  std::vector<LockLeak> Result;
  if (LockProtocol::isDeclared(Facts, Function))
    return Result;
  std::vector<AccessPath> Seen;
  for (const LockExit &Exit : Facts.locks(Function)->exits())
    for (const Way &How : Exit.Ways) {
      if (How.What != Way::Keeps || llvm::is_contained(Seen, How.Mutex))
        continue;
      Seen.push_back(How.Mutex);
      if (releasesElsewhere(Facts, Function, How.Mutex))
        continue;
      std::vector<LockLeak> Leaks =
          Balance(Facts, Protocol, Function, How.Mutex).leaks();
      Result.insert(Result.end(), Leaks.begin(), Leaks.end());
    }
  return Result;
}

} // namespace clang::tidy::concord
