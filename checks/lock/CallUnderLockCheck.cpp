//===--- CallUnderLockCheck.cpp -------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/CallUnderLockCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/InnerCalls.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// Functions whose purpose is to run what they are given under the lock.
constexpr StringRef DefaultAllowedCallees =
    "with.*;With.*;visit.*;Visit.*;apply.*;Apply.*;synchroni[sz]ed?;"
    ".*[lL]ocked";

bool contains(StringRef Name, ArrayRef<StringRef> Words) {
  std::string Lower = Name.lower();
  return llvm::any_of(
      Words, [&](StringRef Word) { return StringRef(Lower).contains(Word); });
}

/// A callable that answers a question about what it is given; it belongs to
/// the algorithm that calls it.
bool isPredicateName(StringRef Name) {
  return contains(Name, {"pred", "comp", "cmp", "less", "hash", "equal",
                         "filter", "match", "select", "cond", "project",
                         "transform", "alloc", "deleter", "clock", "now"});
}

/// Virtual functions and classes whose name says that they tell others.
bool isCallbackName(const CXXMethodDecl &Method) {
  if (!Method.getDeclName().isIdentifier())
    return false;
  StringRef Name = Method.getName();
  bool On = Name.size() > 2 && Name.starts_with_insensitive("on") &&
            (isUppercase(Name[2]) || Name[2] == '_');
  return On ||
         contains(Name, {"notify", "callback", "handle_", "fire", "signal"}) ||
         (Name.starts_with("handle") && Name.size() > 6) ||
         contains(Method.getParent()->getName(),
                  {"listener", "observer", "callback", "delegate", "subscriber",
                   "handler"});
}

/// A function pointer that chooses an implementation and that nobody registers:
/// a global (the processor's version of a function), a constant table, one of
/// several pointers of a record, which is C's way to write virtual functions.
bool isDispatch(const UnknownCall &Call) {
  if (Call.What != UnknownCall::Pointer)
    return false;
  const bool SaysCallback =
      contains(Call.Callee->getName(),
               {"cb", "callback", "hook", "notify", "handler", "listener"});
  if (const auto *Variable = dyn_cast<VarDecl>(Call.Callee))
    return Variable->hasGlobalStorage() && !SaysCallback;
  const auto *Field = dyn_cast<FieldDecl>(Call.Callee);
  const auto *Site = dyn_cast<CallExpr>(Call.Site);
  if (!Field || !Site)
    return false;
  const auto *Member =
      dyn_cast<MemberExpr>(Site->getCallee()->IgnoreParenImpCasts());
  if (Member && Member->isArrow() &&
      Member->getBase()->getType()->getPointeeType().isConstQualified())
    return true;
  unsigned Pointers = 0;
  for (const FieldDecl *Other : Field->getParent()->fields())
    Pointers += Other->getType()->isFunctionPointerType();
  return Pointers > 2 && !SaysCallback;
}

std::string nameOf(const UnknownCall &Call) {
  std::string Path =
      Call.What == UnknownCall::Virtual || Call.What == UnknownCall::Signal
          ? ""
          : Call.Path.str();
  if (Path.empty() && Call.Callee)
    Path = Call.Callee->getNameAsString();
  return Path;
}

StringRef kindOf(const UnknownCall &Call) {
  switch (Call.What) {
  case UnknownCall::Signal:
    return "signal";
  case UnknownCall::Virtual:
    return "virtual function";
  default:
    return "callback";
  }
}

void noteLock(Finding &F, const HeldLock &Held) {
  if (Held.Site)
    F.note(Held.Site->getExprLoc(), "'" + Held.Mutex.str() + "' is taken here");
}

} // namespace

CallUnderLockCheck::CallUnderLockCheck(StringRef Name,
                                       ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      VirtualCalls(Options.get("VirtualCalls", false)),
      VirtualCallsOnThis(Options.get("VirtualCallsOnThis", false)),
      AllowedCallees(Options.get("AllowedCallees", DefaultAllowedCallees)) {}

void CallUnderLockCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "VirtualCalls", VirtualCalls);
  Options.store(Opts, "VirtualCallsOnThis", VirtualCallsOnThis);
  Options.store(Opts, "AllowedCallees", AllowedCallees.text());
}

void CallUnderLockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(callExpr(isUnderLock(this)).bind("call"), this);
}

bool CallUnderLockCheck::isReported(const UnknownCall &Call,
                                    const FunctionInfo &Function) const {
  if (Call.Callee && Call.Callee->getDeclName().isIdentifier() &&
      AllowedCallees.matches(Call.Callee->getName()))
    return false;
  const FunctionDecl *Around = Function.Function;
  if (Around && Around->getDeclName().isIdentifier() &&
      AllowedCallees.matches(Around->getName()))
    return false;
  switch (Call.What) {
  case UnknownCall::Signal:
    return true;
  case UnknownCall::Virtual: {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call.Callee);
    if (!Method || (Call.OnThis && !VirtualCallsOnThis))
      return false;
    return VirtualCalls || Call.OnThis ||
           (isCallbackName(*Method) && !Method->isConst());
  }
  default:
    return Call.Callee && !isPredicateName(Call.Callee->getNameAsString()) &&
           !isDispatch(Call);
  }
}

void CallUnderLockCheck::direct(const UnknownCall &Call, const HeldLock &Held) {
  Finding F =
      finding(Call.Site->getExprLoc(),
              "%0 '%1' runs while '%2' is held; copy what it needs and call it "
              "after the lock is released");
  F << kindOf(Call) << nameOf(Call) << Held.Mutex.str()
    << Call.Site->getSourceRange();
  noteLock(F, Held);
}

void CallUnderLockCheck::check(const MatchFinder::MatchResult &Result) {
  const auto *Site = Result.Nodes.getNodeAs<CallExpr>("call");
  UnitFacts *Facts = facts(*Result.Context);
  const FunctionInfo *Function = Facts->functionOf(Site);
  const HeldLock *Held = Facts->locks(*Function)->innermost(Site);
  // A recursive lock cannot deadlock on the callback's way back.
  if (Held->Type &&
      (Held->Type->has(Trait::Recursive) || Held->Type->has(Trait::Null)))
    return;
  if (std::optional<UnknownCall> Call =
          unknownCallAt(*Facts, *Function, Site)) {
    if (isReported(*Call, *Function))
      direct(*Call, *Held);
    return;
  }
  // Only what the vocabulary does not know can hide a callback.
  if (!Facts->call(Site) && Facts->calleeSummary(Site))
    if (through(*Facts->callee(Site), *Site, *Held, *Facts))
      return;
  for (const FunctionInfo *Lambda : lambdasRunBy(*Facts, Site))
    if (through(*Lambda, *Site, *Held, *Facts))
      return;
}

bool CallUnderLockCheck::through(const FunctionInfo &Callee, const Expr &Site,
                                 const HeldLock &Held, UnitFacts &Facts) {
  for (const SummaryEffect &Effect : Facts.summary(Callee).Effects)
    if (Effect.What == SummaryEffect::Unknown && Effect.Chain.empty()) {
      inCallee(Effect, Callee, Site, Held, Facts);
      return true;
    }
  return false;
}

void CallUnderLockCheck::inCallee(const SummaryEffect &Effect,
                                  const FunctionInfo &Callee, const Expr &Site,
                                  const HeldLock &Held, UnitFacts &Facts) {
  std::optional<UnknownCall> Call = unknownCallAt(Facts, Callee, Effect.Site);
  if (!Call || !isReported(*Call, Callee) || !Callee.Function)
    return;
  // A lambda that the caller hands in is known here; what a lambda gets is an
  // element of what the caller has.
  if (Call->What == UnknownCall::Functor ||
      (isa<ParmVarDecl>(Call->Callee) && !Callee.Lambda))
    return;
  Finding F =
      finding(Site.getExprLoc(),
              "%0 runs %1 '%2' while '%3' is held; copy what it needs and call "
              "it after the lock is released");
  F << (Callee.Lambda ? std::string("the lambda run here")
                      : "'" + Callee.Function->getNameAsString() + "'")
    << kindOf(*Call) << nameOf(*Call) << Held.Mutex.str()
    << Site.getSourceRange();
  F.note(Effect.Site->getExprLoc(), "called here");
  noteLock(F, Held);
}

} // namespace clang::tidy::concord
