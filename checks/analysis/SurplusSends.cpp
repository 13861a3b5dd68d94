//===--- SurplusSends.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LoopExtent.h"
#include "analysis/Surroundings.h"
#include "analysis/TaskCounter.h"
#include "analysis/TripCount.h"
#include "analysis/UnservedTask.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

std::optional<uint64_t> number(const Expr *E, const ASTContext &Context) {
  if (const auto *Default = dyn_cast_or_null<CXXDefaultArgExpr>(E))
    E = Default->getExpr();
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->containsErrors() ||
      !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context) || Result.Val.getInt().isNegative() ||
      !Result.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return Result.Val.getInt().getZExtValue();
}

/// The construction that \p Channel begins with, or null.
const CXXConstructExpr *constructionOf(const VarDecl &Channel) {
  const Expr *Init = Channel.getInit();
  return dyn_cast_or_null<CXXConstructExpr>(Init ? Init->IgnoreImplicit()
                                                 : nullptr);
}

/// The only integer among the arguments that a class of the project's own is
/// made with, or of its template: what else should it be but the capacity.
std::optional<uint64_t> capacityByStructure(const VarDecl &Channel,
                                            const ASTContext &Context) {
  const CXXConstructExpr *Made = constructionOf(Channel);
  if (!Made)
    return std::nullopt;
  const Expr *Only = nullptr;
  for (const Expr *Argument : Made->arguments())
    if (Argument->getType()->isIntegerType() &&
        !Argument->getType()->isBooleanType()) {
      if (Only)
        return std::nullopt;
      Only = Argument;
    }
  if (Only)
    return number(Only, Context);
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Channel.getType()->getAsCXXRecordDecl());
  if (!Record)
    return std::nullopt;
  std::optional<uint64_t> Value;
  for (const TemplateArgument &Argument : Record->getTemplateArgs().asArray())
    if (Argument.getKind() == TemplateArgument::Integral) {
      if (Value || Argument.getAsIntegral().isNegative())
        return std::nullopt;
      Value = Argument.getAsIntegral().getZExtValue();
    }
  return Value;
}

class ChannelJudge {
public:
  ChannelJudge(UnitFacts &Facts, const FunctionInfo &Launcher,
               const VarDecl &Channel, const TypeFact &Type)
      : Facts(Facts), Launcher(Launcher), Channel(Channel), Type(Type) {}

  std::optional<SurplusSends> judge() {
    const std::optional<uint64_t> Capacity = capacity();
    if (!Capacity || !readLauncher())
      return std::nullopt;
    Found.Channel = &Channel;
    Found.Capacity = *Capacity;
    for (const TaskLaunch &Launch : Facts.launches())
      if (!readLaunch(Launch))
        return std::nullopt;
    if (!Found.Launch || !allMentionsKnown() || !Known)
      return std::nullopt;
    const uint64_t Room = *Capacity + Found.Receives;
    if (Open) {
      Found.Sends.reset();
      return Found;
    }
    Found.Sends = Total;
    return Total > Room ? std::optional(Found) : std::nullopt;
  }

private:
  std::optional<uint64_t> capacity() const {
    if (!Type.Capacity || Type.Capacity->Unbounded || Type.Capacity->Hint ||
        Type.has(Trait::Coroutine))
      return std::nullopt;
    if (Type.has(Trait::Structural))
      return capacityByStructure(Channel, Facts.context());
    const CapacityFact &Fact = *Type.Capacity;
    std::optional<uint64_t> Value;
    switch (Fact.Where) {
    case CapacityFact::Fixed:
      Value = uint64_t(Fact.Value);
      break;
    case CapacityFact::ConstructorArgument:
      if (const CXXConstructExpr *Made = constructionOf(Channel);
          Made && unsigned(Fact.Index) < Made->getNumArgs() &&
          !isa<CXXDefaultArgExpr>(Made->getArg(Fact.Index)))
        Value = number(Made->getArg(Fact.Index), Facts.context());
      break;
    case CapacityFact::Member:
      for (const KnownCall &Call : Launcher.Calls)
        if (Call.does() == Operation::SetCapacity &&
            counterOf(Call.Object) == Channel.getCanonicalDecl())
          Value = number(Call.argument(Call.Fact->Count), Facts.context());
      break;
    default:
      break;
    }
    if (Value && Fact.HoldsOneLess && *Value > 0)
      --*Value;
    return Value;
  }

  /// What the launcher itself does to the channel. \returns false if somebody
  /// may end the sends in another way.
  bool readLauncher() {
    for (const KnownCall &Call : Launcher.Calls) {
      if (counterOf(Call.Object) != Channel.getCanonicalDecl())
        continue;
      switch (Call.does()) {
      case Operation::Receive: {
        const std::optional<uint64_t> Times =
            runCount(Call.Site, Launcher, Facts);
        if (!Times)
          return false;
        Found.Receives += *Times;
        Found.Receive = Call.Site;
        break;
      }
      case Operation::None:
      case Operation::SetCapacity:
      case Operation::IsClosed:
        break;
      default:
        return false; // closes, sends, tries
      }
    }
    return Found.Receives > 0;
  }

