//===--- ArrivalMismatch.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Callable.h"
#include "analysis/CountedTask.h"
#include "analysis/LoopExtent.h"
#include "analysis/Surroundings.h"
#include "analysis/TripCount.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// Counts the arrivals at one latch or barrier, in the function that launches
/// the tasks.
class ArrivalCounter {
public:
  ArrivalCounter(UnitFacts &Facts, TaskCounters &Counters,
                 const FunctionInfo &Launcher, const VarDecl &Object,
                 bool IsBarrier)
      : Facts(Facts), Counters(Counters), Launcher(Launcher), Object(Object),
        IsBarrier(IsBarrier) {}

  const TaskLaunch *First = nullptr;

  /// Nothing if the number is unknown.
  std::optional<uint64_t> count() {
    std::optional<uint64_t> Own = arrivalsIn(Launcher, Object, IsBarrier);
    if (!Own)
      return std::nullopt;
    uint64_t Total = *Own;
    for (const TaskLaunch &Launch : Facts.launches()) {
      const std::optional<uint64_t> Of = arrivalsOf(Launch);
      if (!Of)
        return std::nullopt;
      Total += *Of;
    }
    if (!First || !allMentionsKnown())
      return std::nullopt;
    return Total;
  }

private:
  std::optional<uint64_t> arrivalsOf(const TaskLaunch &Launch) {
    const ValueDecl *Inside = reached(Launch);
    if (!Inside)
      return 0;
    const FunctionInfo *Entry = Facts.function(Launch.Entry);
    if (!Entry || Entry->Dependent || Launch.Launcher != &Launcher ||
        Launch.Synchronous || isConditional(Launch.Site, Launcher))
      return std::nullopt;
    const std::optional<uint64_t> Each = arrivalsIn(*Entry, *Inside, IsBarrier);
    const std::optional<uint64_t> Times =
        runCount(Launch.Site, Launcher, Facts);
    if (!Each || !Times || !allOperations(*Entry, *Inside) ||
        isCalledToo(*Entry))
      return std::nullopt;
    First = First ? First : &Launch;
    if (Launch.Lambda)
      Lambdas.insert(Launch.Lambda);
    return *Each * *Times;
  }

  /// The name by which the task of \p Launch reaches the object; null if it
  /// does not.
  const ValueDecl *reached(const TaskLaunch &Launch) {
    for (const TaskReach &Reach : Launch.Reaches)
      if (Reach.Variable == &Object) {
        if (Reach.Argument)
          Arguments.insert(Reach.Argument);
        if (!Launch.Entry || !Reach.Argument)
          return &Object;
        for (const ParmVarDecl *Parameter : Launch.Entry->parameters())
          if (argumentFor(Launch, *Parameter) == Object.getCanonicalDecl())
            return Parameter;
        return &Object;
      }
    return Object.hasGlobalStorage() && Launch.Entry &&
                   Facts.function(Launch.Entry) &&
                   mentionsObject(Facts.function(Launch.Entry)->Body, Object)
               ? &Object
               : nullptr;
  }

  /// How often one run of \p Function arrives.
  std::optional<uint64_t> arrivalsIn(const FunctionInfo &Function,
                                     const ValueDecl &Name, bool OncePerTask) {
    uint64_t Sum = 0;
    for (const CountStep &Step : Counters.steps(Function)) {
      if (Step.Object != Name.getCanonicalDecl() ||
          Step.What == CountStep::Wait)
        continue;
      if (!Step.By || isConditional(Step.Site, Function))
        return std::nullopt;
      // A task is one of those that a barrier waits for, however often.
      if (OncePerTask) {
        Sum = 1;
        continue;
      }
      const std::optional<uint64_t> Times =
          runCount(Step.Site, Function, Facts);
      if (!Times)
        return std::nullopt;
      Sum += *Step.By * *Times;
    }
    return Sum;
  }

  bool isConditional(const Stmt *S, const FunctionInfo &Function) const {
    for (S = Facts.parent(Function, S); S; S = Facts.parent(Function, S))
      if (isa<IfStmt, SwitchStmt, ConditionalOperator, CXXCatchStmt>(S))
        return true;
    return false;
  }

  /// The launcher calls the task's function itself as well.
  bool isCalledToo(const FunctionInfo &Entry) const {
    return llvm::any_of(Launcher.OtherCalls, [&](const Expr *Call) {
      return isa<CallExpr>(Call) && Facts.callee(Call) == &Entry;
    });
  }

