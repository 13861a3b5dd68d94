//===--- Storage.cpp ------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Storage.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"

namespace clang::tidy::concord {

namespace {

/// References may lead to each other in broken code.
constexpr unsigned MaxDepth = 16;

Storage objectStorage(const Expr *E, unsigned Depth);
Storage pointerStorage(const Expr *E, unsigned Depth);
Storage variableStorage(const ValueDecl *D, unsigned Depth);

/// The argument that a call such as `std::move` passes on, or null.
const Expr *passedOn(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || Call->getNumArgs() != 1)
    return nullptr;
  switch (Callee->getBuiltinID()) {
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIas_const:
    return Call->getArg(0);
  default:
    return nullptr;
  }
}

/// The object whose address \p E takes, or null.
const Expr *addressed(const Expr *E) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf ? Unary->getSubExpr() : nullptr;
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || Call->getNumArgs() != 1)
    return nullptr;
  switch (Callee->getBuiltinID()) {
  case Builtin::BIaddressof:
  case Builtin::BI__addressof:
  case Builtin::BI__builtin_addressof:
    return Call->getArg(0);
  default:
    return nullptr;
  }
}

/// \p E without what wraps the same expression for the language's sake.
const Expr *ignoreTemporaries(const Expr *E) {
  while (true) {
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else
      return E;
  }
}

/// True if the elements of \p Type die with it: containers and arrays do,
/// views, spans, iterators and shared pointers do not.
bool ownsElements(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isArrayType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  ASTContext &Context = Record->getASTContext();
  DeclarationName Arrow = Context.DeclarationNames.getCXXOperatorName(OO_Arrow);
  if (!Record->lookup(Arrow).empty())
    return false;
  return !Record->hasTrivialDestructor() || Record->isAggregate();
}

/// True for member functions of containers that give a reference to an element
/// (\p Pointer: a pointer to the first).
bool givesElement(const CXXMethodDecl &Method, bool Pointer) {
  if (!Method.getDeclName().isIdentifier() || Method.isStatic())
    return false;
  StringRef Name = Method.getName();
  if (Pointer)
    return (Name == "data" || Name == "c_str") &&
           Method.getReturnType()->isPointerType();
  return (Name == "at" || Name == "front" || Name == "back") &&
         Method.getReturnType()->isLValueReferenceType();
}

Storage ownedElement(const Expr *Container, unsigned Depth) {
  if (!ownsElements(Container->getType()))
    return {};
  return objectStorage(Container, Depth + 1);
}

/// Storage of the elements of a range-based loop, given its hidden `__begin`.
Storage rangeStorage(const VarDecl &Begin, unsigned Depth) {
  if (!Begin.isImplicit() || !Begin.getInit())
    return {};
  const Expr *Init = ignoreTransfers(Begin.getInit());
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init)) {
    if (const Expr *Range = Member->getImplicitObjectArgument())
      return ownedElement(Range, Depth);
    return {};
  }
  if (const auto *Call = dyn_cast<CallExpr>(Init))
    return Call->getNumArgs() == 1 ? ownedElement(Call->getArg(0), Depth)
                                   : Storage();
  return ownedElement(Init, Depth);
}

/// Finds assignments to one variable.
class AssignmentFinder : public RecursiveASTVisitor<AssignmentFinder> {
public:
  explicit AssignmentFinder(const VarDecl &Variable) : Variable(Variable) {}
  bool Found = false;

  bool VisitBinaryOperator(const BinaryOperator *Operator) {
    return !Operator->isAssignmentOp() || note(Operator->getLHS());
  }
  bool VisitUnaryOperator(const UnaryOperator *Operator) {
    bool Changes = Operator->isIncrementDecrementOp() ||
                   Operator->getOpcode() == UO_AddrOf;
    return !Changes || note(Operator->getSubExpr());
  }

private:
  bool note(const Expr *E) {
    const auto *Reference = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    Found = Reference && Reference->getDecl() == &Variable;
    return !Found;
  }

  const VarDecl &Variable;
};

bool isAssigned(const VarDecl &Variable) {
  if (Variable.getType().isConstQualified())
    return false;
  const auto *Function = dyn_cast<FunctionDecl>(Variable.getDeclContext());
  if (!Function || !Function->getBody())
    return true;
  AssignmentFinder Finder(Variable);
  Finder.TraverseStmt(Function->getBody());
  return Finder.Found;
}

Storage memberStorage(const MemberExpr &Member, unsigned Depth) {
  const ValueDecl *D = Member.getMemberDecl();
  if (isa<VarDecl>(D))
    return variableStorage(D, Depth + 1);
  if (!isa<FieldDecl>(D) || D->getType()->isReferenceType())
    return {};
  return Member.isArrow() ? pointerStorage(Member.getBase(), Depth + 1)
                          : objectStorage(Member.getBase(), Depth + 1);
}

Storage operatorStorage(const CXXOperatorCallExpr &Call, unsigned Depth) {
  if (Call.getOperator() == OO_Subscript && Call.getNumArgs() == 2)
    return ownedElement(Call.getArg(0), Depth);
  if (Call.getOperator() != OO_Star || Call.getNumArgs() != 1)
    return {};
  const auto *Reference =
      dyn_cast<DeclRefExpr>(Call.getArg(0)->IgnoreParenImpCasts());
  const auto *Begin =
      Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
  return Begin ? rangeStorage(*Begin, Depth + 1) : Storage();
}

