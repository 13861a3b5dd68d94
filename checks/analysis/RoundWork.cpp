//===--- RoundWork.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/RoundWork.h"
#include "analysis/Duration.h"
#include "analysis/MayWait.h"
#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 3;

/// Expressions that only pass the value of their operands on.
bool isTransparent(const Stmt *S) {
  return isa<ParenExpr, CastExpr, ExprWithCleanups, MaterializeTemporaryExpr,
             CXXBindTemporaryExpr, ConstantExpr, ConditionalOperator,
             ArraySubscriptExpr, InitListExpr, SubstNonTypeTemplateParmExpr,
             CXXStdInitializerListExpr, StmtExpr, GenericSelectionExpr,
             CXXRewrittenBinaryOperator, CompoundStmt, CompoundLiteralExpr>(S);
}

/// Expressions that neither read nor do anything.
bool isInert(const Stmt *S) {
  return isa<IntegerLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
             FloatingLiteral, CharacterLiteral, StringLiteral, GNUNullExpr,
             CXXThisExpr, CXXDefaultArgExpr, CXXScalarValueInitExpr,
             ImplicitValueInitExpr, UnaryExprOrTypeTraitExpr, CXXNoexceptExpr,
             TypeTraitExpr, NullStmt, BreakStmt, ContinueStmt, PredefinedExpr,
             OffsetOfExpr>(S);
}

bool containsAny(StringRef Name, llvm::ArrayRef<StringRef> Words) {
  return llvm::any_of(
      Words, [&](StringRef Word) { return Name.contains_insensitive(Word); });
}

class Reader {
public:
  Reader(const UnitFacts &Facts, const FunctionInfo &Function, const Stmt *Loop)
      : Facts(Facts), Function(&Function), Loop(Loop) {}

  RoundWork Work;

  void loop() {
    const Expr *Condition = nullptr;
    const Stmt *First = nullptr; // no part of a round
    if (const auto *While = dyn_cast<WhileStmt>(Loop)) {
      if (While->getConditionVariable())
        return other();
      Condition = While->getCond();
    } else if (const auto *Do = dyn_cast<DoStmt>(Loop)) {
      Condition = Do->getCond();
    } else if (const auto *For = dyn_cast<ForStmt>(Loop)) {
      if (For->getConditionVariable() || For->getInc())
        return other();
      Condition = For->getCond();
      First = For->getInit();
    }
    bool Value = false;
    if (Condition && !Condition->isValueDependent() &&
        !Condition->EvaluateAsBooleanCondition(Value, Facts.context()))
      Work.HasExit = true;
    read(Condition);
    for (const Stmt *Child : Loop->children())
      if (Child != Condition && Child != First)
        read(Child);
  }

private:
  void other() { Work.HasOther = true; }

  void children(const Stmt *S) {
    for (const Stmt *Child : S->children())
      read(Child);
  }

