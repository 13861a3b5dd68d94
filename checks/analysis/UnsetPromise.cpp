//===--- UnsetPromise.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskCounter.h"
#include "analysis/ThreadStart.h"
#include "analysis/UnservedTask.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

class PromiseJudge {
public:
  explicit PromiseJudge(UnitFacts &Facts) : Facts(Facts) {}

  std::vector<UnsetPromise> Found;

  void judge(const TaskLaunch &Launch) {
    const FunctionInfo *Task =
        Launch.Entry ? Facts.function(Launch.Entry) : nullptr;
    if (!Task || Task->Dependent || Launch.Synchronous)
      return;
    llvm::SmallVector<const ValueDecl *, 2> Seen;
    for (const KnownCall &Call : Task->Calls) {
      const ValueDecl *Promise =
          Call.does() == Operation::SetValue || Call.does() == Operation::Run
              ? counterOf(Call.Object)
              : nullptr;
      if (!Promise || llvm::is_contained(Seen, Promise))
        continue;
      Seen.push_back(Promise);
      judge(Launch, *Task, *Promise);
    }
  }

private:
  void judge(const TaskLaunch &Launch, const FunctionInfo &Task,
             const ValueDecl &Promise) {
    const ValueDecl *Outside = outlivingPromise(Launch, Task, Promise);
    const Expr *Wait = Outside ? waitFor(Launch, *Outside) : nullptr;
    if (!Wait)
      return;
    TaskDuty Duty;
    Duty.Object = &Promise;
    for (const KnownCall &Call : Task.Calls)
      if ((Call.does() == Operation::SetValue ||
           Call.does() == Operation::Run) &&
          counterOf(Call.Object) == &Promise)
        Duty.Fulfils.push_back(Call.Site);
    for (const UnmetDuty &Unmet : unmetDuties(Facts, Task, Duty)) {
      // The end of the program is another finding.
      const bool Ends =
          startsThread(Launch) && !Launch.Call.Fact->ReturnsFuture;
      if (Unmet.What == UnmetDuty::Continue ||
          (Unmet.What == UnmetDuty::Throw && Ends))
        continue;
      Found.push_back({Outside, Unmet, &Launch, Wait});
    }
  }

  /// The promise in the launcher or its object, where it is not the task's own;
  /// null otherwise.
  const ValueDecl *outlivingPromise(const TaskLaunch &Launch,
                                    const FunctionInfo &Task,
                                    const ValueDecl &Promise) {
    if (isa<FieldDecl>(Promise))
      return &Promise;
    const auto *Variable = dyn_cast<VarDecl>(&Promise);
    if (!Variable)
      return nullptr;
    if (Variable->hasGlobalStorage())
      return Variable;
    for (const TaskReach &Reach : Launch.Reaches) {
      const ValueDecl *Named = Reach.Variable;
      if (!Named || !holdsPromise(*Named))
        continue;
      const bool Shared = Reach.How == TaskReach::Reference ||
                          Reach.How == TaskReach::Pointer ||
                          (Reach.How == TaskReach::Value &&
                           isSharedPointer(*Named) && !isMoved(Reach));
      if (!Shared)
        continue;
      if (Named->getCanonicalDecl() == Variable->getCanonicalDecl())
        return Named;
      if (isa<ParmVarDecl>(Variable) && Reach.Argument &&
          Variable->getDeclContext() == Task.Function &&
          (Variable->getType()->isReferenceType() ||
           Variable->getType()->isPointerType() || isSharedPointer(*Variable)))
        return Named;
    }
    return nullptr;
  }

  bool holdsPromise(const ValueDecl &D) const {
    const TypeFact *Fact =
        Facts.vocabulary().type(D.getType().getNonReferenceType());
    if (!Fact)
      Fact = Facts.vocabulary().pointee(D.getType().getNonReferenceType());
    return Fact && (Fact->is(Role::Promise) || Fact->is(Role::PackagedTask));
  }

  /// A pointer that does not own alone.
  static bool isSharedPointer(const ValueDecl &D) {
    const CXXRecordDecl *Record =
        D.getType().getNonReferenceType()->getAsCXXRecordDecl();
    return Record && Record->getDeclName().isIdentifier() &&
           Record->hasDefinition() && Record->getName() == "shared_ptr";
  }

