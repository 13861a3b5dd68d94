//===--- StopHandOver.cpp - What becomes of a way to stop? ----------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StopHandOver.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 2;

bool isToken(const Vocabulary &Words, QualType Type) {
  const TypeFact *Fact =
      Type.isNull() ? nullptr : Words.type(Type.getNonReferenceType());
  return Fact && Fact->is(Role::StopToken) && !Fact->is(Role::StopSource);
}

bool isSource(const Vocabulary &Words, QualType Type) {
  const TypeFact *Fact = Type.isNull() ? nullptr : Words.type(Type);
  return Fact && Fact->is(Role::StopSource) && !Fact->is(Role::StopToken);
}

/// True if \p S, capture lists and bodies of lambdas included, names one of
/// \p Variables.
bool mentions(const Stmt *S,
              const llvm::SmallPtrSetImpl<const ValueDecl *> &Variables) {
  llvm::SmallVector<const Stmt *, 16> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Next);
        Ref && Variables.count(Ref->getDecl()))
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Next)) {
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable() &&
            Variables.count(Capture.getCapturedVar()))
          return true;
      for (const Expr *Init : Lambda->capture_inits())
        Work.push_back(Init);
      continue;
    }
    Work.append(Next->child_begin(), Next->child_end());
  }
  return false;
}

/// Follows one stop source through the body of a function.
class SourceUse {
public:
  SourceUse(UnitFacts &Facts, const FunctionInfo &Function,
            const VarDecl &Source)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function) {
    Result.Source = &Source;
    Carriers.insert(&Source);
  }

  std::optional<StopHandOver> find() {
    visit(Function.Body, nullptr, nullptr, /*Nested=*/false);
    if (Escapes)
      return std::nullopt;
    for (const VarDecl *Variable : Function.Variables)
      if (isToken(Words, Variable->getType()) && Variable->getInit() &&
          mentions(Variable->getInit(), Carriers))
        Carriers.insert(Variable);
    for (const TaskLaunch &Launch : Facts.launches())
      if (Launch.Launcher == &Function && !Launch.Synchronous &&
          getsToken(Launch))
        Result.Launches.push_back(&Launch);
    return Result;
  }

private:
  bool getsToken(const TaskLaunch &Launch) const {
    return mentions(Launch.Site, Carriers) ||
           (Launch.Lambda && mentions(Launch.Lambda, Carriers));
  }

  void visit(const Stmt *S, const Stmt *Parent, const Stmt *Above,
             bool Nested) {
    if (!S || Escapes)
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Result.Source)
      return use(Parent, Above, Nested);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const LambdaCapture &Capture : Lambda->captures())
        Escapes |= Capture.capturesVariable() &&
                   Capture.getCapturedVar() == Result.Source &&
                   Capture.getCaptureKind() != LCK_ByRef;
      for (const Expr *Init : Lambda->capture_inits())
        if (const auto *Ref =
                Init ? dyn_cast<DeclRefExpr>(Init->IgnoreParenImpCasts())
                     : nullptr;
            !Ref || Ref->getDecl() != Result.Source)
          visit(Init, Lambda, Parent, Nested);
      return visit(Lambda->getBody(), nullptr, nullptr, /*Nested=*/true);
    }
    const bool IsCast = isa<ParenExpr, ImplicitCastExpr>(S);
    for (const Stmt *Child : S->children())
      visit(Child, IsCast ? Parent : S, IsCast ? Above : Parent, Nested);
  }

  /// The source is named as the object of member \p Parent, called by \p Above.
  void use(const Stmt *Parent, const Stmt *Above, bool Nested) {
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Above);
    const Operation Does = Call && isa_and_nonnull<MemberExpr>(Parent)
                               ? Facts.call(Call).does()
                               : Operation::None;
    if (Does == Operation::GetToken || Does == Operation::QueryStop)
      return;
    if (Does != Operation::RequestStop || Nested) {
      Escapes = true;
      return;
    }
    Result.Triggers.insert(Call);
    if (!Result.Trigger)
      Result.Trigger = Call;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  StopHandOver Result;
  /// The source and the variables that hold a token of it.
  llvm::SmallPtrSet<const ValueDecl *, 4> Carriers;
  bool Escapes = false;
};

/// Judges what ends the loops of a task.
class TaskEnd {
public:
  TaskEnd(UnitFacts &Facts, const ParmVarDecl *Own) : Facts(Facts), Own(Own) {}

