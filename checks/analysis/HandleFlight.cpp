//===--- HandleFlight.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleFlight.h"
#include "analysis/HandleValue.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::concord {

namespace {

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

bool isNamed(const CXXMethodDecl *Method,
             llvm::ArrayRef<llvm::StringLiteral> Names) {
  return Method->getDeclName().isIdentifier() &&
         llvm::is_contained(Names, Method->getName());
}

/// Climbs from one use to the expression that decides.
class Climber {
public:
  Climber(UnitFacts &Facts, const FunctionInfo &Function, const Expr *Use)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function),
        Current(Use) {}

  HandleFlight climb() {
    while (true) {
      const Stmt *Parent = Facts.parent(Function, Current);
      if (!Parent) {
        initializer();
        return Result;
      }
      if (step(Parent))
        return Result;
      Current = Parent;
    }
  }

private:
  HandleFlight end(HandleFlight::Kind What, const Stmt *At,
                   const Expr *Call = nullptr) {
    Result.What = What;
    Result.At = At;
    Result.Call = Call;
    return Result;
  }
  /// Ends the climb.
  bool stop(HandleFlight::Kind What, const Stmt *At,
            const Expr *Call = nullptr) {
    end(What, At, Call);
    return true;
  }
  bool moveTo(HandleKey To, const Stmt *At) {
    Result.To = To;
    return stop(To ? HandleFlight::Move : HandleFlight::Away, At);
  }

