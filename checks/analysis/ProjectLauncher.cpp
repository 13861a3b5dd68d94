//===--- ProjectLauncher.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ProjectLauncher.h"
#include "analysis/Callable.h"
#include "analysis/CallableUse.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <array>

namespace clang::tidy::concord {

namespace {

/// Launchers with more arguments before the callable are not looked for.
constexpr std::size_t MaxIndex = 8;

std::array<CallFact, 2 * MaxIndex> makeFacts() {
  std::array<CallFact, 2 * MaxIndex> Facts;
  for (unsigned I = 0; I < Facts.size(); ++I) {
    Facts[I].Does = Operation::Launch;
    Facts[I].Callable = I % MaxIndex;
    Facts[I].ReturnsFuture = I >= MaxIndex;
  }
  return Facts;
}

/// A name without case and underscores: `push_task` and `pushTask` are one.
std::string normalized(StringRef Name) {
  std::string Text = Name.lower();
  Text.erase(std::remove(Text.begin(), Text.end(), '_'), Text.end());
  return Text;
}

bool startsWithAny(StringRef Name, llvm::ArrayRef<StringRef> Words) {
  return llvm::any_of(Words,
                      [&](StringRef Word) { return Name.starts_with(Word); });
}

bool containsAny(StringRef Name, llvm::ArrayRef<StringRef> Words) {
  return llvm::any_of(Words,
                      [&](StringRef Word) { return Name.contains(Word); });
}

bool isLauncherName(StringRef Plain) {
  std::string Name = normalized(Plain);
  if (containsAny(Name, {"wait", "block", "inline", "callback", "handler"}))
    return false;
  if (Name.find("sync") != std::string::npos &&
      Name.find("async") == std::string::npos)
    return false;
  return startsWithAny(
      Name,
      {"submit",          "enqueue",    "post",      "schedule",  "execute",
       "dispatch",        "pushtask",   "addtask",   "addjob",    "pushjob",
       "addwork",         "pushwork",   "async",     "spawn",     "runasync",
       "runinbackground", "detachtask", "queuetask", "queuework", "launch",
       "defer",           "committask", "commit"});
}

/// Launchers that some executors run at once, in the caller.
bool mayRunInline(StringRef Plain) {
  std::string Name = normalized(Plain);
  return startsWithAny(Name, {"dispatch", "execute"});
}

bool isPoolName(StringRef Plain) {
  std::string Name = normalized(Plain);
  return containsAny(Name, {"pool", "executor", "scheduler", "dispatcher",
                            "taskqueue", "workqueue", "jobqueue", "jobsystem",
                            "tasksystem", "taskrunner", "worker", "taskmanager",
                            "threadmanager"});
}

bool isPool(UnitFacts &Facts, const CXXRecordDecl &Record) {
  return isPoolName(Record.getName()) || ownsThreads(Facts, Record);
}

/// True for types whose values can be called.
bool isCallableType(QualType Type) {
  Type = Type.getNonReferenceType().getCanonicalType();
  if (Type->isFunctionType() || Type->isFunctionPointerType() ||
      Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  DeclarationNameTable &Names = Record->getASTContext().DeclarationNames;
  return !Record->lookup(Names.getCXXOperatorName(OO_Call)).empty();
}

/// What the callee says about the argument at \p Index.
ParameterUse use(UnitFacts &Facts, const Expr &Site, unsigned Index) {
  const FunctionInfo *Callee = Facts.callee(&Site);
  if (!Callee || !Callee->Function || Index >= Callee->Function->getNumParams())
    return ParameterUse::Unknown;
  return useOfCallable(Facts, *Callee, *Callee->Function->getParamDecl(Index));
}

const FunctionDecl *calleeOf(const Expr &Site) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Site))
    return Construct->getConstructor();
  const auto *Call = dyn_cast<CallExpr>(&Site);
  return Call ? Call->getDirectCallee() : nullptr;
}

/// True if the parameter at \p Index begins or precedes a parameter pack.
bool handsOnTheRest(const FunctionDecl &Callee) {
  const FunctionTemplateDecl *Template = Callee.getPrimaryTemplate();
  const FunctionDecl *Pattern =
      Template ? Template->getTemplatedDecl() : nullptr;
  return Pattern && Pattern->getNumParams() > 0 &&
         Pattern->getParamDecl(Pattern->getNumParams() - 1)->isParameterPack();
}

} // namespace

const CallFact &ProjectLaunch::fact() const {
  static const std::array<CallFact, 2 * MaxIndex> Facts = makeFacts();
  return Facts[Index + (ReturnsHandle ? MaxIndex : 0)];
}

bool looksLikeLauncher(UnitFacts &Facts, const FunctionDecl &Callee) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return Method && Method->getDeclName().isIdentifier() &&
         isLauncherName(Method->getName()) &&
         isPool(Facts, *Method->getParent());
}

std::optional<ProjectLaunch> findProjectLaunch(UnitFacts &Facts,
                                               const Expr &Site) {
  const FunctionDecl *Callee = calleeOf(Site);
  if (!Callee || Facts.vocabulary().isLibrary(Callee) ||
      Callee->getOverloadedOperator() != OO_None)
    return std::nullopt;
  llvm::ArrayRef<const Expr *> Arguments = writtenArguments(&Site);
  for (unsigned I = 0; I < Arguments.size() && I < MaxIndex; ++I) {
    if (Arguments[I]->isTypeDependent() ||
        !isCallableType(Arguments[I]->getType()))
      continue;
    ParameterUse Use = use(Facts, Site, I);
    if (Use != ParameterUse::Launched &&
        (Use != ParameterUse::Unknown || !looksLikeLauncher(Facts, *Callee)))
      continue;
    ProjectLaunch Found;
    Found.Callable = Arguments[I];
    Found.Index = I;
    if (handsOnTheRest(*Callee))
      Found.Arguments.append(Arguments.begin() + I + 1, Arguments.end());
    Found.InlineMaybe = Use == ParameterUse::Unknown &&
                        Callee->getDeclName().isIdentifier() &&
                        mayRunInline(Callee->getName());
    // The result of a free function may be that of a launch that waits.
    Found.ReturnsHandle =
        !isa<CXXMethodDecl>(Callee) && !Callee->getReturnType()->isVoidType();
    return Found;
  }
  return std::nullopt;
}

} // namespace clang::tidy::concord