  bool onlyOnStop(const FunctionInfo &Task, unsigned Depth) const {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(Task.Body);
    if (!Body)
      return false;
    for (const Stmt *S : Body->body()) {
      if (isa<ReturnStmt, IfStmt, SwitchStmt, CXXTryStmt, GotoStmt>(S))
        return false;
      if (isa<WhileStmt, DoStmt, ForStmt>(S))
        return loop(S);
      const auto *E = dyn_cast<Expr>(S);
      const auto *Call =
          E ? dyn_cast<CallExpr>(E->IgnoreParenImpCasts()) : nullptr;
      if (!Call || Depth == MaxDepth)
        continue;
      const FunctionInfo *Callee = Facts.callee(Call);
      if (Callee && llvm::any_of(Call->arguments(), [&](const Expr *Argument) {
            return isToken(Facts.vocabulary(), Argument->getType());
          }))
        return onlyOnStop(*Callee, Depth + 1);
    }
    return false;
  }

private:
  bool loop(const Stmt *S) const {
    const Expr *Condition = nullptr;
    const Stmt *Body = nullptr;
    if (const auto *While = dyn_cast<WhileStmt>(S)) {
      Condition = While->getCond();
      Body = While->getBody();
    } else if (const auto *Do = dyn_cast<DoStmt>(S)) {
      Condition = Do->getCond();
      Body = Do->getBody();
    } else if (const auto *For = dyn_cast<ForStmt>(S)) {
      Condition = For->getCond();
      Body = For->getBody();
    }
    bool Polls = Condition && isPoll(Condition);
    bool Value = false;
    bool Endless =
        !Condition ||
        (!Condition->isValueDependent() &&
         Condition->EvaluateAsBooleanCondition(Value, Facts.context()) &&
         Value);
    return (Polls || Endless) && staysIn(Body, Polls) && Polls;
  }

  /// `!token.stop_requested()`, for a token that the launcher handed over.
  bool isPoll(const Expr *E) const {
    E = E->IgnoreParenImpCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return isPoll(Not->getSubExpr());
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return false;
    KnownCall Known = Facts.call(Call);
    const Expr *Object = Known.Object;
    const auto *Ref =
        Object ? dyn_cast<DeclRefExpr>(Object->IgnoreParenImpCasts()) : nullptr;
    return Known.does() == Operation::QueryStop && Ref && Ref->getDecl() != Own;
  }

  /// No way out of the loop but a test of the token, which \p Polls notes.
  bool staysIn(const Stmt *S, bool &Polls) const {
    if (!S || isa<LambdaExpr>(S))
      return true;
    if (isa<BreakStmt, ReturnStmt, GotoStmt, CXXThrowExpr, CoreturnStmt,
            CoawaitExpr, SwitchStmt>(S))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S); If && isPoll(If->getCond())) {
      Polls = true;
      return staysIn(If->getElse(), Polls);
    }
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *Callee = Call->getDirectCallee();
          Callee && Callee->isNoReturn())
        return false;
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return staysIn(Child, Polls);
    });
  }

  UnitFacts &Facts;
  /// The parameter that the thread itself fills.
  const ParmVarDecl *Own;
};

} // namespace

std::vector<StopHandOver> localStopSources(UnitFacts &Facts,
                                           const FunctionInfo &Function) {
  std::vector<StopHandOver> Found;
  for (const VarDecl *Variable : Function.Variables) {
    if (!Variable->hasLocalStorage() ||
        !isSource(Facts.vocabulary(), Variable->getType()))
      continue;
    std::optional<StopHandOver> Use =
        SourceUse(Facts, Function, *Variable).find();
    if (Use && !Use->Launches.empty())
      Found.push_back(std::move(*Use));
  }
  return Found;
}

bool endsOnlyOnStop(UnitFacts &Facts, const TaskLaunch &Launch) {
  const FunctionInfo *Task =
      Launch.Entry ? Facts.function(Launch.Entry) : nullptr;
  if (!Task || Task->Dependent)
    return false;
  const ParmVarDecl *Own = nullptr;
  if (Launch.Call.Type && Launch.Call.Type->has(Trait::StopTokenArgument) &&
      Task->Function && Task->Function->getNumParams() > 0)
    Own = Task->Function->getParamDecl(0);
  return TaskEnd(Facts, Own).onlyOnStop(*Task, 0);
}

} // namespace clang::tidy::concord
