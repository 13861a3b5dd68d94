//===--- HandleKey.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleKey.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::concord {

namespace {

/// Aliases of aliases may be circular in broken code.
constexpr unsigned MaxDepth = 16;

bool isHandle(const TypeFact *Fact) {
  return Fact && (Fact->is(Role::Thread) || Fact->is(Role::Future));
}

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// The only expression that a function returns, if it does nothing else.
const Expr *onlyReturned(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition) || isSystem(Definition))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

HandleKey keyOf(const Vocabulary &Words, const Expr *E, unsigned Depth);

HandleKey element(HandleKey Key) {
  Key.Element = true;
  return Key;
}

/// An array, which the pointer that it initialises walks over.
bool isArray(const Expr *E) {
  return E && !E->getType().isNull() && E->getType()->isArrayType();
}

bool isAliasAt(const Vocabulary &Words, const VarDecl *Variable,
               unsigned Depth) {
  QualType Type = Variable->getType();
  if (!Variable->hasInit() || isa<ParmVarDecl>(Variable) || Type.isNull() ||
      Type->isDependentType() || Depth > MaxDepth)
    return false;
  if (Type->isReferenceType())
    return true;
  const Expr *Init = stripToCore(Variable->getInit());
  if (Type->isPointerType()) {
    if (isArray(Init))
      return true;
    if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(Init);
        Unary && Unary->getOpcode() == UO_AddrOf)
      return true;
    // A pointer out of a container.
    return isa_and_nonnull<CXXMemberCallExpr, CXXOperatorCallExpr,
                           ArraySubscriptExpr, UnaryOperator, BinaryOperator>(
               Init) &&
           bool(keyOf(Words, Init, Depth + 1));
  }
  // An iterator: a class that holds no handle itself but comes from an
  // accessor of something.
  if (!Type->isRecordType() || holderType(Words, Type))
    return false;
  const auto *Call = dyn_cast_or_null<CallExpr>(Init);
  return Call && !isa<CXXOperatorCallExpr>(Call) &&
         bool(keyOf(Words, Init, Depth + 1));
}

HandleKey keyOfVariable(const Vocabulary &Words, const ValueDecl *D,
                        unsigned Depth) {
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    const auto *Whole = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    if (!Whole)
      return {};
    return element(keyOfVariable(Words, Whole, Depth + 1));
  }
  const auto *Variable = dyn_cast<VarDecl>(D);
  if (!Variable)
    return {};
  if (isAliasAt(Words, Variable, Depth))
    if (HandleKey Target = keyOf(Words, Variable->getInit(), Depth + 1)) {
      bool Walks = Variable->getType()->isPointerType() &&
                   isArray(stripToCore(Variable->getInit()));
      return Walks ? element(Target) : Target;
    }
  return HandleKey::of(Variable);
}

/// Gives the one object that a smart pointer or optional holds.
bool isDereference(const CXXMethodDecl &Method) {
  return Method.getDeclName().isIdentifier() &&
         (Method.getName() == "get" || Method.getName() == "value" ||
          Method.getName() == "lock");
}

HandleKey keyOfMemberCall(const Vocabulary &Words,
                          const CXXMemberCallExpr &Call, unsigned Depth) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  const Expr *Object = Call.getImplicitObjectArgument();
  if (!Method || !Object)
    return {};
  if (const Expr *Returned =
          Method->isVirtual() ? nullptr : onlyReturned(Method)) {
    HandleKey Base = keyOf(Words, Object, Depth + 1);
    HandleKey Inner = keyOf(Words, Returned, Depth + 1);
    if (Base.IsThis || !Inner || !isa<FieldDecl>(Inner.Root))
      return Inner;
    return Base ? Base.field(Inner.Last ? Inner.Last : Inner.Root)
                : HandleKey();
  }
  if (!isElementAccess(Method))
    return {};
  // `future.get()` gives the result, not the future.
  if (isHandle(Words.type(Object->getType())))
    return {};
  HandleKey Holder = keyOf(Words, Object, Depth + 1);
  return isDereference(*Method) ? Holder : element(Holder);
}

HandleKey keyOfCall(const Vocabulary &Words, const CallExpr &Call,
                    unsigned Depth) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
    return keyOfMemberCall(Words, *Member, Depth);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    switch (Operator->getOperator()) {
    case OO_Star:
    case OO_Arrow:
      return keyOf(Words, Call.getArg(0), Depth + 1);
    case OO_Subscript:
    case OO_Plus:
    case OO_Minus:
    case OO_PlusPlus:
    case OO_MinusMinus:
      return element(keyOf(Words, Call.getArg(0), Depth + 1));
    case OO_Equal:
      return keyOf(Words, Call.getArg(0), Depth + 1);
    default:
      return {};
    }
  }
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee)
    return {};
  return leadsToArgument(Words, Call) ? keyOf(Words, Call.getArg(0), Depth + 1)
                                      : HandleKey();
}

