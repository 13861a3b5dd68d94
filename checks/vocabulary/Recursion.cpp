//===--- Recursion.cpp - May a thread lock this twice? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

/// What the initialisers of a mutex say.
enum class Says { Nothing, Plain, Recursive };

} // namespace

static Says judge(const TypeFact &Fact, const Expr *Init,
                  const ASTContext &Context) {
  // A C type that is only declared gets its initialiser from a call.
  if (!Init || (Fact.Typedef && isa<CXXConstructExpr>(Init)))
    return Says::Nothing;
  for (const std::string &Name : Fact.RecursiveIf)
    if (namesWord(Context, Init, Name))
      return Says::Recursive;
  return Says::Plain;
}

/// A member is initialised where it is declared or by each constructor.
static Says judgeField(const TypeFact &Fact, const FieldDecl *Field) {
  const ASTContext &Context = Field->getASTContext();
  if (const Expr *Init = Field->getInClassInitializer())
    return judge(Fact, Init, Context);
  const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
  Says Result = Says::Nothing;
  if (!Class)
    return Result;
  for (const CXXConstructorDecl *Constructor : Class->ctors()) {
    const FunctionDecl *Defined = nullptr;
    if (Constructor->isCopyOrMoveConstructor() ||
        !Constructor->hasBody(Defined))
      continue;
    for (const CXXCtorInitializer *Initializer :
         cast<CXXConstructorDecl>(Defined)->inits()) {
      if (Initializer->getMember() != Field)
        continue;
      Says Here = judge(Fact, Initializer->getInit(), Context);
      if (Here == Says::Recursive)
        return Here;
      Result = Here;
    }
  }
  return Result;
}

/// True if the code of the unit uses one of the enumerators that make a mutex
/// of that type recursive.
static bool isMentioned(const TypeFact &Fact, ASTContext &Context) {
  for (const std::string &Name : Fact.RecursiveIf)
    for (const NamedDecl *D :
         Context.getTranslationUnitDecl()->lookup(&Context.Idents.get(Name)))
      if (isa<EnumConstantDecl>(D) && D->isReferenced())
        return true;
  return false;
}

bool Vocabulary::mayBeRecursive(const TypeFact &Fact,
                                const ValueDecl *Mutex) const {
  if (Fact.has(Trait::Recursive))
    return true;
  if (!Fact.has(Trait::MaybeRecursive))
    return false;
  // Other types of that kind are told by a function that is called later.
  if (!Mutex || Fact.RecursiveIf.empty())
    return true;
  Says Found = Says::Nothing;
  if (const auto *Variable = dyn_cast<VarDecl>(Mutex))
    Found =
        judge(Fact, Variable->getAnyInitializer(), Variable->getASTContext());
  else if (const auto *Field = dyn_cast<FieldDecl>(Mutex))
    Found = judgeField(Fact, Field);
  if (Found != Says::Nothing)
    return Found == Says::Recursive;
  // What the main file declares is initialised by it, too.
  ASTContext &Context = Mutex->getASTContext();
  SourceLocation Loc =
      Context.getSourceManager().getExpansionLoc(Mutex->getLocation());
  return !Context.getSourceManager().isInMainFile(Loc) ||
         isMentioned(Fact, Context);
}

} // namespace clang::tidy::concord
