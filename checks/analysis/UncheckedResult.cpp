//===--- UncheckedResult.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/UncheckedResult.h"
#include "analysis/AccessPath.h"
#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

namespace {

using Declarations = llvm::SmallPtrSet<const ValueDecl *, 4>;

/// The first part of \p S, in source order, for which \p Holds; \p S itself
/// comes first. Lambdas and blocks are not entered.
const Stmt *firstIn(const Stmt *S,
                    llvm::function_ref<bool(const Stmt *)> Holds) {
  if (!S || isa<LambdaExpr, BlockExpr>(S))
    return nullptr;
  if (Holds(S))
    return S;
  for (const Stmt *Child : S->children())
    if (const Stmt *Found = firstIn(Child, Holds))
      return Found;
  return nullptr;
}

const ValueDecl *namedBy(const Stmt *S) {
  if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
    return isa<VarDecl>(Reference->getDecl()) ? Reference->getDecl() : nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    return dyn_cast<FieldDecl>(Member->getMemberDecl());
  return nullptr;
}

const Stmt *mentionIn(const Stmt *S, const Declarations &Those) {
  return firstIn(S, [&](const Stmt *Part) {
    const ValueDecl *Named = namedBy(Part);
    return Named && Those.contains(Named);
  });
}

/// \p E names one of \p Those, through casts.
bool names(const Expr *E, const Declarations &Those) {
  const ValueDecl *Named = E ? namedBy(E->IgnoreParenImpCasts()) : nullptr;
  return Named && Those.contains(Named);
}

/// \p S takes something out of one of \p Those, which must be there: an
/// element, what a pointer or optional holds.
bool takesFrom(const Stmt *S, const Declarations &Those) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S))
    return Member->getNumArgs() == 0 && Member->isLValue() &&
           names(Member->getImplicitObjectArgument(), Those);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S)) {
    const OverloadedOperatorKind Kind = Operator->getOperator();
    return (Kind == OO_Star || Kind == OO_Arrow || Kind == OO_Subscript) &&
           names(Operator->getArg(0), Those);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    return Unary->getOpcode() == UO_Deref && names(Unary->getSubExpr(), Those);
  const auto *Member = dyn_cast<MemberExpr>(S);
  return Member && Member->isArrow() && names(Member->getBase(), Those) &&
         !isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
}

/// \p S is a branch or loop: code that looks before it acts.
bool decides(const Stmt *S) {
  return isa<IfStmt, SwitchStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt,
             AbstractConditionalOperator, GotoStmt>(S) ||
         (isa<BinaryOperator>(S) && cast<BinaryOperator>(S)->isLogicalOp());
}

