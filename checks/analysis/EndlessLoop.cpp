//===--- EndlessLoop.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/EndlessLoop.h"
#include "analysis/Callable.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 3;

bool isOwnFunction(const Stmt *S) { return isa<LambdaExpr, BlockExpr>(S); }

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

/// The loop goes on whatever happens, as far as its condition says.
bool isEndless(const Stmt *S, const ASTContext &Context) {
  const Expr *Condition = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(S))
    Condition = While->getConditionVariable() ? nullptr : While->getCond();
  else if (const auto *Do = dyn_cast<DoStmt>(S))
    Condition = Do->getCond();
  else if (const auto *For = dyn_cast<ForStmt>(S)) {
    if (!For->getCond())
      return true;
    Condition = For->getConditionVariable() ? nullptr : For->getCond();
  }
  bool Value = false;
  return Condition && !Condition->isValueDependent() &&
         !Condition->containsErrors() &&
         Condition->EvaluateAsBooleanCondition(Value, Context) && Value;
}

bool saysForever(const SourceManager &Sources, SourceLocation Loc) {
  Loc = Sources.getExpansionLoc(Loc);
  bool Invalid = Loc.isInvalid();
  StringRef Text =
      Invalid ? "" : Sources.getBufferData(Sources.getFileID(Loc), &Invalid);
  size_t At = Invalid ? 0 : Sources.getFileOffset(Loc);
  if (Invalid || At >= Text.size())
    return false;
  size_t Begin = Text.rfind('\n', At);
  Begin =
      Begin == StringRef::npos || Begin == 0 ? 0 : Text.rfind('\n', Begin - 1);
  if (Begin == StringRef::npos)
    Begin = 0;
  StringRef Lines = Text.slice(Begin, Text.find('\n', At));
  size_t Comment = std::min(Lines.find("//"), Lines.find("/*"));
  if (Comment == StringRef::npos)
    return false;
  std::string Said = Lines.drop_front(Comment).lower();
  return llvm::any_of(
      std::initializer_list<StringRef>{
          "daemon", "forever", "for ever", "never end", "never return",
          "never stop", "as long as the process", "as long as the program"},
      [&](StringRef Word) { return StringRef(Said).contains(Word); });
}

class Walk {
public:
  explicit Walk(UnitFacts &Facts) : Facts(Facts), Words(Facts.vocabulary()) {}

  const Stmt *function(const FunctionInfo &Function) {
    if (Function.Dependent || !Function.Function ||
        Function.Function->isNoReturn() || Active.size() >= MaxDepth ||
        llvm::is_contained(Active, &Function))
      return nullptr;
    Active.push_back(&Function);
    const Stmt *Loop = statement(Function.Body);
    Active.pop_back();
    return Loop;
  }

private:
  const Stmt *statement(const Stmt *S) {
    if (!S || isOwnFunction(S) || isa<CXXTryStmt>(S))
      return nullptr;
    if (isEndless(S, Facts.context())) {
      if (leaves(S) ||
          saysForever(Facts.context().getSourceManager(), S->getBeginLoc()))
        return nullptr;
      return S;
    }
    for (const Stmt *Child : S->children())
      if (const Stmt *Loop = statement(Child))
        return Loop;
    if (isa<CallExpr>(S) && !Facts.call(cast<Expr>(S)))
      if (const FunctionInfo *Callee = Facts.callee(cast<Expr>(S)))
        return function(*Callee);
    return nullptr;
  }

  /// Control can leave the loop \p Loop.
  bool leaves(const Stmt *Loop) {
    return llvm::any_of(Loop->children(), [&](const Stmt *Child) {
      return leaves(Child, /*InInner=*/false, /*InSwitch=*/false, 0);
    });
  }

