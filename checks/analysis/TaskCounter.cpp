//===--- TaskCounter.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskCounter.h"
#include "analysis/Callable.h"
#include "analysis/TaskArgument.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

const ValueDecl *counterOf(const Expr *E) {
  const AccessPath Path = E ? AccessPath::ofObject(E) : AccessPath();
  const ValueDecl *Last = Path ? Path.lastDecl() : nullptr;
  return Last ? cast<ValueDecl>(Last->getCanonicalDecl()) : nullptr;
}

namespace {

std::optional<int64_t> constant(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->containsErrors() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context) ||
      !Result.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return Result.Val.getInt().getExtValue();
}

bool isZero(const Expr *E, const ASTContext &Context) {
  return constant(E, Context) == std::optional<int64_t>(0);
}

/// The integer object whose value \p E is: `n`, `n.load()`, `(last = n)`.
const Expr *readObject(const UnitFacts &Facts, const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Assignment = dyn_cast<BinaryOperator>(E))
    return Assignment->getOpcode() == BO_Assign
               ? readObject(Facts, Assignment->getRHS())
               : nullptr;
  if (const auto *Atomic = dyn_cast<AtomicExpr>(E))
    return Atomic->getOp() == AtomicExpr::AO__c11_atomic_load ||
                   Atomic->getOp() == AtomicExpr::AO__atomic_load_n
               ? Atomic->getPtr()
               : nullptr;
  if (const KnownCall Call = Facts.call(E))
    return Call.does() == Operation::AtomicLoad ? Call.Object : nullptr;
  if (isa<CallExpr>(E)) { // a getter
    const FunctionInfo *Callee = Facts.callee(E);
    const auto *Body = Callee ? dyn_cast<CompoundStmt>(Callee->Body) : nullptr;
    if (!Body || Body->body_empty())
      return nullptr;
    const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
    const Expr *Value = Return ? Return->getRetValue() : nullptr;
    Value = Value ? Value->IgnoreParenCasts() : nullptr;
    if (!Value || (isa<CallExpr>(Value) && !Facts.call(Value)))
      return nullptr;
    return readObject(Facts, Value);
  }
  return isa<DeclRefExpr, MemberExpr>(E) ? E : nullptr;
}

/// The counter that \p Condition compares with zero and nothing else; \p IsZero
/// tells whether it holds when the counter is zero.
const ValueDecl *zeroTest(const UnitFacts &Facts, const Expr *Condition,
                          bool &IsZero) {
  const ASTContext &Context = Facts.context();
  Condition = Condition->IgnoreParenImpCasts();
  IsZero = false;
  if (const auto *Not = dyn_cast<UnaryOperator>(Condition);
      Not && Not->getOpcode() == UO_LNot) {
    const ValueDecl *Counter = zeroTest(Facts, Not->getSubExpr(), IsZero);
    IsZero = !IsZero;
    return Counter;
  }
  const Expr *Read = Condition;
  if (const auto *Compare = dyn_cast<BinaryOperator>(Condition);
      Compare && Compare->isComparisonOp()) {
    const bool Right = isZero(Compare->getRHS(), Context);
    if (!Right && !isZero(Compare->getLHS(), Context))
      return nullptr;
    Read = Right ? Compare->getLHS() : Compare->getRHS();
    const BinaryOperatorKind Kind =
        Right ? Compare->getOpcode()
              : BinaryOperator::reverseComparisonOp(Compare->getOpcode());
    if (Kind != BO_EQ && Kind != BO_NE && Kind != BO_GT && Kind != BO_LE)
      return nullptr;
    IsZero = Kind == BO_EQ || Kind == BO_LE;
  }
  const Expr *Object = readObject(Facts, Read);
  const ValueDecl *Counter = counterOf(Object);
  if (!Counter)
    return nullptr;
  // A flag counts nothing.
  const QualType Type = Read->getType();
  return Type->isIntegerType() && !Type->isBooleanType() ? Counter : nullptr;
}