  void read(const Stmt *S) {
    if (!S || Work.HasOther)
      return;
    if (isa<BreakStmt>(S) && Depth == 0)
      Work.HasExit = true;
    if (isInert(S))
      return;
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      Work.HasExit |= Depth == 0;
      return read(Return->getRetValue());
    }
    if (const auto *If = dyn_cast<IfStmt>(S))
      return If->getConditionVariable() || If->isConstexpr() ? other()
                                                             : children(S);
    if (isa<CXXThrowExpr>(S)) {
      Work.HasExit = true;
      return;
    }
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      return declaration(*Declared);
    if (const auto *Assembler = dyn_cast<GCCAsmStmt>(S))
      return assembler(*Assembler);
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      return binary(*Binary);
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      return unary(*Unary);
    if (const auto *Cast = dyn_cast<CastExpr>(S);
        Cast && Cast->getCastKind() == CK_AtomicToNonAtomic)
      return ask(Question::Atomic, Cast, Cast->getSubExpr());
    if (isa<DeclRefExpr, MemberExpr>(S))
      return name(*cast<Expr>(S));
    if (const auto *Atomic = dyn_cast<AtomicExpr>(S))
      return atomic(*Atomic);
    if (isa<CallExpr, CXXConstructExpr>(S))
      return call(*cast<Expr>(S));
    if (isTransparent(S))
      return children(S);
    other();
  }

  void declaration(const DeclStmt &Declared) {
    for (const Decl *D : Declared.decls()) {
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable || !Variable->hasLocalStorage()) {
        if (!isa<StaticAssertDecl, TypeDecl, UsingDecl>(D))
          other();
        continue;
      }
      Inner.insert(Variable);
      read(Variable->getInit());
    }
  }

  /// Tells the processor that it spins, or the compiler not to keep values.
  void assembler(const GCCAsmStmt &S) {
    std::string Text = S.generateAsmString(Facts.context());
    StringRef Trimmed = StringRef(Text).trim();
    if (!Trimmed.empty() &&
        !containsAny(Trimmed, {"pause", "yield", "nop", "isb", "fence"}))
      return other();
    Work.Pauses |= !Trimmed.empty();
  }

  void binary(const BinaryOperator &E) {
    if (!E.isAssignmentOp())
      return children(&E);
    const auto *Target = dyn_cast<DeclRefExpr>(E.getLHS()->IgnoreParens());
    const auto *Variable =
        Target ? dyn_cast<VarDecl>(Target->getDecl()) : nullptr;
    if (!Variable || !Variable->hasLocalStorage() ||
        Variable->getType()->isReferenceType())
      return other();
    // A variable that every round sets anew is no progress.
    if (!Inner.contains(Variable) &&
        (E.isCompoundAssignmentOp() || mentions(E.getRHS(), *Variable)))
      return other();
    read(E.getRHS());
  }

  static bool mentions(const Stmt *S, const VarDecl &Variable) {
    if (!S)
      return false;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      return Reference->getDecl() == &Variable;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return mentions(Child, Variable);
    });
  }

  void unary(const UnaryOperator &E) {
    if (E.isIncrementDecrementOp() || E.getOpcode() == UO_Coawait)
      return other();
    read(E.getSubExpr());
    // `*flag`; what is volatile behind a pointer may be a device.
    if (E.getOpcode() != UO_Deref || isa<CXXThisExpr>(E.getSubExpr()))
      return;
    if (E.getType()->isScalarType() && !E.getType().isConstQualified())
      ask(Question::Plain, &E, &E);
  }

  void name(const Expr &E) {
    if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
      const Expr *Base = Member->getBase();
      if (!Member->isArrow())
        read(Base);
      else if (!isa<CXXThisExpr>(Base->IgnoreParenImpCasts()))
        pointer(*Base);
    }
    const auto *D = dyn_cast_or_null<ValueDecl>(declOf(E));
    if (!D || isa<FunctionDecl, EnumConstantDecl>(D))
      return;
    if (D->getType()->getAs<TypedefType>() &&
        D->getType()->getAs<TypedefType>()->getDecl()->getName() ==
            "sig_atomic_t")
      return other();
    if (D->getType().getNonReferenceType()->isScalarType() && isShared(E))
      ask(Question::Plain, &E, &E);
  }

  /// The way to what a pointer leads to; the pointer itself is not asked for.
  void pointer(const Expr &E) {
    const size_t Before = Work.Questions.size();
    read(&E);
    while (Work.Questions.size() > Before &&
           Work.Questions.back().What == Question::Plain)
      Work.Questions.pop_back();
  }

  static const ValueDecl *declOf(const Expr &E) {
    if (const auto *Member = dyn_cast<MemberExpr>(&E))
      return Member->getMemberDecl();
    const auto *Reference = dyn_cast<DeclRefExpr>(&E);
    return Reference ? Reference->getDecl() : nullptr;
  }

  /// Other threads may see the object that \p E names, and change it.
  bool isShared(const Expr &E) const {
    const ValueDecl *D = declOf(E);
    if (!D || D->getType().getNonReferenceType().isConstQualified())
      return false;
    if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
      if (Member->isArrow() || isa<VarDecl>(D) ||
          D->getType()->isReferenceType())
        return true;
      const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
      return !isa<DeclRefExpr, MemberExpr>(Base) || isShared(*Base);
    }
    const auto *Variable = dyn_cast<VarDecl>(D);
    if (!Variable || Variable->getTLSKind() != VarDecl::TLS_None)
      return false;
    if (!Variable->hasLocalStorage() || Variable->getType()->isReferenceType())
      return true;
    if (Inner.contains(Variable))
      return false;
    if (Function->Function && Variable->getDeclContext() != Function->Function)
      return true; // captured
    return llvm::any_of(usesOf(*Function, *Variable),
                        [](const VariableUse &Use) { return Use.Nested; });
  }

  void atomic(const AtomicExpr &E) {
    switch (E.getOp()) {
    case AtomicExpr::AO__c11_atomic_load:
    case AtomicExpr::AO__atomic_load:
    case AtomicExpr::AO__atomic_load_n:
      return ask(Question::Atomic, &E, E.getPtr());
    default:
      return other();
    }
  }

  void ask(Question::Kind What, const Expr *Site, const Expr *Object,
           const KnownCall &Call = {}) {
    Question Q;
    Q.What = What;
    Q.Site = Site;
    Q.Object = Object;
    Q.Call = Call;
    if (const Expr *Plain = Object ? Object->IgnoreParenImpCasts() : nullptr) {
      if (const auto *Address = dyn_cast<UnaryOperator>(Plain);
          Address && Address->getOpcode() == UO_AddrOf)
        Plain = Address->getSubExpr()->IgnoreParenImpCasts();
      Q.Object = Plain;
      Q.Decl = declOf(*Plain);
    }
    Work.Questions.push_back(std::move(Q));
  }

  void call(const Expr &E) {
    if (KnownCall Known = Facts.call(&E))
      return known(Known);
    const FunctionDecl *Callee = nullptr;
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
      Callee = Construct->getConstructor();
    else
      Callee = cast<CallExpr>(E).getDirectCallee();
    if (!Callee)
      return other();
    if (Callee->isNoReturn())
      return; // an assertion
    if (const FunctionInfo *Info = Facts.callee(&E))
      return visible(E, *Info);
    if (saysPauses(*Callee)) {
      Work.Pauses = true;
      Work.Sleeps |= containsAny(Callee->getName(), {"sleep", "delay"});
      return arguments(E);
    }
    if (isStandard(Callee) && isReading(*Callee))
      return standard(E, *Callee);
    if (isa<CXXConstructExpr>(E) &&
        (isStandard(Callee) || Callee->isTrivial() || Callee->isDefaulted()))
      return arguments(E);
    if (Callee->hasAttr<ConstAttr>() || Callee->hasAttr<PureAttr>())
      return arguments(E);
    other();
  }

  /// A function of the standard library that only looks: a const member
  /// function without parameters, an operator that compares or converts.
  static bool isReading(const FunctionDecl &Callee) {
    if (Callee.isOverloadedOperator())
      switch (Callee.getOverloadedOperator()) {
      case OO_Equal:
      case OO_PlusPlus:
      case OO_MinusMinus:
      case OO_Call:
      case OO_PlusEqual:
      case OO_MinusEqual:
      case OO_LessLess:
      case OO_GreaterGreater:
        return false;
      default:
        return true;
      }
    const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
    return (Method && Method->isConst() && Method->getNumParams() == 0) ||
           Callee.getLiteralIdentifier();
  }

  void standard(const Expr &E, const FunctionDecl &Callee) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&E);
    const Expr *Object =
        Member ? Member->getImplicitObjectArgument()->IgnoreParenImpCasts()
               : nullptr;
    arguments(E);
    if (Member)
      read(Member->getCallee());
    if (Object && !Work.HasOther && !isa<CXXConversionDecl>(Callee) &&
        isa<DeclRefExpr, MemberExpr>(Object) && isShared(*Object))
      ask(Question::Plain, &E, Object);
  }

  void visible(const Expr &E, const FunctionInfo &Info) {
    if (Depth == MaxDepth || Info.Dependent)
      return other();
    arguments(E);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E))
      if (const Expr *Object = Member->getImplicitObjectArgument())
        pointer(*Object);
    ++Depth;
    const FunctionInfo *Caller = std::exchange(Function, &Info);
    read(Info.Body);
    Function = Caller;
    --Depth;
  }

  void arguments(const Expr &E) {
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E)) {
      for (const Expr *Argument : Construct->arguments())
        read(Argument);
      return;
    }
    for (const Expr *Argument : cast<CallExpr>(E).arguments())
      if (!isa<LambdaExpr>(Argument->IgnoreParenImpCasts()))
        read(Argument);
  }

  void known(const KnownCall &Known) {
    const Expr *Site = Known.Site;
    if (Known.Type &&
        (Known.Type->has(Trait::Fiber) || Known.Type->has(Trait::Coroutine)))
      return other();
    switch (Known.does()) {
    case Operation::AtomicLoad:
      return ask(Question::Atomic, Site, Known.Object, Known);
    case Operation::TimedWait:
      return Known.Type && Known.Type->is(Role::Future)
                 ? ask(Question::Future, Site, Known.Object, Known)
                 : other();
    case Operation::TryLock:
    case Operation::TryLockShared:
      return ask(Question::Lock, Site, Known.Object, Known);
    case Operation::TryAcquire:
      return ask(Question::Slot, Site, Known.Object, Known);
    case Operation::TryReceive:
    case Operation::TrySend:
    case Operation::IsClosed:
      return ask(Question::Channel, Site, Known.Object, Known);
    case Operation::TryWait:
      return ask(Question::Latch, Site, Known.Object, Known);
    case Operation::QueryStop:
      Work.AsksStop = true;
      return;
    case Operation::Sleep:
    case Operation::Yield:
      return pause(Known);
    case Operation::Lock:
    case Operation::Unlock:
    case Operation::LockShared:
    case Operation::UnlockShared:
      Work.Locks = true;
      return;
    case Operation::OwnsLock:
    case Operation::Valid:
    case Operation::Joinable:
      return;
    case Operation::None:
      break;
    default:
      return other();
    }
    if (Known.Type && Known.Type->is(Role::Guard)) {
      if (Facts.vocabulary().guardStart(Known) == GuardStart::Tries)
        return ask(Question::Lock, Site, nullptr, Known);
      Work.Locks = true;
      return;
    }
    if (!isa<CXXConstructExpr>(Site))
      return other();
    for (const Expr *Argument : Known.arguments())
      read(Argument);
  }

  void pause(const KnownCall &Known) {
    if (Known.Fact->Cooperative)
      return other();
    const std::optional<double> Length =
        durationOf(Known.argument(Known.Fact->Timeout), Facts.context());
    Work.SleepsLong |= Length && *Length >= 1;
    Work.Pauses = true;
    Work.Sleeps |= Known.does() == Operation::Sleep;
  }

  const UnitFacts &Facts;
  const FunctionInfo *Function;
  const Stmt *Loop;
  unsigned Depth = 0;
  /// Variables that one round makes and forgets.
  llvm::SmallPtrSet<const VarDecl *, 4> Inner;
};

} // namespace

RoundWork workOfRound(const UnitFacts &Facts, const FunctionInfo &Function,
                      const Stmt *Loop) {
  Reader R(Facts, Function, Loop);
  R.loop();
  return std::move(R.Work);
}

} // namespace clang::tidy::concord