  /// \p Depth is that of calls; in called functions only what ends the caller
  /// as well counts.
  bool leaves(const Stmt *S, bool InInner, bool InSwitch, unsigned Depth) {
    if (!S || isOwnFunction(S))
      return false;
    if (isa<CXXThrowExpr, CoawaitExpr, CoyieldExpr, DependentCoawaitExpr,
            GCCAsmStmt>(S))
      return true;
    if (Depth == 0 &&
        (isa<ReturnStmt, CoreturnStmt, GotoStmt, IndirectGotoStmt>(S) ||
         (isa<BreakStmt>(S) && !InInner && !InSwitch)))
      return true;
    if (const auto *E = dyn_cast<Expr>(S);
        E && isa<CallExpr, CXXConstructExpr>(E) && callLeaves(E, Depth))
      return true;
    InInner |= isLoop(S);
    InSwitch |= isa<SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return leaves(Child, InInner, InSwitch, Depth);
    });
  }

  bool callLeaves(const Expr *E, unsigned Depth) {
    if (E->isTypeDependent() || E->containsErrors())
      return true;
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && Callee->isNoReturn())
      return true;
    KnownCall Known = Facts.call(E);
    if (!Known)
      Known = Words.call(E);
    if (Known.does() != Operation::None)
      return ends(Known) || takesToken(E);
    if (takesToken(E))
      return true;
    const FunctionInfo *Info = Depth < MaxDepth ? Facts.callee(E) : nullptr;
    return Info && Seen.insert(Info).second &&
           leaves(Info->Body, true, true, Depth + 1);
  }

  static bool ends(const KnownCall &Known) {
    switch (Known.does()) {
    case Operation::ThreadExit:
    case Operation::QueryStop:
      return true;
    case Operation::Receive:
    case Operation::Send:
    case Operation::TimedReceive:
    case Operation::TimedSend:
      return Known.Fact->Closed == ClosedResult::Exception ||
             Known.Fact->Closed == ClosedResult::FutureException;
    default:
      return false;
    }
  }

  bool takesToken(const Expr *E) const {
    auto IsToken = [&](const Expr *Argument) {
      return Argument && Words.is(Argument->getType().getNonReferenceType(),
                                  Role::StopToken);
    };
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return llvm::any_of(Call->arguments(), IsToken);
    return llvm::any_of(cast<CXXConstructExpr>(E)->arguments(), IsToken);
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  llvm::SmallVector<const FunctionInfo *, 4> Active;
  llvm::SmallPtrSet<const FunctionInfo *, 8> Seen;
};

bool interrupts(const UnitFacts &Facts) {
  return llvm::any_of(Facts.functions(), [](const auto &Function) {
    return Function->does({Operation::Interrupt, Operation::Cancel});
  });
}

/// A loop that waits for something: no walk over a range, no counting.
bool hasWaitingLoop(const Stmt *S, const ASTContext &Context) {
  if (!S || isOwnFunction(S))
    return false;
  if (isa<WhileStmt>(S) || isEndless(S, Context))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return hasWaitingLoop(Child, Context);
  });
}

} // namespace

const Stmt *findEndlessLoop(UnitFacts &Facts, const FunctionInfo &Task) {
  const Stmt *Loop = Walk(Facts).function(Task);
  return Loop && !interrupts(Facts) ? Loop : nullptr;
}

const ParmVarDecl *findUnusedStopToken(UnitFacts &Facts,
                                       const FunctionInfo &Task) {
  if (Task.Dependent || !Task.Function)
    return nullptr;
  for (const ParmVarDecl *Parameter : Task.Function->parameters())
    if (Parameter->getIdentifier() && !Parameter->isReferenced() &&
        !Parameter->hasAttr<UnusedAttr>() &&
        Facts.vocabulary().is(Parameter->getType().getNonReferenceType(),
                              Role::StopToken))
      return hasWaitingLoop(Task.Body, Facts.context()) ? Parameter : nullptr;
  return nullptr;
}

/// Lambdas outside of functions have no entry among the unit's.
static std::optional<FunctionInfo> taskOf(const UnitFacts &Facts,
                                          const FunctionDecl *Entry) {
  if (const FunctionInfo *Known = Facts.function(Entry))
    return *Known;
  const FunctionDecl *Definition = nullptr;
  if (!Entry || !Entry->hasBody(Definition) || Definition->isDependentContext())
    return std::nullopt;
  FunctionInfo Task;
  Task.Function = Definition;
  Task.Body = Definition->getBody();
  return Task;
}

std::optional<FunctionInfo> findInitialTask(UnitFacts &Facts, const Expr *Init,
                                            const Expr *&Site) {
  const Vocabulary &Words = Facts.vocabulary();
  llvm::SmallVector<const Stmt *, 8> Work{Init};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isOwnFunction(S))
      continue;
    const auto *E = dyn_cast<Expr>(S);
    const KnownCall Call = E ? Words.call(E) : KnownCall();
    if (Call.does() == Operation::Launch && !Call.Fact->Cooperative &&
        Call.callable()) {
      Site = E;
      return taskOf(Facts, resolveCallable(Words, Call.callable()).Entry);
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return std::nullopt;
}

} // namespace clang::tidy::concord
