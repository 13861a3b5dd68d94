//===--- DoubleCheckedLockingCheck.cpp ------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "once/DoubleCheckedLockingCheck.h"
#include "analysis/Surroundings.h"
#include "clang/Lex/Lexer.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// The only statement of \p S that does anything: \p S itself, or what a block
/// contains. Null if there is more than one.
const Stmt *onlyStatement(const Stmt *S) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(S);
  if (!Block)
    return S;
  return Block->size() == 1 ? Block->body_front() : nullptr;
}

/// True if \p S needs nothing of the function around it: no local variable, no
/// parameter, no `this`.
bool isSelfContained(const Stmt *S) {
  if (!S)
    return true;
  if (isa<CXXThisExpr, LambdaExpr, CoroutineSuspendExpr>(S))
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
      if (!Variable->hasGlobalStorage() || Variable->isStaticLocal())
        return false;
  return llvm::all_of(S->children(), isSelfContained);
}

/// What the only change of \p Check assigns, if the double check does nothing
/// but make a value that a static could be initialised with.
const Expr *onlyValue(const UnitFacts &Facts, const FunctionInfo &Function,
                      const DoubleCheck &Check) {
  const auto *Outer = dyn_cast<IfStmt>(Check.Outer);
  const auto *Inner = dyn_cast<IfStmt>(Check.Inner);
  if (!Outer || !Inner || Outer->getElse() || Inner->getElse() ||
      Outer->getInit() || Inner->getInit() || Outer == Inner)
    return nullptr;
  const Stmt *Only = onlyStatement(Inner->getThen());
  if (const auto *Whole = dyn_cast_or_null<ExprWithCleanups>(Only))
    Only = Whole->getSubExpr();
  if (Only != Check.Change)
    return nullptr;
  // Around the inner test there may be only the guard.
  const auto *Block = dyn_cast<CompoundStmt>(Outer->getThen());
  if (!Block || Block->size() != 2 || Block->body_back() != Inner ||
      statementOf(Facts, Function, Check.Lock.Site) != Block->body_front() ||
      !Check.Lock.Guard)
    return nullptr;
  for (const StateAccess &Access : accessesOf(Facts, Function))
    if (Access.Operation == Check.Change && Access.Value &&
        isSelfContained(Access.Value))
      return Access.Value;
  return nullptr;
}

StringRef textOf(SourceRange Range, const ASTContext &Context) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                              Context.getSourceManager(),
                              Context.getLangOpts());
}

/// Makes the static local variable of \p Check initialise itself.
std::vector<FixItHint> staticFix(const UnitFacts &Facts,
                                 const FunctionInfo &Function,
                                 const DoubleCheck &Check) {
  const ASTContext &Context = Facts.context();
  const auto *Variable = dyn_cast_or_null<VarDecl>(Check.Object.root());
  const Expr *Value = onlyValue(Facts, Function, Check);
  if (!Value || !Variable || !Variable->isStaticLocal() ||
      !Check.Object.steps().empty() ||
      Variable->getType().isVolatileQualified())
    return {};
  // Two tests, one change; whatever else there is reads the result.
  const Expr *Init = Variable->getInit();
  StringRef Text = textOf(Value->getSourceRange(), Context);
  if (Text.empty())
    return {};
  bool Written = Init && Init->getBeginLoc() != Variable->getLocation() &&
                 Init->getBeginLoc().isValid();
  FixItHint Initialise =
      Written && Variable->getInitStyle() == VarDecl::CInit
          ? FixItHint::CreateReplacement(Init->getSourceRange(), Text)
      : Written ? FixItHint()
                : FixItHint::CreateInsertion(
                      Lexer::getLocForEndOfToken(Variable->getLocation(), 0,
                                                 Context.getSourceManager(),
                                                 Context.getLangOpts()),
                      (" = " + Text).str());
  if (Initialise.isNull())
    return {};
  return {Initialise, FixItHint::CreateRemoval(Check.Outer->getSourceRange())};
}

} // namespace

DoubleCheckedLockingCheck::DoubleCheckedLockingCheck(StringRef Name,
                                                     ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      UnlockedLazyStatics(Options.get("UnlockedLazyStatics", false)) {}

void DoubleCheckedLockingCheck::storeOptions(
    ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "UnlockedLazyStatics", UnlockedLazyStatics);
}

void DoubleCheckedLockingCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void DoubleCheckedLockingCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  for (const auto &Function : Facts->functions()) {
    for (const DoubleCheck &Check : doubleChecksOf(*Facts, *Function))
      if (!Check.Atomic || (Check.Relaxed && Check.Publishes))
        report(*Facts, *Function, Check);
    if (UnlockedLazyStatics)
      lazyStatic(*Facts, *Function);
  }
}

void DoubleCheckedLockingCheck::report(UnitFacts &Facts,
                                       const FunctionInfo &Function,
                                       const DoubleCheck &Check) {
  std::string Object = Check.Object.str();
  bool IsCxx = Facts.context().getLangOpts().CPlusPlus;
  Finding F = finding(
      Check.FirstTest->getExprLoc(),
      "%select{'%1' is tested without the lock that it is set under|'%1' is "
      "published with relaxed memory order, so what was made may not be seen "
      "yet}0; initialise it %select{through a once flag|in a function-local "
      "static or through a once flag}2, or make it atomic with acquire and "
      "release");
  F << Check.Atomic << Object << IsCxx << Check.FirstTest->getSourceRange();
  if (!Check.Atomic)
    F << staticFix(Facts, Function, Check);
  F.note(Check.Lock.Site->getExprLoc(),
         "'" + Check.Lock.Mutex.str() + "' is taken here");
  F.note(Check.SecondTest->getExprLoc(), "tested again under the lock here");
  F.note(Check.Change->getExprLoc(), "set under the lock here");
}

void DoubleCheckedLockingCheck::lazyStatic(UnitFacts &Facts,
                                           const FunctionInfo &Function) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function.Function);
  if (!Method || Facts.locks(Function) || Function.Dependent)
    return;
  bool ClassLocks = llvm::any_of(Facts.functions(), [&](const auto &Other) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(Other->Function);
    return M && M->getParent() == Method->getParent() && Facts.locks(*Other);
  });
  if (!ClassLocks)
    return;
  std::vector<StateAccess> Accesses = accessesOf(Facts, Function);
  for (const StateAccess &Change : Accesses) {
    if (Change.What != StateAccess::Write || !Change.Path.isGlobal() ||
        !Change.Path.isPlain() ||
        Facts.vocabulary().is(Change.Site->getType(), Role::Atomic))
      continue;
    for (const Stmt *S = Change.Site; S; S = Facts.parent(Function, S)) {
      const auto *If = dyn_cast<IfStmt>(S);
      const auto Test = llvm::find_if(Accesses, [&](const StateAccess &A) {
        if (!If || A.What != StateAccess::Read || A.Path != Change.Path)
          return false;
        const Stmt *Up = A.Site;
        while (Up && Up != If->getCond())
          Up = Facts.parent(Function, Up);
        return Up != nullptr;
      });
      if (Test == Accesses.end() || !If)
        continue;
      finding(Test->Site->getExprLoc(),
              "'%0' is initialised on first use without a lock, in a class "
              "that locks elsewhere; initialise it in a function-local static "
              "or through a once flag")
              .note(Change.Site->getExprLoc(), "set here")
          << Change.Path.str();
      break;
    }
  }
}

} // namespace clang::tidy::concord
