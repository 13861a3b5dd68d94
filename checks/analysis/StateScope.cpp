//===--- StateScope.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StateScope.h"
#include "analysis/LoopExits.h"
#include "support/Compat.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

/// What a variable is initialised with, without braces and constructions; null
/// for empty ones.
static const Expr *plainValue(const Expr *Init) {
  Init = Init->IgnoreParenImpCasts();
  for (unsigned Depth = 0; Depth < 8; ++Depth) {
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init)) {
      Init = Default->getExpr()->IgnoreParenImpCasts();
    } else if (const auto *List = dyn_cast<InitListExpr>(Init);
               List && List->getNumInits() <= 1) {
      if (List->getNumInits() == 0)
        return nullptr;
      Init = List->getInit(0)->IgnoreParenImpCasts();
    } else if (const auto *Made = dyn_cast<CXXConstructExpr>(Init)) {
      if (Made->getNumArgs() == 0)
        return nullptr;
      Init = Made->getArg(0)->IgnoreParenImpCasts();
    } else {
      return Init;
    }
  }
  return Init;
}

static bool mayBe(const UnitFacts &Facts, const Expr *Init,
                  std::optional<bool> Value) {
  if (!Value)
    return true;
  const Expr *Plain = plainValue(Init);
  if (!Plain)
    return !*Value;
  bool Known = false;
  return Plain->isValueDependent() ||
         !Plain->EvaluateAsBooleanCondition(Known, Facts.context()) ||
         Known == *Value;
}

bool mayStartAs(const UnitFacts &Facts, const ValueDecl *State,
                std::optional<bool> Value) {
  const auto *Field = dyn_cast<FieldDecl>(State);
  if (!Field) {
    const Expr *Init = cast<VarDecl>(State)->getAnyInitializer();
    return Init && mayBe(Facts, Init, Value);
  }
  for (const auto &Function : Facts.functions())
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(Function->Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getMember() && canonicalState(Init->getMember()) == Field &&
            Init->getInit() && mayBe(Facts, Init->getInit(), Value))
          return true;
  const Expr *Init = Field->getInClassInitializer();
  return Init && mayBe(Facts, Init, Value);
}

bool isSeenWhole(const UnitFacts &Facts, const ValueDecl *State) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  const bool InMain =
      Sources.isInMainFile(Sources.getExpansionLoc(State->getLocation()));
  const auto *Field = dyn_cast<FieldDecl>(State);
  if (!Field) {
    const auto *Variable = cast<VarDecl>(State);
    return Variable->hasLocalStorage() || Variable->isStaticLocal() ||
           (InMain && !Variable->isExternallyVisible());
  }
  const auto *Record = dyn_cast<CXXRecordDecl>(Field->getParent());
  if (!Record)
    return InMain;
  if (!InMain && (Field->getAccess() != AS_private || Record->hasFriends()))
    return false;
  for (const Decl *D : Record->decls()) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
    const auto *Method =
        dyn_cast<CXXMethodDecl>(Template ? Template->getTemplatedDecl() : D);
    if (Method && !Method->isImplicit() && !Method->isDefaulted() &&
        !Method->isDeleted() && !Method->hasBody() && !isPureVirtual(*Method))
      return false;
  }
  return true;
}

} // namespace clang::tidy::concord