/// The value that a predicate returns: that of its only statement.
const Expr *returned(const UnitFacts &Facts, const Expr *Predicate) {
  const ResolvedCallable Callable =
      resolveCallable(Facts.vocabulary(), Predicate);
  const FunctionInfo *Function = Facts.function(Callable.Entry);
  const auto *Body =
      Function ? dyn_cast<CompoundStmt>(Function->Body) : nullptr;
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

/// Raises or lowers an integer or atomic.
class StepReader {
public:
  StepReader(const UnitFacts &Facts, const FunctionInfo &Function,
             std::vector<CountStep> &Steps)
      : Facts(Facts), Context(Facts.context()), Steps(Steps) {
    walk(Function.Body);
  }

private:
  void walk(const Stmt *S) {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return;
    if (const auto *E = dyn_cast<Expr>(S))
      step(*E);
    for (const Stmt *Child : S->children())
      walk(Child);
  }

  void step(const Expr &E) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(&E)) {
      if (Unary->isIncrementDecrementOp())
        add(Unary->isIncrementOp(), E, Unary->getSubExpr(), 1);
      return;
    }
    if (const auto *Compound = dyn_cast<CompoundAssignOperator>(&E)) {
      if (Compound->isAdditiveOp(
              Compound->getOpForCompoundAssignment(Compound->getOpcode())))
        add(Compound->getOpcode() == BO_AddAssign, E, Compound->getLHS(),
            constant(Compound->getRHS(), Context));
      return;
    }
    if (const auto *Atomic = dyn_cast<AtomicExpr>(&E))
      return atomic(*Atomic);
    if (!isa<CallExpr>(E))
      return;
    const KnownCall Call = Facts.call(&E);
    const FunctionDecl *Callee = cast<CallExpr>(E).getDirectCallee();
    if (Call.does() == Operation::AtomicModify && Callee)
      if (std::optional<bool> Raises = raises(*Callee))
        add(*Raises, E, Call.Object,
            Call.arguments().empty()
                ? std::optional<int64_t>(1)
                : constant(Call.arguments().front(), Context));
  }

  void atomic(const AtomicExpr &E) {
    switch (E.getOp()) {
    case AtomicExpr::AO__c11_atomic_fetch_add:
    case AtomicExpr::AO__atomic_fetch_add:
    case AtomicExpr::AO__atomic_add_fetch:
      return add(true, E, E.getPtr(), constant(E.getVal1(), Context));
    case AtomicExpr::AO__c11_atomic_fetch_sub:
    case AtomicExpr::AO__atomic_fetch_sub:
    case AtomicExpr::AO__atomic_sub_fetch:
      return add(false, E, E.getPtr(), constant(E.getVal1(), Context));
    default:
      return;
    }
  }

  /// Whether an operation of an atomic adds or takes away.
  static std::optional<bool> raises(const FunctionDecl &Callee) {
    switch (Callee.getOverloadedOperator()) {
    case OO_PlusPlus:
    case OO_PlusEqual:
      return true;
    case OO_MinusMinus:
    case OO_MinusEqual:
      return false;
    default:
      break;
    }
    if (!Callee.getDeclName().isIdentifier())
      return std::nullopt;
    const StringRef Name = Callee.getName();
    if (Name.contains_insensitive("sub") || Name == "deref")
      return false;
    if (Name.contains_insensitive("add") || Name == "ref")
      return true;
    return std::nullopt;
  }

  void add(bool Raises, const Expr &Site, const Expr *Object,
           std::optional<int64_t> By) {
    const ValueDecl *Counter = counterOf(Object);
    if (!Counter)
      return;
    CountStep Step;
    Step.What = Raises ? CountStep::Raise : CountStep::Lower;
    Step.Site = &Site;
    Step.Object = Counter;
    Step.By = By && *By > 0 ? std::optional<uint64_t>(*By) : std::nullopt;
    Steps.push_back(Step);
  }

  const UnitFacts &Facts;
  const ASTContext &Context;
  std::vector<CountStep> &Steps;
};

/// The names of the project's own locks count readers.
bool isLockLike(const Vocabulary &Words, const CXXRecordDecl &Record) {
  const TypeFact *Fact = Words.record(&Record);
  return (Fact && (Fact->is(Role::Mutex) || Fact->is(Role::Semaphore) ||
                   Fact->is(Role::Channel))) ||
         (Record.getIdentifier() &&
          (Record.getName().contains_insensitive("lock") ||
           Record.getName().contains_insensitive("mutex")));
}

} // namespace

TaskCounters::TaskCounters(UnitFacts &Facts) : Facts(Facts) {
  for (const auto &Function : Facts.functions())
    if (!Function->Dependent)
      findWaits(*Function);
  findGroups();
}

void TaskCounters::addWait(const FunctionInfo &Function, const Expr *Condition,
                           bool IsZero, const Expr *Site) {
  if (!Condition || Condition->isTypeDependent() || Condition->containsErrors())
    return;
  bool HoldsAtZero = false;
  const ValueDecl *Counter = zeroTest(Facts, Condition, HoldsAtZero);
  if (Counter && HoldsAtZero == IsZero)
    Waits[Counter].push_back({&Function, Site ? Site : Condition});
}