class Finder {
public:
  Finder(const UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  std::vector<UncheckedResult> find() {
    for (const KnownCall &Call : Function.Calls)
      judge(Call);
    return std::move(Found);
  }

private:
  void judge(const KnownCall &Call) {
    if (Call.Type && Call.Type->is(Role::Guard) &&
        isa<CXXConstructExpr>(Call.Site))
      return guard(Call);
    const bool IsDropped =
        fateOf(Facts, Function, Call.Site).What == ValueFate::Dropped;
    switch (Call.does()) {
    case Operation::Receive:
    case Operation::TryReceive:
    case Operation::TimedReceive:
      return receive(Call, IsDropped);
    case Operation::ConditionWait:
      if (IsDropped && Call.Fact->Timed)
        conditionWait(Call);
      return;
    case Operation::TimedWait:
      if (IsDropped && Call.Type && Call.Type->is(Role::Future))
        pair(UncheckedResult::FutureWait, Call, Operation::Get);
      return;
    case Operation::TryLock:
    case Operation::TimedLock:
      if (IsDropped)
        pair(UncheckedResult::TryLock, Call, Operation::Unlock);
      return;
    case Operation::TryLockShared:
    case Operation::TimedLockShared:
      if (IsDropped)
        pair(UncheckedResult::TryLock, Call, Operation::UnlockShared);
      return;
    case Operation::TryAcquire:
    case Operation::TimedAcquire:
      if (IsDropped)
        pair(UncheckedResult::TryAcquire, Call, Operation::Release);
      return;
    default:
      return;
    }
  }

  void report(UncheckedResult::Kind What, const KnownCall &Call,
              const Stmt *Use) {
    if (Use || What == UncheckedResult::TryGuard)
      Found.push_back({What, Call, Use});
  }

  static bool saysByResult(ClosedResult Closed) {
    return Closed == ClosedResult::StatusEnum ||
           Closed == ClosedResult::BoolFalse ||
           Closed == ClosedResult::ErrorCode || Closed == ClosedResult::Errno;
  }

  void receive(const KnownCall &Call, bool IsDropped) {
    const QualType Result = Call.Site->getType();
    if (const Expr *Out = Call.argument(Call.Fact->Out)) {
      if (!IsDropped || Result->isVoidType() ||
          !(saysByResult(Call.Fact->Closed) ||
            Call.does() != Operation::Receive))
        return;
      const AccessPath Path = AccessPath::ofObject(Out);
      Declarations Those;
      if (const ValueDecl *Last = Path.lastDecl())
        Those.insert(Last);
      return report(UncheckedResult::Receive, Call,
                    follow(Call, Those, /*AnyUse=*/true));
    }
    if (Call.Fact->Closed != ClosedResult::EmptyOptional &&
        Call.Fact->Closed != ClosedResult::NullPointer)
      return;
    if (const Stmt *Taken = takenAtOnce(Call.Site))
      return report(UncheckedResult::Receive, Call, Taken);
    for (const VarDecl *Variable : Function.Variables)
      if (Variable->getInit() &&
          Variable->getInit()->IgnoreImplicit() == Call.Site) {
        Declarations Those;
        Those.insert(Variable);
        report(UncheckedResult::Receive, Call,
               follow(Call, Those, /*AnyUse=*/false));
      }
  }

  /// `*channel.pop()`, `channel.pop()->x`.
  const Stmt *takenAtOnce(const Expr *Site) const {
    const Stmt *Inner = Site;
    const Stmt *Outer = Facts.parent(Function, Inner);
    while (
        isa_and_nonnull<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr,
                        CXXBindTemporaryExpr>(Outer)) {
      Inner = Outer;
      Outer = Facts.parent(Function, Inner);
    }
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer)) {
      const OverloadedOperatorKind Kind = Operator->getOperator();
      return Kind == OO_Star || Kind == OO_Arrow ? Operator : nullptr;
    }
    const auto *Unary = dyn_cast_or_null<UnaryOperator>(Outer);
    return Unary && Unary->getOpcode() == UO_Deref ? Unary : nullptr;
  }

  void conditionWait(const KnownCall &Call) {
    const Expr *Predicate = Call.argument(Call.Fact->Predicate);
    const auto *Lambda =
        Predicate ? dyn_cast<LambdaExpr>(Predicate->IgnoreImplicit()) : nullptr;
    if (!Lambda)
      return;
    Declarations Those;
    firstIn(Lambda->getBody(), [&](const Stmt *Part) {
      if (const ValueDecl *Named = namedBy(Part))
        Those.insert(Named);
      return false;
    });
    report(UncheckedResult::ConditionWait, Call,
           follow(Call, Those, /*AnyUse=*/false));
  }

  /// Walks what runs after \p Call, in its block and those around it up to the
  /// next loop: the first part that relies on \p Those, unless a branch or loop
  /// that asks for them comes before.
  const Stmt *follow(const KnownCall &Call, const Declarations &Those,
                     bool AnyUse) const {
    if (Those.empty())
      return nullptr;
    const Stmt *S = Call.Site;
    for (const Stmt *Outer = Facts.parent(Function, S); Outer;
         S = Outer, Outer = Facts.parent(Function, S)) {
      if (isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, CXXTryStmt>(Outer))
        return nullptr;
      const auto *Block = dyn_cast<CompoundStmt>(Outer);
      if (!Block)
        continue;
      bool After = false;
      for (const Stmt *Next : Block->body()) {
        if (!After) {
          After = Next == S;
          continue;
        }
        if (isa<ReturnStmt>(Next) && !mentionIn(Next, Those))
          return nullptr;
        if (isa<BreakStmt, ContinueStmt, GotoStmt>(Next) ||
            firstIn(Next, decides))
          return nullptr;
        const Stmt *Mention = mentionIn(Next, Those);
        if (!Mention)
          continue;
        const Stmt *Taken = firstIn(
            Next, [&](const Stmt *Part) { return takesFrom(Part, Those); });
        if (Taken)
          return Taken;
        return AnyUse && isRead(Mention) ? Mention : nullptr;
      }
    }
    return nullptr;
  }

  /// The value of \p Mention is used, not overwritten.
  bool isRead(const Stmt *Mention) const {
    const Stmt *Outer = Facts.parent(Function, Mention);
    if (const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Outer))
      return !Assignment->isAssignmentOp() || Assignment->getLHS() != Mention;
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer))
      return Operator->getOperator() != OO_Equal;
    // Another receive into the same variable, and the like, is none.
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Outer))
      return !Facts.call(Call);
    return true;
  }

  /// \p Then is done to the object of \p Call, straight after it.
  void pair(UncheckedResult::Kind What, const KnownCall &Call, Operation Then) {
    if (!Call.Object || Call.Site->getType()->isVoidType())
      return;
    const AccessPath Path = AccessPath::ofObject(Call.Object);
    const Stmt *Own = statementOf(Facts, Function, Call.Site);
    const CompoundStmt *Block = blockAround(Facts, Function, Call.Site);
    if (!Path || !Own || !Block)
      return;
    bool After = false;
    for (const Stmt *Next : Block->body()) {
      if (!After) {
        After = Next == Own;
        continue;
      }
      for (const KnownCall &Other : Function.Calls)
        if (Other.does() == Then && Other.Object &&
            AccessPath::ofObject(Other.Object) == Path &&
            firstIn(Next, [&](const Stmt *P) { return P == Other.Site; })) {
          if (!asked(Path))
            report(What, Call, Other.Site);
          return;
        }
    }
  }

  /// Something in the function asks the guard or future \p Path for its state.
  bool asked(const AccessPath &Path) const {
    return llvm::any_of(Function.Calls, [&](const KnownCall &Call) {
      return (Call.does() == Operation::OwnsLock ||
              Call.does() == Operation::TimedWait ||
              Call.does() == Operation::TryWait) &&
             Call.Object && AccessPath::ofObject(Call.Object) == Path &&
             !fateOf(Facts, Function, Call.Site).isDropped();
    });
  }

  void guard(const KnownCall &Call) {
    if (Facts.vocabulary().guardStart(Call) != GuardStart::Tries)
      return;
    for (const VarDecl *Variable : Function.Variables)
      if (Variable->getInit() &&
          Variable->getInit()->IgnoreImplicit() == Call.Site &&
          usesOf(Function, *Variable).empty() &&
          !Variable->hasAttr<UnusedAttr>() && Variable->hasLocalStorage())
        report(UncheckedResult::TryGuard, Call, nullptr);
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  std::vector<UncheckedResult> Found;
};

} // namespace

std::vector<UncheckedResult> uncheckedResults(const UnitFacts &Facts,
                                              const FunctionInfo &Function) {
  return Finder(Facts, Function).find();
}

} // namespace clang::tidy::concord
