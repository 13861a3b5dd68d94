//===--- ObjectNames.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ObjectNames.h"
#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

ObjectNames::ObjectNames(UnitFacts &Facts, const FunctionInfo &Function,
                         const ValueDecl *Root)
    : Facts(Facts), Function(Function), Root(Root) {
  if (Root)
    Names[Root] = {{}, Root->getType()->isPointerType()};
  for (const VarDecl *V : Function.Variables)
    addAlias(V);
  // Captures with an initialiser are not among the variables.
  if (Function.Lambda)
    for (const LambdaCapture &Capture : Function.Lambda->captures())
      if (Capture.capturesVariable())
        if (const auto *V = dyn_cast<VarDecl>(Capture.getCapturedVar()))
          if (V->isInitCapture())
            addAlias(V);
}

void ObjectNames::addAlias(const VarDecl *V) {
  const Expr *Init = V->getInit();
  if (!Init || V == Root)
    return;
  ObjectPart Part;
  bool Pointer = V->getType()->isPointerType();
  if (Pointer ? pointer(Init, Part)
              : V->getType()->isReferenceType() && object(Init, Part))
    Names[V] = {Part, Pointer};
}

bool ObjectNames::object(const Expr *E, ObjectPart &Part) const {
  E = plain(E);
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E)) {
    auto Found = Names.find(Ref->getDecl());
    if (Found == Names.end() || Found->second.Pointer)
      return false;
    Part = Found->second.Part;
    return true;
  }
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || !(Member->isArrow() ? pointer(Member->getBase(), Part)
                                      : object(Member->getBase(), Part)))
      return false;
    // What a field refers to is another object.
    if (Field->getType()->isReferenceType() || Part.Index)
      return false;
    Part.Fields.push_back(Field->getCanonicalDecl());
    return true;
  }
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref && pointer(Unary->getSubExpr(), Part);
  if (const auto *Subscript = dyn_cast_or_null<ArraySubscriptExpr>(E)) {
    const Expr *Base = plain(Subscript->getBase());
    bool Found = Base->getType()->isPointerType() ? pointer(Base, Part)
                                                  : object(Base, Part);
    if (Found)
      index(Subscript->getIdx(), Part);
    return Found;
  }
  const Expr *Index = nullptr;
  if (const Expr *Container = elementOf(E, Index))
    if (object(Container, Part)) {
      index(Index, Part);
      return true;
    }
  return false;
}

bool ObjectNames::pointer(const Expr *E, ObjectPart &Part) const {
  E = plain(E);
  if (!E)
    return false;
  if (isa<CXXThisExpr>(E))
    return !Root && !Function.Lambda;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    auto Found = Names.find(Ref->getDecl());
    if (Found == Names.end() || !Found->second.Pointer)
      return false;
    Part = Found->second.Part;
    return true;
  }
  const auto *Unary = dyn_cast<UnaryOperator>(E);
  return Unary && Unary->getOpcode() == UO_AddrOf &&
         object(Unary->getSubExpr(), Part);
}

const Expr *ObjectNames::elementOf(const Expr *E, const Expr *&Index) {
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  const auto *Method =
      Call ? dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee()) : nullptr;
  if (!Method || !Call->isGLValue())
    return nullptr;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    if (Operator->getOperator() != OO_Subscript ||
        Operator->getNumArgs() != 2 || !growsNever(*Method))
      return nullptr;
    Index = Operator->getArg(1);
    return Operator->getArg(0);
  }
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  if (!Member || Member->getNumArgs() != 1 || !growsNever(*Method))
    return nullptr;
  Index = Member->getArg(0);
  return Index->getType()->isIntegralOrEnumerationType()
             ? Member->getImplicitObjectArgument()
             : nullptr;
}

bool ObjectNames::growsNever(const CXXMethodDecl &Method) {
  if (Method.isConst())
    return true;
  return llvm::any_of(Method.getParent()->lookup(Method.getDeclName()),
                      [](const NamedDecl *Other) {
                        const auto *F = dyn_cast<CXXMethodDecl>(Other);
                        return F && F->isConst();
                      });
}

void ObjectNames::index(const Expr *E, ObjectPart &Part) const {
  Expr::EvalResult Value;
  if (Part.Index || Part.Element || !E || E->isValueDependent() ||
      !E->EvaluateAsInt(Value, Facts.context()) ||
      Value.Val.getInt().isNegative())
    Part.Element = true;
  else
    Part.Index = Value.Val.getInt().getZExtValue();
}

const Expr *ObjectNames::plain(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    if (E == Before)
      return E;
  }
  return E;
}

} // namespace clang::tidy::concord
