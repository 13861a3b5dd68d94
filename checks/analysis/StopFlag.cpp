//===--- StopFlag.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StopFlag.h"
#include "analysis/FlagPoll.h"
#include "analysis/StateAccess.h"
#include "analysis/TaskArgument.h"
#include "analysis/TaskPolling.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace clang::tidy::concord {

namespace {

/// One write of a flag.
struct FlagWrite {
  const FunctionInfo *Function;
  const Expr *Site;
  const Expr *Value;
};

/// The local variable of \p Function, held by value, that the field \p E is a
/// part of, or null: another object of the class is another matter.
const VarDecl *ownObjectOf(const FunctionInfo &Function, const Expr *E) {
  if (!isa<MemberExpr>(E))
    return nullptr;
  AccessPath Path = AccessPath::of(E);
  const auto *Root = dyn_cast_or_null<VarDecl>(Path.root());
  if (!Root || !Root->hasLocalStorage() || Root->getType()->isReferenceType())
    return nullptr;
  for (const AccessPath::Step &Step : Path.steps())
    if (Step.What == AccessPath::Step::Deref)
      return nullptr;
  bool Captured = Function.Lambda && capturesByReference(Function, *Root);
  bool Outer = Function.Function && Root->getDeclContext() != Function.Function;
  return Captured && Outer ? nullptr : Root;
}

class FlagSearch {
public:
  explicit FlagSearch(UnitFacts &Facts) : Facts(Facts) {}

  std::vector<StopFlag> run() {
    for (const TaskLaunch &Launch : Facts.launches())
      if (!Launch.Synchronous && !Launch.Cooperative && !Launch.InlineMaybe &&
          Launch.Entry)
        judge(Facts.function(Launch.Entry), &Launch);
    // A default member initialiser belongs to no function of the unit.
    for (const CXXRecordDecl *Record : Facts.records())
      for (const FieldDecl *Field : Record->fields())
        if (Facts.vocabulary().is(Field->getType(), Role::Thread))
          judge(entryOf(Field->getInClassInitializer()), nullptr);
    std::vector<StopFlag> Result;
    for (auto &[Flag, Found] : Flags)
      Result.push_back(Found);
    return Result;
  }

private:
  using Functions = llvm::SmallSetVector<const FunctionInfo *, 8>;

  /// What the task runs without a lock of its callers, as far as the unit
  /// shows.
  Functions runBy(const FunctionInfo &Entry) {
    Functions Task;
    Task.insert(&Entry);
    for (size_t I = 0; I != Task.size(); ++I)
      for (const Expr *Call : Task[I]->OtherCalls)
        if (const FunctionInfo *Callee = Facts.callee(Call))
          if (!isLocked(*Task[I], Call))
            Task.insert(Callee);
    return Task;
  }

  /// What a thread that is initialised by \p Initializer runs, or null.
  const FunctionInfo *entryOf(const Expr *Initializer) {
    llvm::SmallVector<const Stmt *, 8> Work{Initializer};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
        return bodyOf(*Lambda);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
        if (const auto *Named = dyn_cast<FunctionDecl>(Ref->getDecl()))
          return Facts.function(Named);
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
    }
    return nullptr;
  }

  /// The entry of \p Lambda. The unit has none for a default member initialiser
  /// that no written constructor uses; what takes locks there is left alone.
  const FunctionInfo *bodyOf(const LambdaExpr &Lambda) {
    const CXXMethodDecl *Operator = Lambda.getCallOperator();
    if (const FunctionInfo *Known = Facts.function(Operator))
      return Known;
    auto Info = std::make_unique<FunctionInfo>();
    Info->Function = Operator;
    Info->Body = Lambda.getBody();
    Info->Lambda = &Lambda;
    llvm::SmallVector<const Stmt *, 32> Work{Info->Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
      const auto *E = dyn_cast<Expr>(S);
      if (!E || !isa<CallExpr, CXXConstructExpr>(E))
        continue;
      if (Facts.vocabulary().is(E->getType(), Role::Guard) ||
          Facts.vocabulary().call(E).does() == Operation::Lock)
        return nullptr;
      Info->OtherCalls.push_back(E);
    }
    Initializers.push_back(std::move(Info));
    return Initializers.back().get();
  }

