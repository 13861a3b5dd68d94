//===--- AccessPath.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/AccessPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::concord {

namespace {

/// Getters and references may lead to each other in broken code.
constexpr unsigned MaxDepth = 16;

using Step = AccessPath::Step;

const Expr *strip(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    if (E == Before)
      break;
  }
  return E;
}

/// `std::move(x)` and its like give `x`.
const Expr *forwardedArgument(const CallExpr &Call) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Call.getNumArgs() < 1)
    return nullptr;
  switch (Callee->getBuiltinID()) {
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
  case Builtin::BIforward:
  case Builtin::BIas_const:
    return Call.getArg(0);
  default:
    return nullptr;
  }
}

/// `&x` and `std::addressof(x)` give `x`.
const Expr *addressedObject(const Expr *E) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf ? Unary->getSubExpr() : nullptr;
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || Call->getNumArgs() != 1)
    return nullptr;
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return nullptr;
  unsigned Builtin = Callee->getBuiltinID();
  bool IsAddressOf = Builtin == Builtin::BIaddressof ||
                     Builtin == Builtin::BI__addressof ||
                     Builtin == Builtin::BI__builtin_addressof;
  return IsAddressOf ? Call->getArg(0) : nullptr;
}

/// The expression a function that does nothing else returns.
const Expr *onlyReturned(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

AccessPath pathOf(const Expr *E, unsigned Depth);

AccessPath ofObjectImpl(const Expr *E, unsigned Depth) {
  E = strip(E);
  if (!E)
    return {};
  AccessPath Path = pathOf(E, Depth + 1);
  return E->getType()->isPointerType() ? Path.dereferenced() : Path;
}

AccessPath indexed(const AccessPath &Base, const Expr *Index) {
  Index = strip(Index);
  if (Base.empty() || !Index)
    return {};
  Step S{Step::Index};
  if (const auto *Literal = dyn_cast<IntegerLiteral>(Index)) {
    S.Constant = Literal->getValue().getLimitedValue();
    return Base.with(S);
  }
  const auto *Reference = dyn_cast<DeclRefExpr>(Index);
  if (!Reference)
    return {};
  S.Decl = Reference->getDecl();
  return Base.with(S);
}

AccessPath ofVariableUse(const ValueDecl *D, unsigned Depth) {
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    AccessPath Bound = Binding->getBinding()
                           ? pathOf(Binding->getBinding(), Depth + 1)
                           : AccessPath();
    return Bound ? Bound : AccessPath::ofVariable(D);
  }
  const auto *Variable = dyn_cast<VarDecl>(D);
  if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->hasInit() ||
      Variable->isInitCapture())
    return AccessPath::ofVariable(D);
  QualType Type = Variable->getType();
  if (Type.isNull() || Type->isDependentType())
    return AccessPath::ofVariable(D);
  bool IsAlias = Type->isReferenceType() ||
                 (Type->isPointerType() && Type.isConstQualified() &&
                  Variable->isLocalVarDecl());
  if (!IsAlias)
    return AccessPath::ofVariable(D);
  AccessPath Target = pathOf(Variable->getInit(), Depth + 1);
  // The iterator behind a range variable is not the user's.
  bool Hidden = Target.root() && Target.root()->isImplicit();
  return Target && !Hidden ? Target : AccessPath::ofVariable(D);
}

AccessPath ofMember(const MemberExpr &Member, unsigned Depth) {
  const ValueDecl *D = Member.getMemberDecl();
  if (isa<VarDecl>(D))
    return AccessPath::ofVariable(D);
  if (!isa<FieldDecl>(D))
    return {};
  const Expr *Base = Member.getBase();
  AccessPath Path = Member.isArrow() ? ofObjectImpl(Base, Depth + 1)
                                     : pathOf(Base, Depth + 1);
  if (Path.empty())
    return {};
  // An anonymous struct or union is no step that a reader would see.
  const auto *Record = dyn_cast<RecordDecl>(D->getDeclContext());
  if (D->getDeclName().isEmpty() && Record)
    return Path;
  return Path.field(D);
}

AccessPath ofOperatorCall(const CXXOperatorCallExpr &Call, unsigned Depth) {
  switch (Call.getOperator()) {
  case OO_Star:
  case OO_Arrow:
    if (Call.getNumArgs() == 1)
      return pathOf(Call.getArg(0), Depth + 1).dereferenced();
    return {};
  case OO_Subscript:
    if (Call.getNumArgs() == 2)
      return indexed(pathOf(Call.getArg(0), Depth + 1), Call.getArg(1));
    return {};
  default:
    return {};
  }
}

bool isPointerGetter(const CXXMethodDecl &Method) {
  return Method.getDeclName().isIdentifier() && Method.getName() == "get" &&
         Method.getReturnType()->isPointerType();
}

AccessPath ofMemberCall(const CXXMemberCallExpr &Call, unsigned Depth) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  const Expr *Object = Call.getImplicitObjectArgument();
  if (!Method || !Object)
    return {};
  AccessPath Base = ofObjectImpl(Object, Depth + 1);
  if (Base.empty())
    return {};
  if (Call.getNumArgs() == 1 && Method->getDeclName().isIdentifier() &&
      Method->getName() == "at")
    return indexed(Base, Call.getArg(0));
  if (Call.getNumArgs() != 0 || isa<CXXConversionDecl>(Method))
    return {};
  QualType Result = Method->getReturnType();
  if (isPointerGetter(*Method) && !Method->isVirtual())
    return Base;
  if (!Result->isReferenceType() && !Result->isPointerType())
    return {};
  if (!Method->isVirtual())
    if (const Expr *Returned = onlyReturned(*Method)) {
      AccessPath Outer =
          pathOf(Returned, Depth + 1).translated(Base, [](const ParmVarDecl *) {
            return AccessPath();
          });
      if (Outer)
        return Outer;
    }
  Step S{Step::Call};
  S.Decl = cast<CXXMethodDecl>(Method->getCanonicalDecl());
  return Base.with(S);
}

