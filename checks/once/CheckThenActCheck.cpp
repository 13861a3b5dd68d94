//===--- CheckThenActCheck.cpp --------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "once/CheckThenActCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// True if \p A and \p B are the same object, or one is a part of the other.
bool overlap(const AccessPath &A, const AccessPath &B) {
  return A.startsWith(B) || B.startsWith(A);
}

/// An insertion that keeps what is there checks for itself.
bool checksItself(const StateAccess &Access) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Access.Operation);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getDeclName().isIdentifier())
    return false;
  StringRef Name = Callee->getName();
  return Name == "emplace" || Name == "insert" || Name == "try_emplace";
}

/// What a method does to its own object, under its own lock.
struct LockedMethod {
  AccessPath Mutex;
  std::vector<AccessPath> Reads, Changes;
  /// It tests what it reads before it changes it.
  bool TestsItself = false;
};

std::optional<LockedMethod> lockedMethod(UnitFacts &Facts,
                                         const FunctionInfo &Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function.Function);
  const LockState *Locks = Method ? Facts.locks(Function) : nullptr;
  if (!Locks || !Locks->complete())
    return std::nullopt;
  LockedMethod Found;
  Decisions Tests(Facts, Function);
  for (const StateAccess &Access : accessesOf(Facts, Function)) {
    const HeldLock *Held = Locks->innermost(Access.Site);
    if (!Held || !Held->Site || !Held->Mutex.isThisRooted() ||
        !Access.Path.isThisRooted())
      continue;
    Found.Mutex = Held->Mutex;
    if (Access.changes()) {
      Found.Changes.push_back(Access.Path);
      Found.TestsItself |= checksItself(Access);
    } else {
      Found.Reads.push_back(Access.Path);
      Found.TestsItself |= Tests.testedBy(Access.Site) != nullptr;
    }
  }
  if (Found.Mutex.empty())
    return std::nullopt;
  // Waits until it may act.
  Found.TestsItself |=
      Function.does({Operation::ConditionWait, Operation::AwaitCondition});
  return Found;
}

const Expr *objectOf(const Expr *E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  return Call ? Call->getImplicitObjectArgument() : nullptr;
}

bool isUnderLock(UnitFacts &Facts, const FunctionInfo &Function,
                 const Expr *E) {
  const LockState *Locks = Facts.locks(Function);
  return Locks && (!Locks->complete() || !Locks->heldAt(E).empty() ||
                   Locks->inWindow(E));
}

} // namespace

CheckThenActCheck::CheckThenActCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      AtomicTests(Options.get("AtomicTests", false)) {}

void CheckThenActCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "AtomicTests", AtomicTests);
}

void CheckThenActCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void CheckThenActCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const auto &Function : Facts->functions()) {
    if (Function->Dependent)
      continue;
    sections(*Function, *Facts);
    calls(*Function, *Facts);
    maps(*Function, *Facts);
    atomics(*Function, *Facts);
  }
}

/// `{ lock; full = queue.full(); } if (!full) { lock; queue.push(x); }`
void CheckThenActCheck::sections(const FunctionInfo &Function,
                                 UnitFacts &Facts) {
  const LockState *Locks = Facts.locks(Function);
  if (!Locks || !Locks->complete())
    return;
  unsigned Sections = llvm::count_if(Locks->events(), [](const LockEvent &E) {
    return E.What == LockEvent::Acquire;
  });
  if (Sections < 2)
    return;
  Decisions Tests(Facts, Function);
  std::vector<StateAccess> Accesses = accessesOf(Facts, Function);
  llvm::SmallVector<const Stmt *, 32> Work{Function.Body}, Choices;
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (conditionOf(S))
      Choices.push_back(S);
    Work.append(S->child_begin(), S->child_end());
  }
  for (const StateAccess &Read : Accesses) {
    const HeldLock *First = Locks->innermost(Read.Site);
    const VarDecl *Answer = First && First->Site && !Read.changes()
                                ? Tests.storedIn(Read.Site)
                                : nullptr;
    // Only an answer to a question is a decision; data may be copied out.
    if (!Answer || !(Answer->getType()->isBooleanType() ||
                     Answer->getType()->isIntegralOrEnumerationType()))
      continue;
    for (const Stmt *Choice : Choices) {
      const Expr *Condition = conditionOf(Choice);
      if (!Tests.before(Read.Site, Condition) ||
          !Decisions::mentions(Condition, *Answer) ||
          Locks->held(Condition, First->Mutex))
        continue;
      for (const StateAccess &Change : Accesses) {
        const HeldLock *Second = Locks->held(Change.Site, First->Mutex);
        if (!Change.changes() || !Second || Second->Site == First->Site ||
            !overlap(Change.Path, Read.Path) || checksItself(Change) ||
            !Tests.before(Condition, Change.Site) ||
            !Tests.decides(Choice, Change.Site))
          continue;
        // Asked again under the second lock.
        bool Again = llvm::any_of(Accesses, [&](const StateAccess &A) {
          const HeldLock *Held = Locks->held(A.Site, First->Mutex);
          return !A.changes() && Held && Held->Site == Second->Site &&
                 overlap(A.Path, Read.Path) && Tests.testedBy(A.Site) &&
                 Tests.before(A.Site, Change.Site);
        });
        if (Again)
          continue;
        Finding F = finding(
            Change.Site->getExprLoc(),
            "'%0' is changed on the strength of '%1', which was read before "
            "'%2' was released; decide and act under one lock, or ask again");
        F << Change.Path.str() << Answer->getName() << First->Mutex.str();
        F.note(Read.Site->getExprLoc(), "read under the lock here");
        F.note(Condition->getExprLoc(), "decided without the lock here");
        if (Second->Site)
          F.note(Second->Site->getExprLoc(), "taken again here");
        return;
      }
    }
  }
}

