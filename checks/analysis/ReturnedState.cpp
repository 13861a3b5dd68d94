//===--- ReturnedState.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ReturnedState.h"
#include "clang/AST/ASTContext.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 16;

bool hasMember(const CXXRecordDecl &Record, DeclarationName Name) {
  if (!Record.lookup(Name).empty())
    return true;
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
    B = B ? B->getDefinition() : nullptr;
    return B && hasMember(*B, Name);
  });
}

bool hasMember(const CXXRecordDecl &Record, StringRef Name) {
  return hasMember(Record, &Record.getASTContext().Idents.get(Name));
}

bool hasOperator(const CXXRecordDecl &Record, OverloadedOperatorKind Op) {
  return hasMember(
      Record, Record.getASTContext().DeclarationNames.getCXXOperatorName(Op));
}

const CXXRecordDecl *definitionOf(QualType Type) {
  const CXXRecordDecl *Record =
      Type.isNull() ? nullptr
                    : Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Record ? Record->getDefinition() : nullptr;
}

/// Owns an object elsewhere: what it leads to is not stored in the pointer.
bool isOwningPointer(QualType Type) {
  const CXXRecordDecl *Record = definitionOf(Type);
  return Record && hasOperator(*Record, OO_Arrow) &&
         !hasOperator(*Record, OO_PlusPlus) && hasMember(*Record, "get");
}

bool isNodeContainer(QualType Type) {
  const CXXRecordDecl *Record = definitionOf(Type);
  return Record &&
         (hasMember(*Record, "node_type") ||
          (hasMember(*Record, "splice") && hasMember(*Record, "push_front")));
}

class Tracer {
public:
  ReturnedState trace(const Expr *E) {
    if (!E || ++Steps > MaxDepth)
      return {};
    E = strip(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return ofMember(*Member);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return ofVariable(Ref->getDecl());
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      return ofOperator(*Operator);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      return ofCall(*Call);
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return Unary->getOpcode() == UO_AddrOf ? trace(Unary->getSubExpr())
                                             : ReturnedState();
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      const Expr *Base = Subscript->getBase()->IgnoreImpCasts();
      return Base->getType()->isArrayType() ? element(trace(Base))
                                            : ReturnedState();
    }
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      ReturnedState First = trace(Choice->getTrueExpr());
      return First ? First : trace(Choice->getFalseExpr());
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      return Construct->getNumArgs() >= 1 ? trace(Construct->getArg(0))
                                          : ReturnedState();
    return {};
  }

private:
  static const Expr *strip(const Expr *E) {
    for (const Expr *Before = nullptr; E != Before;) {
      Before = E;
      E = E->IgnoreParenCasts();
      if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
        E = Cleanups->getSubExpr();
      else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
        E = Temporary->getSubExpr();
      else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
        E = Bound->getSubExpr();
    }
    return E;
  }

  ReturnedState element(ReturnedState State) {
    State.Element = State.Field != nullptr;
    return State;
  }

  ReturnedState ofMember(const MemberExpr &Member) {
    const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
    if (!Field)
      return {};
    const Expr *Base = strip(Member.getBase());
    if (isa<CXXThisExpr>(Base)) {
      ReturnedState State;
      State.Field = Field;
      State.Stable = isNodeContainer(Field->getType());
      // A reference member leads elsewhere.
      return Field->getType()->isReferenceType() ? ReturnedState() : State;
    }
    // `it->second` of an iterator class is an operator call; a plain pointer
    // leads elsewhere.
    if (Member.isArrow() && !isa<CXXOperatorCallExpr>(Base))
      return {};
    return trace(Base);
  }

