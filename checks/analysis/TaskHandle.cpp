//===--- TaskHandle.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskHandle.h"
#include "analysis/Callable.h"
#include "analysis/Storage.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// The local variable that \p Path is rooted in, parameters by reference
/// excluded; or null.
const VarDecl *localRoot(const AccessPath &Path) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Path.root());
  if (!Variable || !Variable->hasLocalStorage() ||
      Variable->getType()->isReferenceType())
    return nullptr;
  return Variable;
}

bool has(const AccessPath &Path, AccessPath::Step::Kind Kind) {
  return llvm::any_of(
      Path.steps(), [&](const AccessPath::Step &S) { return S.What == Kind; });
}

/// If \p E denotes an element of a container or array, the container.
const Expr *containerOf(const Expr *E) {
  E = ignoreTransfers(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf)
      E = ignoreTransfers(Unary->getSubExpr());
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return Subscript->getBase();
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return Operator->getOperator() == OO_Subscript ? Operator->getArg(0)
                                                   : nullptr;
  // `threads + i` and `threads.at(i)`, `threads.back()`.
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAdditiveOp() &&
                   Binary->getLHS()->getType()->isPointerType()
               ? Binary->getLHS()
               : nullptr;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (Method && Method->getReturnType()->isReferenceType() &&
        Call->getNumArgs() <= 1)
      return Call->getImplicitObjectArgument();
  }
  return nullptr;
}

class Destination {
public:
  Destination(UnitFacts &Facts, const FunctionInfo &Function,
              const TypeFact *Type)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function) {
    Result.Type = Type;
  }

  TaskHandle of(const Expr *Handle) {
    const Stmt *Child = Handle;
    while (const Stmt *Parent = Facts.parent(Function, Child)) {
      if (step(Parent, Child))
        return Result;
      Child = Parent;
    }
    if (!initialisesMember(Handle))
      Result.Where = Child == Function.Body || !isa<Expr>(Child)
                         ? TaskHandle::Dropped
                         : TaskHandle::Escapes;
    return Result;
  }

  /// The handle is kept in the object that \p Place denotes.
  TaskHandle in(const Expr *Place) {
    if (const Expr *Container = containerOf(Place))
      return element(Container);
    AccessPath Path = AccessPath::of(Place);
    if (!Path.steps().empty() &&
        Path.steps().back().What == AccessPath::Step::Address)
      Path = Path.dereferenced();
    return at(std::move(Path));
  }

  TaskHandle element(const Expr *Container) {
    Result.Where = TaskHandle::Element;
    Result.Path = AccessPath::ofObject(Container);
    Result.Variable = localRoot(Result.Path);
    if (!Result.Path)
      Result.Where = TaskHandle::Escapes;
    return Result;
  }

