//===--- CalleeEvents.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CalleeEvents.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

using Kind = HandleEvent::Kind;

namespace {

bool isParameterOf(const VarDecl &Variable, const FunctionInfo &Callee) {
  const auto *Parameter = dyn_cast<ParmVarDecl>(&Variable);
  return Parameter && Callee.Function &&
         llvm::any_of(Callee.Function->parameters(), [&](const ParmVarDecl *P) {
           return P->getCanonicalDecl() == Parameter->getCanonicalDecl();
         });
}

/// A local of the function itself, not one that a lambda captured.
bool isLocalOf(const VarDecl &Variable, const FunctionInfo &Callee) {
  const DeclContext *Owner = Variable.getDeclContext();
  return !Variable.hasGlobalStorage() && Owner && Callee.Function &&
         Owner == static_cast<const DeclContext *>(Callee.Function);
}

const CXXMethodDecl *methodOf(const CXXOperatorCallExpr &Call) {
  return dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee());
}

} // namespace

const HandleEvents *CalleeEvents::eventsOf(const FunctionInfo *Callee) const {
  if (!Callee || Callee == &Function || Callee->Dependent)
    return nullptr;
  const HandleState *State = Facts.handles(*Callee);
  return State ? &State->events() : nullptr;
}

std::vector<HandleEvent> CalleeEvents::ofCall(const Expr &Call) const {
  std::vector<HandleEvent> Result;
  const FunctionInfo *Callee = Facts.callee(&Call);
  const HandleEvents *Inner = eventsOf(Callee);
  if (!Inner)
    return Result;
  for (const HandleEvent &Event : Inner->List) {
    HandleKey Key = translated(Event.Key, Call, *Callee);
    // A loop of the callee's repeats what its body does.
    if (!Key || !isa_and_nonnull<Expr>(Event.Site))
      continue;
    HandleEvent Outer{Event.What, Key, &Call, Event.Call};
    Outer.InLambda = Event.InLambda;
    if (Event.What == Kind::Move) {
      Outer.To = translated(Event.To, Call, *Callee);
      if (!Outer.To)
        Outer.What = Kind::Away;
    }
    // Whether the wait was met, only the callee knows.
    if (Event.What == Kind::TimedJoin)
      Outer.What = Kind::Away;
    Result.push_back(Outer);
  }
  return Result;
}

std::vector<HandleEvent>
CalleeEvents::ofLambda(const LambdaExpr &Lambda) const {
  std::vector<HandleEvent> Result;
  const FunctionInfo *Body = Facts.function(Lambda.getCallOperator());
  const HandleEvents *Inner = eventsOf(Body);
  if (!Inner) {
    // The body of a generic lambda has no types yet.
    for (const LambdaCapture &Capture : Lambda.captures()) {
      const auto *Variable = Capture.capturesVariable()
                                 ? dyn_cast<VarDecl>(Capture.getCapturedVar())
                                 : nullptr;
      if (!Variable || !holderType(Facts.vocabulary(), Variable->getType()))
        continue;
      HandleEvent Event{Kind::Away, HandleKey::of(Variable), &Lambda, &Lambda};
      Event.InLambda = true;
      Result.push_back(Event);
    }
    return Result;
  }
  for (HandleEvent Event : Inner->List) {
    const auto *Variable = dyn_cast_or_null<VarDecl>(Event.Key.Root);
    if (!Event.Key || (Variable && isLocalOf(*Variable, *Body)))
      continue;
    Event.Site = &Lambda;
    Event.InLambda = true;
    Event.Launch = nullptr;
    Result.push_back(Event);
  }
  return Result;
}

bool CalleeEvents::givesStarted(const Expr &Call) const {
  const HandleEvents *Inner = eventsOf(Facts.callee(&Call));
  return Inner && llvm::any_of(Inner->List, [&](const HandleEvent &Event) {
           if (Event.What != Kind::Away || Event.InLambda ||
               !isa_and_nonnull<ReturnStmt>(Event.Site))
             return false;
           return Event.Launch ||
                  (Event.Key && Inner->any(Kind::Start, Event.Key));
         });
}

bool CalleeEvents::ends(const Expr &Call, int Index) const {
  const FunctionInfo *Callee = Facts.callee(&Call);
  const HandleEvents *Inner = eventsOf(Callee);
  if (!Inner || Index < 0 || !Callee->Function ||
      unsigned(Index) >= Callee->Function->getNumParams())
    return false;
  HandleKey Parameter = HandleKey::of(Callee->Function->getParamDecl(Index));
  return Inner->any(Kind::Join, Parameter) ||
         Inner->any(Kind::Detach, Parameter) ||
         Inner->any(Kind::Move, Parameter);
}

HandleKey CalleeEvents::translated(const HandleKey &Key, const Expr &Call,
                                   const FunctionInfo &Callee) const {
  if (!Key)
    return {};
  if (isa<FieldDecl>(Key.Root))
    return ofObject(Key, Call);
  const auto *Variable = dyn_cast<VarDecl>(Key.Root);
  if (!Variable || Variable->hasGlobalStorage())
    return Key;
  if (isParameterOf(*Variable, Callee))
    return ofArgument(Key, *cast<ParmVarDecl>(Variable), Call);
  return isLocalOf(*Variable, Callee) ? HandleKey() : Key;
}

