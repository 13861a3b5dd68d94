//===--- HandleEvents.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleEvents.h"
#include "analysis/CalleeEvents.h"
#include "analysis/DetachedLaunch.h"
#include "analysis/HandleFlight.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

using Kind = HandleEvent::Kind;

bool HandleEvents::any(Kind What, const HandleKey &Key) const {
  return llvm::any_of(List, [&](const HandleEvent &Event) {
    return Event.What == What && Event.Key.matches(Key);
  });
}

namespace {

/// The part of a loop's condition that is always evaluated; null if \p S is no
/// loop or has none.
const Expr *loopCondition(const Stmt *S) {
  const Expr *Condition = nullptr;
  if (const auto *For = dyn_cast<ForStmt>(S))
    Condition = For->getCond();
  else if (const auto *While = dyn_cast<WhileStmt>(S))
    Condition = While->getCond();
  else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
    Condition = Range->getCond();
  Condition = stripToCore(Condition);
  while (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Condition)) {
    if (!Binary->isLogicalOp())
      break;
    Condition = stripToCore(Binary->getLHS());
  }
  return Condition;
}

/// Walks one body and adds the events of every use in it.
class Finder {
public:
  Finder(UnitFacts &Facts, const FunctionInfo &Function, HandleEvents &Events)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function),
        Events(Events), Callees(Facts, Function) {}

  void run() {
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(Function.Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        walk(stripToCore(Init->getInit()));
    walk(Function.Body);
  }

private:
  void walk(const Stmt *Root) {
    llvm::SmallVector<const Stmt *, 32> Work{Root};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(S))
        continue;
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
        for (const Expr *Init : llvm::reverse(Lambda->capture_inits()))
          Work.push_back(Init);
        lambda(*Lambda);
        continue;
      }
      if (isa<BlockExpr>(S))
        continue;
      size_t First = Work.size();
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
      std::reverse(Work.begin() + First, Work.end());
      if (const auto *E = dyn_cast<Expr>(S))
        expression(*E);
    }
  }

  void expression(const Expr &E) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(&E)) {
      if (const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl()))
        if (holds(*Variable))
          use(E);
      if (isa<BindingDecl>(Reference->getDecl()) &&
          holderType(Words, E.getType()))
        use(E);
      return;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(&E)) {
      if (isa<FieldDecl, VarDecl>(Member->getMemberDecl()) &&
          holderType(Words, E.getType()))
        use(E);
      return;
    }
    if (isa<CallExpr, CXXConstructExpr, CXXNewExpr>(&E)) {
      source(E);
      call(E);
    }
  }

  /// True if \p Variable holds or leads to a handle, or is a record with one.
  bool holds(const VarDecl &Variable) {
    auto [At, IsNew] = Holds.try_emplace(&Variable, false);
    if (!IsNew)
      return At->second;
    bool Result = bool(holderType(Words, Variable.getType()));
    if (!Result && isHandleAlias(Words, &Variable)) {
      HandleKey Key = handleKeyOf(Words, Variable.getInit());
      const auto *Root = dyn_cast_or_null<VarDecl>(Key.Root);
      Result = (Key.Last && holderType(Words, Key.Last->getType())) ||
               (Root && Root != &Variable && holds(*Root)) ||
               (Key.Root && holderType(Words, Key.Root->getType()));
    }
    if (!Result)
      Result = isRecordWithHandle(Variable.getType());
    Holds[&Variable] = Result;
    return Result;
  }

  bool isRecordWithHandle(QualType Type) {
    const CXXRecordDecl *Record =
        Type.getNonReferenceType()->getAsCXXRecordDecl();
    if (!Record || !Record->hasDefinition() || Words.record(Record))
      return false;
    return llvm::any_of(Record->getDefinition()->fields(),
                        [&](const FieldDecl *Field) {
                          return bool(holderType(Words, Field->getType()));
                        });
  }

  const TypeFact *factOf(const HandleKey &Key) {
    const ValueDecl *Holder = Key.Last ? Key.Last : Key.Root;
    return holderType(Words, Holder->getType()).Type;
  }

  /// \p E names a holder.
  void use(const Expr &E) {
    HandleKey Key = handleKeyOf(Words, &E);
    if (!Key)
      return;
    HandleFlight Flight = followHandle(Facts, Function, &E);
    HandleEvent Event{Kind::Away, Key, Flight.At, Flight.Call};
    switch (Flight.What) {
    case HandleFlight::Look:
    case HandleFlight::Dropped:
      return;
    case HandleFlight::Operation:
      return operation(Event);
    case HandleFlight::Clear:
      Event.What = Kind::Clear;
      break;
    case HandleFlight::Adopt:
      Event.What = Kind::Adopt;
      break;
    case HandleFlight::Move:
      Event.What = Kind::Move;
      Event.To = Flight.To;
      break;
    case HandleFlight::Away:
      break;
    case HandleFlight::Argument:
      // The call tells what its callee does; see `call`.
      if (!Flight.ByValue || Callees.ends(*Flight.Call, Flight.Index))
        return;
      break;
    case HandleFlight::Algorithm:
      return algorithm(*Flight.Call, Key);
    }
    Events.add(Event);
  }

  void operation(HandleEvent Event) {
    KnownCall Known = Facts.call(Event.Call);
    // The whole way to the object tells whether it is an element.
    if (HandleKey Object = handleKeyOf(Words, Known.Object))
      Event.Key = Object;
    if (Known.does() == Operation::Launch)
      Event.What = Kind::Start;
    else if (std::optional<Kind> What = handleEventOf(Known))
      Event.What = *What;
    else
      return;
    if (Event.What == Kind::Start)
      Event.Launch = Event.Call;
    addForElement(Event);
  }

  /// What a loop does to an element of a container each time around, it does to
  /// all: the loop is the site, so that the way around its body counts too.
  void addForElement(HandleEvent Event) {
    Events.add(Event);
    if (!Event.Key.Element ||
        (Event.What != Kind::Join && Event.What != Kind::Detach))
      return;
    for (const Stmt *S = Event.Site; S; S = Facts.parent(Function, S))
      if (const Expr *Condition = loopCondition(S)) {
        Event.Site = Condition;
        Events.add(Event);
      }
  }

  /// \p E may be an expression whose value is a handle without a name yet: a
  /// launch, or a call that gives one.
  void source(const Expr &E) {
    KnownCall Known = Facts.call(&E);
    bool Launches = Known.does() == Operation::Launch;
    if (Launches && Known.Fact->Out != NoArgument)
      return outArgument(Known);
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&E);
        Member && Launches && holderType(Words, Member->getObjectType())) {
      HandleKey Key = handleKeyOf(Words, Member->getImplicitObjectArgument());
      if (Key)
        Events.add({Kind::Start, Key, &E, &E, {}, &E});
      return;
    }
    if (E.isGLValue() || !holderType(Words, E.getType()))
      return;
    if (!Launches && (!isa<CallExpr>(E) || !givesUnknownHandle(Known)))
      return;
    bool Started = Launches || Callees.givesStarted(E);
    // The construction inside of `new std::thread(f)` is the `new`'s.
    if (isa<CXXConstructExpr>(E) &&
        isa_and_nonnull<CXXNewExpr>(Facts.parent(Function, &E)))
      return;
    HandleFlight Flight = followHandle(Facts, Function, &E);
    HandleEvent Event{Kind::Start, Flight.To, Flight.At, Flight.Call, {}, &E};
    switch (Flight.What) {
    case HandleFlight::Move:
      Event.What = Started ? Kind::Start : Kind::Adopt;
      break;
    case HandleFlight::Operation: {
      std::optional<Kind> What = handleEventOf(Facts.call(Flight.Call));
      if (!What)
        return;
      Event.What = *What;
      break;
    }
    case HandleFlight::Dropped:
      Event.What = Kind::Temporary;
      break;
    case HandleFlight::Away:
    case HandleFlight::Argument:
      Event.What = Kind::Away;
      break;
    default:
      return;
    }
    if (!Launches && !Event.Key)
      return;
    Events.add(Event);
  }

  /// A future of a promise is nothing that was started.
  static bool givesUnknownHandle(const KnownCall &Known) {
    return Known.does() != Operation::GetFuture;
  }

  /// `pthread_create(&t, …)`.
  void outArgument(const KnownCall &Known) {
    HandleKey Key = handleKeyOf(Words, Known.argument(Known.Fact->Out));
    if (Key && detachedLaunch(Facts, Function, Known) == DetachedLaunch::No)
      Events.add({Kind::Start, Key, Known.Site, Known.Site, {}, Known.Site});
  }

  // --- What other functions of the unit do ---

  /// Repeats what the callee of \p E does to handles that this function, too,
  /// can name.
  void call(const Expr &E) {
    for (const HandleEvent &Event : Callees.ofCall(E))
      addForElement(Event);
  }

  /// What the body of \p Lambda does to the handles of this function. It may
  /// run at once, later or never.
  void lambda(const LambdaExpr &Lambda) {
    for (const HandleEvent &Event : Callees.ofLambda(Lambda))
      Events.add(Event);
  }

  /// `std::for_each(begin, end, callable)` and its like: the callable gets each
  /// element.
  void algorithm(const Expr &Call, const HandleKey &Key) {
    CalleeEvents::ArgumentEffect Effect =
        Callees.ofAlgorithm(cast<CallExpr>(Call), factOf(Key));
    if (!Effect.Known)
      Events.add({Kind::Away, Key, &Call, &Call});
    else if (Effect.What)
      Events.add({*Effect.What, Key, &Call, &Call});
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  HandleEvents &Events;
  llvm::DenseMap<const VarDecl *, bool> Holds;
  CalleeEvents Callees;
};

} // namespace

HandleEvents findHandleEvents(UnitFacts &Facts, const FunctionInfo &Function) {
  HandleEvents Events;
  if (!Function.Dependent)
    Finder(Facts, Function, Events).run();
  return Events;
}

} // namespace clang::tidy::concord
