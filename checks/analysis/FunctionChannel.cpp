//===--- FunctionChannel.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/FunctionChannel.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

namespace {

/// The variable that \p E names, through `*`, `->`, `std::move` and casts.
const VarDecl *variableOf(const Expr *E) {
  const AccessPath Path = AccessPath::ofObject(E);
  return dyn_cast_or_null<VarDecl>(Path.root());
}

/// The type through which \p Call passes its first argument; null if \p Call
/// does not call an object or a function pointer.
QualType firstParameter(const CallExpr &Call, const Expr *&Callable,
                        const Expr *&Argument) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    const FunctionDecl *Callee = Operator->getDirectCallee();
    if (Operator->getOperator() != OO_Call || Operator->getNumArgs() < 2 ||
        !Callee || Callee->getNumParams() < 1)
      return {};
    const CXXRecordDecl *Record =
        Operator->getArg(0)->getType()->getAsCXXRecordDecl();
    if (!Record || Record->isLambda())
      return {};
    Callable = Operator->getArg(0);
    Argument = Operator->getArg(1);
    return Callee->getParamDecl(0)->getType();
  }
  if (isa<CXXMemberCallExpr>(Call) || Call.getDirectCallee() ||
      Call.getNumArgs() < 1)
    return {};
  const auto *Pointer = Call.getCallee()->getType()->getAs<PointerType>();
  const auto *Proto =
      Pointer ? Pointer->getPointeeType()->getAs<FunctionProtoType>() : nullptr;
  if (!Proto || Proto->getNumParams() < 1)
    return {};
  Callable = Call.getCallee();
  Argument = Call.getArg(0);
  return Proto->getParamType(0);
}

bool isState(QualType Parameter) {
  if (!Parameter->isLValueReferenceType() && !Parameter->isPointerType())
    return false;
  const QualType Pointee = Parameter->getPointeeType();
  return !Pointee.isConstQualified() && !Pointee->isFunctionType() &&
         !Pointee->isVoidType();
}

class Finder {
public:
  explicit Finder(UnitFacts &Facts) : Facts(Facts), Words(Facts.vocabulary()) {}

  std::vector<FunctionChannel> run() {
    for (const auto &F : Facts.functions())
      if (!F->Dependent)
        for (const Expr *Call : F->OtherCalls)
          if (const auto *Plain = dyn_cast<CallExpr>(Call))
            judge(*F, *Plain);
    return std::move(Found);
  }

private:
  void judge(const FunctionInfo &F, const CallExpr &Call) {
    const Expr *Callable = nullptr, *Argument = nullptr;
    const QualType Parameter = firstParameter(Call, Callable, Argument);
    if (Parameter.isNull() || !isState(Parameter))
      return;
    const Stmt *Loop = loopAround(F, &Call);
    const AccessPath State = AccessPath::ofObject(Argument);
    if (!Loop || !State.lastDecl() || !outlives(State, *Loop))
      return;
    const ValueDecl *Channel = channelOf(F, Callable, *Loop);
    if (Channel && !hasSeveralManagers(F) && Seen.insert(Channel).second)
      Found.push_back({Channel, State.lastDecl(), &Call});
  }

  const Stmt *loopAround(const FunctionInfo &F, const Stmt *S) const {
    for (const Stmt *Up = Facts.parent(F, S); Up; Up = Facts.parent(F, Up))
      if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Up))
        return Up;
    return nullptr;
  }

  /// The state is the same one in each iteration, and is no tool of tasks.
  bool outlives(const AccessPath &State, const Stmt &Loop) const {
    const QualType Type = State.lastDecl()->getType().getNonReferenceType();
    const TypeFact *Fact = Words.type(Type);
    if (!Fact)
      Fact = Words.pointee(Type);
    if (Fact && Fact->Roles)
      return false;
    const auto *Root = dyn_cast_or_null<VarDecl>(State.root());
    if (!Root)
      return State.isThisRooted() && !State.steps().empty();
    const SourceRange Body = Loop.getSourceRange();
    return Root->getLocation() < Body.getBegin() ||
           Body.getEnd() < Root->getLocation();
  }

  /// The channel from which \p Callable was received in the iteration.
  const ValueDecl *channelOf(const FunctionInfo &F, const Expr *Callable,
                             const Stmt &Loop) const {
    if (const ValueDecl *Direct = receivedIn(F, Callable))
      return Direct;
    const VarDecl *V = variableOf(Callable);
    if (!V)
      return nullptr;
    for (const KnownCall &Call : F.Calls)
      if (isReceive(Call))
        if (const Expr *Out = Call.argument(Call.Fact->Out);
            Out && variableOf(Out) == V)
          return AccessPath::ofObject(Call.Object).lastDecl();
    const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop);
    if (Range && Range->getLoopVariable() == V &&
        Words.is(Range->getRangeInit()->getType().getNonReferenceType(),
                 Role::Channel))
      return AccessPath::ofObject(Range->getRangeInit()).lastDecl();
    return V->getInit() ? receivedIn(F, V->getInit()) : nullptr;
  }

  static bool isReceive(const KnownCall &Call) {
    return Call.Object && (Call.does() == Operation::Receive ||
                           Call.does() == Operation::TryReceive ||
                           Call.does() == Operation::TimedReceive);
  }

  /// The channel of a receive inside \p S, or the guarded container of whose
  /// front it is.
  const ValueDecl *receivedIn(const FunctionInfo &F, const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *E = dyn_cast<Expr>(S)) {
      const KnownCall Call = Facts.call(E);
      if (isReceive(Call))
        return AccessPath::ofObject(Call.Object).lastDecl();
    }
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S))
      if (const ValueDecl *Container = frontOf(F, *Member))
        return Container;
    for (const Stmt *Child : S->children())
      if (const ValueDecl *Channel = receivedIn(F, Child))
        return Channel;
    return nullptr;
  }

  /// `queue_.front()` in a class that waits until there is something in it.
  const ValueDecl *frontOf(const FunctionInfo &F,
                           const CXXMemberCallExpr &Call) const {
    const CXXMethodDecl *Method = Call.getMethodDecl();
    if (!Method || !Method->getIdentifier() || Method->getName() != "front" ||
        !Words.isContainer(Call.getObjectType()) ||
        !F.does({Operation::ConditionWait}))
      return nullptr;
    const AccessPath Path =
        AccessPath::ofObject(Call.getImplicitObjectArgument());
    return Path.isThisRooted() || Path.isGlobal() ? Path.lastDecl() : nullptr;
  }

  /// Several tasks run \p F, each with a state of its own: a pool.
  bool hasSeveralManagers(const FunctionInfo &F) {
    unsigned Launches = 0;
    for (const TaskLaunch &Launch : Facts.launches()) {
      const bool Runs =
          (F.Lambda && Launch.Lambda == F.Lambda) ||
          (F.Function && Launch.Entry &&
           Launch.Entry->getCanonicalDecl() == F.Function->getCanonicalDecl());
      if (!Runs)
        continue;
      if (Launch.Loop || Launch.Handle.Where == TaskHandle::Element)
        return true;
      ++Launches;
    }
    return Launches > 1;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  llvm::SmallPtrSet<const ValueDecl *, 4> Seen;
  std::vector<FunctionChannel> Found;
};

} // namespace

std::vector<FunctionChannel> functionChannels(UnitFacts &Facts) {
  return Finder(Facts).run();
}

} // namespace clang::tidy::concord
