//===--- InconsistentLockingCheck.cpp -------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/InconsistentLockingCheck.h"
#include "analysis/DoubleCheck.h"
#include "analysis/ReturnedState.h"
#include "analysis/VariableLocking.h"
#include <algorithm>

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

bool hasMutex(const Vocabulary &Words, const CXXRecordDecl &Class) {
  for (const FieldDecl *Field : Class.fields()) {
    const TypeFact *Type = Words.type(Field->getType());
    if (!Type)
      Type = Words.pointee(Field->getType());
    if (Type && Type->is(Role::Mutex))
      return true;
  }
  return llvm::any_of(Class.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    B = B ? B->getDefinition() : nullptr;
    return B && hasMutex(Words, *B);
  });
}

unsigned functionsOf(llvm::ArrayRef<const FieldAccess *> Accesses) {
  llvm::SmallPtrSet<const FunctionInfo *, 8> Functions;
  for (const FieldAccess *Access : Accesses)
    Functions.insert(Access->Function);
  return Functions.size();
}

/// True if the condition of a loop asks for nothing but what \p Access reads: a
/// flag that the loop polls.
bool isPolled(const UnitFacts &Facts, const FieldAccess &Access) {
  if (!Access.Access.Site->getType()->isIntegralOrEnumerationType())
    return false;
  const Stmt *S = Access.Access.Site;
  for (const Stmt *Up = Facts.parent(*Access.Function, S); Up;
       S = Up, Up = Facts.parent(*Access.Function, S)) {
    if (const auto *While = dyn_cast<WhileStmt>(Up))
      return While->getCond() == S;
    if (const auto *For = dyn_cast<ForStmt>(Up))
      return For->getCond() == S;
    if (const auto *Do = dyn_cast<DoStmt>(Up))
      return Do->getCond() == S;
    if (!isa<Expr>(Up))
      return false;
    // A number that is compared is a count, unless with a constant.
    const auto *Binary = dyn_cast<BinaryOperator>(Up);
    if (Binary && Binary->isComparisonOp() &&
        !(Binary->getLHS() == S ? Binary->getRHS() : Binary->getLHS())
             ->isEvaluatable(Facts.context()))
      return false;
  }
  return false;
}

/// Part of a double check, which another check reports: of the test, or of what
/// the function makes because of it.
bool isDoubleChecked(UnitFacts &Facts, const FieldAccess &Access) {
  std::vector<DoubleCheck> Checks = doubleChecksOf(Facts, *Access.Function);
  return llvm::any_of(Checks, [&](const DoubleCheck &Check) {
    return Check.FirstTest == Access.Access.Site ||
           (!Access.Access.changes() &&
            (Check.Publishes || Check.Object == Access.Access.Path));
  });
}

/// More than one thread runs \p Function at a time: it is a task that a loop
/// starts, or that is started twice.
bool runsTwice(UnitFacts &Facts, const FunctionInfo &Function) {
  unsigned Starts = 0;
  for (const TaskLaunch &Launch : Facts.launches())
    if (Launch.Entry && Facts.function(Launch.Entry) == &Function)
      Starts += Launch.Loop ? 2 : 1;
  return Starts > 1;
}

} // namespace

InconsistentLockingCheck::InconsistentLockingCheck(StringRef Name,
                                                   ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      MaxUnlockedPercent(Options.get("MaxUnlockedPercent", 50U)) {}

void InconsistentLockingCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "MaxUnlockedPercent", MaxUnlockedPercent);
}

void InconsistentLockingCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void InconsistentLockingCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const CXXRecordDecl *Class : Facts->records()) {
    if (Class->isDependentContext() || !hasMutex(Facts->vocabulary(), *Class))
      continue;
    const TypeFact *Type = Facts->vocabulary().record(Class);
    if (Type && (Type->is(Role::Mutex) || Type->is(Role::Guard)))
      continue;
    ClassLocking Locking(*Facts, *Class);
    for (const auto &[Field, Accesses] : Locking.fields())
      judge(*Field, Accesses, *Facts);
  }
  VariableLocking Variables(*Facts);
  for (const SharedState &State : Variables.states())
    judge(*State.Decl, State.Accesses, *Facts);
}

