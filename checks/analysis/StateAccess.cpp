//===--- StateAccess.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

/// True if the class of \p Method has a const overload of it: the method only
/// leads to an element, and what becomes of that is another matter.
bool isAccessor(const CXXMethodDecl &Method) {
  for (const NamedDecl *Other :
       Method.getParent()->lookup(Method.getDeclName())) {
    if (const auto *Shadow = dyn_cast<UsingShadowDecl>(Other))
      Other = Shadow->getTargetDecl();
    const auto *F = dyn_cast_or_null<CXXMethodDecl>(Other->getAsFunction());
    if (F && F->isConst() && F->getNumParams() == Method.getNumParams())
      return true;
  }
  return false;
}

bool leadsOn(QualType Result) {
  return Result->isReferenceType() &&
         !Result.getNonReferenceType().isConstQualified();
}

/// `std::swap`, `std::exchange`: changes what it is given.
bool isExchange(const FunctionDecl &Callee) {
  return Callee.isInStdNamespace() && Callee.getDeclName().isIdentifier() &&
         (Callee.getName() == "swap" || Callee.getName() == "exchange");
}

/// Follows one expression upward until it is clear what becomes of it.
class Follower {
public:
  Follower(const UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  StateAccess::Kind follow(const Expr *E) {
    const Stmt *Child = E;
    for (const Stmt *Up = Facts.parent(Function, E); Up;
         Child = Up, Up = Facts.parent(Function, Up)) {
      if (std::optional<StateAccess::Kind> Known = decide(*Up, Child))
        return *Known;
    }
    return StateAccess::Read;
  }

  const Expr *Operation = nullptr;
  const Expr *Value = nullptr;

private:
  bool Decayed = false;
  using Answer = std::optional<StateAccess::Kind>;

  /// What \p Parent does with \p Child; nothing if that depends on what is
  /// further up.
  Answer decide(const Stmt &Parent, const Stmt *Child) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(&Parent))
      return ofDeclaration(*Declaration, Child);
    const auto *E = dyn_cast<Expr>(&Parent);
    if (!E)
      return isa<ReturnStmt>(Parent) ? ofReturn() : StateAccess::Read;
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      if (Cast->getCastKind() == CK_LValueToRValue)
        return StateAccess::Read;
      // A const view of the object: only read.
      if (Cast->isGLValue() && Cast->getType().isConstQualified())
        return StateAccess::Read;
      if (Cast->getCastKind() == CK_ToVoid)
        return StateAccess::Read;
      Decayed |= Cast->getCastKind() == CK_ArrayToPointerDecay;
      return std::nullopt;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return ofUnary(*Unary);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E))
      return ofBinary(*Binary, Child);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return ofMember(*Member);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      return ofOperator(*Operator, Child);
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return ofCall(*Call, Child);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      return ofArgument(
          Construct->getConstructor(),
          llvm::ArrayRef(Construct->getArgs(), Construct->getNumArgs()), Child,
          *Construct);
    if (isa<ParenExpr, ArraySubscriptExpr, ConditionalOperator,
            ExprWithCleanups, MaterializeTemporaryExpr>(E))
      return std::nullopt;
    return StateAccess::Read;
  }

  Answer ofReturn() const {
    bool ByReference =
        Function.Function && leadsOn(Function.Function->getReturnType());
    return ByReference ? StateAccess::Alias : StateAccess::Read;
  }

  static Answer ofDeclaration(const DeclStmt &Declaration, const Stmt *Child) {
    for (const Decl *D : Declaration.decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        if (Variable->getInit() == Child && !Variable->isImplicit())
          return leadsOn(Variable->getType()) ? StateAccess::Alias
                                              : StateAccess::Read;
    return StateAccess::Read;
  }

  Answer ofUnary(const UnaryOperator &Unary) {
    if (Unary.isIncrementDecrementOp()) {
      Operation = &Unary;
      return StateAccess::Modify;
    }
    if (Unary.getOpcode() == UO_AddrOf)
      return StateAccess::Alias;
    return Unary.getOpcode() == UO_Deref ? Answer(StateAccess::Read)
                                         : std::nullopt;
  }

  Answer ofBinary(const BinaryOperator &Binary, const Stmt *Child) {
    if (Binary.isAssignmentOp() && Binary.getLHS() == Child) {
      Operation = &Binary;
      if (Binary.getOpcode() != BO_Assign)
        return StateAccess::Modify;
      Value = Binary.getRHS();
      return StateAccess::Write;
    }
    if (Binary.getOpcode() == BO_Comma && Binary.getRHS() == Child)
      return std::nullopt;
    return StateAccess::Read;
  }

  /// `object.field`: the access to the field is one of its own.
  static Answer ofMember(const MemberExpr &Member) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member.getMemberDecl());
    if (!Method)
      return Member.isArrow() ? Answer(StateAccess::Read) : std::nullopt;
    if (Method->isStatic())
      return StateAccess::Read;
    return std::nullopt;
  }

  Answer ofMethod(const CXXMethodDecl &Method, const CallExpr &Call) {
    if (Method.isConst())
      return StateAccess::Read;
    if (!isAccessor(Method)) {
      Operation = &Call;
      return StateAccess::Modify;
    }
    return leadsOn(Method.getReturnType()) ? std::nullopt
                                           : Answer(StateAccess::Read);
  }

  Answer ofOperator(const CXXOperatorCallExpr &Call, const Stmt *Child) {
    if (Call.getNumArgs() > 0 && Call.getArg(0) == Child) {
      if (Call.isAssignmentOp()) {
        Operation = &Call;
        if (Call.getOperator() != OO_Equal || Call.getNumArgs() != 2)
          return StateAccess::Modify;
        Value = Call.getArg(1);
        return StateAccess::Write;
      }
      if (const auto *Method =
              dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee()))
        return ofMethod(*Method, Call);
    }
    return ofArgument(Call.getDirectCallee(),
                      llvm::ArrayRef(Call.getArgs(), Call.getNumArgs()), Child,
                      Call);
  }

  Answer ofCall(const CallExpr &Call, const Stmt *Child) {
    if (Call.getCallee() == Child) {
      const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
      const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
      return Method ? ofMethod(*Method, Call) : Answer(StateAccess::Read);
    }
    return ofArgument(Call.getDirectCallee(),
                      llvm::ArrayRef(Call.getArgs(), Call.getNumArgs()), Child,
                      Call);
  }

  Answer ofArgument(const FunctionDecl *Callee,
                    llvm::ArrayRef<const Expr *> Arguments, const Stmt *Child,
                    const Expr &Call) {
    if (!Callee)
      return StateAccess::Read;
    unsigned Shift = isa<CXXOperatorCallExpr>(Call) &&
                             isa<CXXMethodDecl>(Callee) &&
                             !cast<CXXMethodDecl>(Callee)->isStatic()
                         ? 1
                         : 0;
    for (unsigned I = 0; I < Arguments.size(); ++I) {
      if (Arguments[I] != Child)
        continue;
      if (I < Shift || I - Shift >= Callee->getNumParams())
        return StateAccess::Read;
      QualType Type = Callee->getParamDecl(I - Shift)->getType();
      if (Decayed && Type->isPointerType() &&
          !Type->getPointeeType().isConstQualified())
        return StateAccess::Alias;
      if (!leadsOn(Type))
        return StateAccess::Read;
      // `std::move(x)` and `std::forward(x)`: what is done with the result.
      if (leadsOn(Callee->getReturnType()) && Callee->getNumParams() == 1 &&
          Type.getNonReferenceType().getUnqualifiedType() ==
              Callee->getReturnType()
                  .getNonReferenceType()
                  .getUnqualifiedType())
        return std::nullopt;
      Operation = &Call;
      return Type->isRValueReferenceType() || isExchange(*Callee)
                 ? StateAccess::Modify
                 : StateAccess::Alias;
    }
    return StateAccess::Read;
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
};

