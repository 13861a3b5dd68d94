//===--- TaskDuty.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskDuty.h"
#include "analysis/Flow.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

namespace clang::tidy::concord {

static const ValueDecl *namedBy(const Stmt *S) {
  if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
    return Reference->getDecl();
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    return Member->getMemberDecl();
  return nullptr;
}

bool mentionsObject(const Stmt *S, const ValueDecl &Object) {
  llvm::SmallVector<const Stmt *, 32> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next)
      continue;
    if (const ValueDecl *Named = namedBy(Next);
        Named && Named->getCanonicalDecl() == Object.getCanonicalDecl())
      return true;
    Work.append(Next->child_begin(), Next->child_end());
  }
  return false;
}

namespace {

/// The duty on one path.
struct DutyOnPath {
  bool Owed = false;
  /// The handler that the path went through last.
  const CXXCatchStmt *Handler = nullptr;
  /// The return or throw that it leaves by.
  const Stmt *Leaves = nullptr;

  bool operator==(const DutyOnPath &O) const {
    return Owed == O.Owed && Handler == O.Handler && Leaves == O.Leaves;
  }
};

/// What the parts of a function do to a duty.
class DutyEvents {
public:
  enum Kind : uint8_t { None, Fulfils, Raises };

  DutyEvents(UnitFacts &Facts, const FunctionInfo &Function,
             const TaskDuty &Duty)
      : Facts(Facts), Duty(Duty) {
    for (const Expr *E : Duty.Fulfils)
      Events[E] = Fulfils;
    for (const Expr *E : Duty.Raises)
      Events[E] = Raises;
    walk(Function.Body, /*Counted=*/false);
  }

  Kind at(const Stmt *S) const { return Events.lookup(S); }

private:
  /// \p Counted: inside one of the operations that the duty lists.
  void walk(const Stmt *S, bool Counted) {
    if (!S)
      return;
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (isa<LambdaExpr, BlockExpr>(E)) {
        if (mentionsObject(bodyOf(*E), *Duty.Object))
          Events.try_emplace(E, Fulfils);
        return;
      }
      Counted |= Events.count(E) || llvm::is_contained(Duty.Neutral, E);
      const ValueDecl *Named = namedBy(E);
      const bool Names =
          Named && Named->getCanonicalDecl() == Duty.Object->getCanonicalDecl();
      if ((Names && !Counted) ||
          (isa<CallExpr, CXXConstructExpr>(E) && !Counted && mayFulfil(*E)))
        Events.try_emplace(E, Fulfils);
    }
    for (const Stmt *Child : S->children())
      walk(Child, Counted);
  }

  static const Stmt *bodyOf(const Expr &E) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&E))
      return Lambda->getBody();
    return cast<BlockExpr>(E).getBody();
  }

  /// The call \p E may reach the object by another way than its arguments, or
  /// hand the duty over to a later task.
  bool mayFulfil(const Expr &E) {
    const KnownCall Known = Facts.call(&E);
    if (Known.does() == Operation::Launch ||
        Known.does() == Operation::Register || Facts.launchAt(&E))
      return true;
    if (Known)
      return false;
    if (const FunctionInfo *Callee = Facts.callee(&E))
      return mentionsObject(Callee->Body, *Duty.Object);
    const bool OnThis = isa<CXXMemberCallExpr>(E) &&
                        isa<CXXThisExpr>(cast<CXXMemberCallExpr>(E)
                                             .getImplicitObjectArgument()
                                             ->IgnoreParenImpCasts());
    return (OnThis && isa<FieldDecl>(Duty.Object)) || takesCallable(E);
  }

  /// `reader.start([self] { … })`
  static bool takesCallable(const Expr &E) {
    const auto *Call = dyn_cast<CallExpr>(&E);
    return Call && Call->getDirectCallee() &&
           llvm::any_of(Call->arguments(), [](const Expr *Argument) {
             return isa<LambdaExpr, BlockExpr>(
                 Argument->IgnoreUnlessSpelledInSource());
           });
  }

  UnitFacts &Facts;
  const TaskDuty &Duty;
  llvm::DenseMap<const Stmt *, Kind> Events;
};

