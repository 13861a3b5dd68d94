//===--- LongSleep.cpp - Which sleeps are deaf to a stop? -----------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LongSleep.h"
#include "analysis/EndlessLoop.h"
#include "analysis/SleepLength.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

namespace clang::tidy::concord {

namespace {

/// The library ends the sleep when it interrupts the thread.
bool isInterruptible(const FunctionDecl &Sleep) {
  if (Sleep.getDeclName().isIdentifier() && Sleep.getName().starts_with("try"))
    return true;
  IdentifierInfo &Point =
      Sleep.getASTContext().Idents.get("interruption_point");
  return !Sleep.getDeclContext()->getRedeclContext()->lookup(&Point).empty();
}

bool isSleep(const KnownCall &Call) {
  if (Call.does() != Operation::Sleep || Call.Fact->Cooperative)
    return false;
  const auto *E = dyn_cast_or_null<CallExpr>(Call.Site);
  const FunctionDecl *Callee = E ? E->getDirectCallee() : nullptr;
  return Callee && !isInterruptible(*Callee);
}

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

const Stmt *bodyOf(const Stmt *Loop) {
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return While->getBody();
  if (const auto *Do = dyn_cast<DoStmt>(Loop))
    return Do->getBody();
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return For->getBody();
  return cast<CXXForRangeStmt>(Loop)->getBody();
}

const Expr *conditionOf(const Stmt *Loop) {
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(Loop))
    return Do->getCond();
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return For->getCond();
  return nullptr;
}

const Stmt *withoutCleanups(const Stmt *S) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return S;
  E = E->IgnoreParenImpCasts();
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
    E = Cleanups->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    E = Cast->getSubExpr()->IgnoreParenImpCasts();
  return E;
}

/// Control does not go on after the statement list \p Block.
bool endsLoop(const CompoundStmt &Block) {
  if (Block.body_empty())
    return false;
  const Stmt *Last = withoutCleanups(Block.body_back());
  if (const auto *Call = dyn_cast<CallExpr>(Last)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    return Callee && Callee->isNoReturn();
  }
  return isa<BreakStmt, ReturnStmt, CoreturnStmt, GotoStmt, CXXThrowExpr>(Last);
}

class Search {
public:
  Search(UnitFacts &Facts, double AtLeast)
      : Facts(Facts), Polls(Facts), AtLeast(AtLeast) {}

  std::vector<LongSleep> Found;

  void run() {
    for (const auto &Each : Facts.functions())
      if (!Each->Dependent && sleeps(*Each))
        search(*Each);
    // A default member initialiser belongs to no function of the unit.
    for (const CXXRecordDecl *Record : Facts.records())
      for (const FieldDecl *Field : Record->fields())
        if (const Expr *Init = Field->getInClassInitializer();
            Init && Facts.vocabulary().is(Field->getType(), Role::Thread))
          initialTask(*Init);
  }

private:
  void initialTask(const Expr &Init) {
    const Expr *Site = nullptr;
    std::optional<FunctionInfo> Task = findInitialTask(Facts, &Init, Site);
    if (Task && !Facts.function(Task->Function))
      search(*Task);
  }

  /// \p F itself or a function that it calls sleeps.
  bool sleeps(const FunctionInfo &F) const {
    if (F.does({Operation::Sleep}))
      return true;
    return llvm::any_of(F.OtherCalls, [&](const Expr *Call) {
      const FunctionInfo *Callee = Facts.callee(Call);
      return Callee && Callee->does({Operation::Sleep});
    });
  }

  void search(const FunctionInfo &F) {
    Function = &F;
    Loops.clear();
    visit(F.Body);
  }

  void visit(const Stmt *S) {
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      return;
    if (const auto *Call = dyn_cast<CallExpr>(S); Call && !Loops.empty())
      call(*Call);
    const bool IsLoop = isLoop(S);
    if (IsLoop)
      Loops.push_back(S);
    const auto *Block = dyn_cast<CompoundStmt>(S);
    bool IsLoopBody = Block && !Loops.empty() && bodyOf(Loops.back()) == Block;
    llvm::SaveAndRestore<bool> Keep(
        Leaving,
        (Leaving && !IsLoop) || (Block && !IsLoopBody && endsLoop(*Block)));
    for (const Stmt *Child : S->children())
      visit(Child);
    if (IsLoop)
      Loops.pop_back();
  }

