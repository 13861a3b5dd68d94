//===--- WaitLoop.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/WaitLoop.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

bool waitsWithoutPredicate(const KnownCall &Call) {
  return Call.does() == Operation::ConditionWait &&
         !Call.argument(Call.Fact->Predicate);
}

bool isTimedConditionWait(const KnownCall &Call) {
  if (Call.Fact->Timed)
    return true;
  const Expr *Timeout = Call.argument(Call.Fact->Timeout);
  return Timeout && !isa<CXXDefaultArgExpr>(Timeout);
}

namespace {

using Declarations = llvm::SmallPtrSet<const ValueDecl *, 4>;

/// True if \p Holds for \p S or a statement in it, lambdas and blocks excluded.
bool anyOf(const Stmt *S, llvm::function_ref<bool(const Stmt *)> Holds) {
  llvm::SmallVector<const Stmt *, 32> Work{S};
  while (!Work.empty()) {
    const Stmt *Next = Work.pop_back_val();
    if (!Next || isa<LambdaExpr, BlockExpr>(Next))
      continue;
    if (Holds(Next))
      return true;
    Work.append(Next->child_begin(), Next->child_end());
  }
  return false;
}

const ValueDecl *namedBy(const Stmt *S) {
  if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
    return isa<VarDecl>(Reference->getDecl()) ? Reference->getDecl() : nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    return dyn_cast<FieldDecl>(Member->getMemberDecl());
  return nullptr;
}

Declarations namedIn(const Stmt *S) {
  Declarations Result;
  anyOf(S, [&](const Stmt *Part) {
    if (const ValueDecl *Named = namedBy(Part))
      Result.insert(Named);
    return false;
  });
  return Result;
}

bool mentions(const Stmt *S, const Declarations &Those) {
  return anyOf(S, [&](const Stmt *Part) {
    const ValueDecl *Named = namedBy(Part);
    return Named && Those.contains(Named);
  });
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

const Stmt *bodyOf(const Stmt *Loop) {
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return While->getBody();
  if (const auto *Do = dyn_cast<DoStmt>(Loop))
    return Do->getBody();
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return For->getBody();
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop))
    return Range->getBody();
  return nullptr;
}

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

/// The loop asks something that the wait can have changed.
bool tests(const Stmt *Loop, const ASTContext &Context) {
  const Expr *Condition = conditionOf(Loop);
  if (!Condition)
    return false;
  if (Condition->isValueDependent())
    return true;
  bool Value;
  if (Condition->EvaluateAsBooleanCondition(Value, Context))
    return false;
  const auto *For = dyn_cast<ForStmt>(Loop);
  const auto *Init = For ? dyn_cast_or_null<DeclStmt>(For->getInit()) : nullptr;
  if (!Init)
    return true;
  // A loop that counts compares its own variable with what does not call.
  Declarations Own;
  for (const Decl *D : Init->decls())
    if (const auto *Variable = dyn_cast<VarDecl>(D))
      Own.insert(Variable);
  const auto *Comparison =
      dyn_cast<BinaryOperator>(Condition->IgnoreParenImpCasts());
  return !Comparison || !Comparison->isComparisonOp() ||
         !mentions(Comparison, Own);
}

/// \p S decides something: the code after the wait looks at the state.
bool decides(const Stmt *S, const ASTContext &Context) {
  return anyOf(S, [&](const Stmt *Part) {
    return isa<IfStmt, SwitchStmt, AbstractConditionalOperator>(Part) ||
           (isLoop(Part) && tests(Part, Context));
  });
}

class Walk {
public:
  Walk(const UnitFacts &Facts, const FunctionInfo &Function, const Expr *Wait,
       bool Timed)
      : Facts(Facts), Function(Function), Wait(Wait), Timed(Timed) {}

  bool run() {
    const Stmt *S = Wait;
    while (const Stmt *Parent = Facts.parent(Function, S)) {
      std::optional<bool> Answer = above(Parent, S);
      if (Answer)
        return *Answer;
      S = Parent;
    }
    return false;
  }

private:
  /// Follows control from the end of \p S, a part of \p Parent.
  std::optional<bool> above(const Stmt *Parent, const Stmt *S) {
    if (const auto *Block = dyn_cast<CompoundStmt>(Parent))
      return behind(*Block, S);
    if (const auto *If = dyn_cast<IfStmt>(Parent)) {
      if (S != If->getCond())
        for (const ValueDecl *Named : namedIn(If->getCond()))
          Guarding.insert(Named);
      return std::nullopt;
    }
    if (!isLoop(Parent))
      return std::nullopt;
    Continues = false;
    const bool Left = std::exchange(Leaves, false);
    if (Left)
      return std::nullopt;
    if (Timed || tests(Parent, Facts.context()) || around(*Parent))
      return true;
    return std::nullopt;
  }