  /// The whole initialiser of a member: `worker(std::move(t))`.
  void initializer() {
    const Expr *Value = stripToCore(dyn_cast<Expr>(Current));
    const auto *Constructor =
        dyn_cast_or_null<CXXConstructorDecl>(Function.Function);
    if (Constructor)
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getAnyMember() && stripToCore(Init->getInit()) == Value) {
          moveTo(HandleKey::of(Init->getAnyMember()), Value);
          return;
        }
    stop(HandleFlight::Away, Current);
  }

  /// Looks at \p Parent around `Current`. \returns true if it decides.
  bool step(const Stmt *Parent) {
    if (const auto *Cast = dyn_cast<CastExpr>(Parent))
      return Cast->getCastKind() == CK_ToVoid ||
                     Cast->getCastKind() == CK_PointerToBoolean
                 ? stop(HandleFlight::Look, Parent)
                 : false;
    if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
            InitListExpr, CXXStdInitializerListExpr,
            SubstNonTypeTemplateParmExpr>(Parent))
      return false;
    if (const auto *Member = dyn_cast<MemberExpr>(Parent))
      // A field that is a holder is a use of its own.
      return isa<FieldDecl>(Member->getMemberDecl()) &&
             stop(HandleFlight::Look, Parent);
    if (const auto *Unary = dyn_cast<UnaryOperator>(Parent))
      return unary(*Unary);
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Parent))
      return Subscript->getBase() != Current &&
             stop(HandleFlight::Look, Parent);
    if (const auto *Binary = dyn_cast<BinaryOperator>(Parent))
      return binary(*Binary);
    if (isa<CallExpr, CXXConstructExpr>(Parent))
      return call(*cast<Expr>(Parent));
    if (const auto *New = dyn_cast<CXXNewExpr>(Parent))
      return New->getConstructExpr() != Current &&
             stop(HandleFlight::Away, Parent);
    if (isa<CXXDeleteExpr>(Parent))
      return stop(HandleFlight::Clear, Parent, cast<Expr>(Parent));
    if (const auto *Declaration = dyn_cast<DeclStmt>(Parent))
      return declaration(*Declaration);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Parent))
      return capture(*Lambda);
    if (const auto *Choice = dyn_cast<ConditionalOperator>(Parent))
      return stop(Choice->getCond() == Current ? HandleFlight::Look
                                               : HandleFlight::Away,
                  Parent);
    if (isa<ReturnStmt, CoreturnStmt>(Parent))
      return stop(HandleFlight::Away, Parent);
    if (isa<Expr>(Parent))
      return stop(HandleFlight::Away, Parent);
    return stop(HandleFlight::Dropped, Current);
  }

  bool unary(const UnaryOperator &Unary) {
    switch (Unary.getOpcode()) {
    case UO_AddrOf:
    case UO_Deref:
    case UO_Coawait:
    case UO_Extension:
      return false;
    default:
      return stop(HandleFlight::Look, &Unary);
    }
  }

  bool binary(const BinaryOperator &Binary) {
    if (Binary.getOpcode() == BO_Comma)
      return Binary.getLHS() == Current && stop(HandleFlight::Look, &Binary);
    if (Binary.isAdditiveOp() && Binary.getType()->isPointerType())
      return false;
    if (Binary.getOpcode() != BO_Assign)
      return stop(HandleFlight::Look, &Binary);
    if (Binary.getLHS() == Current)
      return overwritten(Binary.getRHS(), Binary);
    return moveTo(handleKeyOf(Words, Binary.getLHS()), &Binary);
  }

  /// The holder is assigned \p Value.
  bool overwritten(const Expr *Value, const Expr &Assignment) {
    if (isNothing(Value))
      return stop(HandleFlight::Clear, &Assignment, &Assignment);
    // What gives the value says so itself.
    const Expr *Core = stripToCore(Value);
    bool Known = handleKeyOf(Words, Core) || givesHandle(Core);
    return stop(Known ? HandleFlight::Look : HandleFlight::Adopt, &Assignment,
                &Assignment);
  }

  bool givesHandle(const Expr *Core) {
    return isa_and_nonnull<CallExpr, CXXConstructExpr, CXXNewExpr>(Core) &&
           bool(holderType(Words, Core->getType()));
  }

  bool declaration(const DeclStmt &Declaration) {
    for (const Decl *D : Declaration.decls()) {
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable || Variable->getInit() != Current)
        continue;
      if (isHandleAlias(Words, Variable))
        return stop(HandleFlight::Look, &Declaration);
      // A graph splits declarations: their initialisers keep their identity.
      return moveTo(HandleKey::of(Variable), stripToCore(Variable->getInit()));
    }
    return stop(HandleFlight::Away, &Declaration);
  }

  /// Captured by reference, the lambda's own body tells what happens.
  bool capture(const LambdaExpr &Lambda) {
    auto Init = Lambda.capture_init_begin();
    for (const LambdaCapture &Capture : Lambda.captures()) {
      if (*Init++ != Current)
        continue;
      bool Alias =
          Capture.capturesVariable() && (Capture.getCaptureKind() == LCK_ByRef);
      return stop(Alias ? HandleFlight::Look : HandleFlight::Away, &Lambda);
    }
    return stop(HandleFlight::Away, &Lambda);
  }

  bool call(const Expr &Call) {
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
      if (Member->getCallee()->IgnoreParens() == skipParens(Current))
        return object(*Member);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      return operatorCall(*Operator);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Call))
      return construction(*Construct);
    return argument(cast<CallExpr>(Call));
  }

  static const Stmt *skipParens(const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    return E ? E->IgnoreParens() : S;
  }

  /// A member function called on the handle, or on what holds it.
  bool object(const CXXMemberCallExpr &Call) {
    const CXXMethodDecl *Method = Call.getMethodDecl();
    if (!Method)
      return stop(HandleFlight::Away, &Call, &Call);
    KnownCall Known = Facts.call(&Call);
    // What a library declares in a base (`wait` of a future) is done to the
    // handle all the same.
    const Expr *Object = Call.getImplicitObjectArgument();
    while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Object)) {
      if (Cast->getCastKind() != CK_UncheckedDerivedToBase &&
          Cast->getCastKind() != CK_DerivedToBase)
        break;
      Object = Cast->getSubExpr();
    }
    QualType ObjectType = Object->getType();
    if (ObjectType->isPointerType())
      ObjectType = ObjectType->getPointeeType();
    bool OnHandle = Words.type(ObjectType) != nullptr;
    if (OnHandle && Known.does() != Operation::None) {
      Result.Index = -1;
      return stop(HandleFlight::Operation, &Call, &Call);
    }
    if (OnHandle) {
      // get_id and its like; but `share()` gives the task to another handle.
      bool Gives = bool(holderType(Words, Method->getReturnType()));
      return stop(Gives ? HandleFlight::Away : HandleFlight::Look, &Call);
    }
    return holderCall(Call, *Method, ObjectType);
  }

  bool holderCall(const CXXMemberCallExpr &Call, const CXXMethodDecl &Method,
                  QualType ObjectType) {
    static constexpr llvm::StringLiteral Enders[] = {"clear", "reset",
                                                     "removeAll"};
    static constexpr llvm::StringLiteral Givers[] = {"release", "swap",
                                                     "splice", "merge", "take"};
    if (isElementAccess(&Method))
      return false;
    if (!holderType(Words, ObjectType))
      return ownCall(Call, Method);
    if (isNamed(&Method, Enders))
      return Call.getNumArgs() == 0 || isNothing(Call.getArg(0))
                 ? stop(HandleFlight::Clear, &Call, &Call)
                 : overwritten(Call.getArg(0), Call);
    return stop(isNamed(&Method, Givers) ? HandleFlight::Away
                                         : HandleFlight::Look,
                &Call);
  }

  /// A member function of a project's own class that has the handle inside.
  bool ownCall(const CXXMemberCallExpr &Call, const CXXMethodDecl &Method) {
    Result.Index = -1;
    if (Facts.callee(&Call))
      return stop(HandleFlight::Argument, &Call, &Call);
    bool Harmless = Method.isConst() || isSystem(&Method);
    return stop(Harmless ? HandleFlight::Look : HandleFlight::Away, &Call);
  }

  bool operatorCall(const CXXOperatorCallExpr &Call) {
    bool First = Call.getNumArgs() > 0 && Call.getArg(0) == Current;
    switch (Call.getOperator()) {
    case OO_Equal:
      if (First)
        return overwritten(Call.getArg(1), Call);
      return moveTo(handleKeyOf(Words, Call.getArg(0)), &Call);
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
    case OO_Plus:
    case OO_Minus:
    case OO_PlusPlus:
    case OO_MinusMinus:
      return !First && stop(HandleFlight::Look, &Call);
    case OO_EqualEqual:
    case OO_ExclaimEqual:
    case OO_Less:
    case OO_Exclaim:
    case OO_Spaceship:
    case OO_LessLess:
      return stop(HandleFlight::Look, &Call);
    default:
      return argument(Call);
    }
  }

  bool construction(const CXXConstructExpr &Construct) {
    QualType Type = Construct.getType();
    KnownCall Known = Facts.call(&Construct);
    // Copies, moves and the wrapping into a container or smart pointer.
    if (Known.does() == Operation::None && holderType(Words, Type))
      return hasDeleter(Construct) &&
             stop(HandleFlight::Away, &Construct, &Construct);
    if (isIteratorLike(Construct))
      return false;
    if (Known.does() == Operation::Launch)
      return stop(HandleFlight::Away, &Construct, &Construct);
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    // A joining wrapper takes over the duty; its variable is the new holder.
    if (Record && isJoiningType(Facts, Record))
      return false;
    return argument(Construct);
  }

  /// `std::shared_ptr<std::thread> t(pointer, deleter)`
  bool hasDeleter(const CXXConstructExpr &Construct) const {
    return Construct.getNumArgs() > 1 && Construct.getArg(0) == Current &&
           isCallable(Construct.getArg(1));
  }

  /// Conversions of iterators, std::reference_wrapper.
  bool isIteratorLike(const CXXConstructExpr &Construct) {
    const CXXConstructorDecl *Constructor = Construct.getConstructor();
    return Construct.getNumArgs() == 1 && Constructor &&
           (Constructor->isCopyOrMoveConstructor() || isSystem(Constructor));
  }

  template <typename CallT> bool argument(const CallT &Call) {
    const Expr *Whole = &Call;
    int Index = -1;
    bool HasCallable = false;
    for (unsigned I = 0; I < Call.getNumArgs(); ++I) {
      if (Call.getArg(I) == Current)
        Index = I;
      else if (I > 0 || !isa<CXXOperatorCallExpr>(Whole))
        HasCallable |= isCallable(Call.getArg(I));
    }
    KnownCall Known = Facts.call(Whole);
    if (Known.does() != Operation::None)
      return knownArgument(Known, *Whole);
    const FunctionDecl *Callee = calleeOf(Call);
    if (const auto *Plain = dyn_cast<CallExpr>(Whole)) {
      // std::for_each is a function, std::ranges::for_each an object.
      if (Callee && isSystem(Callee) && !isa<CXXMemberCallExpr>(Plain) &&
          HasCallable)
        return stop(HandleFlight::Algorithm, Whole, Whole);
      if (leadsToArgument(Words, *Plain) && Index == 0)
        return false;
      if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Plain))
        if (holderType(Words, Member->getObjectType()))
          // `threads.push_back(std::move(t))`
          return moveTo(handleKeyOf(Words, Member->getImplicitObjectArgument()),
                        Whole);
    }
    if (!Callee)
      return stop(HandleFlight::Away, Whole, Whole);
    if (Facts.callee(Whole)) {
      Result.Index =
          isa<CXXOperatorCallExpr>(Whole) && isa<CXXMethodDecl>(Callee)
              ? Index - 1
              : Index;
      Result.ByValue = takesValue(*Callee, Result.Index);
      return stop(HandleFlight::Argument, Whole, Whole);
    }
    return stop(unseenIsHarmless(*Callee, Index) ? HandleFlight::Look
                                                 : HandleFlight::Away,
                Whole, Whole);
  }

  static const FunctionDecl *calleeOf(const CallExpr &Call) {
    return Call.getDirectCallee();
  }
  static const FunctionDecl *calleeOf(const CXXConstructExpr &Call) {
    return Call.getConstructor();
  }

  static bool takesValue(const FunctionDecl &Callee, int Index) {
    if (Index < 0 || unsigned(Index) >= Callee.getNumParams())
      return false;
    QualType Type = Callee.getParamDecl(Index)->getType();
    return !Type->isReferenceType() && !Type->isPointerType();
  }

  /// An argument of a call that the vocabulary knows.
  bool knownArgument(const KnownCall &Known, const Expr &Whole) {
    const auto *E = dyn_cast<Expr>(Current);
    bool IsObject =
        Known.Object && E && stripToCore(Known.Object) == stripObject(E);
    if (IsObject) {
      Result.Index = -1;
      return stop(HandleFlight::Operation, &Whole, &Whole);
    }
    if (Known.Fact->Out != NoArgument && E &&
        Known.argument(Known.Fact->Out) == E)
      return stop(HandleFlight::Look, &Whole, &Whole);
    return stop(HandleFlight::Away, &Whole, &Whole);
  }

  static const Expr *stripObject(const Expr *E) {
    E = stripToCore(E);
    const auto *Unary = dyn_cast_or_null<UnaryOperator>(E);
    return Unary && Unary->getOpcode() == UO_AddrOf
               ? stripToCore(Unary->getSubExpr())
               : E;
  }

  /// Functions of the system that get a plain handle by value (a signal, a
  /// name, a priority) or only print or compare it.
  bool unseenIsHarmless(const FunctionDecl &Callee, int Index) const {
    if (Index < 0 || unsigned(Index) >= Callee.getNumParams())
      return false;
    QualType Type = Callee.getParamDecl(Index)->getType();
    if (!isSystem(&Callee))
      return false;
    return Type->isIntegerType() ||
           Type.isTriviallyCopyableType(Facts.context());
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  const Stmt *Current;
  HandleFlight Result;
};

} // namespace

HandleFlight followHandle(UnitFacts &Facts, const FunctionInfo &Function,
                          const Expr *Use) {
  return Climber(Facts, Function, Use).climb();
}

} // namespace clang::tidy::concord