private:
  TaskHandle at(const AccessPath &Path) {
    Result.Path = Path;
    if (has(Path, AccessPath::Step::Index)) {
      Result.Where = TaskHandle::Element;
      Result.Variable = localRoot(Path);
    } else if (Path.isGlobal()) {
      Result.Where = TaskHandle::Global;
    } else if (Path.isThisRooted()) {
      Result.Where =
          Path.steps().empty() ? TaskHandle::Escapes : TaskHandle::Member;
    } else if (const VarDecl *Variable = localRoot(Path)) {
      Result.Variable = Variable;
      if (Path.steps().empty() ||
          (Path.steps().size() == 1 && has(Path, AccessPath::Step::Deref)))
        Result.Where = TaskHandle::Local;
      else
        Result.Where = TaskHandle::Member;
    } else {
      Result.Where = TaskHandle::Escapes;
    }
    return Result;
  }

  bool end(TaskHandle::Kind Where) {
    Result.Where = Where;
    return true;
  }

  bool kept(const Expr *Place) {
    (void)in(Place);
    return true;
  }

  /// One step up from \p Child to \p Parent.
  /// \returns true if the destination is found.
  bool step(const Stmt *Parent, const Stmt *Child) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(Parent))
      return declared(*Declaration, Child);
    if (isa<ReturnStmt, CoreturnStmt>(Parent))
      return end(TaskHandle::Returned);
    if (!isa<Expr>(Parent))
      return end(isSubStatement(Parent, Child) ? TaskHandle::Dropped
                                               : TaskHandle::Escapes);
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Parent))
      return Cast->getType()->isVoidType() && end(TaskHandle::Dropped);
    if (isa<CastExpr, FullExpr, ParenExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, CXXNewExpr, CXXDefaultInitExpr,
            AbstractConditionalOperator, CoawaitExpr, ParenListExpr>(Parent))
      return false;
    if (isa<InitListExpr, CXXStdInitializerListExpr>(Parent))
      return listed(*cast<Expr>(Parent));
    if (const auto *Member = dyn_cast<MemberExpr>(Parent))
      return called(*Member);
    if (const auto *Binary = dyn_cast<BinaryOperator>(Parent))
      return binary(*Binary, Child);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Parent))
      return wraps(Construct->getType()) ? false : end(TaskHandle::Escapes);
    if (const auto *Call = dyn_cast<CallExpr>(Parent))
      return passed(*Call, Child);
    return end(TaskHandle::Escapes);
  }

  static bool isSubStatement(const Stmt *Parent, const Stmt *Child) {
    if (const auto *If = dyn_cast<IfStmt>(Parent))
      return Child == If->getThen() || Child == If->getElse() ||
             Child == If->getInit();
    if (const auto *For = dyn_cast<ForStmt>(Parent))
      return Child != For->getCond();
    if (const auto *While = dyn_cast<WhileStmt>(Parent))
      return Child == While->getBody();
    if (const auto *Do = dyn_cast<DoStmt>(Parent))
      return Child == Do->getBody();
    if (const auto *Switch = dyn_cast<SwitchStmt>(Parent))
      return Child == Switch->getBody();
    return true;
  }

  bool declared(const DeclStmt &Declaration, const Stmt *Child) {
    for (const Decl *D : Declaration.decls()) {
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable || Variable->getInit() != Child)
        continue;
      Result.Path = AccessPath::ofVariable(Variable);
      if (Variable->hasGlobalStorage())
        return end(TaskHandle::Global);
      Result.Variable = Variable;
      QualType Type = Variable->getType();
      bool Many = !Words.type(Type) && !Words.pointee(Type) &&
                  Words.pointee(Type, /*ThroughContainers=*/true);
      return end(Many ? TaskHandle::Element : TaskHandle::Local);
    }
    return end(TaskHandle::Escapes);
  }

  /// True if a value of \p Type may stand for the handle it is made from: the
  /// handle itself, a pointer, optional or container of it, a joining wrapper.
  bool wraps(QualType Type) const {
    return Words.type(Type) || Words.pointee(Type, /*ThroughContainers=*/true);
  }

  bool listed(const Expr &List) {
    if (List.getType()->isVoidType() || wraps(List.getType()) ||
        List.getType()->isArrayType())
      return false;
    return end(TaskHandle::Escapes);
  }

  /// `std::thread(f).detach()` and its like.
  bool called(const MemberExpr &Member) {
    const auto *Call =
        dyn_cast_or_null<CXXMemberCallExpr>(Facts.parent(Function, &Member));
    if (!Call)
      return end(TaskHandle::Escapes);
    switch (Facts.call(Call).does()) {
    case Operation::Detach:
      return end(TaskHandle::Detached);
    case Operation::Join:
    case Operation::Get:
    case Operation::Wait:
      return end(TaskHandle::Joined);
    default:
      break;
    }
    // `share()`, `then(…)` hand the handle on; a smart pointer's arrow gives
    // the handle itself.
    return wraps(Call->getType()) ? false : end(TaskHandle::Dropped);
  }

  bool binary(const BinaryOperator &Binary, const Stmt *Child) {
    if (Binary.getOpcode() == BO_Comma)
      return Child == Binary.getLHS() && end(TaskHandle::Dropped);
    if (Binary.getOpcode() == BO_Assign && Child == Binary.getRHS())
      return kept(Binary.getLHS());
    return end(TaskHandle::Escapes);
  }

  /// The handle is an argument of \p Call.
  bool passed(const CallExpr &Call, const Stmt *Child) {
    if (ignoreTransfers(&Call) != &Call || Child == Call.getCallee())
      return false;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call)) {
      if (Operator->getOperator() == OO_Equal && Child == Operator->getArg(1))
        return kept(Operator->getArg(0));
      if (Operator->getOperator() == OO_Arrow ||
          Operator->getOperator() == OO_Star)
        return false;
      return end(TaskHandle::Escapes);
    }
    KnownCall Known = Facts.call(&Call);
    if (Known.does() == Operation::Adopt && Known.Object) {
      (void)element(Known.Object);
      return true;
    }
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
      const Expr *Object = Member->getImplicitObjectArgument();
      QualType Type = Object->getType();
      if (Type->isPointerType())
        Type = Type->getPointeeType();
      // A container takes it in, a smart pointer is reset to it.
      if (Words.pointee(Type))
        return kept(Object);
      if (Words.pointee(Type, /*ThroughContainers=*/true)) {
        (void)element(Object);
        return true;
      }
      return end(TaskHandle::Escapes);
    }
    // `std::make_unique<std::thread>(std::thread(f))`.
    return wraps(Call.getType()) && Call.getNumArgs() == 1
               ? false
               : end(TaskHandle::Escapes);
  }

  static bool contains(const Stmt *S, const Stmt *Sought) {
    if (S == Sought)
      return true;
    return S && llvm::any_of(S->children(), [&](const Stmt *Child) {
             return contains(Child, Sought);
           });
  }

  bool initialisesMember(const Expr *Handle) {
    const auto *Constructor =
        dyn_cast_or_null<CXXConstructorDecl>(Function.Function);
    if (!Constructor)
      return false;
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const Expr *Value = Init->getInit();
      if (const auto *Default = dyn_cast_or_null<CXXDefaultInitExpr>(Value))
        Value = Default->getExpr();
      if (!Init->getAnyMember() || !contains(Value, Handle))
        continue;
      Result.Path = AccessPath::ofThis().field(Init->getAnyMember());
      Result.Where = TaskHandle::Member;
      return true;
    }
    return false;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  TaskHandle Result;
};

