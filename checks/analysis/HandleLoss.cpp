//===--- HandleLoss.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleLoss.h"
#include "analysis/Flow.h"
#include "analysis/HandleValue.h"
#include "analysis/MayThrow.h"
#include "analysis/ScopeEnds.h"
#include "analysis/TestedResult.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

/// The handle on one path.
struct Status {
  HandleStatus What = HandleStatus::Empty;
  /// What started the running task.
  const Expr *Start = nullptr;
  bool operator==(const Status &O) const {
    return What == O.What && Start == O.Start;
  }
};

using Paths = Flow<Status>::Worlds;

class LossFlow : public Flow<Status> {
public:
  LossFlow(UnitFacts &Facts, const FunctionInfo &Function,
           const HandleEvents &Events, const CFG &Graph,
           const LocalHandle &Handle)
      : Flow(Facts.context(), Graph,
             [&Facts](const CallExpr &Call) {
               // Asking twice may give two answers once the handle changed.
               Operation Does = Facts.call(&Call).does();
               return Does == Operation::Joinable || Does == Operation::Valid;
             }),
        Facts(Facts), Function(Function), Events(Events), Handle(Handle),
        Key(HandleKey::of(Handle.Variable)), Results(Function.Body),
        Ends(Facts, Function, Graph) {}

  /// Called with each loss while `replay` runs.
  llvm::SmallVector<LostHandle, 2> Lost;
  bool Recording = false;

  void record(LostHandle::Kind How, const Stmt *At, const Status &Value) {
    if (!Recording || llvm::any_of(Lost, [&](const LostHandle &Known) {
          return Known.How == How && Known.At == At;
        }))
      return;
    LostHandle Loss{How, Handle.Variable, Handle.Shape, Handle.Type};
    Loss.Start = Value.Start;
    Loss.At = At;
    Lost.push_back(Loss);
  }

  void apply(const CFGElement &Element, Paths &Paths) {
    transfer(Element, Paths);
  }

protected:
  void transfer(const CFGElement &Element, Paths &Paths) override {
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      return statement(*S->getStmt(), Paths);
    if (std::optional<CFGInitializer> Init = Element.getAs<CFGInitializer>())
      return;
    if (std::optional<CFGAutomaticObjDtor> End =
            Element.getAs<CFGAutomaticObjDtor>()) {
      if (End->getVarDecl() == Handle.Variable)
        end(End->getTriggerStmt(), Paths);
      return;
    }
    if (llvm::is_contained(Ends.at(Element), Handle.Variable))
      end(Element.castAs<CFGScopeEnd>().getTriggerStmt(), Paths);
  }

  bool branch(const Expr *Condition, bool Value, World<Status> &Path) override {
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Condition))
      if (asksHandle(*Call) && !follow(*Call, Value, Path.Value))
        return false;
    if (Path.Value.What == HandleStatus::Running && saysNull(Condition, Value))
      return false;
    for (const TestedResults::Tested &Test :
         Results.tested(Condition, Value, Facts.context()))
      tested(Test, Path.Value);
    return true;
  }

  void enterHandler(const CXXCatchStmt &, Status &Value) override {
    // What happened in the `try` up to the exception is not known.
    if (Value.What == HandleStatus::Empty)
      Value = {HandleStatus::Unknown, nullptr};
  }