  /// Every mention of \p Name in \p Function is the object of an operation.
  bool allOperations(const FunctionInfo &Function, const ValueDecl &Name) {
    for (const VariableUse &Use : usesOf(Function, Name))
      if (Use.Nested || !isOperation(Function, Use.Ref))
        return false;
    return true;
  }

  bool isOperation(const FunctionInfo &Function, const Expr *Reference) const {
    for (const KnownCall &Call : Function.Calls)
      if (Call.Object == Reference && Call.Type &&
          (Call.Type->is(Role::Latch) || Call.Type->is(Role::Barrier)))
        return true;
    return false;
  }

  bool allMentionsKnown() {
    for (const VariableUse &Use : usesOf(Launcher, Object))
      if (!isKnown(Use))
        return false;
    if (!Object.hasGlobalStorage())
      return true;
    // Of a global, all functions must be tasks or the launcher.
    for (const auto &Function : Facts.functions())
      if (Function.get() != &Launcher && !isEntry(*Function) &&
          mentionsObject(Function->Body, Object))
        return false;
    return true;
  }

  bool isEntry(const FunctionInfo &Function) const {
    return llvm::any_of(Facts.launches(), [&](const TaskLaunch &Launch) {
      return Launch.Entry && Facts.function(Launch.Entry) == &Function;
    });
  }

  bool isKnown(const VariableUse &Use) const {
    if (isOperation(Launcher, Use.Ref))
      return true;
    if (Use.Nested)
      return llvm::any_of(Lambdas, [&](const LambdaExpr *Lambda) {
        const SourceRange Range = Lambda->getSourceRange();
        return Range.getBegin() <= Use.Ref->getBeginLoc() &&
               Use.Ref->getBeginLoc() <= Range.getEnd();
      });
    for (const Stmt *S = Use.Ref; S; S = Facts.parent(Launcher, S))
      if (const auto *E = dyn_cast<Expr>(S); E && Arguments.contains(E))
        return true;
    return false;
  }

  UnitFacts &Facts;
  TaskCounters &Counters;
  const FunctionInfo &Launcher;
  const VarDecl &Object;
  bool IsBarrier;
  llvm::SmallPtrSet<const LambdaExpr *, 4> Lambdas;
  llvm::SmallPtrSet<const Expr *, 4> Arguments;
};

std::optional<uint64_t> constant(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->containsErrors() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context) ||
      !Result.Val.getInt().isRepresentableByInt64() ||
      Result.Val.getInt().isNegative())
    return std::nullopt;
  return Result.Val.getInt().getZExtValue();
}

} // namespace

std::vector<ArrivalMismatch> arrivalMismatches(UnitFacts &Facts,
                                               TaskCounters &Counters) {
  std::vector<ArrivalMismatch> Found;
  auto Judge = [&](const FunctionInfo &Launcher, const VarDecl &Object,
                   const TypeFact &Type, const Expr *CountArgument) {
    const std::optional<uint64_t> Expected =
        constant(CountArgument, Facts.context());
    if (!Expected || *Expected == 0)
      return;
    const bool IsBarrier = Type.is(Role::Barrier);
    ArrivalCounter Counter(Facts, Counters, Launcher, Object, IsBarrier);
    const std::optional<uint64_t> Arrivals = Counter.count();
    if (!Arrivals || *Arrivals == 0 || *Arrivals == *Expected)
      return;
    // Several groups may meet at one barrier, one after the other.
    if (IsBarrier && *Arrivals % *Expected == 0)
      return;
    Found.push_back({&Object, *Expected, *Arrivals, Counter.First});
  };
  for (const auto &Function : Facts.functions()) {
    if (Function->Dependent)
      continue;
    for (const VarDecl *Variable : Function->Variables) {
      const Expr *Init = Variable->getInit();
      const KnownCall Made =
          Init ? Facts.call(Init->IgnoreImplicit()) : KnownCall();
      if (Made.Type && isa<CXXConstructExpr>(Made.Site) &&
          (Made.Type->is(Role::Latch) || Made.Type->is(Role::Barrier)) &&
          !Made.arguments().empty())
        Judge(*Function, *Variable, *Made.Type, Made.arguments().front());
    }
    for (const KnownCall &Call : Function->Calls) {
      if (Call.does() != Operation::Initialize || !Call.Type ||
          !Call.Type->is(Role::Barrier))
        continue;
      const auto *Variable = dyn_cast_or_null<VarDecl>(counterOf(Call.Object));
      if (Variable)
        Judge(*Function, *Variable, *Call.Type,
              Call.argument(Call.Fact->Count));
    }
  }
  return Found;
}

} // namespace clang::tidy::concord