/// The type of the handle that a call returns; null if it returns none.
const TypeFact *returnedHandle(const Vocabulary &Words, const Expr &Site) {
  QualType Type = Site.getType();
  if (Type.isNull() || Type->isVoidType())
    return nullptr;
  const TypeFact *Fact = Words.type(Type);
  if (!Fact)
    Fact = Words.pointee(Type, /*ThroughContainers=*/true);
  bool IsHandle = Fact && (Fact->is(Role::Thread) || Fact->is(Role::Future) ||
                           Fact->is(Role::Scope) || Fact->is(Role::TaskGroup));
  return IsHandle ? Fact : nullptr;
}

} // namespace

TaskHandle destinationOf(UnitFacts &Facts, const FunctionInfo &Function,
                         const Expr *Handle, const TypeFact *Type) {
  return Destination(Facts, Function, Type).of(Handle);
}

TaskHandle handleOfLaunch(UnitFacts &Facts, const FunctionInfo &Launcher,
                          const KnownCall &Call) {
  const Vocabulary &Words = Facts.vocabulary();
  // Facts of constructors have no names.
  bool Constructs = Call.Type && Call.Fact->Names.empty();
  TaskHandle Handle;
  if (Call.Fact->Detached) {
    Handle.Where = TaskHandle::Detached;
    Handle.Type = Call.Type;
    return Handle;
  }
  if (const Expr *Out = Call.argument(Call.Fact->Out)) {
    const Expr *Place = ignoreTransfers(Out);
    const TypeFact *Type = Words.pointee(Place->getType());
    return Destination(Facts, Launcher, Type ? Type : Call.Type).in(Out);
  }
  if (Constructs) {
    Destination Found(Facts, Launcher, Call.Type);
    const auto *Forwarder = dyn_cast<CXXMemberCallExpr>(Call.Site);
    if (!Forwarder)
      return Found.of(Call.Site);
    // `threads.emplace_back(f)`, perhaps with `.detach()`.
    if (isa_and_nonnull<MemberExpr>(Facts.parent(Launcher, Call.Site))) {
      TaskHandle Used = Found.of(Call.Site);
      if (Used.Where == TaskHandle::Detached ||
          Used.Where == TaskHandle::Joined)
        return Used;
    }
    const Expr *Object = Forwarder->getImplicitObjectArgument();
    QualType Type = Object->getType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    return Words.pointee(Type) ? Found.in(Object) : Found.element(Object);
  }
  // A group keeps the handles of what it launches.
  if (Call.Type && Call.Type->is(Role::ThreadGroup) && Call.Object)
    return Destination(Facts, Launcher, Call.Type).element(Call.Object);
  const TypeFact *Type = returnedHandle(Words, *Call.Site);
  if (!Type && !Call.Fact->ReturnsFuture && !Call.Fact->ReturnsHandle)
    return Handle;
  if (Call.Site->getType()->isVoidType())
    return Handle;
  return Destination(Facts, Launcher, Type).of(Call.Site);
}

} // namespace clang::tidy::concord
