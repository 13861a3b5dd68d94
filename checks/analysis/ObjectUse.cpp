//===--- ObjectUse.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ObjectUse.h"
#include "analysis/MayWait.h"
#include "analysis/ObjectNames.h"
#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

bool ObjectPart::overlaps(const ObjectPart &Other) const {
  size_t Common = std::min(Fields.size(), Other.Fields.size());
  for (size_t I = 0; I < Common; ++I)
    if (Fields[I] != Other.Fields[I])
      return false;
  if (Element || Other.Element)
    return false;
  bool SameLength = Fields.size() == Other.Fields.size();
  return !SameLength || !Index || !Other.Index || *Index == *Other.Index;
}

namespace {

constexpr unsigned MaxDepth = 3;

/// A class whose member functions change it unless they are const.
bool followsConst(const Vocabulary &Words, const CXXMethodDecl &Method,
                  QualType Object) {
  return isStandard(&Method) || Words.isContainer(Object);
}

class UseFinder {
public:
  UseFinder(UnitFacts &Facts, const FunctionInfo &Function,
            const ValueDecl *Root, unsigned Depth)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function), Root(Root),
        Depth(Depth), Locks(Facts.locks(Function)),
        Names(Facts, Function, Root) {}

  std::vector<ObjectUse> run() {
    visit(Function.Body);
    return std::move(Uses);
  }

private:
  void visit(const Stmt *S) {
    if (!S || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr>(S))
      return;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      return visitLambda(*Lambda);
    if (const auto *If = dyn_cast<IfStmt>(S))
      Waited |= testsAtomic(Facts, If->getCond());
    if (const auto *Choice = dyn_cast<ConditionalOperator>(S))
      Waited |= testsAtomic(Facts, Choice->getCond());
    const Expr *Condition = loopCondition(S);
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      visit(Range->getInit());
      visit(Range->getRangeInit());
      visit(Range->getBody());
      return;
    }
    if (const auto *E = dyn_cast<Expr>(S))
      if (visitExpression(*E))
        return;
    size_t Before = Uses.size();
    for (const Stmt *Child : S->children())
      visit(Child);
    if (const auto *Declaration = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declaration->decls())
        declare(dyn_cast<VarDecl>(D));
    if (Condition) {
      markPolls(Before, *Condition);
      Waited |= testsAtomic(Facts, Condition);
    }
  }

  static const Expr *loopCondition(const Stmt *S) {
    if (const auto *While = dyn_cast<WhileStmt>(S))
      return While->getCond();
    if (const auto *Do = dyn_cast<DoStmt>(S))
      return Do->getCond();
    const auto *For = dyn_cast<ForStmt>(S);
    return For ? For->getCond() : nullptr;
  }

  void markPolls(size_t From, const Expr &Condition) {
    bool Changes = false;
    for (size_t I = From; I < Uses.size(); ++I)
      Changes |= Uses[I].Writes;
    for (size_t I = From; I < Uses.size() && !Changes; ++I)
      Uses[I].Polls |= contains(&Condition, Uses[I].Site);
  }

  static bool contains(const Stmt *Tree, const Stmt *S) {
    if (!Tree || Tree == S)
      return Tree != nullptr;
    return llvm::any_of(Tree->children(),
                        [&](const Stmt *Child) { return contains(Child, S); });
  }

  void declare(const VarDecl *V) {
    if (!V)
      return;
    const CXXRecordDecl *Record = V->getType()->getAsCXXRecordDecl();
    if (Record && !isStandard(Record) && !Words.record(Record) &&
        saysWaits(*Record))
      Waited = true;
  }

  /// \returns true if \p E needs no look at its parts.
  bool visitExpression(const Expr &E) {
    KnownCall Known = Facts.call(&E);
    if (Known.Fact) {
      for (const Stmt *Child : E.children())
        visit(Child);
      Waited |= mayWait(Known.does());
      return true;
    }
    if (const auto *Call = dyn_cast<CallExpr>(&E))
      if (visitCall(*Call))
        return true;
    ObjectPart Part;
    if (!E.isGLValue() || !isMention(E) || !Names.object(&E, Part))
      return false;
    use(E, Part);
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&E))
      visit(Subscript->getIdx());
    const Expr *Index = nullptr;
    if (ObjectNames::elementOf(&E, Index))
      visit(Index);
    return true;
  }

  static bool isMention(const Expr &E) {
    return isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr, CallExpr>(E) ||
           (isa<UnaryOperator>(E) &&
            cast<UnaryOperator>(E).getOpcode() == UO_Deref);
  }

  /// Calls that are more than the mention of the object.
  bool visitCall(const CallExpr &Call) {
    if (writesProxy(Call))
      return true;
    const FunctionInfo *Callee = Facts.callee(&Call);
    const FunctionDecl *Decl = Call.getDirectCallee();
    bool Unseen = Decl && !Callee && !isStandard(Decl);
    if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Decl))
      if (visitMethod(Call, *Method, Callee))
        return true;
    if (Callee)
      return visitArguments(Call, *Callee), true;
    if (Unseen && saysWaits(*Decl)) {
      for (const Stmt *Child : Call.children())
        visit(Child);
      Waited = true;
      return true;
    }
    return false;
  }

  /// `flags[i] = true`, where the element is a bit of a byte that it shares.
  bool writesProxy(const CallExpr &Call) {
    const auto *Assignment = dyn_cast<CXXOperatorCallExpr>(&Call);
    if (!Assignment || !Assignment->isAssignmentOp())
      return false;
    const auto *Element = dyn_cast<CXXOperatorCallExpr>(
        ObjectNames::plain(Assignment->getArg(0)));
    ObjectPart Part;
    if (!Element || Element->getOperator() != OO_Subscript ||
        Element->isGLValue() || !Element->getType()->isRecordType() ||
        !Element->getDirectCallee() ||
        !isStandard(Element->getDirectCallee()) ||
        !Names.object(Element->getArg(0), Part))
      return false;
    add(Call, true, Part);
    visit(Element->getArg(1));
    if (Assignment->getNumArgs() > 1)
      visit(Assignment->getArg(1));
    return true;
  }

  bool visitMethod(const CallExpr &Call, const CXXMethodDecl &Method,
                   const FunctionInfo *Callee) {
    const Expr *Object = nullptr;
    bool Arrow = false;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
      Object = Member->getImplicitObjectArgument();
      Arrow = Object && Object->getType()->isPointerType();
    } else if (isa<CXXOperatorCallExpr>(Call) && Method.isInstance()) {
      Object = Call.getNumArgs() ? Call.getArg(0) : nullptr;
    }
    ObjectPart Part;
    if (!Object ||
        !(Arrow ? Names.pointer(Object, Part) : Names.object(Object, Part)))
      return false;
    QualType Type = Arrow ? Object->getType()->getPointeeType()
                          : ObjectNames::plain(Object)->getType();
    if (Type.isNull() || Words.type(Type))
      return false;
    // What only finds an element is judged by what becomes of that.
    if (followsConst(Words, Method, Type)) {
      const Expr *Index = nullptr;
      return Arrow && !ObjectNames::elementOf(&Call, Index)
                 ? (add(Call,
                        !Method.isConst() && !ObjectNames::growsNever(Method),
                        Part),
                    visitRest(Call), true)
                 : false;
    }
    visitRest(Call);
    if (Method.isDefaulted() && Method.isCopyAssignmentOperator())
      add(Call, true, Part);
    else if (Callee)
      follow(Call, *Callee, nullptr, Part);
    return true;
  }

  void visitRest(const CallExpr &Call) {
    for (unsigned I = isa<CXXOperatorCallExpr>(Call) ? 1 : 0;
         I < Call.getNumArgs(); ++I)
      visit(Call.getArg(I));
  }

  void visitArguments(const CallExpr &Call, const FunctionInfo &Callee) {
    for (unsigned I = 0; I < Call.getNumArgs(); ++I) {
      const Expr *Argument = Call.getArg(I);
      const ParmVarDecl *Parameter =
          Callee.Function && I < Callee.Function->getNumParams()
              ? Callee.Function->getParamDecl(I)
              : nullptr;
      ObjectPart Part;
      const QualType Type = Parameter ? Parameter->getType() : QualType();
      const bool Named =
          Parameter &&
          ((Type->isReferenceType() && Names.object(Argument, Part)) ||
           (Type->isPointerType() && Names.pointer(Argument, Part)));
      if (Named)
        follow(Call, Callee, Parameter, Part);
      else
        visit(Argument);
    }
  }

  /// Takes over what \p Callee does to the object it gets as \p Parameter.
  void follow(const CallExpr &Call, const FunctionInfo &Callee,
              const ValueDecl *Parameter, const ObjectPart &Part) {
    if (Depth >= MaxDepth || Callee.Dependent || Part.Index)
      return;
    for (ObjectUse &Inner :
         UseFinder(Facts, Callee, Parameter, Depth + 1).run()) {
      ObjectUse Use = std::move(Inner);
      ObjectPart Whole = Part;
      Whole.Fields.append(Use.Part.Fields);
      Whole.Index = Use.Part.Index;
      Whole.Element |= Use.Part.Element;
      Use.Part = Whole;
      Use.Site = &Call;
      std::vector<HeldLock> Held;
      for (HeldLock &Lock : Use.Held) {
        Lock.Mutex = Facts.translated(Lock.Mutex, &Call);
        if (Lock.Mutex)
          Held.push_back(Lock);
        else
          Use.HoldsUnnamed = true;
      }
      Use.Held = std::move(Held);
      addLocks(Call, Use);
      Use.AfterWait |= Waited;
      Uses.push_back(std::move(Use));
    }
  }

  /// Lambdas that a library algorithm calls are part of the function.
  void visitLambda(const LambdaExpr &Lambda) {
    const Stmt *Up = Facts.parent(Function, &Lambda);
    while (Up && isa<ImplicitCastExpr, MaterializeTemporaryExpr,
                     CXXBindTemporaryExpr, CXXConstructExpr, ParenExpr>(Up))
      Up = Facts.parent(Function, Up);
    const auto *Call = dyn_cast_or_null<CallExpr>(Up);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    const FunctionInfo *Body = Facts.function(Lambda.getCallOperator());
    if (!Callee || isa<CXXMethodDecl>(Callee) || !isStandard(Callee) ||
        Facts.call(Call).Fact || !Body || Body->Dependent || Depth >= MaxDepth)
      return;
    for (ObjectUse &Use : UseFinder(Facts, *Body, Root, Depth + 1).run()) {
      Use.Site = Call;
      addLocks(*Call, Use);
      Use.AfterWait |= Waited;
      Uses.push_back(std::move(Use));
    }
  }

  void use(const Expr &E, const ObjectPart &Part) {
    QualType Type = E.getType();
    if (Type.isNull() || Type->isDependentType() || Type->isAtomicType() ||
        Type->isFunctionType())
      return;
    // What synchronises is meant to be shared.
    const TypeFact *Fact = Words.type(Type);
    if (Fact && Fact->Roles)
      return;
    const Expr *Operation = nullptr, *Value = nullptr;
    StateAccess::Kind What = accessKind(Facts, Function, &E, Operation, Value);
    if (What == StateAccess::Alias) {
      // A library function does something with what it is given.
      const auto *Call = dyn_cast_or_null<CallExpr>(Operation);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      bool Algorithm = isa_and_nonnull<CXXOperatorCallExpr>(Call) ||
                       (Callee && Callee->getReturnType()->isVoidType());
      if (Algorithm && Callee && isStandard(Callee) && Words.isContainer(Type))
        add(E, false, Part);
      return;
    }
    if (What == StateAccess::Read && !isRead(E))
      return;
    add(E, What != StateAccess::Read, Part);
  }

  /// True if the code around really looks at the value: no name that is only
  /// passed on by a const reference, or cast to void.
  bool isRead(const Expr &E) {
    for (const Stmt *Up = Facts.parent(Function, &E); Up;
         Up = Facts.parent(Function, Up)) {
      if (const auto *Cast = dyn_cast<CastExpr>(Up)) {
        if (Cast->getCastKind() == CK_LValueToRValue)
          return !isDropped(Up);
        if (Cast->getCastKind() == CK_ToVoid ||
            Cast->getCastKind() == CK_ArrayToPointerDecay)
          return false;
        continue;
      }
      if (isa<ParenExpr, MemberExpr>(Up))
        continue;
      if (const auto *Call = dyn_cast<CallExpr>(Up)) {
        const FunctionDecl *Callee = Call->getDirectCallee();
        return Callee && isStandard(Callee);
      }
      if (const auto *Construct = dyn_cast<CXXConstructExpr>(Up))
        return Construct->getConstructor()->isCopyConstructor() &&
               isStandard(Construct->getConstructor());
      return false;
    }
    return false;
  }

  bool isDropped(const Stmt *S) {
    const auto *Cast = dyn_cast_or_null<CastExpr>(Facts.parent(Function, S));
    return Cast && Cast->getCastKind() == CK_ToVoid;
  }

  void add(const Expr &Site, bool Writes, const ObjectPart &Part) {
    ObjectUse Use;
    Use.Writes = Writes;
    Use.Part = Part;
    Use.Site = Use.Place = &Site;
    Use.AfterWait = Waited;
    addLocks(Site, Use);
    Uses.push_back(std::move(Use));
  }

  void addLocks(const Expr &Site, ObjectUse &Use) {
    if (!Locks)
      return;
    if (!Locks->complete())
      Use.HoldsUnnamed = true;
    for (const HeldLock &Lock : Locks->heldAt(&Site)) {
      // A mutex of this call's own keeps nobody out.
      const auto *Variable = dyn_cast_or_null<VarDecl>(Lock.Mutex.root());
      bool Own = Variable && Variable->hasLocalStorage() &&
                 !isa<ParmVarDecl>(Variable) && Lock.Mutex.isPlain() &&
                 Variable->getDeclContext() == Function.Function &&
                 !Variable->getType()->isReferenceType() && Function.Lambda;
      if (!Own)
        Use.Held.push_back(Lock);
    }
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  const ValueDecl *Root;
  unsigned Depth;
  const LockState *Locks;
  ObjectNames Names;
  std::vector<ObjectUse> Uses;
  bool Waited = false;
};

} // namespace

std::vector<ObjectUse> usesOfObject(UnitFacts &Facts,
                                    const FunctionInfo &Function,
                                    const ValueDecl *Root) {
  return UseFinder(Facts, Function, Root, 0).run();
}

bool separatedByLocks(const ObjectUse &A, const ObjectUse &B) {
  auto Holds = [](const ObjectUse &Use) {
    return Use.HoldsUnnamed || !Use.Held.empty();
  };
  if (!Holds(A) || !Holds(B))
    return false;
  if (A.HoldsUnnamed || B.HoldsUnnamed)
    return true;
  for (const HeldLock &L : A.Held)
    for (const HeldLock &R : B.Held)
      if (L.Mutex == R.Mutex)
        return true;
  return false;
}

} // namespace clang::tidy::concord
