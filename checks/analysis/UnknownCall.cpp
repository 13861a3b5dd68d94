//===--- UnknownCall.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/UnknownCall.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/CharInfo.h"

namespace clang::tidy::concord {

namespace {

const ValueDecl *calledDecl(const Expr *E) {
  E = E ? E->IgnoreParenCasts() : nullptr;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    return calledDecl(Unary->getSubExpr());
  if (const auto *Subscript = dyn_cast_or_null<ArraySubscriptExpr>(E))
    return calledDecl(Subscript->getBase());
  if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(E))
    return Operator->getNumArgs() ? calledDecl(Operator->getArg(0)) : nullptr;
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E))
    return Reference->getDecl();
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    return Member->getMemberDecl();
  return nullptr;
}

UnknownCall make(UnknownCall::Kind What, const Expr *Site, const Expr *Called) {
  UnknownCall Call;
  Call.What = What;
  Call.Site = Site;
  Call.Callee = calledDecl(Called);
  Call.Path = AccessPath::of(Called);
  return Call;
}

/// A class template over a signature, with a call operator: std::function,
/// boost::signals2::signal, and what others call theirs.
bool isTypeErased(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Record);
  if (!Special || Special->getTemplateArgs().size() == 0)
    return false;
  const TemplateArgument &First = Special->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type &&
         First.getAsType()->isFunctionType();
}

/// A local that is initialised with a lambda and never another callable.
bool isVisibleLambda(const ValueDecl *Callee) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Callee);
  if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->hasLocalStorage() ||
      !Variable->getInit())
    return false;
  llvm::SmallVector<const Stmt *, 8> Work{Variable->getInit()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (isa<LambdaExpr>(S))
      return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

bool isTemplateParameterType(QualType Type) {
  return isa<TemplateTypeParmType, AutoType>(
      Type.getNonReferenceType().getTypePtr());
}

/// The parameter of the template that \p Parameter was instantiated from has a
/// type that the caller chooses.
bool isDeducedCallable(const ParmVarDecl *Parameter) {
  const auto *Owner =
      dyn_cast_or_null<FunctionDecl>(Parameter->getDeclContext());
  const FunctionDecl *Pattern =
      Owner ? Owner->getTemplateInstantiationPattern() : nullptr;
  unsigned Index = Parameter->getFunctionScopeIndex();
  if (!Pattern || Index >= Pattern->getNumParams())
    return false;
  return isTemplateParameterType(Pattern->getParamDecl(Index)->getType());
}

std::optional<UnknownCall> ofCallOperator(const CXXOperatorCallExpr &Call) {
  const Expr *Object = Call.getArg(0);
  if (isTypeErased(Object->getType().getNonReferenceType())) {
    if (isVisibleLambda(calledDecl(Object)))
      return std::nullopt;
    return make(UnknownCall::FunctionObject, &Call, Object);
  }
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(calledDecl(Object));
  if (Parameter && isDeducedCallable(Parameter))
    return make(UnknownCall::Functor, &Call, Object);
  return std::nullopt;
}

/// `emit changed();`: the marker is a macro that expands to nothing, so only
/// the text before the call has it.
bool hasSignalMarker(const UnitFacts &Facts, const Expr &Call) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  SourceLocation Begin = Call.getBeginLoc();
  if (Begin.isMacroID())
    return false;
  auto [File, Offset] = Sources.getDecomposedLoc(Begin);
  bool Invalid = false;
  StringRef Before = Sources.getBufferData(File, &Invalid).substr(0, Offset);
  if (Invalid)
    return false;
  Before = Before.rtrim();
  size_t Length = 0;
  while (Length < Before.size() &&
         isAsciiIdentifierContinue(Before[Before.size() - Length - 1]))
    ++Length;
  return Facts.vocabulary().isSignalMarker(Before.take_back(Length));
}

/// A variable or field held by value has exactly its declared type.
bool isExactType(const Expr &Object, const MemberExpr &Member) {
  if (Member.isArrow())
    return false;
  const Expr *E = Object.IgnoreParenImpCasts();
  if (!isa<DeclRefExpr, MemberExpr>(E))
    return false;
  const ValueDecl *Declared = calledDecl(E);
  return Declared && !Declared->getType()->isReferenceType();
}

