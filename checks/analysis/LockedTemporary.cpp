//===--- LockedTemporary.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockedTemporary.h"

namespace clang::tidy::concord {

static bool carriesLock(const Vocabulary &Words, QualType Type,
                        unsigned Depth) {
  if (Type.isNull() || Type->isDependentType())
    return false;
  if (Words.is(Type, Role::Guard))
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Depth == 0)
    return false;
  for (const FieldDecl *Field : Record->fields())
    if (carriesLock(Words, Field->getType(), Depth - 1))
      return true;
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (carriesLock(Words, Base.getType(), Depth - 1))
      return true;
  return false;
}

bool carriesLock(const Vocabulary &Words, QualType Type) {
  return carriesLock(Words, Type, 2);
}

/// \p E without parentheses, casts and cleanups; temporaries stay.
static const Expr *withoutCasts(const Expr *E) {
  while (true) {
    if (const auto *Paren = dyn_cast<ParenExpr>(E))
      E = Paren->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else
      return E;
  }
}

/// The object that the reference or pointer \p E is reached through, or null.
static const Expr *reachedThrough(const Expr *E) {
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getBase();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf
               ? Unary->getSubExpr()
               : nullptr;
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return Subscript->getBase();
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !(Callee->getReturnType()->isReferenceType() ||
                   Callee->getReturnType()->isPointerType()))
    return nullptr;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    switch (Operator->getOperator()) {
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
      return Operator->getArg(0);
    default:
      return nullptr;
    }
  }
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  return Member ? Member->getImplicitObjectArgument() : nullptr;
}

const Expr *lockedTemporaryBehind(const Vocabulary &Words, const Expr *E) {
  for (bool Outermost = true; E; Outermost = false) {
    E = withoutCasts(E);
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E)) {
      bool Locks = !Outermost && carriesLock(Words, Temporary->getType());
      return Locks ? Temporary : nullptr;
    }
    // What the vocabulary knows of a guard (its mutex) is not what it guards.
    if (Words.call(E).does() == Operation::GuardMutex)
      return nullptr;
    E = reachedThrough(E);
  }
  return nullptr;
}

} // namespace clang::tidy::concord