private:
  void statement(const Stmt &S, Paths &Paths) {
    if (isa<CXXThrowExpr>(S) && !isTried(S))
      return leaveBy(LostHandle::Throw, S, Paths);
    if (isa<CallExpr, CXXConstructExpr>(S) && isRunning(Paths) && !isTried(S) &&
        !isOwnEvent(S) && mayThrow(Facts, cast<Expr>(&S)))
      for (World<Status> &Path : Paths)
        if (Path.Value.What == HandleStatus::Running)
          record(LostHandle::Exception, &S, Path.Value);
    auto At = Events.At.find(&S);
    if (At == Events.At.end())
      return;
    for (unsigned Index : At->second)
      for (World<Status> &Path : Paths)
        happens(Events.List[Index], Path.Value);
  }

  /// A join of the handle itself is no place to worry about.
  bool isOwnEvent(const Stmt &S) const {
    auto At = Events.At.find(&S);
    return At != Events.At.end() &&
           llvm::any_of(At->second, [&](unsigned Index) {
             return Events.List[Index].Key.matches(Key);
           });
  }

  static bool isRunning(const Paths &Paths) {
    return llvm::any_of(Paths, [](const World<Status> &Path) {
      return Path.Value.What == HandleStatus::Running;
    });
  }

  void leaveBy(LostHandle::Kind How, const Stmt &S, Paths &Paths) {
    for (World<Status> &Path : Paths)
      if (Path.Value.What == HandleStatus::Running)
        record(How, &S, Path.Value);
  }

  /// True if \p S stands in a `try` inside the scope of the handle: the handler
  /// may join.
  bool isTried(const Stmt &S) const {
    SourceLocation Declared = Handle.Variable->getLocation();
    for (const Stmt *Outer = Facts.parent(Function, &S); Outer;
         Outer = Facts.parent(Function, Outer))
      if (isa<CXXTryStmt>(Outer) && !(Outer->getBeginLoc() < Declared))
        return true;
    return false;
  }

  void happens(const HandleEvent &Event, Status &Value) {
    if (Event.What == HandleEvent::Move && Event.To == Key)
      return receives(Event, Value);
    if (!Event.Key.matches(Key) || Event.InLambda)
      return;
    bool WasRunning = Value.What == HandleStatus::Running;
    switch (Event.What) {
    case HandleEvent::Start:
      starts(Event, Value);
      break;
    case HandleEvent::Adopt:
      if (WasRunning && isSingle(Event.Key))
        record(LostHandle::Overwritten, Event.Site, Value);
      Value = {HandleStatus::Unknown, nullptr};
      break;
    case HandleEvent::Join:
      Value = {HandleStatus::Joined, nullptr};
      break;
    case HandleEvent::TimedJoin:
      // The branch on its result decides.
      break;
    case HandleEvent::Detach:
      Value = {HandleStatus::Detached, nullptr};
      break;
    case HandleEvent::Move:
    case HandleEvent::Away:
      Value = {HandleStatus::Away, nullptr};
      break;
    case HandleEvent::Clear:
      if (WasRunning && !Event.Key.Element)
        record(isa<CXXOperatorCallExpr, BinaryOperator>(Event.Site)
                   ? LostHandle::Overwritten
                   : LostHandle::Deleted,
               Event.Site, Value);
      Value = {HandleStatus::Empty, nullptr};
      break;
    case HandleEvent::Temporary:
      break;
    }
  }

  bool isSingle(const HandleKey &At) const {
    return Handle.Shape != HandleShape::Container && !At.Element;
  }

  void starts(const HandleEvent &Event, Status &Value) {
    if (Value.What == HandleStatus::Running && isSingle(Event.Key))
      record(LostHandle::Overwritten, Event.Site, Value);
    const Expr *Start = Event.Launch ? Event.Launch : Event.Call;
    // All launches into one container are alike: fewer states.
    if (Value.What == HandleStatus::Running &&
        Handle.Shape == HandleShape::Container)
      Start = Value.Start;
    Value = {HandleStatus::Running, Start};
  }

  /// The handle of another variable moves in.
  void receives(const HandleEvent &Event, Status &Value) {
    if (Value.What == HandleStatus::Running && isSingle(Event.To))
      record(LostHandle::Overwritten, Event.Site, Value);
    const Expr *Start = nullptr;
    for (const HandleEvent &Other : Events.List)
      if (Other.What == HandleEvent::Start && Other.Key == Event.Key &&
          !Other.InLambda)
        Start = Other.Launch ? Other.Launch : Other.Call;
    Value = {Start ? HandleStatus::Running : HandleStatus::Unknown, Start};
  }

  void end(const Stmt *Trigger, Paths &Paths) {
    bool Early = isa_and_nonnull<BreakStmt, ContinueStmt, GotoStmt>(Trigger) ||
                 (isa_and_nonnull<ReturnStmt>(Trigger) && !isLast(*Trigger));
    LostHandle::Kind How = Handle.Shape == HandleShape::Pointer
                               ? LostHandle::Leaked
                           : Early ? LostHandle::EarlyExit
                                   : LostHandle::ScopeEnd;
    for (World<Status> &Path : Paths) {
      if (Path.Value.What == HandleStatus::Running)
        record(How, Early ? Trigger : nullptr, Path.Value);
      // In a loop the variable begins anew.
      Path.Value = Status();
    }
  }

  /// The statement at the end of the function.
  bool isLast(const Stmt &S) const {
    const auto *Body = dyn_cast<CompoundStmt>(Function.Body);
    return Body && !Body->body_empty() && Body->body_back() == &S;
  }

  // --- Branches ---

  /// The branch on \p Condition tells that the pointer to the handle is null.
  bool saysNull(const Expr *Condition, bool Value) const {
    const Expr *E = stripToCore(Condition);
    if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
      E = stripToCore(Rewritten->getSemanticForm());
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->getOpcode() == UO_LNot) {
      Value = !Value;
      E = stripToCore(Unary->getSubExpr());
    }
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E)) {
      bool Equal = Call->getOperator() == OO_EqualEqual;
      if ((!Equal && Call->getOperator() != OO_ExclaimEqual) ||
          Call->getNumArgs() != 2 || !isNothing(Call->getArg(1)))
        return false;
      Value = Value != Equal;
      E = Call->getArg(0);
    } else if (!E->getType()->isPointerType()) {
      return false;
    }
    return !Value && handleKeyOf(Facts.vocabulary(), E) == Key;
  }

  bool asksHandle(const CXXMemberCallExpr &Call) const {
    HandleKey Object =
        handleKeyOf(Facts.vocabulary(), Call.getImplicitObjectArgument());
    return Object.matches(Key) && isSingle(Object);
  }

  /// `t.joinable()`, `pointer.operator bool()`, `optional.has_value()`.
  bool follow(const CXXMemberCallExpr &Call, bool Value, Status &Now) {
    Operation Does = Facts.call(&Call).does();
    const CXXMethodDecl *Method = Call.getMethodDecl();
    bool Joinable = Does == Operation::Joinable || Does == Operation::Valid;
    bool Holds = isa_and_nonnull<CXXConversionDecl>(Method) ||
                 (Method && Method->getReturnType()->isBooleanType() &&
                  Method->isConst() && Handle.Shape == HandleShape::Owner);
    if (!Joinable && !Holds)
      return true;
    // A thread that its owner started may end by itself: what the object says
    // of it is no join.
    if (Now.Start && Facts.call(Now.Start).does() == Operation::Start) {
      Now = {HandleStatus::Unknown, nullptr};
      return true;
    }
    if (!Value)
      return Now.What != HandleStatus::Running;
    return !Joinable || (Now.What != HandleStatus::Joined &&
                         Now.What != HandleStatus::Detached &&
                         Now.What != HandleStatus::Empty);
  }

  /// The branch tells whether a launch or timed wait succeeded.
  void tested(const TestedResults::Tested &Test, Status &Now) {
    if (Now.What != HandleStatus::Running)
      return;
    KnownCall Known = Facts.call(Test.Call);
    if (!Known)
      return;
    bool Success = TestedResults::succeeded(Known, Test.Zero);
    if (Test.Call == Now.Start && Known.Fact->Out != NoArgument && !Success)
      Now = {Handle.Shape == HandleShape::Container ? HandleStatus::Unknown
                                                    : HandleStatus::Empty,
             nullptr};
    if (!Success)
      return;
    auto At = Events.At.find(Test.Call);
    if (At == Events.At.end())
      return;
    for (unsigned Index : At->second) {
      const HandleEvent &Event = Events.List[Index];
      if (Event.What == HandleEvent::TimedJoin && Event.Key.matches(Key))
        Now = {HandleStatus::Joined, nullptr};
    }
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const HandleEvents &Events;
  const LocalHandle &Handle;
  HandleKey Key;
  TestedResults Results;
  ScopeEnds Ends;
};