void InconsistentLockingCheck::judge(const ValueDecl &State,
                                     llvm::ArrayRef<FieldAccess> Accesses,
                                     UnitFacts &Facts) {
  if (State.getType().isConstQualified() ||
      State.getType()->isReferenceType() ||
      synchronizesItself(Facts.vocabulary(), State.getType()))
    return;
  // The lock under which the state is changed most; of two, that of the object.
  std::vector<std::pair<AccessPath, unsigned>> Changes;
  for (const FieldAccess &Access : Accesses)
    for (const AccessPath &Mutex : Access.Held) {
      auto At = llvm::find_if(
          Changes, [&](const auto &Entry) { return Entry.first == Mutex; });
      if (At == Changes.end())
        At = Changes.insert(Changes.end(), {Mutex, 0});
      At->second += Access.Access.changes();
    }
  auto Most = std::max_element(
      Changes.begin(), Changes.end(), [](const auto &A, const auto &B) {
        return std::make_pair(A.second, A.first.isThisRooted()) <
               std::make_pair(B.second, B.first.isThisRooted());
      });
  if (Most == Changes.end() || Most->second == 0 ||
      llvm::any_of(Most->first.steps(), [](const AccessPath::Step &S) {
        // One of several locks: it may not be the one for this state.
        return S.What == AccessPath::Step::Index;
      }))
    return;
  std::vector<const FieldAccess *> Locked, Unlocked;
  llvm::SmallPtrSet<const FunctionInfo *, 8> Changing;
  for (const FieldAccess &Access : Accesses) {
    if (Access.Access.changes())
      Changing.insert(Access.Function);
    if (Access.holds(Most->first))
      Locked.push_back(&Access);
    else if (Access.Held.empty())
      Unlocked.push_back(&Access);
  }
  llvm::erase_if(Unlocked, [&](const FieldAccess *Access) {
    // Who alone changes a field may read it without the lock.
    bool OnlyWriter = Changing.size() == 1 &&
                      Changing.count(Access->Function) != 0 &&
                      !runsTwice(Facts, *Access->Function);
    return (!Access->Access.changes() && OnlyWriter) ||
           Access->Access.What == StateAccess::Alias ||
           isPolled(Facts, *Access) || isDoubleChecked(Facts, *Access);
  });
  if (Unlocked.empty())
    return otherLock(State, Most->first, Accesses);
  // Tasks that the unit shows leave no doubt, whatever most accesses do.
  llvm::stable_sort(Unlocked, [](const FieldAccess *A, const FieldAccess *B) {
    return A->Concurrent && !B->Concurrent;
  });
  bool Shown = Unlocked.front()->Concurrent &&
               llvm::any_of(Locked, [](const FieldAccess *Access) {
                 return Access->Concurrent;
               });
  unsigned Without = functionsOf(Unlocked), With = functionsOf(Locked);
  if (!Shown && Without * 100 > (Without + With) * MaxUnlockedPercent)
    return;
  report(State, Most->first, Locked, Unlocked);
}

/// Two places that change the state, each under a lock that the other does not
/// hold.
void InconsistentLockingCheck::otherLock(const ValueDecl &State,
                                         const AccessPath &Mutex,
                                         llvm::ArrayRef<FieldAccess> Accesses) {
  auto Comparable = [&](const AccessPath &Other) {
    return Other.isPlain() && Other.isThisRooted() == Mutex.isThisRooted();
  };
  if (!Mutex.isPlain())
    return;
  for (const FieldAccess &Here : Accesses) {
    if (!Here.Access.changes() || Here.Held.empty() || Here.holds(Mutex) ||
        !Here.LockSite || !llvm::all_of(Here.Held, Comparable))
      continue;
    const auto *There = llvm::find_if(Accesses, [&](const FieldAccess &Other) {
      return Other.Access.changes() && Other.holds(Mutex) && Other.LockSite &&
             Other.Function != Here.Function &&
             (Mutex.isThisRooted() || (Other.Concurrent && Here.Concurrent)) &&
             llvm::none_of(Other.Held, [&](const AccessPath &Lock) {
               return Here.holds(Lock);
             });
    });
    if (There == Accesses.end())
      continue;
    Finding F = finding(Here.Access.Site->getExprLoc(),
                        "'%0' is changed under '%1' here, but under '%2' "
                        "elsewhere, which keeps nobody out; take one lock for "
                        "all its accesses");
    F << State.getName() << Here.Held.front().str() << Mutex.str()
      << Here.Access.Site->getSourceRange();
    F.note(There->Access.Site->getExprLoc(),
           "changed under '" + Mutex.str() + "' here");
    return;
  }
}

void InconsistentLockingCheck::report(
    const ValueDecl &State, const AccessPath &Mutex,
    llvm::ArrayRef<const FieldAccess *> Locked,
    llvm::ArrayRef<const FieldAccess *> Unlocked) {
  const FieldAccess *Here = Unlocked.front();
  for (const FieldAccess *Access : Unlocked)
    if (Access->Access.changes() && Access->Concurrent == Here->Concurrent) {
      Here = Access;
      break;
    }
  const FieldAccess *There = Locked.front();
  for (const FieldAccess *Access : Locked)
    if (Access->Access.changes()) {
      There = Access;
      break;
    }
  Finding F = finding(
      Here->Access.Site->getExprLoc(),
      "'%0' is %select{read|changed}1 here without '%2', under which it is "
      "changed elsewhere; take the lock here too");
  F << State.getName() << Here->Access.changes() << Mutex.str()
    << Here->Access.Site->getSourceRange();
  F.note(There->Access.Site->getExprLoc(),
         "changed under '" + Mutex.str() + "' here");
  if (There->LockSite)
    F.note(There->LockSite->getExprLoc(), "where the lock is taken here");
  unsigned Shown = 0;
  for (const FieldAccess *Access : Unlocked)
    if (Access->Function != Here->Function && Shown++ < 3)
      F.note(Access->Access.Site->getExprLoc(), "without the lock here too");
}

} // namespace clang::tidy::concord
