//===--- InconsistentLockingCheck.cpp -------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/InconsistentLockingCheck.h"
#include "analysis/DoubleCheck.h"
#include "analysis/ReturnedState.h"
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

/// The condition of a loop that \p Site is part of, or null: a flag that a loop
/// polls.
bool isPolled(const UnitFacts &Facts, const FieldAccess &Access) {
  if (!Access.Access.Site->getType()->isBooleanType())
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
  }
  return false;
}

bool isFirstTest(UnitFacts &Facts, const FieldAccess &Access) {
  return llvm::any_of(doubleChecksOf(Facts, *Access.Function),
                      [&](const DoubleCheck &Check) {
                        return Check.FirstTest == Access.Access.Site;
                      });
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
      field(*Field, Accesses, *Facts);
  }
}

void InconsistentLockingCheck::field(const FieldDecl &Field,
                                     llvm::ArrayRef<FieldAccess> Accesses,
                                     UnitFacts &Facts) {
  if (Field.getType().isConstQualified() ||
      Field.getType()->isReferenceType() ||
      synchronizesItself(Facts.vocabulary(), Field.getType()))
    return;
  // The lock under which the field is changed most.
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
      Changes.begin(), Changes.end(),
      [](const auto &A, const auto &B) { return A.second < B.second; });
  if (Most == Changes.end() || Most->second == 0)
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
    bool OnlyWriter =
        Changing.size() == 1 && Changing.count(Access->Function) != 0;
    return (!Access->Access.changes() && OnlyWriter) ||
           Access->Access.What == StateAccess::Alias ||
           isPolled(Facts, *Access) || isFirstTest(Facts, *Access);
  });
  if (Unlocked.empty())
    return;
  unsigned Without = functionsOf(Unlocked), With = functionsOf(Locked);
  if (Without * 100 > (Without + With) * MaxUnlockedPercent)
    return;
  report(Field, Most->first, Locked, Unlocked);
}

void InconsistentLockingCheck::report(
    const FieldDecl &Field, const AccessPath &Mutex,
    llvm::ArrayRef<const FieldAccess *> Locked,
    llvm::ArrayRef<const FieldAccess *> Unlocked) {
  const FieldAccess *Here = Unlocked.front();
  for (const FieldAccess *Access : Unlocked)
    if (Access->Access.changes()) {
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
  F << Field.getName() << Here->Access.changes() << Mutex.str()
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