HandleKey CalleeEvents::ofObject(const HandleKey &Key, const Expr &Call) const {
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    Object = Member->getImplicitObjectArgument();
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    const CXXMethodDecl *Method = methodOf(*Operator);
    // `this` in a lambda is the `this` around it.
    if (Method && Method->getParent()->isLambda())
      return Key;
    Object = Method ? Operator->getArg(0) : nullptr;
  }
  HandleKey Base = handleKeyOf(Facts.vocabulary(), Object);
  if (Base.IsThis)
    return Key;
  return Base ? Base.field(Key.Last ? Key.Last : Key.Root) : HandleKey();
}

HandleKey CalleeEvents::ofArgument(const HandleKey &Key,
                                   const ParmVarDecl &Parameter,
                                   const Expr &Call) const {
  unsigned Index = Parameter.getFunctionScopeIndex();
  const Expr *Argument = nullptr;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Call)) {
    if (Index < Construct->getNumArgs())
      Argument = Construct->getArg(Index);
  } else if (const auto *Plain = dyn_cast<CallExpr>(&Call)) {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Plain))
      Index += methodOf(*Operator) ? 1 : 0;
    if (Index < Plain->getNumArgs())
      Argument = Plain->getArg(Index);
  }
  HandleKey Base = handleKeyOf(Facts.vocabulary(), Argument);
  if (!Base)
    return {};
  // `helper(*this)`: the parameter's field is the caller's own.
  if (Base.IsThis)
    return Key.Last ? HandleKey::of(Key.Last) : HandleKey();
  Base.Element |= Key.Element;
  return Key.Last ? Base.field(Key.Last) : Base;
}

CalleeEvents::ArgumentEffect
CalleeEvents::ofAlgorithm(const CallExpr &Call, const TypeFact *Type) const {
  for (const Expr *Argument : Call.arguments()) {
    ArgumentEffect Effect = ofCallable(Argument, Type);
    if (Effect.Known)
      return Effect;
  }
  return {};
}

CalleeEvents::ArgumentEffect
CalleeEvents::ofCallable(const Expr *Callable, const TypeFact *Type) const {
  const Expr *E = stripToCore(Callable);
  for (unsigned Depth = 0; E && Depth < 4; ++Depth) {
    const Expr *Inner = nullptr;
    bool Copies = false;
    if (!Facts.vocabulary().isCallableWrapper(E, Inner, Copies) || !Inner)
      break;
    E = stripToCore(Inner);
  }
  // std::mem_fn(&std::thread::join)
  if (const auto *Wrapped = dyn_cast_or_null<CallExpr>(E);
      Wrapped && Wrapped->getNumArgs() == 1)
    E = stripToCore(Wrapped->getArg(0));
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    E = stripToCore(Unary->getSubExpr());
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E)) {
    const ValueDecl *Named = Reference->getDecl();
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Named)) {
      KnownCall Known;
      if (Type && Method->getDeclName().isIdentifier())
        Known.Fact = Type->method(Method->getName(), 0);
      return {Known.Fact != nullptr,
              Known ? handleEventOf(Known) : std::nullopt};
    }
    if (const auto *Free = dyn_cast<FunctionDecl>(Named))
      return ofFunction(Facts.function(Free));
    const auto *Variable = dyn_cast<VarDecl>(Named);
    E = Variable && Variable->hasInit() ? stripToCore(Variable->getInit())
                                        : nullptr;
  }
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(E);
  if (!Lambda)
    return {};
  if (!Lambda->isGenericLambda())
    return ofFunction(Facts.function(Lambda->getCallOperator()));
  const FunctionTemplateDecl *Template =
      Lambda->getLambdaClass()->getDependentLambdaCallOperator();
  for (const FunctionDecl *Instance : Template->specializations()) {
    ArgumentEffect Effect = ofFunction(Facts.function(Instance));
    if (Effect.Known)
      return Effect;
  }
  return {};
}

CalleeEvents::ArgumentEffect
CalleeEvents::ofFunction(const FunctionInfo *Callee) const {
  const HandleEvents *Inner = eventsOf(Callee);
  if (!Inner || !Callee->Function || Callee->Function->param_empty())
    return {};
  HandleKey First = HandleKey::of(Callee->Function->getParamDecl(0));
  for (const HandleEvent &Event : Inner->List) {
    if (!Event.Key.matches(First))
      continue;
    bool Passed = Event.What == Kind::TimedJoin || Event.What == Kind::Move;
    return {true, Passed ? Kind::Away : Event.What};
  }
  return {true, std::nullopt};
}

std::optional<Kind> handleEventOf(const KnownCall &Call) {
  switch (Call.does()) {
  case Operation::Join:
  case Operation::Get:
  case Operation::Wait:
  case Operation::WaitAll:
    return Call.Fact->Timed ? Kind::TimedJoin : Kind::Join;
  case Operation::TimedJoin:
  case Operation::TimedWait:
    return Kind::TimedJoin;
  case Operation::Detach:
    return Kind::Detach;
  case Operation::Swap:
  case Operation::Then:
  case Operation::Adopt:
    return Kind::Away;
  case Operation::Start:
    return Kind::Start;
  default:
    return std::nullopt;
  }
}

} // namespace clang::tidy::concord