/// True if \p E is the base of a longer path, whose access counts instead.
bool isPartOfPath(const UnitFacts &Facts, const FunctionInfo &Function,
                  const Expr *E) {
  for (const Stmt *Up = Facts.parent(Function, E); Up;
       Up = Facts.parent(Function, Up)) {
    if (const auto *Member = dyn_cast<MemberExpr>(Up))
      return isa<FieldDecl>(Member->getMemberDecl()) && !Member->isArrow();
    if (!isa<ParenExpr, ImplicitCastExpr>(Up))
      return false;
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Up))
      if (Cast->getCastKind() == CK_LValueToRValue)
        return false;
  }
  return false;
}

/// A variable or field that holds a value, not a lock or the like.
bool isState(const Vocabulary &Words, const Expr *E) {
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    D = dyn_cast<VarDecl>(Ref->getDecl());
  else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    D = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!D)
      D = dyn_cast<VarDecl>(Member->getMemberDecl());
  }
  if (!D || D->getType().isNull() || D->getType()->isDependentType())
    return false;
  const TypeFact *Type = Words.type(D->getType().getNonReferenceType());
  return !Type || !Type->Roles || Type->is(Role::Atomic) ||
         Type->is(Role::Helper);
}

bool isUnevaluatedOperand(const Stmt *S) {
  return isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr,
             RequiresExpr>(S);
}

} // namespace

