//===--- StopFlag.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StopFlag.h"
#include "analysis/StateAccess.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace clang::tidy::concord {

namespace {

/// One condition on a flag that keeps a loop going or ends it.
struct Poll {
  const ValueDecl *Flag = nullptr;
  const Expr *Site = nullptr;
  /// The value that ends the loop; nothing if several do.
  std::optional<bool> EndsOn;
};

/// One write of a flag.
struct FlagWrite {
  const FunctionInfo *Function;
  const Expr *Site;
  const Expr *Value;
};

/// \p Function reaches local \p Flag of a function around it by reference.
bool capturesByReference(const FunctionInfo &Function, const ValueDecl &Flag) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    if (F->Function && Flag.getDeclContext() == F->Function)
      return true;
    if (!F->Lambda)
      return false;
    bool ByReference = false;
    for (const LambdaCapture &Capture : F->Lambda->captures())
      ByReference |= Capture.capturesVariable() &&
                     Capture.getCapturedVar() == &Flag &&
                     Capture.getCaptureKind() == LCK_ByRef;
    if (!ByReference)
      return false;
  }
  return false;
}

/// The flag that \p E names, or null: a plain bool or integer that several
/// functions may see.
const ValueDecl *flagOf(const FunctionInfo &Function, const Expr *E) {
  const ValueDecl *D = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    D = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    D = dyn_cast<VarDecl>(Ref->getDecl());
  else if (const auto *Member = dyn_cast<MemberExpr>(E); Member && !D)
    D = dyn_cast<VarDecl>(Member->getMemberDecl());
  if (!D || D->isInvalidDecl() || D->getType().isNull())
    return nullptr;
  QualType Type = D->getType();
  if (Type->isDependentType() || Type.isConstQualified() ||
      Type->isAtomicType() || !Type->isIntegralOrEnumerationType())
    return nullptr;
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    return Field->isBitField() ? nullptr : Field;
  const auto *Variable = cast<VarDecl>(D);
  if (Variable->getTLSKind() != VarDecl::TLS_None || isa<ParmVarDecl>(Variable))
    return nullptr;
  if (Variable->hasLocalStorage() && !capturesByReference(Function, *Variable))
    return nullptr;
  return Variable->getCanonicalDecl();
}

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

/// Collects the conditions of loops, and of branches that leave an endless one.
class PollFinder {
public:
  explicit PollFinder(const FunctionInfo &Function) : Function(Function) {}
  std::vector<Poll> Polls;

