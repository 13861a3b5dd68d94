//===--- ConcurrentMapCheck.cpp -------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/ConcurrentMapCheck.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

/// True if the compiler wrote \p D, from a template that has its own finding.
static bool isInInstantiation(const Decl *D) {
  for (const DeclContext *Around = D->getDeclContext();
       Around && !Around->isFileContext(); Around = Around->getParent()) {
    const auto *Record = dyn_cast<CXXRecordDecl>(Around);
    const auto *Function = dyn_cast<FunctionDecl>(Around);
    if ((Record &&
         isTemplateInstantiation(Record->getTemplateSpecializationKind())) ||
        (Function && Function->isTemplateInstantiation()))
      return true;
  }
  return false;
}

void ConcurrentMapCheck::registerMatchers(MatchFinder *Finder) {
  // Where the map lives; parameters and references only lend it.
  Finder->addMatcher(
      declaratorDecl(anyOf(varDecl(unless(parmVarDecl())), fieldDecl()),
                     unless(hasType(references(type()))))
          .bind("map"),
      this);
}

void ConcurrentMapCheck::check(const MatchFinder::MatchResult &Result) {
  const auto *Map = Result.Nodes.getNodeAs<DeclaratorDecl>("map");
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts || Map->isImplicit() || Map->getType()->isDependentType())
    return;
  if (Map->getType()->isPointerType())
    return;
  const Vocabulary &Words = Facts->vocabulary();
  const TypeFact *Type = Words.type(Map->getType());
  if (!Type)
    Type = Words.pointee(Map->getType(), /*ThroughContainers=*/true);
  if (!Type || !Type->is(Role::ConcurrentMap) || isInInstantiation(Map))
    return;
  finding(Map->getLocation(),
          "'%0' is a concurrent map, whose operations are atomic one by one "
          "only; put a plain map behind a mutex unless each key is written "
          "once and read often")
      << Map->getName();
}

} // namespace clang::tidy::concord