  bool isLocked(const FunctionInfo &Function, const Stmt *S) {
    for (const auto &Initializer : Initializers)
      if (Initializer.get() == &Function)
        return false;
    const LockState *Locks = Facts.locks(Function);
    return Locks && (!Locks->complete() || !Locks->heldAt(S).empty());
  }

  void judge(const FunctionInfo *Entry, const TaskLaunch *Launch) {
    if (!Entry)
      return;
    Functions Task = runBy(*Entry);
    for (const FunctionInfo *Function : Task)
      for (FlagPoll &P : findFlagPolls(Facts, *Function)) {
        if (!resolve(P, Launch) || Flags.count(P.Flag) ||
            ownObjectOf(*Function, P.Site) || !isUnprotected(*Function, P))
          continue;
        if (const Expr *Write = findWrite(P, Task, Launch))
          Flags[P.Flag] = {P.Flag, P.Site, Write, /*ByLauncher=*/false};
      }
    if (Launch && runsBesideLauncher(*Launch))
      judgeLauncher(*Launch, Task);
  }

  /// Loops in which the launcher waits for a flag that the task writes.
  void judgeLauncher(const TaskLaunch &Launch, const Functions &Task) {
    for (const FlagPoll &P : findFlagPolls(Facts, *Launch.Launcher)) {
      if (Flags.count(P.Flag) || isa<ParmVarDecl>(P.Flag) ||
          !runsBeside(*Launch.Launcher, P.Site, &Launch) ||
          !isUnprotected(*Launch.Launcher, P))
        continue;
      collectWrites();
      for (const FlagWrite &Write : writesIn(Launch, *P.Flag))
        if (Task.count(Write.Function) &&
            P.endsOn(Write.Value, Facts.context()) &&
            !isLocked(*Write.Function, Write.Site) &&
            !isCalledLocked(*Write.Function)) {
          Flags[P.Flag] = {P.Flag, P.Site, Write.Site, /*ByLauncher=*/true};
          break;
        }
    }
  }

  /// The writes of \p Flag, those through a parameter of the task included.
  std::vector<FlagWrite> writesIn(const TaskLaunch &Launch,
                                  const ValueDecl &Flag) {
    std::vector<FlagWrite> Found = Writes.lookup(&Flag);
    for (const TaskReach &Reach : Launch.Reaches)
      if (flagBehind(Reach) == &Flag)
        if (const ParmVarDecl *Parameter =
                entryParameter(Launch, Reach.Argument))
          llvm::append_range(Found, Writes.lookup(Parameter));
    return Found;
  }

  /// The variable or field that the task gets by \p Reach as an argument.
  static const ValueDecl *flagBehind(const TaskReach &Reach) {
    bool ByReference =
        Reach.How == TaskReach::Reference || Reach.How == TaskReach::Pointer;
    if (!ByReference || !Reach.Argument)
      return nullptr;
    const ValueDecl *Last = Reach.Path.lastDecl();
    const ValueDecl *Flag = Last ? Last : Reach.Variable;
    return Flag ? cast<ValueDecl>(Flag->getCanonicalDecl()) : nullptr;
  }

  /// Says a flag behind a parameter of the task in the launcher's terms.
  bool resolve(FlagPoll &P, const TaskLaunch *Launch) const {
    const auto *Parameter = dyn_cast<ParmVarDecl>(P.Flag);
    if (!Parameter)
      return true;
    if (!Launch || Parameter->getDeclContext() != Launch->Entry)
      return false;
    for (const TaskReach &Reach : Launch->Reaches) {
      const ValueDecl *Flag = flagBehind(Reach);
      if (!Flag || entryParameter(*Launch, Reach.Argument) != Parameter)
        continue;
      P.Flag = Flag;
      return isa<FieldDecl, VarDecl>(Flag);
    }
    return false;
  }

  /// Neither a lock nor what the loop waits for orders the poll after a write.
  bool isUnprotected(const FunctionInfo &Function, const FlagPoll &P) {
    return !isLocked(Function, P.Site) && !waitsForOthers(*P.Loop);
  }