  void call(const CallExpr &Call) {
    if (Leaving)
      return;
    const KnownCall Known = Facts.call(&Call);
    if (isSleep(Known))
      return judge(&Call, nullptr, secondsOf(Facts, *Function, Known));
    const FunctionInfo *Callee = Known ? nullptr : Facts.callee(&Call);
    if (!Callee || Callee->Dependent || !Callee->does({Operation::Sleep}))
      return;
    const Expr *Inner = sleepOf(Callee->Body);
    if (!Inner)
      return;
    const KnownCall Sleep = Facts.call(Inner);
    if (std::optional<double> Fixed = secondsOf(Facts, *Callee, Sleep))
      return judge(Inner, nullptr, Fixed);
    judge(&Call, Inner, secondsOf(Facts, *Callee, Sleep, &Call, Function));
  }

  /// The sleep that a function with the body \p S always comes to, or null.
  const Expr *sleepOf(const Stmt *S) const {
    S = withoutCleanups(S);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(S))
      return isSleep(Facts.call(Call)) ? Call : nullptr;
    // `while (nanosleep(&t, &t) == -1 && errno == EINTR);`
    if (const auto *While = dyn_cast_or_null<WhileStmt>(S))
      return sleepOf(While->getCond());
    if (const auto *Do = dyn_cast_or_null<DoStmt>(S))
      return sleepOf(Do->getCond());
    if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(S))
      return sleepOf(Binary->isAssignmentOp() ? Binary->getRHS()
                                              : Binary->getLHS());
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
      for (const Stmt *Child : Block->body())
        if (const Expr *Sleep = sleepOf(Child))
          return Sleep;
    return nullptr;
  }

  void judge(const Expr *Site, const Expr *Inner,
             std::optional<double> Seconds) {
    if (!Seconds || *Seconds + 1e-9 < AtLeast)
      return;
    for (const Stmt *Loop : llvm::reverse(Loops)) {
      std::optional<StopPoll> Poll = Polls.of(*Function, Loop);
      if (!Poll)
        continue;
      if (!divides(Loop, *Poll, *Seconds))
        Found.push_back({Site, Inner, *Seconds, *Poll});
      return;
    }
  }

  /// \p Loop does nothing but cut a longer sleep into parts as short as is
  /// asked for.
  bool divides(const Stmt *Loop, const StopPoll &Poll, double Seconds) const {
    if (Seconds > AtLeast + 1e-9 || Loop != Loops.back() ||
        !onlySleeps(bodyOf(Loop)))
      return false;
    if (Loops.size() > 1)
      return true;
    const Expr *Condition = conditionOf(Loop);
    const auto *Both =
        Condition ? dyn_cast<BinaryOperator>(Condition->IgnoreParenImpCasts())
                  : nullptr;
    bool Bounded = Both && Both->isLogicalOp();
    if (!Bounded && Condition)
      Bounded = !contains(Condition, Poll.Site);
    bool Value = false;
    return Bounded &&
           !(Condition->EvaluateAsBooleanCondition(Value, Facts.context()) &&
             Value);
  }

  static bool contains(const Stmt *S, const Stmt *Part) {
    if (!S || S == Part)
      return S == Part;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return contains(Child, Part);
    });
  }

  bool onlySleeps(const Stmt *S) const {
    S = withoutCleanups(S);
    if (!S || isa<NullStmt, ContinueStmt, BreakStmt, ReturnStmt>(S))
      return true;
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      return llvm::all_of(Block->body(),
                          [&](const Stmt *Child) { return onlySleeps(Child); });
    if (const auto *If = dyn_cast<IfStmt>(S))
      return onlySleeps(If->getThen()) && onlySleeps(If->getElse());
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      return Unary->isIncrementDecrementOp();
    const auto *Call = dyn_cast<CallExpr>(S);
    return Call && isSleep(Facts.call(Call));
  }

  UnitFacts &Facts;
  StopPolls Polls;
  const double AtLeast;
  const FunctionInfo *Function = nullptr;
  /// The loops around the place at hand, the innermost last.
  llvm::SmallVector<const Stmt *, 4> Loops;
  /// What follows leaves the loop.
  bool Leaving = false;
};

} // namespace

std::vector<LongSleep> longSleeps(UnitFacts &Facts, double AtLeast) {
  Search S(Facts, AtLeast);
  S.run();
  return std::move(S.Found);
}

} // namespace clang::tidy::concord
