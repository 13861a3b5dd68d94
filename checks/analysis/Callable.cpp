//===--- Callable.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Callable.h"
#include "analysis/Storage.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

namespace {

/// Callables that are wrapped deeper than this stay unknown.
constexpr unsigned MaxDepth = 8;

const FunctionDecl *definitionOf(const FunctionDecl *F) {
  const FunctionDecl *Definition = F ? F->getDefinition() : nullptr;
  return Definition ? Definition : F;
}

/// The one call operator of a class of user code, or null.
const FunctionDecl *callOperator(const Vocabulary &Words, QualType Type) {
  const CXXRecordDecl *Record =
      Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return nullptr;
  if (Record->isLambda())
    return Record->getLambdaCallOperator();
  if (Words.isLibrary(Record))
    return nullptr;
  ASTContext &Context = Record->getASTContext();
  auto Found =
      Record->lookup(Context.DeclarationNames.getCXXOperatorName(OO_Call));
  if (!Found.isSingleResult())
    return nullptr;
  const NamedDecl *Single = Found.front()->getUnderlyingDecl();
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Single))
    return Template->getTemplatedDecl();
  return dyn_cast<CXXMethodDecl>(Single);
}

bool isNullConstant(const Expr *E) {
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E) || isa<IntegerLiteral>(E);
}

class Resolver {
public:
  explicit Resolver(const Vocabulary &Words) : Words(Words) {}

  ResolvedCallable take() { return std::move(Found); }

  void resolve(const Expr *E, unsigned Depth = 0) {
    E = ignoreTransfers(E);
    if (!E || Depth > MaxDepth)
      return;
    if (isNullConstant(E)) {
      Found.Empty = true;
      return;
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
      Found.Lambda = Lambda;
      Found.Entry = Lambda->getCallOperator();
      return;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return resolve(Unary->getSubExpr(), Depth + 1);
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
      return resolveName(*Reference->getDecl(), Depth);
    if (resolveWrapper(E, Depth))
      return;
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      return resolveConstruction(*Construct, Depth);
    if (const auto *List = dyn_cast<InitListExpr>(E))
      return resolveList(*List, Depth);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      if (isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
        return resolve(Call->getImplicitObjectArgument(), Depth + 1);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      if (const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl()))
        Found.Entry = definitionOf(Method);
    if (!Found.Entry)
      Found.Entry = definitionOf(callOperator(Words, E->getType()));
  }

  void resolveName(const ValueDecl &D, unsigned Depth) {
    if (const auto *Function = dyn_cast<FunctionDecl>(&D)) {
      Found.Entry = definitionOf(Function);
      return;
    }
    const auto *Variable = dyn_cast<VarDecl>(&D);
    if (!Variable)
      return;
    bool Known = Variable->getInit() && !isa<ParmVarDecl>(Variable);
    if (Known) {
      if (!Found.Named && Variable->hasLocalStorage() &&
          !Variable->getType()->isReferenceType())
        Found.Named = Variable;
      resolve(Variable->getInit(), Depth + 1);
      // A wrapper that is made empty may be filled later.
      Found.Empty = false;
    }
    if (!Found.Entry)
      Found.Entry = definitionOf(callOperator(Words, Variable->getType()));
  }

private:
  bool resolveWrapper(const Expr *E, unsigned Depth) {
    const Expr *Inner = nullptr;
    bool Copies = true;
    if (!Words.isCallableWrapper(E, Inner, Copies))
      return wrapsIntoPointer(E, Depth);
    if (!Inner) {
      Found.Empty = true;
      return true;
    }
    if (!Copies && E->isPRValue())
      Found.ByReference = true;
    bool After = false;
    for (const Expr *Argument : writtenArguments(E)) {
      if (After)
        Found.Bound.push_back(Argument);
      After |= Argument == Inner || ignoreTransfers(Argument) == Inner ||
               Argument->IgnoreParenImpCasts() == Inner;
    }
    resolve(Inner, Depth + 1);
    return true;
  }

  /// `std::make_shared<std::packaged_task<void()>>(f)`.
  bool wrapsIntoPointer(const Expr *E, unsigned Depth) {
    if (!isa<CallExpr, CXXNewExpr>(E))
      return false;
    KnownCall Call = Words.call(E);
    llvm::ArrayRef<const Expr *> Arguments = writtenArguments(E);
    if (!Call.Type || !Call.Type->is(Role::PackagedTask) || Arguments.empty() ||
        isa<CXXMemberCallExpr>(E))
      return false;
    resolve(Arguments.front(), Depth + 1);
    return true;
  }

  /// A class that is made from a callable runs it; another one runs its own
  /// call operator.
  void resolveConstruction(const CXXConstructExpr &Construct, unsigned Depth) {
    llvm::ArrayRef<const Expr *> Arguments = writtenArguments(&Construct);
    const FunctionDecl *Own = callOperator(Words, Construct.getType());
    if (!Own && !Arguments.empty())
      return resolve(Arguments.front(), Depth + 1);
    if (!Own) {
      Found.Empty = true;
      return;
    }
    Found.Functor = &Construct;
    Found.Entry = definitionOf(Own);
  }

  void resolveList(const InitListExpr &List, unsigned Depth) {
    if (const FunctionDecl *Own = callOperator(Words, List.getType())) {
      Found.Functor = &List;
      Found.Entry = definitionOf(Own);
    } else if (List.getNumInits() == 1) {
      resolve(List.getInit(0), Depth + 1);
    }
  }

  const Vocabulary &Words;
  ResolvedCallable Found;
};

} // namespace

bool ResolvedCallable::isMemberFunction() const {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Entry);
  return Method && !Lambda && !Functor && Method->isInstance() &&
         Method->getOverloadedOperator() != OO_Call;
}

ResolvedCallable resolveCallable(const Vocabulary &Words, const Expr *E) {
  Resolver R(Words);
  R.resolve(E);
  return R.take();
}

ResolvedCallable resolveCallable(const Vocabulary &Words,
                                 const ValueDecl &Variable) {
  Resolver R(Words);
  R.resolveName(Variable, 0);
  return R.take();
}

llvm::ArrayRef<const Expr *> writtenArguments(const Expr *E) {
  llvm::ArrayRef<const Expr *> Arguments;
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    const CXXConstructExpr *Construct = New->getConstructExpr();
    return Construct ? writtenArguments(Construct) : Arguments;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    Arguments = {Call->getArgs(), Call->getNumArgs()};
    if (isa<CXXOperatorCallExpr>(Call) &&
        isa_and_nonnull<CXXMethodDecl>(Call->getDirectCallee()) &&
        !Arguments.empty())
      Arguments = Arguments.drop_front();
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Arguments = {Construct->getArgs(), Construct->getNumArgs()};
  } else if (const auto *Open = dyn_cast<CXXUnresolvedConstructExpr>(E)) {
    Arguments = {Open->arg_begin(), Open->getNumArgs()};
  }
  while (!Arguments.empty() && isa<CXXDefaultArgExpr>(Arguments.back()))
    Arguments = Arguments.drop_back();
  return Arguments;
}

} // namespace clang::tidy::concord