Storage dereferenced(const Expr *Pointer, unsigned Depth) {
  const auto *Reference = dyn_cast<DeclRefExpr>(Pointer->IgnoreParenImpCasts());
  if (const auto *Begin =
          Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr)
    if (Begin->isImplicit())
      return rangeStorage(*Begin, Depth + 1);
  return pointerStorage(Pointer, Depth + 1);
}

Storage objectStorage(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth || E->isTypeDependent())
    return {};
  E = ignoreTransfers(E);
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
    return variableStorage(Reference->getDecl(), Depth + 1);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return memberStorage(*Member, Depth);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return pointerStorage(Subscript->getBase(), Depth + 1);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return operatorStorage(*Operator, Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? dereferenced(Unary->getSubExpr(), Depth)
               : Storage();
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (Method && givesElement(*Method, false))
      return ownedElement(Call->getImplicitObjectArgument(), Depth);
  }
  return {};
}

Storage pointerVariable(const VarDecl &Variable, unsigned Depth) {
  if (isa<ParmVarDecl>(Variable) || !Variable.isLocalVarDecl() ||
      !Variable.getInit() || !Variable.getType()->isPointerType() ||
      isAssigned(Variable))
    return {};
  Storage Target = pointerStorage(Variable.getInit(), Depth + 1);
  Target.Through = &Variable;
  return Target;
}

Storage pointerStorage(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth || E->isTypeDependent())
    return {};
  // An array gives away its own address when it decays.
  while (true) {
    E = ignoreTemporaries(E->IgnoreParens());
    const auto *Cast = dyn_cast<CastExpr>(E);
    if (!Cast)
      break;
    switch (Cast->getCastKind()) {
    case CK_ArrayToPointerDecay:
      return objectStorage(Cast->getSubExpr(), Depth + 1);
    case CK_IntegralToPointer:
    case CK_UserDefinedConversion:
      return {};
    default:
      E = Cast->getSubExpr();
    }
  }
  if (isa<CXXThisExpr>(E)) {
    Storage Object;
    Object.Where = Storage::This;
    return Object;
  }
  if (const Expr *Argument = passedOn(E))
    return pointerStorage(Argument, Depth + 1);
  if (const Expr *Object = addressed(E))
    return objectStorage(Object, Depth + 1);
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl());
    return Variable ? pointerVariable(*Variable, Depth) : Storage();
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAdditiveOp() &&
                   Binary->getLHS()->getType()->isPointerType()
               ? pointerStorage(Binary->getLHS(), Depth + 1)
               : Storage();
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (Method && givesElement(*Method, true))
      return ownedElement(Call->getImplicitObjectArgument(), Depth);
  }
  return {};
}

Storage local(const ValueDecl *D) {
  Storage Result;
  Result.Where = Storage::Local;
  Result.Variable = D;
  return Result;
}

/// What a reference variable is bound to.
Storage referent(const VarDecl &Reference, unsigned Depth) {
  if (isa<ParmVarDecl>(Reference) || !Reference.getInit())
    return {};
  const Expr *Init = Reference.getInit();
  const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(
      Init->IgnoreImpCasts()->IgnoreParens()->IgnoreImpCasts());
  if (Temporary && Temporary->getExtendingDecl() &&
      declaresSameEntity(Temporary->getExtendingDecl(), &Reference))
    return local(&Reference);
  Storage Target = objectStorage(Init, Depth + 1);
  if (!Reference.isImplicit())
    Target.Through = &Reference;
  return Target;
}

Storage variableStorage(const ValueDecl *D, unsigned Depth) {
  if (Depth > MaxDepth || D->getType().isNull() ||
      D->getType()->isDependentType())
    return {};
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    const auto *Whole = dyn_cast<VarDecl>(Binding->getDecomposedDecl());
    if (!Whole || Binding->getType()->isReferenceType())
      return {};
    if (!Whole->getType()->isReferenceType())
      return local(D);
    Storage Target = referent(*Whole, Depth + 1);
    if (Target.Variable == Whole)
      return local(D);
    Target.Through = D;
    return Target;
  }
  const auto *Variable = dyn_cast<VarDecl>(D);
  if (!Variable)
    return {};
  if (Variable->hasGlobalStorage()) {
    Storage Result;
    Result.Where = Variable->getTLSKind() == VarDecl::TLS_None
                       ? Storage::Static
                       : Storage::Unknown;
    Result.Variable = D;
    return Result;
  }
  if (Variable->getType()->isReferenceType())
    return referent(*Variable, Depth + 1);
  // A copy in a lambda lives in the lambda, wherever that is.
  if (Variable->isInitCapture())
    return {};
  return local(Variable);
}

} // namespace

Storage storageOf(const Expr *E) { return objectStorage(E, 0); }

Storage pointeeStorage(const Expr *E) { return pointerStorage(E, 0); }

Storage pointeeStorage(const VarDecl *Pointer) {
  return Pointer ? pointerVariable(*Pointer, 0) : Storage();
}

Storage storageOf(const ValueDecl *Variable) {
  return Variable ? variableStorage(Variable, 0) : Storage();
}

const VarDecl *wholeVariable(const ValueDecl *D) {
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(D))
    return dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  return dyn_cast_or_null<VarDecl>(D);
}

const Expr *ignoreTransfers(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = ignoreTemporaries(E->IgnoreParenCasts());
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      const CXXConstructorDecl *Constructor = Construct->getConstructor();
      if (Constructor->isCopyOrMoveConstructor() &&
          Construct->getNumArgs() >= 1)
        E = Construct->getArg(0);
    } else if (const Expr *Argument = passedOn(E)) {
      E = Argument;
    } else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
      E = Default->getExpr();
    }
    if (E == Before)
      break;
  }
  return E;
}

} // namespace clang::tidy::concord