class DutyFlow : public Flow<DutyOnPath> {
public:
  DutyFlow(const ASTContext &Context, const CFG &Graph,
           const DutyEvents &Events)
      : Flow(Context, Graph, [](const CallExpr &) { return false; }),
        Events(Events) {}

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    const Stmt *Part = S->getStmt();
    const DutyEvents::Kind Event = Events.at(Part);
    for (World<DutyOnPath> &Path : Paths) {
      if (Event != DutyEvents::None)
        Path.Value.Owed = Event == DutyEvents::Raises;
      if (isa<ReturnStmt, CXXThrowExpr>(Part))
        Path.Value.Leaves = Part;
    }
  }

  void enterHandler(const CXXCatchStmt &Catch, DutyOnPath &Value) override {
    Value.Handler = &Catch;
    Value.Leaves = nullptr;
  }

private:
  const DutyEvents &Events;
};

bool containsThrow(const Stmt *S) {
  if (!S || isa<LambdaExpr, BlockExpr>(S))
    return false;
  return isa<CXXThrowExpr>(S) ||
         llvm::any_of(S->children(),
                      [](const Stmt *Child) { return containsThrow(Child); });
}

class Judge {
public:
  Judge(UnitFacts &Facts, const FunctionInfo &Function, const TaskDuty &Duty)
      : Facts(Facts), Function(Function), Duty(Duty),
        Events(Facts, Function, Duty) {}

  std::vector<UnmetDuty> run() {
    exits();
    rounds(Function.Body);
    return std::move(Found);
  }

private:
  struct Way {
    bool Owed = false, Fulfilled = false;
  };

  void exits() {
    const std::unique_ptr<CFG> Graph =
        buildGraph(Facts.context(), Function.Function, Function.Body);
    if (!Graph)
      return;
    DutyFlow Flow(Facts.context(), *Graph, Events);
    DutyOnPath Entry;
    Entry.Owed = Duty.Raises.empty();
    if (!Flow.run(Entry, /*MaxStates=*/96))
      return;
    llvm::MapVector<std::pair<const Stmt *, const Stmt *>, Way> Ways;
    Way End;
    auto Leave = [&](const auto &Paths) {
      for (const auto &World : Paths) {
        const DutyOnPath &Path = World.Value;
        Way &W = isEnd(Path.Leaves) && !Path.Handler
                     ? End
                     : Ways[{Path.Leaves, Path.Handler}];
        (Path.Owed ? W.Owed : W.Fulfilled) = true;
      }
    };
    for (const CFGBlock::AdjacentBlock &Before : Graph->getExit().preds())
      // What no handler of a `try` wants leaves the function from there.
      if (const CFGBlock *Block = Before.getReachableBlock();
          Block && !isa_and_nonnull<CXXTryStmt>(Block->getTerminatorStmt()))
        Flow.replay(*Block, [](const CFGElement &, const auto &) {}, Leave);
    if (!End.Fulfilled || End.Owed)
      return;
    for (const auto &[Key, W] : Ways)
      if (W.Owed && !W.Fulfilled)
        unmet(Key.first, cast_or_null<CXXCatchStmt>(Key.second));
  }

  /// The function falls off its end, or returns with its last statement.
  bool isEnd(const Stmt *Leaves) const {
    if (!Leaves)
      return true;
    const auto *Block = dyn_cast<CompoundStmt>(Function.Body);
    return Block && !Block->body_empty() && Block->body_back() == Leaves;
  }

