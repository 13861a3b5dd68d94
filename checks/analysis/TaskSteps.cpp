//===--- TaskSteps.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskSteps.h"
#include "analysis/TaskPolling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 4;

bool isUnevaluated(const Stmt *S) {
  return isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr,
             RequiresExpr>(S);
}

class StepFinder {
public:
  StepFinder(UnitFacts &Facts, const CXXRecordDecl &Class)
      : Facts(Facts), Class(*Class.getCanonicalDecl()) {}

  std::vector<TaskStep> Steps;

  void function(const FunctionDecl &Function, unsigned Depth) {
    const FunctionDecl *Definition = nullptr;
    if (Depth > MaxDepth || !Function.hasBody(Definition) ||
        !Seen.insert(Definition).second)
      return;
    statement(Definition->getBody(), Depth);
  }

private:
  void statement(const Stmt *S, unsigned Depth) {
    if (!S || isUnevaluated(S))
      return;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : Lambda->capture_inits())
        statement(Init, Depth);
      statement(Lambda->getBody(), Depth);
      return;
    }
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      statement(Range->getInit(), Depth);
      statement(Range->getRangeInit(), Depth);
      statement(Range->getBody(), Depth);
      return;
    }
    for (const Stmt *Child : S->children())
      statement(Child, Depth);
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      member(*Member);
    else if (const auto *Call = dyn_cast<CallExpr>(S))
      call(*Call, Depth);
  }

  /// \p E is the task's object, or a pointer or reference to it. The names that
  /// lead to another object of the same class are not told apart: what they
  /// name is used all the same.
  bool isObject(const Expr *E) const {
    E = E->IgnoreParenImpCasts();
    if (const auto *Star = dyn_cast<UnaryOperator>(E);
        Star && Star->getOpcode() == UO_Deref)
      E = Star->getSubExpr()->IgnoreParenImpCasts();
    if (!isa<CXXThisExpr>(E)) {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Variable =
          dyn_cast_or_null<VarDecl>(Ref ? Ref->getDecl() : nullptr);
      if (!Variable || !leadsToTask(*Variable))
        return false;
    }
    QualType Type = E->getType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    return Record &&
           (Record->getCanonicalDecl() == &Class ||
            (Class.hasDefinition() && Record->hasDefinition() &&
             Class.getDefinition()->isDerivedFrom(Record->getDefinition())));
  }

  /// A parameter that points to the object, a copy of `this`.
  static bool leadsToTask(const VarDecl &Variable) {
    QualType Type = Variable.getType();
    if (!Type->isPointerType() && !Type->isReferenceType())
      return false;
    if (isa<ParmVarDecl>(Variable))
      return true;
    const Expr *Init = Variable.getInit();
    if (!Init)
      return false;
    Init = Init->IgnoreParenCasts();
    if (const auto *Star = dyn_cast<UnaryOperator>(Init))
      Init = Star->getSubExpr()->IgnoreParenCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Init))
      return isa<ParmVarDecl>(Ref->getDecl());
    return isa<CXXThisExpr>(Init);
  }

  void member(const MemberExpr &Member) {
    const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
    if (!Field || !isObject(Member.getBase()))
      return;
    TaskStep Step{TaskStep::Use};
    Step.Site = &Member;
    Step.Member = Field;
    Steps.push_back(Step);
  }

  void call(const CallExpr &Call, unsigned Depth) {
    KnownCall Known = Facts.call(&Call);
    WaitKind Waits = waitKindOf(Known);
    if (Waits == WaitKind::Full || Known.does() == Operation::TryReceive ||
        asksForWork(Call)) {
      TaskStep Step{TaskStep::Wait};
      Step.Site = &Call;
      Steps.push_back(Step);
    }
    if (Known)
      return;
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee)
      return;
    const auto *OnObject = dyn_cast<CXXMemberCallExpr>(&Call);
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    bool SameObject = OnObject && Method && !Method->isStatic() &&
                      isObject(OnObject->getImplicitObjectArgument());
    if (SameObject && isOpenVirtual(*Method, Call)) {
      TaskStep Step{TaskStep::Virtual};
      Step.Site = &Call;
      Step.Method = Method;
      Steps.push_back(Step);
      if (const CXXMethodDecl *Own =
              Method->getCorrespondingMethodInClass(&Class))
        function(*Own, Depth + 1);
      return;
    }
    if (SameObject || llvm::any_of(Call.arguments(), [&](const Expr *Argument) {
          return isObject(Argument);
        }))
      if (Facts.function(Callee))
        function(*Callee, Depth + 1);
  }

  /// `queue.empty()` of a container in the object: there is work only when
  /// somebody who knows the object has brought some.
  bool asksForWork(const CallExpr &Call) const {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
    const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
    if (!Method || !Method->isConst() || !Method->getDeclName().isIdentifier())
      return false;
    if (Method->getName() != "empty" && Method->getName() != "size" &&
        Method->getName() != "isEmpty")
      return false;
    const auto *Field = dyn_cast<MemberExpr>(
        Member->getImplicitObjectArgument()->IgnoreParenImpCasts());
    return Field && isa<FieldDecl>(Field->getMemberDecl()) &&
           isObject(Field->getBase());
  }

  bool isOpenVirtual(const CXXMethodDecl &Method, const CallExpr &Call) const {
    const auto *Member =
        dyn_cast<MemberExpr>(Call.getCallee()->IgnoreParenImpCasts());
    return Method.isVirtual() && Member && !Member->hasQualifier() &&
           !Method.hasAttr<FinalAttr>() && !isa<CXXDestructorDecl>(Method);
  }

  UnitFacts &Facts;
  const CXXRecordDecl &Class;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
};

bool mentionsThis(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return isa<CXXThisExpr>(S) || llvm::any_of(S->children(), mentionsThis);
}

} // namespace

std::vector<TaskStep> stepsOf(UnitFacts &Facts, const FunctionDecl &Entry,
                              const CXXRecordDecl &Class) {
  StepFinder Finder(Facts, Class);
  Finder.function(Entry, 0);
  return std::move(Finder.Steps);
}

bool handsOverThis(const TaskLaunch &Launch) {
  if (llvm::any_of(Launch.Reaches, [](const TaskReach &Reach) {
        return Reach.How == TaskReach::This;
      }))
    return true;
  if (Launch.Lambda)
    return llvm::any_of(Launch.Lambda->capture_inits(), mentionsThis);
  return Launch.EntryObject && mentionsThis(Launch.EntryObject);
}

} // namespace clang::tidy::concord