/// `if (!cache.contains(key)) cache.put(key, value);`
void CheckThenActCheck::calls(const FunctionInfo &Function, UnitFacts &Facts) {
  Decisions Tests(Facts, Function);
  for (const Expr *Asks : Function.OtherCalls) {
    const Expr *Object = objectOf(Asks);
    const FunctionInfo *Question = Object ? Facts.callee(Asks) : nullptr;
    const Stmt *Choice = Question ? Tests.testedBy(Asks) : nullptr;
    AccessPath Path = Choice ? AccessPath::ofObject(Object) : AccessPath();
    if (!isSharedPath(Function, Path) || isUnderLock(Facts, Function, Asks))
      continue;
    std::optional<LockedMethod> First = lockedMethod(Facts, *Question);
    if (!First || !First->Changes.empty())
      continue;
    for (const Expr *Acts : Function.OtherCalls) {
      const Expr *Other = objectOf(Acts);
      const FunctionInfo *Action = Other ? Facts.callee(Acts) : nullptr;
      if (!Action || Acts == Asks || AccessPath::ofObject(Other) != Path ||
          !Tests.before(Asks, Acts) || !Tests.decides(Choice, Acts) ||
          isUnderLock(Facts, Function, Acts))
        continue;
      std::optional<LockedMethod> Second = lockedMethod(Facts, *Action);
      if (!Second || Second->Mutex != First->Mutex || Second->TestsItself)
        continue;
      bool Related = llvm::any_of(Second->Changes, [&](const AccessPath &C) {
        return llvm::any_of(First->Reads,
                            [&](const AccessPath &R) { return overlap(C, R); });
      });
      if (!Related)
        continue;
      Finding F = finding(
          Acts->getExprLoc(),
          "'%0' acts on what '%1' said, but the lock of '%2' is free in "
          "between; give the class one function that does both under its lock");
      F << Action->Function->getNameAsString()
        << Question->Function->getNameAsString() << Path.str();
      F.note(Asks->getExprLoc(), "asked here");
      return;
    }
  }
}

/// The same on a concurrent map of a library.
void CheckThenActCheck::maps(const FunctionInfo &Function, UnitFacts &Facts) {
  auto IsMapCall = [](const KnownCall &Call, Operation Does) {
    return Call.does() == Does && Call.Type && Call.Object &&
           Call.Type->is(Role::ConcurrentMap);
  };
  Decisions Tests(Facts, Function);
  for (const KnownCall &Asks : Function.Calls) {
    const Stmt *Choice =
        IsMapCall(Asks, Operation::Find) ? Tests.testedBy(Asks.Site) : nullptr;
    AccessPath Path = Choice ? AccessPath::ofObject(Asks.Object) : AccessPath();
    if (!Path || isUnderLock(Facts, Function, Asks.Site))
      continue;
    for (const KnownCall &Acts : Function.Calls)
      if ((IsMapCall(Acts, Operation::Insert) ||
           IsMapCall(Acts, Operation::Erase)) &&
          AccessPath::ofObject(Acts.Object) == Path &&
          Tests.before(Asks.Site, Acts.Site) &&
          Tests.decides(Choice, Acts.Site)) {
        finding(Acts.Site->getExprLoc(),
                "'%0' may have changed since it was asked; let one operation "
                "do both, and use what it returns")
                .note(Asks.Site->getExprLoc(), "asked here")
            << Path.str();
        return;
      }
  }
}