  /// Walks the statements of \p Block that follow \p S.
  std::optional<bool> behind(const CompoundStmt &Block, const Stmt *S) {
    if (Leaves || Continues)
      return std::nullopt;
    bool After = false;
    for (const Stmt *Next : Block.body()) {
      if (std::exchange(After, After || Next == S) == false)
        continue;
      if (anyOf(Next, [](const Stmt *P) { return isa<GotoStmt>(P); }))
        return true;
      if (decides(Next, Facts.context())) {
        if (Timed || isInLoop(&Block) || mentions(Next, Guarding))
          return true;
        return false;
      }
      // After a timed wait, code that looks again takes what there is.
      if (Timed && mentions(Next, Guarding))
        return true;
      if (const auto *Return = dyn_cast<ReturnStmt>(Next)) {
        // The caller gets what the `if` tested, read once more.
        const Expr *Value = Return->getRetValue();
        const ValueDecl *Named =
            Value ? namedBy(Value->IgnoreParenImpCasts()) : nullptr;
        return Named && Guarding.contains(Named);
      }
      if (isa<CXXThrowExpr>(Next))
        return false;
      if (isa<BreakStmt>(Next)) {
        Leaves = leavesLoop(&Block);
        return std::nullopt;
      }
      if (isa<ContinueStmt>(Next)) {
        Continues = true;
        return std::nullopt;
      }
      if (mentions(Next, Guarding))
        return false;
    }
    return std::nullopt;
  }

  /// Control comes round in \p Loop: it meets a test before the wait, or the
  /// `if` around the wait itself.
  bool around(const Stmt &Loop) const {
    const Stmt *Body = bodyOf(&Loop);
    if (!Body)
      return false;
    const auto *Block = dyn_cast<CompoundStmt>(Body);
    if (!Block)
      return decides(Body, Facts.context());
    for (const Stmt *First : Block->body()) {
      if (decides(First, Facts.context()))
        return true;
      if (anyOf(First, [&](const Stmt *P) { return P == Wait; }))
        return false;
    }
    return false;
  }

  bool isInLoop(const Stmt *S) const {
    for (; S; S = Facts.parent(Function, S))
      if (isLoop(S))
        return true;
    return false;
  }

  /// A `break` in \p S leaves a loop, not a switch.
  bool leavesLoop(const Stmt *S) const {
    for (; S; S = Facts.parent(Function, S)) {
      if (isa<SwitchStmt>(S))
        return false;
      if (isLoop(S))
        return true;
    }
    return false;
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  const Expr *Wait;
  const bool Timed;
  /// What the `if`s around the wait ask.
  Declarations Guarding;
  bool Leaves = false;    ///< a `break` follows the wait
  bool Continues = false; ///< a `continue` follows the wait
};

} // namespace

bool isTestedAgain(const UnitFacts &Facts, const FunctionInfo &Function,
                   const KnownCall &Call) {
  return Walk(Facts, Function, Call.Site, isTimedConditionWait(Call)).run();
}

bool onlyForwardsWait(const UnitFacts &Facts, const FunctionInfo &Function,
                      const KnownCall &Call) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function.Function);
  if (Method && !Function.Lambda) {
    const TypeFact *Class = Facts.vocabulary().record(Method->getParent());
    if (Class && Class->is(Role::ConditionVariable))
      return true;
  }
  for (const KnownCall &Other : Function.Calls) {
    if (Other.Site == Call.Site ||
        (Other.does() == Operation::None &&
         !(Other.Type && Other.Type->is(Role::Guard))))
      continue;
    const bool IsGuard = Other.Type && Other.Type->is(Role::Guard);
    if (IsGuard && isa<CXXConstructExpr>(Other.Site) &&
        Facts.vocabulary().guardStart(Other) == GuardStart::Adopts)
      continue;
    if (IsGuard && (Other.does() == Operation::ReleaseGuard ||
                    Other.does() == Operation::OwnsLock ||
                    Other.does() == Operation::GuardMutex))
      continue;
    return false;
  }
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Function.Body);
  if (!Body || Function.Lambda)
    return false;
  // Besides the wait: the adoption of the lock, assertions, the result.
  return llvm::all_of(Body->body(), [&](const Stmt *S) {
    if (isa<DeclStmt, ReturnStmt, NullStmt>(S) ||
        anyOf(S, [&](const Stmt *P) { return P == Call.Site; }))
      return !isa<IfStmt, SwitchStmt>(S) && !isLoop(S);
    const auto *E = dyn_cast<Expr>(S);
    return E &&
           (E->getBeginLoc().isMacroID() ||
            llvm::any_of(Function.Calls, [&](const KnownCall &Other) {
              return anyOf(E, [&](const Stmt *P) { return P == Other.Site; });
            }));
  });
}

const IfStmt *ifAroundWait(const UnitFacts &Facts, const FunctionInfo &Function,
                           const KnownCall &Call) {
  const Stmt *S = Call.Site;
  const Stmt *Parent = Facts.parent(Function, S);
  while (isa_and_nonnull<ExprWithCleanups, CastExpr, ParenExpr>(Parent)) {
    S = Parent;
    Parent = Facts.parent(Function, S);
  }
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent)) {
    if (Block->size() != 1)
      return nullptr;
    S = Parent;
    Parent = Facts.parent(Function, S);
  }
  const auto *If = dyn_cast_or_null<IfStmt>(Parent);
  if (!If || If->getThen() != S || If->getElse() || If->getInit() ||
      If->getConditionVariable() || If->isConstexpr() || If->isConsteval())
    return nullptr;
  return If;
}

} // namespace clang::tidy::concord
