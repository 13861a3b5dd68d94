//===--- KnownCall.cpp - The parts of a known call --------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

const Expr *withoutImplicit(const Expr *E) {
  while (E) {
    const Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Inner))
      Inner = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Bound->getSubExpr();
    if (Inner == E)
      break;
    E = Inner;
  }
  return E;
}

/// The argument of `std::addressof(x)`, or null.
static const Expr *addressedByCall(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || Call->getNumArgs() != 1 || !Call->getDirectCallee())
    return nullptr;
  const FunctionDecl *Callee = Call->getDirectCallee();
  bool Addresses = Callee->isInStdNamespace() && Callee->getIdentifier() &&
                   Callee->getName() == "addressof";
  return Addresses ? Call->getArg(0) : nullptr;
}

const Expr *namedObject(const Expr *E) {
  while (E) {
    E = withoutImplicit(E);
    const auto *Operator = dyn_cast<UnaryOperator>(E);
    const Expr *Inner = Operator && Operator->getOpcode() == UO_AddrOf
                            ? Operator->getSubExpr()
                            : addressedByCall(E);
    if (!Inner)
      break;
    E = Inner;
  }
  return E;
}

unsigned writtenArguments(ArrayRef<const Expr *> Args) {
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args = Args.drop_back();
  return Args.size();
}

ArrayRef<const Expr *> KnownCall::arguments() const {
  ArrayRef<const Expr *> Args;
  const Expr *E = Site;
  if (const auto *New = dyn_cast_or_null<CXXNewExpr>(E))
    E = New->getConstructExpr();
  if (!E)
    return Args;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    Args = ArrayRef<const Expr *>(Operator->getArgs(), Operator->getNumArgs())
               .drop_front();
  else if (const auto *Call = dyn_cast<CallExpr>(E))
    Args = ArrayRef<const Expr *>(Call->getArgs(), Call->getNumArgs());
  else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    Args =
        ArrayRef<const Expr *>(Construct->getArgs(), Construct->getNumArgs());
  else if (const auto *Dependent = dyn_cast<CXXUnresolvedConstructExpr>(E))
    Args =
        ArrayRef<const Expr *>(Dependent->arg_begin(), Dependent->getNumArgs());
  return Args.take_front(writtenArguments(Args));
}

const Expr *KnownCall::argument(int Index) const {
  if (Index == NoArgument || Index == AllArguments)
    return nullptr;
  ArrayRef<const Expr *> Args = arguments();
  if (Index < 0)
    Index += int(Args.size());
  return Index >= 0 && unsigned(Index) < Args.size() ? Args[Index] : nullptr;
}

/// True if \p T could be called: a function, a class with a call operator, a
/// member function pointer, or something not known yet.
static bool maybeCallable(QualType T) {
  T = T.getNonReferenceType();
  if (T->isDependentType() || T->isFunctionType() ||
      T->isFunctionPointerType() || T->isMemberPointerType() ||
      T->isBlockPointerType())
    return true;
  const CXXRecordDecl *Record = T->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  if (Record->isLambda())
    return true;
  DeclarationName Call =
      Record->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  auto HasCall = [&](const CXXRecordDecl *R) {
    return !R->lookup(Call).empty();
  };
  if (HasCall(Record))
    return true;
  bool Inherited = false;
  Record->forallBases([&](const CXXRecordDecl *Base) {
    Inherited |= HasCall(Base);
    return !Inherited;
  });
  return Inherited;
}

bool isOneOf(QualType T, ArrayRef<std::string> Names) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const TagDecl *Tag = tagOf(T);
  return Tag && !Names.empty() &&
         llvm::is_contained(Names, Vocabulary::qualifiedName(Tag));
}

llvm::SmallVector<const Expr *, 2> KnownCall::callables() const {
  llvm::SmallVector<const Expr *, 2> Found;
  if (!Fact || Fact->Callable == NoArgument)
    return Found;
  bool All = Fact->Callable == AllArguments;
  if (!All && Fact->CallableAfter.empty()) {
    if (const Expr *E = argument(Fact->Callable))
      Found.push_back(E);
    return Found;
  }
  ArrayRef<const Expr *> Args = arguments();
  for (const Expr *E : Args.drop_front(
           std::min<size_t>(All ? 0 : Fact->Callable, Args.size()))) {
    const Expr *Plain = withoutImplicit(E);
    if (isOneOf(Plain->getType(), Fact->CallableAfter) ||
        !(maybeCallable(Plain->getType()) || maybeCallable(E->getType())))
      continue;
    Found.push_back(E);
    if (!All)
      break;
  }
  return Found;
}

const Expr *KnownCall::callable() const {
  llvm::SmallVector<const Expr *, 2> Found = callables();
  return Found.empty() ? nullptr : Found.front();
}

bool Vocabulary::isCallableWrapper(const Expr *E, const Expr *&Inner,
                                   bool &Copies) const {
  E = E ? withoutImplicit(E) : nullptr;
  while (const auto *Cast = dyn_cast_or_null<CXXFunctionalCastExpr>(E))
    E = withoutImplicit(Cast->getSubExpr());
  if (!E)
    return false;
  const NamedDecl *Name = nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    Name = Construct->getConstructor()->getParent();
  else if (const auto *Call = dyn_cast<CallExpr>(E))
    Name = Call->getDirectCallee();
  if (!Name)
    return false;
  Impl->Index.prepare(Name->getASTContext());
  const Wrapper *Found = Impl->Index.wrapper(Name);
  KnownCall Call;
  Call.Site = E;
  if (!Found || !Call.argument(Found->Callable))
    return false;
  Inner = Call.argument(Found->Callable);
  Copies = Found->Copies;
  return true;
}

} // namespace clang::tidy::concord