  bool waitsForOthers(const Stmt &Loop) {
    llvm::SmallVector<const Stmt *, 32> Work{&Loop};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
      const auto *E = dyn_cast<Expr>(S);
      KnownCall Call = E ? Facts.call(E) : KnownCall();
      // A condition that is waited for orders nothing without the lock.
      if (Call.Fact && waitKindOf(Call) == WaitKind::Full &&
          Call.does() != Operation::Join &&
          Call.does() != Operation::ConditionWait)
        return true;
    }
    return false;
  }

  const Expr *findWrite(const FlagPoll &P, const Functions &Task,
                        const TaskLaunch *Launch) {
    collectWrites();
    auto Found = Writes.find(P.Flag);
    if (Found == Writes.end())
      return nullptr;
    for (const FlagWrite &Write : Found->second)
      if (!Task.count(Write.Function) &&
          P.endsOn(Write.Value, Facts.context()) &&
          runsBeside(*Write.Function, Write.Site, Launch) &&
          !isLocked(*Write.Function, Write.Site) &&
          !isCalledLocked(*Write.Function))
        return Write.Site;
    return nullptr;
  }

  /// False for what \p Function does at \p Site before the launch or after
  /// the join.
  bool runsBeside(const FunctionInfo &Function, const Expr *Site,
                  const TaskLaunch *Launch) const {
    if (isa_and_nonnull<CXXConstructorDecl>(Function.Function))
      return false;
    if (const VarDecl *Own = ownObjectOf(Function, Site))
      if (!Launch || &Function != Launch->Launcher || !isReached(*Own, *Launch))
        return false;
    const SourceManager &Sources = Facts.context().getSourceManager();
    auto IsBefore = [&](const Expr *A, const Expr *B) {
      return Sources.isBeforeInTranslationUnit(
          Sources.getExpansionLoc(A->getBeginLoc()),
          Sources.getExpansionLoc(B->getBeginLoc()));
    };
    if (Launch && &Function == Launch->Launcher && IsBefore(Site, Launch->Site))
      return false;
    for (const KnownCall &Call : Function.Calls)
      if (Call.does() == Operation::Join && Call.Site &&
          IsBefore(Call.Site, Site))
        return false;
    return true;
  }

  static bool isReached(const VarDecl &Object, const TaskLaunch &Launch) {
    return llvm::any_of(Launch.Reaches, [&](const TaskReach &Reach) {
      return Reach.Variable == &Object && Reach.How != TaskReach::Value;
    });
  }

  /// A caller of \p Function that the unit shows holds a lock.
  bool isCalledLocked(const FunctionInfo &Function) {
    for (const auto &Caller : Facts.functions())
      for (const Expr *Call : Caller->OtherCalls)
        if (Facts.callee(Call) == &Function && isLocked(*Caller, Call))
          return true;
    return false;
  }

  void collectWrites() {
    if (Collected)
      return;
    Collected = true;
    for (const auto &Function : Facts.functions())
      collectWrites(*Function);
  }

  void collectWrites(const FunctionInfo &Function) {
    llvm::SmallVector<const Stmt *, 32> Work{Function.Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
      const auto *E = dyn_cast<Expr>(S);
      const ValueDecl *Flag = E ? flagOf(Function, E) : nullptr;
      if (!Flag && E)
        Flag = flagBehindParameter(E);
      if (!Flag)
        continue;
      const Expr *Operation = nullptr;
      const Expr *Value = nullptr;
      if (accessKind(Facts, Function, E, Operation, Value) ==
          StateAccess::Write)
        Writes[Flag].push_back({&Function, E, Value});
    }
  }

  UnitFacts &Facts;
  /// Bodies of tasks that the unit does not list.
  std::vector<std::unique_ptr<FunctionInfo>> Initializers;
  llvm::MapVector<const ValueDecl *, StopFlag> Flags;
  llvm::DenseMap<const ValueDecl *, std::vector<FlagWrite>> Writes;
  bool Collected = false;
};

} // namespace

std::vector<StopFlag> plainStopFlags(UnitFacts &Facts) {
  return FlagSearch(Facts).run();
}

} // namespace clang::tidy::concord