  ReturnedState ofVariable(const ValueDecl *D) {
    if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
      const auto *Whole = dyn_cast<VarDecl>(Binding->getDecomposedDecl());
      return Whole && Whole->getType()->isReferenceType()
                 ? trace(Whole->getInit())
                 : ReturnedState();
    }
    const auto *Variable = dyn_cast<VarDecl>(D);
    if (!Variable || !Variable->isLocalVarDecl() || !Variable->hasInit())
      return {};
    switch (resultKind(Variable->getType())) {
    case ResultKind::Value: {
      // The result of an insertion: an iterator and whether it is new.
      const CXXRecordDecl *Record = definitionOf(Variable->getType());
      return Record && hasMember(*Record, "first") &&
                     hasMember(*Record, "second")
                 ? trace(Variable->getInit())
                 : ReturnedState();
    }
    case ResultKind::Pointer:
      return pointer(Variable->getInit());
    default:
      return trace(Variable->getInit());
    }
  }

  ReturnedState pointer(const Expr *E) {
    const Expr *Pointer = strip(E);
    // A pointer that is copied leads to another object.
    if (isa<MemberExpr, DeclRefExpr>(Pointer) &&
        Pointer->getType()->isPointerType())
      return {};
    return trace(E);
  }

  ReturnedState ofOperator(const CXXOperatorCallExpr &Call) {
    switch (Call.getOperator()) {
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
      return isOwningPointer(Call.getArg(0)->getType())
                 ? ReturnedState()
                 : element(trace(Call.getArg(0)));
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_Plus:
    case OO_Minus:
      return trace(Call.getArg(0));
    default:
      return {};
    }
  }

  ReturnedState ofCall(const CXXMemberCallExpr &Call) {
    const Expr *Object = Call.getImplicitObjectArgument();
    // The enclosing object's own methods, and other objects.
    if (!Object || isa<CXXThisExpr>(strip(Object)) ||
        isOwningPointer(Object->getType()) ||
        Object->getType()->isPointerType())
      return {};
    const CXXRecordDecl *Record = definitionOf(Object->getType());
    // Only containers, strings and the like are known to give out what they
    // hold; an optional is one with a value.
    bool Holds = Record && (hasMember(*Record, "value_type") ||
                            hasMember(*Record, "begin"));
    bool Pairs = isa<CXXConversionDecl>(Call.getMethodDecl());
    return Holds || Pairs ? element(trace(Object)) : ReturnedState();
  }

  unsigned Steps = 0;
};

bool isPointing(const CXXRecordDecl &Record, unsigned Depth) {
  for (const FieldDecl *Field : Record.fields()) {
    QualType Type = Field->getType();
    if (Type->isPointerType() || Type->isReferenceType())
      return true;
    const CXXRecordDecl *Inner = definitionOf(Type);
    if (Inner && Depth > 0 && isPointing(*Inner, Depth - 1))
      return true;
  }
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) {
    const CXXRecordDecl *B = definitionOf(Base.getType());
    return B && Depth > 0 && isPointing(*B, Depth - 1);
  });
}

} // namespace

ResultKind resultKind(QualType Type) {
  if (Type.isNull() || Type->isDependentType())
    return ResultKind::Value;
  if (Type->isReferenceType())
    return Type.getNonReferenceType()->isFunctionType() ? ResultKind::Value
                                                        : ResultKind::Reference;
  if (Type->isPointerType())
    return Type->getPointeeType()->isFunctionType() ? ResultKind::Value
                                                    : ResultKind::Pointer;
  const CXXRecordDecl *Record = definitionOf(Type);
  if (!Record || !isPointing(*Record, 2))
    return ResultKind::Value;
  if (hasOperator(*Record, OO_Star) && hasOperator(*Record, OO_PlusPlus))
    return ResultKind::Iterator;
  bool Views = hasMember(*Record, "data") && hasMember(*Record, "size") &&
               Record->hasTrivialDestructor();
  return Views ? ResultKind::View : ResultKind::Value;
}

ReturnedState returnedState(const Expr *Result, ResultKind Kind) {
  if (!Result || Kind == ResultKind::Value)
    return {};
  const Expr *Plain = Result->IgnoreParenCasts();
  // A copy of a pointer, an iterator or a view that is itself a member.
  if (Kind != ResultKind::Reference) {
    if (const auto *Copy =
            dyn_cast<CXXConstructExpr>(Result->IgnoreParenImpCasts());
        Copy && Copy->getConstructor()->isCopyOrMoveConstructor() &&
        Copy->getNumArgs() >= 1)
      Plain = Copy->getArg(0)->IgnoreParenCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(Plain))
      if (!Member->getType()->isArrayType() &&
          resultKind(Member->getType()) == Kind)
        return {};
  }
  return Tracer().trace(Plain);
}

bool synchronizesItself(const Vocabulary &Words, QualType Type) {
  Type = Type.getNonReferenceType();
  if (Words.type(Type))
    return true;
  const CXXRecordDecl *Record = definitionOf(Type);
  if (!Record)
    return false;
  for (const FieldDecl *Field : Record->fields())
    if (Words.is(Field->getType(), Role::Mutex) ||
        Words.is(Field->getType(), Role::Atomic))
      return true;
  return llvm::any_of(Record->bases(), [&](const CXXBaseSpecifier &Base) {
    return synchronizesItself(Words, Base.getType());
  });
}

} // namespace clang::tidy::concord