void TaskCounters::findWaits(const FunctionInfo &Function) {
  for (const KnownCall &Call : Function.Calls)
    if (Call.does() == Operation::ConditionWait)
      if (const Expr *Predicate = Call.argument(Call.Fact->Predicate))
        addWait(Function, returned(Facts, Predicate), /*IsZero=*/true,
                Call.Site);
  llvm::SmallVector<const Stmt *, 32> Work{Function.Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      continue;
    if (const auto *While = dyn_cast<WhileStmt>(S))
      addWait(Function, While->getCond(), /*IsZero=*/false, nullptr);
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      addWait(Function, Do->getCond(), /*IsZero=*/false, nullptr);
    else if (const auto *For = dyn_cast<ForStmt>(S);
             For && !For->getInc() && !For->getInit())
      addWait(Function, For->getCond(), /*IsZero=*/false, nullptr);
    Work.append(S->child_begin(), S->child_end());
  }
}

/// A class with one member function that raises a field, one that lowers it,
/// and one that waits for it to become zero counts for others.
void TaskCounters::findGroups() {
  for (const auto &[Counter, Places] : Waits) {
    const auto *Field = dyn_cast<FieldDecl>(Counter);
    const auto *Record =
        Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
    if (!Record || isLockLike(Facts.vocabulary(), *Record))
      continue;
    llvm::SmallVector<std::pair<const FunctionDecl *, CountStep::Kind>, 4>
        Methods;
    bool Raises = false, Lowers = false;
    for (const CXXMethodDecl *Method : Record->methods()) {
      const FunctionInfo *Info = Facts.function(Method);
      if (!Info || isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
        continue;
      std::vector<CountStep> Found;
      StepReader(Facts, *Info, Found);
      for (const CountStep &Step : Found)
        if (Step.Object == Counter) {
          (Step.What == CountStep::Raise ? Raises : Lowers) = true;
          Methods.push_back({Info->Function->getCanonicalDecl(), Step.What});
        }
      for (const ZeroWait &Wait : Places)
        if (Wait.Function == Info)
          Methods.push_back(
              {Info->Function->getCanonicalDecl(), CountStep::Wait});
    }
    if (Raises && Lowers)
      for (const auto &[Method, What] : Methods)
        GroupMethods.try_emplace(Method, What);
  }
}

const std::vector<CountStep> &
TaskCounters::steps(const FunctionInfo &Function) {
  auto [Entry, IsNew] = Steps.try_emplace(&Function);
  std::vector<CountStep> &Found = Entry->second;
  if (!IsNew || Function.Dependent)
    return Found;
  StepReader(Facts, Function, Found);
  for (const KnownCall &Call : Function.Calls) {
    if (!Call.Type || !Call.Object ||
        !(Call.Type->is(Role::Latch) || Call.Type->is(Role::Barrier)))
      continue;
    CountStep Step;
    Step.Site = Call.Site;
    Step.Object = counterOf(Call.Object);
    if (Call.does() == Operation::Arrive)
      Step.What = CountStep::Lower;
    else if (Call.does() == Operation::ArriveAndWait)
      Step.What = CountStep::ArriveAndWait;
    else if (Call.does() == Operation::Wait)
      Step.What = CountStep::Wait;
    else
      continue;
    if (!Call.arguments().empty() && Step.What == CountStep::Lower) {
      const std::optional<int64_t> By =
          constant(Call.arguments().front(), Facts.context());
      Step.By = By ? std::optional<uint64_t>(*By) : std::nullopt;
    }
    if (Step.Object)
      Found.push_back(Step);
  }
  for (const Expr *Other : Function.OtherCalls) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(Other);
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    auto Group = Method ? GroupMethods.find(Method->getCanonicalDecl())
                        : GroupMethods.end();
    if (Group == GroupMethods.end())
      continue;
    const Expr *Object = Call->getImplicitObjectArgument();
    if (isa<CXXThisExpr>(Object->IgnoreParenImpCasts()))
      continue;
    CountStep Step;
    Step.What = Group->second;
    Step.Site = Other;
    Step.Object = counterOf(Object);
    if (Step.Object)
      Found.push_back(Step);
  }
  return Found;
}

llvm::ArrayRef<TaskCounters::ZeroWait>
TaskCounters::waitsFor(const ValueDecl &Object) const {
  auto Found = Waits.find(cast<ValueDecl>(Object.getCanonicalDecl()));
  if (Found == Waits.end())
    return {};
  return Found->second;
}

const ValueDecl *argumentFor(const TaskLaunch &Launch,
                             const ValueDecl &Object) {
  const auto *Parameter = dyn_cast<ParmVarDecl>(&Object);
  if (!Parameter || !Launch.Entry ||
      Parameter->getDeclContext() != Launch.Entry)
    return &Object;
  for (const TaskReach &Reach : Launch.Reaches)
    if (Reach.Argument && Reach.Variable &&
        entryParameter(Launch, Reach.Argument) == Parameter)
      return cast<ValueDecl>(Reach.Variable->getCanonicalDecl());
  return nullptr;
}

} // namespace clang::tidy::concord