  void unmet(const Stmt *Leaves, const CXXCatchStmt *Handler) {
    if (!Handler)
      return report(isa<CXXThrowExpr>(Leaves) ? UnmetDuty::Throw
                                              : UnmetDuty::Return,
                    Leaves);
    // What a handler throws on goes the way of every exception.
    if (!isa_and_nonnull<CXXThrowExpr>(Leaves) && guardsMore(*Handler))
      report(UnmetDuty::Handler, Handler);
  }

  /// The `try` of \p Handler does more than to fulfil the duty, and is no part
  /// of a handler itself: what fails then is not the fulfilment.
  bool guardsMore(const CXXCatchStmt &Handler) const {
    const auto *Try =
        dyn_cast_or_null<CXXTryStmt>(Facts.parent(Function, &Handler));
    for (const Stmt *S = Try; S; S = Facts.parent(Function, S))
      if (isa<CXXCatchStmt>(S))
        return false;
    return Try && doesMore(Try->getTryBlock());
  }

  bool doesMore(const Stmt *S) const {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return false;
    if (isa<CXXThrowExpr, CXXNewExpr>(S) ||
        (isa<CallExpr>(S) && !llvm::is_contained(Duty.Fulfils, cast<Expr>(S))))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return doesMore(Child); });
  }

  void report(UnmetDuty::Kind What, const Stmt *Where) {
    UnmetDuty Unmet{What, Where, Duty.Fulfils.back()};
    if (What == UnmetDuty::Handler)
      if (const auto *Try =
              dyn_cast_or_null<CXXTryStmt>(Facts.parent(Function, Where)))
        Unmet.SurelyThrown = containsThrow(Try->getTryBlock());
    for (const UnmetDuty &Other : Found)
      if (Other.Where == Where)
        return;
    Found.push_back(Unmet);
  }

  /// Rounds of loops that end with what fulfils the duty, and those before
  /// that end early.
  void rounds(const Stmt *S) {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return;
    const Stmt *Body = nullptr;
    if (const auto *While = dyn_cast<WhileStmt>(S))
      Body = While->getBody();
    else if (const auto *For = dyn_cast<ForStmt>(S))
      Body = For->getBody();
    else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
      Body = Range->getBody();
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Body))
      round(*Block);
    for (const Stmt *Child : S->children())
      rounds(Child);
  }

  void round(const CompoundStmt &Block) {
    // The last of them counts: what is owed until then.
    const Stmt *Last = nullptr;
    for (const Stmt *S : Block.body())
      if (isFulfilment(S))
        Last = S;
    if (!Last || !Duty.Raises.empty())
      return;
    for (const Stmt *S : Block.body()) {
      if (S == Last)
        return;
      if (mayFulfil(S))
        return;
      if (const Stmt *Skips = continueIn(S))
        return report(UnmetDuty::Continue, Skips);
    }
  }

  /// \p S is nothing but one of the operations that fulfil the duty.
  bool isFulfilment(const Stmt *S) const {
    const auto *E = dyn_cast<Expr>(S);
    return E && llvm::is_contained(Duty.Fulfils, E->IgnoreImplicit());
  }

  bool mayFulfil(const Stmt *S) const {
    if (!S)
      return false;
    return Events.at(S) == DutyEvents::Fulfils ||
           llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return mayFulfil(Child); });
  }

  static const Stmt *continueIn(const Stmt *S) {
    if (!S || isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, LambdaExpr>(S))
      return nullptr;
    if (isa<ContinueStmt>(S))
      return S;
    for (const Stmt *Child : S->children())
      if (const Stmt *Skips = continueIn(Child))
        return Skips;
    return nullptr;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const TaskDuty &Duty;
  DutyEvents Events;
  std::vector<UnmetDuty> Found;
};

} // namespace

std::vector<UnmetDuty> unmetDuties(UnitFacts &Facts,
                                   const FunctionInfo &Function,
                                   const TaskDuty &Duty) {
  if (Function.Dependent || Duty.Fulfils.empty() || !Function.Function)
    return {};
  return Judge(Facts, Function, Duty).run();
}

} // namespace clang::tidy::concord