namespace {

/// A plain store to an atomic: `n = value`, `n.store(value)`.
struct AtomicWrite {
  const Expr *Object = nullptr;
  const Expr *Value = nullptr;
  explicit operator bool() const { return Object && Value; }
};

AtomicWrite atomicWrite(const KnownCall &Call) {
  if (Call.does() != Operation::AtomicStore || !Call.Object)
    return {};
  // Who names a memory order knows that there are two steps.
  llvm::ArrayRef<const Expr *> Arguments = Call.arguments();
  if (Arguments.size() != 1)
    return {};
  return {Call.Object, Arguments[0]};
}

/// Every atomic of path \p Path that \p S reads.
bool reads(UnitFacts &Facts, const Stmt *S, const AccessPath &Path) {
  if (!S)
    return false;
  if (const auto *E = dyn_cast<Expr>(S)) {
    KnownCall Call = Facts.call(E);
    if (Call.does() == Operation::AtomicLoad && Call.Object &&
        Call.arguments().empty() && AccessPath::ofObject(Call.Object) == Path)
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return reads(Facts, Child, Path);
  });
}

/// `n = n + 1` as `n += 1`.
std::vector<FixItHint> compoundFix(UnitFacts &Facts, const Expr *Site,
                                   const Expr *Value, const AccessPath &Path) {
  const auto *Assignment = dyn_cast<CXXOperatorCallExpr>(Site);
  const auto *Binary = dyn_cast<BinaryOperator>(Value->IgnoreParenImpCasts());
  if (!Assignment || !Binary || !Binary->getType()->isIntegerType())
    return {};
  switch (Binary->getOpcode()) {
  case BO_Add:
  case BO_Sub:
  case BO_And:
  case BO_Or:
  case BO_Xor:
    break;
  default:
    return {};
  }
  const Expr *Left = Binary->getLHS()->IgnoreParenImpCasts();
  const auto *Read = dyn_cast<CXXMemberCallExpr>(Left);
  if (!Read || !isa<CXXConversionDecl>(Read->getMethodDecl()) ||
      AccessPath::ofObject(Read->getImplicitObjectArgument()) != Path ||
      reads(Facts, Binary->getRHS(), Path))
    return {};
  std::string Operator = Binary->getOpcodeStr().str() + "=";
  return {FixItHint::CreateReplacement(Assignment->getOperatorLoc(), Operator),
          FixItHint::CreateRemoval(CharSourceRange::getCharRange(
              Binary->getBeginLoc(), Binary->getRHS()->getBeginLoc()))};
}

} // namespace

/// `n = n + 1`: what another thread writes between the two steps is lost.
void CheckThenActCheck::atomics(const FunctionInfo &Function,
                                UnitFacts &Facts) {
  Decisions Tests(Facts, Function);
  for (const KnownCall &Call : Function.Calls) {
    AtomicWrite Write = atomicWrite(Call);
    AccessPath Path = Write ? AccessPath::ofObject(Write.Object) : AccessPath();
    if (!isSharedPath(Function, Path) ||
        isUnderLock(Facts, Function, Call.Site) ||
        isa_and_nonnull<CXXConstructorDecl>(Function.Function))
      continue;
    if (reads(Facts, Write.Value, Path)) {
      Finding F = finding(
          Call.Site->getExprLoc(),
          "'%0' is atomic, but is read and written in two steps here, and what "
          "others write in between is lost; use one read-modify-write "
          "operation");
      F << Path.str() << Call.Site->getSourceRange();
      F << compoundFix(Facts, Call.Site, Write.Value, Path);
      continue;
    }
    if (!AtomicTests)
      continue;
    for (const KnownCall &Test : Function.Calls) {
      const Stmt *Choice = Test.does() == Operation::AtomicLoad && Test.Object
                               ? Tests.testedBy(Test.Site)
                               : nullptr;
      if (!Choice || AccessPath::ofObject(Test.Object) != Path ||
          !Tests.before(Test.Site, Call.Site) ||
          !Tests.decides(Choice, Call.Site) || isa<WhileStmt, ForStmt>(Choice))
        continue;
      finding(Call.Site->getExprLoc(),
              "'%0' is atomic, but is tested and set in two steps, so two "
              "threads may both pass; use exchange or compare_exchange")
              .note(Test.Site->getExprLoc(), "tested here")
          << Path.str();
      break;
    }
  }
}

} // namespace clang::tidy::concord