HandleKey keyOfMember(const Vocabulary &Words, const MemberExpr &Member,
                      unsigned Depth) {
  const ValueDecl *D = Member.getMemberDecl();
  if (isa<VarDecl>(D))
    return keyOfVariable(Words, D, Depth + 1);
  if (!isa<FieldDecl>(D))
    return {};
  HandleKey Base = keyOf(Words, Member.getBase(), Depth + 1);
  if (Base.IsThis)
    return HandleKey::of(D);
  return Base ? Base.field(D) : HandleKey();
}

HandleKey keyOf(const Vocabulary &Words, const Expr *E, unsigned Depth) {
  E = stripToCore(E);
  if (!E || Depth > MaxDepth)
    return {};
  if (isa<CXXThisExpr>(E)) {
    HandleKey This;
    This.IsThis = true;
    return This;
  }
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
    return keyOfVariable(Words, Reference->getDecl(), Depth);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return keyOfMember(Words, *Member, Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref || Unary->getOpcode() == UO_AddrOf ||
        Unary->isIncrementDecrementOp())
      return keyOf(Words, Unary->getSubExpr(), Depth + 1);
    return {};
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->isAdditiveOp() && Binary->getType()->isPointerType())
      return element(keyOf(Words, Binary->getLHS(), Depth + 1));
    return {};
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return element(keyOf(Words, Subscript->getBase(), Depth + 1));
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return keyOfCall(Words, *Call, Depth);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() != 1 || !Construct->getConstructor() ||
        !Construct->getConstructor()->isCopyOrMoveConstructor())
      return {};
    return keyOf(Words, Construct->getArg(0), Depth + 1);
  }
  return {};
}

} // namespace

const Expr *stripToCore(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
      E = Default->getExpr();
    if (E == Before)
      return E;
  }
  return E;
}

bool leadsToArgument(const Vocabulary &Words, const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || isa<CXXMethodDecl>(Callee) || Call.getNumArgs() == 0 ||
      !isSystem(Callee) || Callee->isExternC())
    return false;
  // `std::async(f)` has one argument, too.
  QualType Result = Callee->getReturnType();
  if (!Result->isReferenceType() && isHandle(Words.type(Result)))
    return false;
  if (Call.getNumArgs() == 1)
    return !Result->isVoidType();
  return Result.getNonReferenceType().getCanonicalType() ==
         Call.getArg(0)->getType().getCanonicalType();
}

HandleKey HandleKey::of(const ValueDecl *Variable) {
  HandleKey Key;
  Key.Root = cast<ValueDecl>(Variable->getCanonicalDecl());
  return Key;
}

HandleKey HandleKey::field(const ValueDecl *Field) const {
  HandleKey Key = *this;
  Key.Last = cast<ValueDecl>(Field->getCanonicalDecl());
  return Key;
}

bool isElementAccess(const CXXMethodDecl *Method) {
  switch (Method->getOverloadedOperator()) {
  case OO_Star:
  case OO_Arrow:
  case OO_Subscript:
    return true;
  case OO_None:
    break;
  default:
    return false;
  }
  if (!Method->getDeclName().isIdentifier())
    return false;
  static constexpr llvm::StringLiteral Names[] = {
      "begin",        "end",           "cbegin", "cend", "rbegin",
      "rend",         "front",         "back",   "top",  "at",
      "data",         "find",          "first",  "last", "constFirst",
      "constLast",    "emplace",       "insert", "get",  "value",
      "emplace_back", "emplace_front", "lock"};
  return llvm::is_contained(Names, Method->getName());
}

HolderType holderType(const Vocabulary &Words, QualType Type) {
  HolderType Holder;
  if (Type.isNull() || Type->isDependentType())
    return Holder;
  Type = Type.getNonReferenceType();
  auto Try = [&](const TypeFact *Fact, HandleShape Shape) {
    if (!Holder && isHandle(Fact))
      Holder = {Fact, Shape};
  };
  Try(Words.type(Type), HandleShape::Plain);
  if (Type->isPointerType()) {
    Try(Words.type(Type->getPointeeType()), HandleShape::Pointer);
    return Holder;
  }
  if (const auto *Array = Type->getAsArrayTypeUnsafe()) {
    Try(Words.pointee(Array->getElementType(), true), HandleShape::Container);
    Try(Words.type(Array->getElementType()), HandleShape::Container);
    return Holder;
  }
  if (!Type->isRecordType())
    return Holder;
  Try(Words.pointee(Type), HandleShape::Owner);
  Try(Words.pointee(Type, /*ThroughContainers=*/true), HandleShape::Container);
  return Holder;
}

HandleKey handleKeyOf(const Vocabulary &Words, const Expr *E) {
  return keyOf(Words, E, 0);
}

bool hasOwnDeleter(QualType Type) {
  const auto *Pointer = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.isNull() ? nullptr : Type->getAsCXXRecordDecl());
  if (!Pointer || Pointer->getTemplateArgs().size() < 2 ||
      Pointer->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return false;
  QualType Deleter = Pointer->getTemplateArgs()[1].getAsType();
  const CXXRecordDecl *Record = Deleter->getAsCXXRecordDecl();
  return Record ? !isSystem(Record) : Deleter->isFunctionPointerType();
}

bool isHandleAlias(const Vocabulary &Words, const VarDecl *Variable) {
  return isAliasAt(Words, Variable, 0);
}

} // namespace clang::tidy::concord