  bool readLaunch(const TaskLaunch &Launch) {
    const TaskReach *Reached = nullptr;
    for (const TaskReach &Reach : Launch.Reaches)
      if (Reach.Variable == &Channel)
        Reached = &Reach;
    if (!Reached)
      return true;
    const FunctionInfo *Task =
        Launch.Entry ? Facts.function(Launch.Entry) : nullptr;
    if (!Task || Task->Dependent || Launch.Launcher != &Launcher ||
        Launch.Synchronous)
      return false;
    const ValueDecl *Inside = nameInTask(Launch, *Reached);
    const Expr *Send = Inside ? onlySend(*Task, *Inside) : nullptr;
    if (!Send || isConditional(Launch.Site, Launcher))
      return false;
    if (Reached->Argument)
      Arguments.insert(Reached->Argument);
    if (Launch.Lambda)
      Lambdas.insert(Launch.Lambda);
    const std::optional<uint64_t> Times =
        runCount(Launch.Site, Launcher, Facts);
    if (Times)
      Total += *Times;
    else if (launchesSeveral(Launch))
      Open = true;
    else
      Known = false;
    Found.Launch = Found.Launch ? Found.Launch : &Launch;
    Found.Send = Send;
    return true;
  }

  /// The loops around the launch run once for each element of something.
  bool launchesSeveral(const TaskLaunch &Launch) const {
    return llvm::all_of(
        loopsAround(Launch.Site, Launcher, Facts), [&](const Stmt *Loop) {
          const LoopExtent Extent = loopExtent(Loop, Facts);
          return Extent == LoopExtent::Data || Extent == LoopExtent::Constant ||
                 (Extent == LoopExtent::Chosen &&
                  isa<ForStmt, CXXForRangeStmt>(Loop));
        });
  }

  const ValueDecl *nameInTask(const TaskLaunch &Launch,
                              const TaskReach &Reach) const {
    if (!Reach.Argument)
      return &Channel;
    for (const ParmVarDecl *Parameter : Launch.Entry->parameters())
      if (argumentFor(Launch, *Parameter) == Channel.getCanonicalDecl())
        return Parameter;
    return nullptr;
  }

  /// The one send of \p Task that every run makes; null if it does anything
  /// else to the channel.
  const Expr *onlySend(const FunctionInfo &Task, const ValueDecl &Name) {
    const Expr *Send = nullptr;
    for (const VariableUse &Use : usesOf(Task, Name)) {
      const KnownCall *Of = nullptr;
      for (const KnownCall &Call : Task.Calls)
        if (Call.Object && mentions(Call.Object, Use.Ref))
          Of = &Call;
      if (Use.Nested || !Of || Of->does() != Operation::Send || Send ||
          Of->Fact->Timed || isConditional(Of->Site, Task) ||
          !loopsAround(Of->Site, Task, Facts).empty())
        return nullptr;
      Send = Of->Site;
    }
    return Send && !leavesBefore(Task.Body, Send) ? Send : nullptr;
  }

  static bool mentions(const Expr *Object, const Expr *Ref) {
    Object = Object->IgnoreParenImpCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(Object))
      Object = Unary->getSubExpr()->IgnoreParenImpCasts();
    return Object == Ref;
  }

  /// A `return` or `throw` before the send: not every task sends.
  bool leavesBefore(const Stmt *S, const Expr *Send) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, CXXThrowExpr>(S) &&
        Facts.context().getSourceManager().isBeforeInTranslationUnit(
            S->getBeginLoc(), Send->getBeginLoc()))
      return !isa<ReturnStmt>(S) || !contains(S, Send);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return leavesBefore(Child, Send);
    });
  }

  static bool contains(const Stmt *S, const Stmt *Part) {
    return S && (S == Part || llvm::any_of(S->children(), [&](const Stmt *C) {
                   return contains(C, Part);
                 }));
  }

  bool isConditional(const Stmt *S, const FunctionInfo &Function) const {
    for (S = Facts.parent(Function, S); S; S = Facts.parent(Function, S))
      if (isa<IfStmt, SwitchStmt, ConditionalOperator, CXXTryStmt>(S))
        return true;
    return false;
  }

  /// Nobody else is told of the channel.
  bool allMentionsKnown() const {
    for (const VariableUse &Use : usesOf(Launcher, Channel)) {
      bool IsKnown = false;
      if (Use.Nested) {
        for (const LambdaExpr *Lambda : Lambdas)
          IsKnown |= Lambda->getBeginLoc() <= Use.Ref->getBeginLoc() &&
                     Use.Ref->getBeginLoc() <= Lambda->getEndLoc();
      } else {
        for (const KnownCall &Call : Launcher.Calls)
          IsKnown |= Call.Object && mentions(Call.Object, Use.Ref);
        for (const Stmt *S = Use.Ref; S && !IsKnown;
             S = Facts.parent(Launcher, S))
          if (const auto *E = dyn_cast<Expr>(S))
            IsKnown = Arguments.contains(E);
      }
      if (!IsKnown)
        return false;
    }
    return true;
  }

  UnitFacts &Facts;
  const FunctionInfo &Launcher;
  const VarDecl &Channel;
  const TypeFact &Type;
  SurplusSends Found;
  uint64_t Total = 0;
  /// A loop launches as many tasks as it finds work for.
  bool Open = false;
  bool Known = true;
  llvm::SmallPtrSet<const LambdaExpr *, 4> Lambdas;
  llvm::SmallPtrSet<const Expr *, 4> Arguments;
};

} // namespace

std::vector<SurplusSends> surplusSends(UnitFacts &Facts) {
  std::vector<SurplusSends> Found;
  const Vocabulary &Words = Facts.vocabulary();
  for (const auto &Function : Facts.functions()) {
    if (Function->Dependent || !Function->does({Operation::Receive}))
      continue;
    for (const VarDecl *Variable : Function->Variables) {
      if (!Variable->hasLocalStorage())
        continue;
      const TypeFact *Type = Words.type(Variable->getType());
      if (!Type || !Type->is(Role::Channel))
        continue;
      if (std::optional<SurplusSends> Surplus =
              ChannelJudge(Facts, *Function, *Variable, *Type).judge())
        Found.push_back(*Surplus);
    }
  }
  return Found;
}

} // namespace clang::tidy::concord
