//===--- WorkerTrace.cpp - What happens when a function runs? -------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/InnerCalls.h"
#include "analysis/LoopExits.h"
#include "analysis/Workers.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 3;
constexpr unsigned MaxFunctions = 200;

bool isUnevaluated(const Stmt *S) {
  return isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr,
             RequiresExpr>(S);
}

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// `this`, or a pointer or reference to an object that it is a part of.
bool isThis(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = Unary->getSubExpr()->IgnoreParenImpCasts();
  return isa<CXXThisExpr>(E);
}

class Tracer {
public:
  explicit Tracer(UnitFacts &Facts) : Facts(Facts) {}

  std::vector<TraceEvent> Events;

  void function(const FunctionInfo &Function) {
    if (llvm::is_contained(Active, &Function))
      return;
    // What is not followed may do anything.
    if (Active.size() > MaxDepth || ++Entered > MaxFunctions) {
      Events.push_back(event(TraceEvent::Opaque, Chain.back().second));
      return;
    }
    Active.push_back(&Function);
    statement(Function.Body);
    for (const VarDecl *Variable : Function.Variables)
      end(Variable);
    if (Active.size() == 1)
      if (const auto *Destructor =
              dyn_cast_or_null<CXXDestructorDecl>(Function.Function))
        for (const FieldDecl *Field : Destructor->getParent()->fields())
          end(Field);
    Active.pop_back();
  }

private:
  TraceEvent event(TraceEvent::Kind What, const Expr *Site) const {
    TraceEvent Event;
    Event.What = What;
    Event.Site = Site;
    Event.Function = Active.back();
    Event.Chain = Chain;
    return Event;
  }

  void statement(const Stmt *S) {
    if (!S || isUnevaluated(S) || isa<LambdaExpr, BlockExpr>(S))
      return;
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      statement(Range->getInit());
      statement(Range->getRangeInit());
      statement(Range->getBody());
      return;
    }
    for (const Stmt *Child : S->children())
      statement(Child);
    const auto *E = dyn_cast<Expr>(S);
    if (!E)
      return;
    if (isa<DeclRefExpr, MemberExpr>(E))
      mention(E);
    else if (isa<CallExpr, CXXConstructExpr>(E))
      call(E);
  }

  void mention(const Expr *E) {
    const ValueDecl *D = isa<MemberExpr>(E)
                             ? cast<MemberExpr>(E)->getMemberDecl()
                             : cast<DeclRefExpr>(E)->getDecl();
    if (!isa<FieldDecl, VarDecl>(D))
      return;
    StateUse Use = useAt(Facts, *Active.back(), E);
    if (!Use.mayChange())
      return;
    TraceEvent Event = event(TraceEvent::Change, E);
    Event.Object = D->getType()->isReferenceType() ? stateNamedBy(E) : nullptr;
    if (!Event.Object)
      Event.Object = canonicalState(D);
    Event.Use = Use;
    Events.push_back(std::move(Event));
  }

  void call(const Expr *E) {
    KnownCall Known = Facts.call(E);
    for (const FunctionInfo *Lambda : lambdasRunBy(Facts, E))
      enter(*Lambda, E);
    if (Known) {
      TraceEvent Event = event(TraceEvent::Call, E);
      Event.Known = Known;
      Event.Object = objectOf(Known);
      Events.push_back(std::move(Event));
      return;
    }
    const FunctionInfo *Callee = Facts.callee(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Direct = Call ? Call->getDirectCallee() : nullptr;
    const auto *OnThis = dyn_cast<CXXMemberCallExpr>(E);
    const bool Self = OnThis && isThis(OnThis->getImplicitObjectArgument());
    if (!Callee && Self)
      Callee = Facts.function(Direct);
    if (Callee) {
      enter(*Callee, E);
      return;
    }
    if (!Call || (Direct && isSystem(Direct) && !isCallable(*Call)))
      return;
    if (Self || !Direct || isCallable(*Call) ||
        llvm::any_of(Call->arguments(), [](const Expr *Argument) {
          return isThis(Argument) || Argument->getType()->isPointerType();
        }))
      Events.push_back(event(TraceEvent::Opaque, E));
  }

  /// A call of a std::function or the like: anything may be behind it.
  static bool isCallable(const CallExpr &Call) {
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
    return Operator && Operator->getOperator() == OO_Call;
  }

  void enter(const FunctionInfo &Callee, const Expr *Site) {
    Chain.push_back({Active.back(), Site});
    function(Callee);
    Chain.pop_back();
  }

  const ValueDecl *objectOf(const KnownCall &Known) const {
    const Vocabulary &Words = Facts.vocabulary();
    if (Known.Type && Known.Type->is(Role::Guard) &&
        isa<CXXConstructExpr>(Known.Site)) {
      llvm::SmallVector<const Expr *, 2> Mutexes = Words.mutexes(Known);
      return Mutexes.empty() ? nullptr : stateNamedBy(Mutexes.front());
    }
    if (!Known.Object)
      return nullptr;
    HandleKey Key = handleKeyOf(Words, Known.Object);
    if (const ValueDecl *D = Key.Last ? Key.Last : Key.Root)
      return canonicalState(D);
    return stateNamedBy(Known.Object);
  }

  /// \p Holder dies, and may wait for the task in it.
  void end(const ValueDecl *Holder) {
    if (Holder->getType()->isReferenceType())
      return;
    HolderType Type = holderType(Facts.vocabulary(), Holder->getType());
    if (!Type || Type.Shape == HandleShape::Pointer)
      return;
    switch (Type.Type->Destructor) {
    case DestructorKind::Join:
    case DestructorKind::StopJoin:
    case DestructorKind::BlockIfAsync: {
      TraceEvent Event = event(TraceEvent::End, nullptr);
      Event.Object = canonicalState(Holder);
      Events.push_back(std::move(Event));
      return;
    }
    default:
      return;
    }
  }

  UnitFacts &Facts;
  llvm::SmallVector<const FunctionInfo *, 4> Active;
  unsigned Entered = 0;
  llvm::SmallVector<std::pair<const FunctionInfo *, const Expr *>, 3> Chain;
};

} // namespace

const std::vector<TraceEvent> &Workers::trace(const FunctionInfo &Function) {
  std::unique_ptr<std::vector<TraceEvent>> &Entry = Traces[&Function];
  if (!Entry) {
    Tracer T(Facts);
    T.function(Function);
    Entry = std::make_unique<std::vector<TraceEvent>>(std::move(T.Events));
  }
  return *Entry;
}

} // namespace clang::tidy::concord
