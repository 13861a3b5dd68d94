//===--- ThreadStart.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ThreadStart.h"
#include "analysis/Callable.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

bool startsThread(const KnownCall &Call) {
  if (Call.does() != Operation::Launch || Call.Fact->Cooperative)
    return false;
  if (Call.Type)
    return Call.Type->is(Role::Thread) || Call.Type->is(Role::ThreadGroup);
  return Call.Fact->Out != NoArgument || Call.Fact->ReturnsHandle ||
         Call.Fact->ReturnsFuture;
}

bool startsThread(const TaskLaunch &Launch) {
  return !Launch.Synchronous && !Launch.Cooperative &&
         startsThread(Launch.Call);
}

namespace {

/// Searches what an expression evaluates.
class StartFinder {
public:
  explicit StartFinder(UnitFacts &Facts) : Facts(Facts) {}

  ReachedStart find(const Stmt *S, unsigned Depth) {
    if (!S)
      return {};
    // A lambda runs only where it is called.
    if (isa<LambdaExpr>(S))
      return {};
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S))
      return find(Default->getExpr(), Depth);
    if (const auto *E = dyn_cast<Expr>(S))
      if (ReachedStart Found = at(*E, Depth))
        return Found;
    for (const Stmt *Child : S->children())
      if (ReachedStart Found = find(Child, Depth))
        return Found;
    return {};
  }

private:
  ReachedStart at(const Expr &E, unsigned Depth) {
    if (!isa<CallExpr, CXXConstructExpr>(E))
      return {};
    KnownCall Call = Facts.vocabulary().call(&E);
    if (startsThread(Call)) {
      const Expr *Callable = Call.callable();
      if (Callable && !resolveCallable(Facts.vocabulary(), Callable).Empty)
        return {&E, nullptr};
      return {};
    }
    if (Call || Depth == 0)
      return {};
    const FunctionDecl *Callee = calledBy(E);
    if (!Callee)
      return {};
    ReachedStart Found = inFunction(*Callee, Depth - 1);
    if (Found)
      Found.Through = Callee;
    return Found;
  }

  static const FunctionDecl *calledBy(const Expr &E) {
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
      return Construct->getConstructor();
    const auto &Call = cast<CallExpr>(E);
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (Callee && !Callee->hasBody() && !Callee->isTemplateInstantiation())
      return nullptr;
    if (const CXXConstructorDecl *Built = builtBy(Call, Callee))
      return Built;
    return Callee;
  }

  /// The only constructor of `T` that `std::make_unique<T>(...)` can use.
  static const CXXConstructorDecl *builtBy(const CallExpr &Call,
                                           const FunctionDecl *Callee) {
    const TemplateArgumentList *Arguments =
        Callee ? Callee->getTemplateSpecializationArgs() : nullptr;
    if (!Arguments || Arguments->size() == 0 ||
        Arguments->get(0).getKind() != TemplateArgument::Type ||
        !Callee->getASTContext().getSourceManager().isInSystemHeader(
            Callee->getLocation()))
      return nullptr;
    const CXXRecordDecl *Record =
        Arguments->get(0).getAsType()->getAsCXXRecordDecl();
    const auto *Result = Call.getType()->getAsCXXRecordDecl();
    const auto *Owner =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(Result);
    if (!Record || !Record->hasDefinition() || !Owner ||
        Owner->getTemplateArgs().size() == 0 ||
        Owner->getTemplateArgs().get(0).getKind() != TemplateArgument::Type ||
        Owner->getTemplateArgs().get(0).getAsType()->getAsCXXRecordDecl() !=
            Record)
      return nullptr;
    const CXXConstructorDecl *Only = nullptr;
    for (const CXXConstructorDecl *Constructor : Record->ctors()) {
      if (Constructor->isCopyOrMoveConstructor())
        continue;
      if (Only)
        return nullptr;
      Only = Constructor;
    }
    return Only;
  }

  ReachedStart inFunction(const FunctionDecl &Callee, unsigned Depth) {
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Callee);
    const FunctionDecl *Definition = nullptr;
    if (Callee.hasBody(Definition); !Definition)
      Definition = &Callee;
    Constructor = dyn_cast<CXXConstructorDecl>(Definition);
    if (Constructor) {
      if (ReachedStart Found = inMembers(*Constructor, Depth))
        return Found;
    }
    // Written by the user: library code is not searched.
    if (!Facts.function(Definition) && !isLambdaCallOperator(Definition))
      return {};
    return find(Definition->getBody(), Depth);
  }

  ReachedStart inMembers(const CXXConstructorDecl &Constructor,
                         unsigned Depth) {
    for (const CXXCtorInitializer *Init : Constructor.inits())
      if (ReachedStart Found = find(Init->getInit(), Depth))
        return Found;
    return {};
  }

  UnitFacts &Facts;
};

} // namespace

ReachedStart startIn(UnitFacts &Facts, const Expr *Init) {
  return StartFinder(Facts).find(Init, 3);
}

} // namespace clang::tidy::concord
