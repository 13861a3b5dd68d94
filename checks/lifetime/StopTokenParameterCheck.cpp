//===--- StopTokenParameterCheck.cpp ----------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/StopTokenParameterCheck.h"
#include "analysis/TokenForwarding.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

/// The fact of a stop token that is nothing else, or null.
static const TypeFact *tokenOf(const Vocabulary &Words, QualType Type) {
  if (Type.isNull() || Type->isDependentType())
    return nullptr;
  const TypeFact *Fact = Words.type(Type.getNonReferenceType());
  return Fact && Fact->is(Role::StopToken) && !Fact->is(Role::StopSource)
             ? Fact
             : nullptr;
}

/// What the standard's own signatures put before the token, too: locks,
/// executors, tags.
static bool comesFirst(const Vocabulary &Words, QualType Type) {
  const TypeFact *Fact = Words.type(Type.getNonReferenceType());
  return Fact && (Fact->is(Role::Guard) || Fact->is(Role::Mutex) ||
                  Fact->is(Role::ConditionVariable) ||
                  Fact->is(Role::Executor) || Fact->is(Role::Scheduler) ||
                  Fact->is(Role::Tag) || Fact->is(Role::StopToken));
}

/// Others decide the order of the parameters.
static bool hasGivenSignature(const FunctionDecl &Function) {
  if (Function.isImplicit() || Function.isDefaulted() ||
      Function.isOverloadedOperator() || Function.isTemplateInstantiation() ||
      Function.isMain() ||
      isa<CXXConstructorDecl, CXXDeductionGuideDecl>(Function))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->size_overridden_methods() != 0;
}

/// Classes whose purpose is to keep the token for later: callables, awaiters,
/// operations, environments, those with a callback on it; and bundles of data.
static bool mayKeepToken(const Vocabulary &Words, const CXXRecordDecl &Record) {
  if (Record.isLambda() || Record.isUnion() || Record.isAggregate())
    return true;
  if (Words.record(&Record))
    return true;
  for (const FieldDecl *Field : Record.fields()) {
    const TypeFact *Fact = Words.pointee(Field->getType());
    if (!Fact)
      Fact = Words.type(Field->getType());
    if (Fact && (Fact->is(Role::StopCallback) || Fact->is(Role::StopSource)))
      return true;
  }
  return llvm::any_of(Record.methods(), [&](const CXXMethodDecl *Method) {
    if (Method->isImplicit())
      return false;
    if (Method->getOverloadedOperator() == OO_Call)
      return true;
    if (tokenOf(Words, Method->getReturnType()))
      return true;
    return Method->getDeclName().isIdentifier() &&
           llvm::is_contained(
               std::initializer_list<StringRef>{"await_ready", "await_suspend",
                                                "await_resume",
                                                "get_return_object", "query"},
               Method->getName());
  });
}

StopTokenParameterCheck::StopTokenParameterCheck(StringRef Name,
                                                 ClangTidyContext *Context)
    : FactsCheck(Name, Context) {}

void StopTokenParameterCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(
      functionDecl(unless(isExpansionInSystemHeader()),
                   anyOf(isDefinition(), hasAnyParameter(anything())))
          .bind("function"),
      this);
  Finder->addMatcher(
      fieldDecl(unless(isExpansionInSystemHeader())).bind("member"), this);
}

void StopTokenParameterCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function")) {
    checkParameters(Facts->vocabulary(), *Function);
    checkCalls(*Facts, *Function);
  }
  if (const auto *Member = Result.Nodes.getNodeAs<FieldDecl>("member"))
    checkMember(Facts->vocabulary(), *Member);
}

void StopTokenParameterCheck::checkParameters(const Vocabulary &Words,
                                              const FunctionDecl &Function) {
  if (Function.getNumParams() < 2 || !Function.isFirstDecl() ||
      hasGivenSignature(Function))
    return;
  const ParmVarDecl *Late = nullptr;
  bool AfterOthers = false;
  for (const ParmVarDecl *Parameter : Function.parameters()) {
    const TypeFact *Token = tokenOf(Words, Parameter->getType());
    if (Token && !AfterOthers)
      return;
    if (Token && Token->Library == "std" && !Late)
      Late = Parameter;
    AfterOthers |= Parameter->getType()->isDependentType() ||
                   !comesFirst(Words, Parameter->getType());
  }
  if (!Late)
    return;
  Finding F = finding(Late->getLocation(),
                      "the stop token is not the first parameter of '%0', "
                      "where readers and std::jthread expect it; put it first");
  F << Function.getNameAsString();
}

void StopTokenParameterCheck::checkMember(const Vocabulary &Words,
                                          const FieldDecl &Member) {
  const auto *Record = dyn_cast<CXXRecordDecl>(Member.getParent());
  if (!Record || Record->isDependentContext() ||
      Record->getTemplateSpecializationKind() == TSK_ImplicitInstantiation)
    return;
  QualType Type = Member.getType();
  const TypeFact *Pointee =
      Type->isDependentType() ? nullptr : Words.pointee(Type);
  if (!tokenOf(Words, Type) && (!Pointee || !Pointee->is(Role::StopToken) ||
                                Pointee->is(Role::StopSource)))
    return;
  if (mayKeepToken(Words, *Record))
    return;
  Finding F = finding(Member.getLocation(),
                      "'%0' keeps the stop token of one task for every call of "
                      "the object; hand it to the functions that need it");
  F << Record->getNameAsString();
}

void StopTokenParameterCheck::checkCalls(UnitFacts &Facts,
                                         const FunctionDecl &Function) {
  const FunctionInfo *Info = Function.isThisDeclarationADefinition()
                                 ? Facts.function(&Function)
                                 : nullptr;
  if (!Info)
    return;
  for (const LostToken &Lost : lostTokens(Facts, *Info)) {
    StringRef Text;
    switch (Lost.How) {
    case LostToken::Default:
      Text = "'%0' is not handed on, so a stop request does not reach '%1'; "
             "pass it";
      break;
    case LostToken::Empty:
      Text = "'%1' gets an empty stop token although '%0' is at hand, so a "
             "stop request does not reach it; pass '%0'";
      break;
    case LostToken::Overload:
      Text = "'%0' is not handed on although an overload of '%1' takes a stop "
             "token; pass it";
      break;
    case LostToken::Wait:
      Text = "'%0' is not handed to this wait, so a stop request does not end "
             "it; pass it after the lock";
      break;
    }
    Finding F = finding(Lost.Call->getExprLoc(), Text);
    F << Lost.Token->getName();
    if (!Lost.Taker)
      continue;
    F << Lost.Taker->getNameAsString();
    F.note(Lost.Taker->getLocation(), "this function takes a stop token");
  }
}

} // namespace clang::tidy::concord