std::optional<UnknownCall> ofMemberCall(const UnitFacts &Facts,
                                        const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  if (!Method) {
    // `(object->*pointer)()`
    const auto *Binary =
        dyn_cast<BinaryOperator>(Call.getCallee()->IgnoreParenImpCasts());
    return Binary && Binary->isPtrMemOp()
               ? std::optional(
                     make(UnknownCall::Pointer, &Call, Binary->getRHS()))
               : std::nullopt;
  }
  if (hasSignalMarker(Facts, Call)) {
    UnknownCall Signal = make(UnknownCall::Signal, &Call, nullptr);
    Signal.Callee = Method;
    return Signal;
  }
  const auto *Member =
      dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParenImpCasts());
  if (!Method->isVirtual() || !Member || Member->hasQualifier() ||
      Method->hasAttr<FinalAttr>() || Method->getParent()->isEffectivelyFinal())
    return std::nullopt;
  const Expr *Object = Call.getImplicitObjectArgument();
  if (!Object || isExactType(*Object, *Member))
    return std::nullopt;
  const SourceManager &Sources = Facts.context().getSourceManager();
  if (Sources.isInSystemHeader(Method->getCanonicalDecl()->getLocation()))
    return std::nullopt;
  UnknownCall Virtual = make(UnknownCall::Virtual, &Call, Object);
  Virtual.Callee = Method;
  Virtual.OnThis = isa<CXXThisExpr>(Object->IgnoreParenImpCasts());
  return Virtual;
}

/// `std::invoke`, which runs its first argument.
bool isInvoke(const FunctionDecl *Callee) {
  return Callee && Callee->isInStdNamespace() &&
         Callee->getDeclName().isIdentifier() &&
         (Callee->getName() == "invoke" || Callee->getName() == "invoke_r");
}

std::optional<UnknownCall> ofInvoke(const CallExpr &Call) {
  const Expr *Run = Call.getArg(0)->IgnoreParenImpCasts();
  const ValueDecl *Called = calledDecl(Run);
  if (!isa_and_nonnull<VarDecl, FieldDecl>(Called) || isVisibleLambda(Called))
    return std::nullopt;
  QualType Type = Run->getType().getNonReferenceType();
  if (isTypeErased(Type))
    return make(UnknownCall::FunctionObject, &Call, Run);
  if (Type->isFunctionPointerType())
    return make(UnknownCall::Pointer, &Call, Run);
  const auto *Parameter = dyn_cast<ParmVarDecl>(Called);
  return Parameter && isDeducedCallable(Parameter)
             ? std::optional(make(UnknownCall::Functor, &Call, Run))
             : std::nullopt;
}

} // namespace

std::optional<UnknownCall> unknownCallAt(const UnitFacts &Facts,
                                         const FunctionInfo &, const Expr *E) {
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  if (!Call)
    return std::nullopt;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
    return Operator->getOperator() == OO_Call && Operator->getNumArgs() > 0
               ? ofCallOperator(*Operator)
               : std::nullopt;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return ofMemberCall(Facts, *Member);
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  if (isInvoke(Call->getDirectCallee()) && Call->getNumArgs() > 0)
    return ofInvoke(*Call);
  if (Call->getDirectCallee())
    return hasSignalMarker(Facts, *Call)
               ? std::optional(make(UnknownCall::Signal, Call, Callee))
               : std::nullopt;
  const ValueDecl *Called = calledDecl(Callee);
  if (!isa_and_nonnull<VarDecl, FieldDecl>(Called))
    return std::nullopt;
  if (Callee->getType()->isFunctionPointerType() ||
      Callee->getType()->isFunctionType()) {
    if (isVisibleLambda(Called))
      return std::nullopt;
    return make(UnknownCall::Pointer, Call, Callee);
  }
  // In a template: `callback(x)` with a deduced parameter.
  const auto *Parameter = dyn_cast<ParmVarDecl>(Called);
  if (Parameter && isTemplateParameterType(Parameter->getType()))
    return make(UnknownCall::Functor, Call, Callee);
  return std::nullopt;
}

} // namespace clang::tidy::concord