/// A lambda of the function ends or starts the handle at a time that the graph
/// does not show.
bool isManagedByLambda(const HandleEvents &Events, const HandleKey &Key) {
  return llvm::any_of(Events.List, [&](const HandleEvent &Event) {
    return Event.InLambda && Event.Key.matches(Key);
  });
}

/// A joining wrapper refers to the handle, whenever it is started.
bool isGuarded(UnitFacts &Facts, const HandleEvents &Events,
               const HandleKey &Key) {
  return llvm::any_of(Events.List, [&](const HandleEvent &Event) {
    if (Event.What != HandleEvent::Move || !Event.Key.matches(Key))
      return false;
    const ValueDecl *To = Event.To.Last ? Event.To.Last : Event.To.Root;
    return !holderType(Facts.vocabulary(), To->getType());
  });
}

bool isStarted(const HandleEvents &Events, const HandleKey &Key) {
  return llvm::any_of(Events.List, [&](const HandleEvent &Event) {
    return (Event.What == HandleEvent::Start && Event.Key.matches(Key)) ||
           (Event.What == HandleEvent::Move && Event.To == Key);
  });
}

const Expr *firstOf(const HandleEvents &Events, HandleEvent::Kind What,
                    const HandleKey &Key) {
  for (const HandleEvent &Event : Events.List)
    if (Event.What == What && Event.Key.matches(Key))
      return Event.Call;
  return nullptr;
}

} // namespace

void findLosses(UnitFacts &Facts, const FunctionInfo &Function,
                const HandleEvents &Events, const CFG &Graph,
                const LocalHandle &Handle, std::vector<LostHandle> &Lost) {
  HandleKey Key = HandleKey::of(Handle.Variable);
  if (!isStarted(Events, Key) || isManagedByLambda(Events, Key) ||
      isGuarded(Facts, Events, Key) ||
      hasOwnDeleter(Handle.Variable->getType()))
    return;
  LossFlow Flow(Facts, Function, Events, Graph, Handle);
  if (!Flow.run(Status()))
    return;
  Flow.Recording = true;
  for (const CFGBlock *Block : Graph)
    Flow.replay(
        *Block,
        [&](const CFGElement &Element, const Paths &Before) {
          Paths Copy = Before;
          Flow.apply(Element, Copy);
        },
        [](const Paths &) {});
  const SourceManager &Sources = Facts.context().getSourceManager();
  llvm::sort(Flow.Lost, [&](const LostHandle &A, const LostHandle &B) {
    if (A.How != B.How || !A.At || !B.At)
      return A.How < B.How;
    return Sources.isBeforeInTranslationUnit(A.At->getBeginLoc(),
                                             B.At->getBeginLoc());
  });
  for (LostHandle &Loss : Flow.Lost) {
    Loss.Join = firstOf(Events, HandleEvent::Join, Key);
    Loss.Detach = firstOf(Events, HandleEvent::Detach, Key);
    Lost.push_back(Loss);
  }
}

} // namespace clang::tidy::concord