StateAccess::Kind accessKind(const UnitFacts &Facts,
                             const FunctionInfo &Function, const Expr *E,
                             const Expr *&Operation, const Expr *&Value) {
  Follower Up(Facts, Function);
  StateAccess::Kind What = Up.follow(E);
  Operation = Up.Operation ? Up.Operation : E;
  Value = Up.Value;
  return What;
}

bool isSharedPath(const FunctionInfo &Function, const AccessPath &Path) {
  if (Path.empty())
    return false;
  if (const auto *Variable = dyn_cast_or_null<VarDecl>(Path.root()))
    if (Variable->getTSCSpec() != TSCS_unspecified)
      return false;
  if (Path.isThisRooted() || Path.isGlobal())
    return true;
  const auto *Variable = dyn_cast<VarDecl>(Path.root());
  if (!Variable)
    return false;
  if (Variable->getType()->isReferenceType() ||
      Variable->getDeclContext() != Function.Function)
    return true;
  return llvm::any_of(Path.steps(), [](const AccessPath::Step &S) {
    return S.What == AccessPath::Step::Deref;
  });
}

std::vector<StateAccess> accessesOf(const UnitFacts &Facts,
                                    const FunctionInfo &Function) {
  std::vector<StateAccess> Accesses;
  llvm::SmallVector<const Stmt *, 32> Work;
  Work.push_back(Function.Body);
  if (const auto *Constructor =
          dyn_cast_or_null<CXXConstructorDecl>(Function.Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      Work.push_back(Init->getInit());
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isUnevaluatedOperand(S) || isa<LambdaExpr, BlockExpr>(S))
      continue;
    if (isa<DeclRefExpr, MemberExpr>(S)) {
      const auto *E = cast<Expr>(S);
      if (isState(Facts.vocabulary(), E) && !isPartOfPath(Facts, Function, E)) {
        StateAccess Access;
        Access.Site = E;
        Access.Path = AccessPath::of(E);
        if (isSharedPath(Function, Access.Path)) {
          Access.What =
              accessKind(Facts, Function, E, Access.Operation, Access.Value);
          Accesses.push_back(std::move(Access));
        }
      }
    }
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      Work.push_back(Range->getBody());
      Work.push_back(Range->getRangeInit());
      Work.push_back(Range->getInit());
      continue;
    }
    size_t First = Work.size();
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
    std::reverse(Work.begin() + First, Work.end());
  }
  return Accesses;
}

} // namespace clang::tidy::concord