  void find(const Stmt *S, bool InEndless = false) {
    if (!S || isa<LambdaExpr>(S))
      return;
    bool Inner = InEndless;
    if (const auto *While = dyn_cast<WhileStmt>(S))
      Inner = loop(While->getCond());
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      Inner = loop(Do->getCond());
    else if (const auto *For = dyn_cast<ForStmt>(S))
      Inner = loop(For->getCond());
    else if (isa<CXXForRangeStmt, SwitchStmt>(S))
      Inner = false;
    if (const auto *If = dyn_cast<IfStmt>(S); If && InEndless && leaves(*If))
      condition(If->getCond(), true);
    for (const Stmt *Child : S->children())
      find(Child, Inner);
  }

private:
  /// \returns true if the loop ends only from within.
  bool loop(const Expr *Condition) {
    if (!Condition)
      return true;
    const Expr *Core = Condition->IgnoreParenImpCasts();
    if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(Core))
      return Bool->getValue();
    if (const auto *Number = dyn_cast<IntegerLiteral>(Core))
      return Number->getValue() != 0;
    condition(Condition, false);
    return false;
  }

  static bool leaves(const IfStmt &If) {
    const Stmt *Then = If.getThen();
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Then))
      Then = Block->body_empty() ? nullptr : Block->body_back();
    return Then && isa<BreakStmt, ReturnStmt>(Then);
  }

  /// The loop ends when \p E is \p Ends.
  void condition(const Expr *E, bool Ends) {
    if (!E)
      return;
    E = E->IgnoreParenImpCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot)
      return condition(Not->getSubExpr(), !Ends);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->isLogicalOp()) {
        condition(Binary->getLHS(), Ends);
        condition(Binary->getRHS(), Ends);
      } else if (Binary->isEqualityOp()) {
        comparison(*Binary, Ends);
      }
      return;
    }
    if (const ValueDecl *Flag = flagOf(Function, E))
      Polls.push_back({Flag, E, Ends});
  }

  void comparison(const BinaryOperator &Binary, bool Ends) {
    const Expr *Left = Binary.getLHS()->IgnoreParenImpCasts();
    const Expr *Right = Binary.getRHS()->IgnoreParenImpCasts();
    if (!flagOf(Function, Left))
      std::swap(Left, Right);
    const ValueDecl *Flag = flagOf(Function, Left);
    if (!Flag)
      return;
    if (const auto *Bool = dyn_cast<CXXBoolLiteralExpr>(Right)) {
      bool Same = Binary.getOpcode() == BO_EQ;
      Polls.push_back({Flag, Left, (Bool->getValue() == Same) == Ends});
    } else if (isa<IntegerLiteral>(Right)) {
      Polls.push_back({Flag, Left, std::nullopt});
    }
  }

  const FunctionInfo &Function;
};

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
    for (const FunctionInfo *Function : Task) {
      PollFinder Finder(*Function);
      Finder.find(Function->Body);
      for (const Poll &P : Finder.Polls) {
        if (Flags.count(P.Flag) || ownObjectOf(*Function, P.Site) ||
            isLocked(*Function, P.Site))
          continue;
        if (const Expr *Write = findWrite(P, Task, Launch))
          Flags[P.Flag] = {P.Flag, P.Site, Write};
      }
    }
  }

  const Expr *findWrite(const Poll &P, const Functions &Task,
                        const TaskLaunch *Launch) {
    collectWrites();
    auto Found = Writes.find(P.Flag);
    if (Found == Writes.end())
      return nullptr;
    for (const FlagWrite &Write : Found->second)
      if (!Task.count(Write.Function) && endsLoop(Write, P) &&
          runsBeside(Write, Launch) && !isLocked(*Write.Function, Write.Site) &&
          !isCalledLocked(*Write.Function))
        return Write.Site;
    return nullptr;
  }

  bool endsLoop(const FlagWrite &Write, const Poll &P) const {
    if (!P.EndsOn || !Write.Value)
      return true;
    const Expr *Value = Write.Value->IgnoreParenImpCasts();
    if (Value->isValueDependent() || Value->isTypeDependent())
      return false;
    Expr::EvalResult Result;
    if (!Value->EvaluateAsInt(Result, Facts.context()))
      return true;
    return Result.Val.getInt().getBoolValue() == *P.EndsOn;
  }

  /// False for what happens before the launch or after the join.
  bool runsBeside(const FlagWrite &Write, const TaskLaunch *Launch) const {
    if (isa_and_nonnull<CXXConstructorDecl>(Write.Function->Function))
      return false;
    if (const VarDecl *Own = ownObjectOf(*Write.Function, Write.Site))
      if (!Launch || Write.Function != Launch->Launcher ||
          !isReached(*Own, *Launch))
        return false;
    const SourceManager &Sources = Facts.context().getSourceManager();
    auto IsBefore = [&](const Expr *A, const Expr *B) {
      return Sources.isBeforeInTranslationUnit(
          Sources.getExpansionLoc(A->getBeginLoc()),
          Sources.getExpansionLoc(B->getBeginLoc()));
    };
    if (Launch && Write.Function == Launch->Launcher &&
        IsBefore(Write.Site, Launch->Site))
      return false;
    for (const KnownCall &Call : Write.Function->Calls)
      if (Call.does() == Operation::Join && Call.Site &&
          IsBefore(Call.Site, Write.Site))
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