  /// `std::move(promise)` as an argument or in a capture.
  bool isMoved(const TaskReach &Reach) const {
    const Expr *Given = Reach.Argument;
    if (!Given && Reach.Capture && Reach.Capture->capturesVariable())
      if (const auto *Init = dyn_cast<VarDecl>(Reach.Capture->getCapturedVar());
          Init && Init->isInitCapture())
        Given = Init->getInit();
    return Given && Given->IgnoreParenImpCasts()->isXValue();
  }

  /// Where somebody waits without a limit for a future of \p Promise.
  const Expr *waitFor(const TaskLaunch &Launch, const ValueDecl &Promise) {
    for (const auto &Function : Facts.functions()) {
      if (Function->Dependent ||
          (isa<VarDecl>(Promise) && cast<VarDecl>(Promise).hasLocalStorage() &&
           Function.get() != Launch.Launcher))
        continue;
      for (const KnownCall &Call : Function->Calls)
        if (Call.does() == Operation::GetFuture &&
            counterOf(Call.Object) == Promise.getCanonicalDecl())
          if (const Expr *Wait = waitOn(*Function, Call))
            return Wait;
    }
    const auto *Field = dyn_cast<FieldDecl>(&Promise);
    return Field ? waitOnSibling(*Field) : nullptr;
  }

  /// `std::future<int> future = promise.get_future();` in the class.
  const Expr *waitOnSibling(const FieldDecl &Promise) {
    for (const FieldDecl *Sibling : Promise.getParent()->fields()) {
      const Expr *Init = Sibling->getInClassInitializer();
      const KnownCall Gives =
          Init ? Facts.call(Init->IgnoreImplicit()) : KnownCall();
      if (Gives.does() != Operation::GetFuture ||
          counterOf(Gives.Object) != Promise.getCanonicalDecl())
        continue;
      for (const auto &Function : Facts.functions())
        for (const KnownCall &Call : Function->Calls)
          if ((Call.does() == Operation::Get ||
               Call.does() == Operation::Wait) &&
              counterOf(Call.Object) == Sibling->getCanonicalDecl())
            return Call.Site;
    }
    return nullptr;
  }

  /// `promise.get_future().get()`, `auto f = promise.get_future(); … f.get()`.
  const Expr *waitOn(const FunctionInfo &Function, const KnownCall &Gives) {
    const ValueDecl *Future = nullptr;
    for (const VarDecl *Variable : Function.Variables)
      if (Variable->getInit() && contains(Variable->getInit(), Gives.Site))
        Future = Variable;
    if (!Future)
      Future = assignedField(Function, Gives.Site);
    for (const auto &Other : Facts.functions()) {
      if (Other->Dependent ||
          (!isa_and_nonnull<FieldDecl>(Future) && Other.get() != &Function))
        continue;
      for (const KnownCall &Call : Other->Calls) {
        if (Call.does() != Operation::Get && Call.does() != Operation::Wait)
          continue;
        if (Future ? counterOf(Call.Object) == Future->getCanonicalDecl()
                   : Call.Object && contains(Call.Object, Gives.Site))
          return Call.Site;
      }
    }
    return nullptr;
  }

  /// `future_ = promise_.get_future()`, there or in an initialiser.
  const ValueDecl *assignedField(const FunctionInfo &Function,
                                 const Expr *Site) const {
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(Function.Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getInit() && contains(Init->getInit(), Site))
          return Init->getAnyMember();
    for (const Stmt *S = Facts.parent(Function, Site); S && isa<Expr>(S);
         S = Facts.parent(Function, S)) {
      if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
          Operator && Operator->getOperator() == OO_Equal)
        return counterOf(Operator->getArg(0));
    }
    return nullptr;
  }

  static bool contains(const Stmt *S, const Stmt *Part) {
    if (!S || S == Part)
      return S != nullptr;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return contains(Child, Part);
    });
  }

  UnitFacts &Facts;
};

} // namespace

std::vector<UnsetPromise> unsetPromises(UnitFacts &Facts) {
  PromiseJudge Judge(Facts);
  for (const TaskLaunch &Launch : Facts.launches())
    Judge.judge(Launch);
  return std::move(Judge.Found);
}

} // namespace clang::tidy::concord