AccessPath ofCall(const CallExpr &Call, unsigned Depth) {
  if (const Expr *Argument = forwardedArgument(Call))
    return pathOf(Argument, Depth + 1);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
    return ofOperatorCall(*Operator, Depth);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
    return ofMemberCall(*Member, Depth);
  // `instance()`: a function without arguments that gives one object.
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Call.getNumArgs() != 0)
    return {};
  QualType Result = Callee->getReturnType();
  if (!Result->isReferenceType() && !Result->isPointerType())
    return {};
  return AccessPath::ofVariable(Callee);
}

AccessPath pathOf(const Expr *E, unsigned Depth) {
  E = strip(E);
  if (!E || Depth > MaxDepth)
    return {};
  if (isa<CXXThisExpr>(E))
    return AccessPath::ofThis();
  if (const Expr *Object = addressedObject(E))
    return pathOf(Object, Depth + 1).with(Step{Step::Address});
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
    return ofVariableUse(Reference->getDecl(), Depth);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return ofMember(*Member, Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref)
      return ofObjectImpl(Unary->getSubExpr(), Depth + 1);
    return {};
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return indexed(pathOf(Subscript->getBase(), Depth + 1),
                   Subscript->getIdx());
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(*Call, Depth);
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return pathOf(Default->getExpr(), Depth + 1);
  return {};
}

} // namespace

AccessPath AccessPath::of(const Expr *E) { return pathOf(E, 0); }

AccessPath AccessPath::ofObject(const Expr *E) { return ofObjectImpl(E, 0); }

AccessPath AccessPath::ofVariable(const ValueDecl *Variable) {
  AccessPath Path;
  Path.Root = cast<ValueDecl>(Variable->getCanonicalDecl());
  return Path;
}

AccessPath AccessPath::ofThis() {
  AccessPath Path;
  Path.This = true;
  return Path;
}

const ValueDecl *AccessPath::lastDecl() const {
  for (const Step &S : llvm::reverse(Steps))
    if (S.What == Step::Field || S.What == Step::Call)
      return S.Decl;
  return Root;
}

bool AccessPath::isGlobal() const {
  if (const auto *Variable = dyn_cast_or_null<VarDecl>(Root))
    return Variable->hasGlobalStorage();
  return isa_and_nonnull<FunctionDecl>(Root);
}

bool AccessPath::isPlain() const {
  if (Root)
    return Steps.empty();
  return This && Steps.size() == 1 && Steps.front().What == Step::Field;
}

AccessPath AccessPath::field(const ValueDecl *Field) const {
  Step S{Step::Field};
  S.Decl = cast<ValueDecl>(Field->getCanonicalDecl());
  return with(S);
}

AccessPath AccessPath::dereferenced() const {
  if (empty() || (This && Steps.empty()))
    return *this;
  return with(Step{Step::Deref});
}

AccessPath AccessPath::with(Step S) const {
  if (empty() || Steps.size() >= MaxDepth)
    return {};
  AccessPath Path = *this;
  if (S.What == Step::Deref && !Steps.empty() &&
      Steps.back().What == Step::Address)
    Path.Steps.pop_back();
  else
    Path.Steps.push_back(S);
  return Path;
}

bool AccessPath::startsWith(const AccessPath &Prefix) const {
  if (This != Prefix.This || Root != Prefix.Root ||
      Steps.size() < Prefix.Steps.size())
    return false;
  return std::equal(Prefix.Steps.begin(), Prefix.Steps.end(), Steps.begin());
}

AccessPath AccessPath::translated(
    const AccessPath &Object,
    llvm::function_ref<AccessPath(const ParmVarDecl *)> Argument) const {
  if (empty())
    return {};
  AccessPath Path;
  if (This)
    Path = Object;
  else if (const auto *Parameter = dyn_cast<ParmVarDecl>(Root))
    Path = Argument(Parameter);
  else
    Path = ofVariable(Root);
  for (const Step &S : Steps)
    Path = Path.with(S);
  return Path;
}

std::string AccessPath::str() const {
  if (empty())
    return "";
  std::string Text =
      Root ? (isa<FunctionDecl>(Root) ? Root->getNameAsString() + "()"
                                      : Root->getNameAsString())
           : "";
  bool Arrow = false;
  for (const Step &S : Steps) {
    switch (S.What) {
    case Step::Deref:
      Arrow = true;
      continue;
    case Step::Address:
      Text = "&" + Text;
      break;
    case Step::Field:
    case Step::Call:
      if (!Text.empty())
        Text += Arrow ? "->" : ".";
      Text += S.Decl->getNameAsString();
      if (S.What == Step::Call)
        Text += "()";
      break;
    case Step::Index:
      Text += "(";
      Text += S.Decl ? S.Decl->getNameAsString() : std::to_string(S.Constant);
      Text += ")";
      break;
    }
    Arrow = false;
  }
  if (Text.empty())
    return "*this";
  return Arrow && Steps.size() == 1 ? "*" + Text : Text;
}

bool AccessPath::operator<(const AccessPath &O) const {
  if (This != O.This)
    return This < O.This;
  if (Root != O.Root)
    return std::less<>()(Root, O.Root);
  return std::lexicographical_compare(
      Steps.begin(), Steps.end(), O.Steps.begin(), O.Steps.end(),
      [](const Step &A, const Step &B) {
        return std::make_tuple(A.What, A.Decl, A.Constant) <
               std::make_tuple(B.What, B.Decl, B.Constant);
      });
}

} // namespace clang::tidy::concord
