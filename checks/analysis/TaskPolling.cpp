//===--- TaskPolling.cpp - Which operations and loops wait? ---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskPolling.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

WaitKind waitKindOf(const KnownCall &Call) {
  switch (Call.does()) {
  case Operation::Join:
  case Operation::Get:
  case Operation::Wait:
  case Operation::WaitAll:
  case Operation::ConditionWait:
  case Operation::AwaitCondition:
  case Operation::LockWhen:
  case Operation::ArriveAndWait:
  case Operation::Acquire:
  case Operation::Receive:
  case Operation::Run:
    return Call.Fact->Timed ? WaitKind::Timed : WaitKind::Full;
  case Operation::TimedJoin:
  case Operation::TimedWait:
  case Operation::TimedAcquire:
  case Operation::TimedReceive:
  case Operation::TryReceive:
  case Operation::TryAcquire:
  case Operation::TryWait:
    return WaitKind::Timed;
  default:
    return WaitKind::None;
  }
}

namespace {

class PollingFinder {
public:
  PollingFinder(UnitFacts &Facts,
                llvm::function_ref<bool(const HandleKey &)> IsReached)
      : Facts(Facts), Words(Facts.vocabulary()), IsReached(IsReached) {}

  llvm::DenseSet<const Expr *> Polled;

  void findPolling(const Stmt *Root) {
    llvm::SmallVector<const Stmt *, 32> Work{Root};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      if (const auto *While = dyn_cast<WhileStmt>(S))
        polling(While->getCond(), While->getBody());
      else if (const auto *Do = dyn_cast<DoStmt>(S))
        polling(Do->getCond(), Do->getBody());
      else if (const auto *For = dyn_cast<ForStmt>(S))
        polling(For->getCond(), For->getBody());
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
    }
  }

private:
  void polling(const Expr *Condition, const Stmt *Body) {
    if (!Condition)
      return;
    Condition = Condition->IgnoreParens();
    if (const auto *Binary = dyn_cast<BinaryOperator>(Condition);
        Binary && Binary->isLogicalOp()) {
      polling(Binary->getLHS(), Body);
      polling(Binary->getRHS(), Body);
      return;
    }
    bool Atomic = false;
    if (readsReached(Condition, Atomic) && (Atomic || bodyWaits(Body)))
      Polled.insert(Condition);
  }

  bool readsReached(const Stmt *S, bool &Atomic) {
    if (!S)
      return false;
    if (const auto *E = dyn_cast<Expr>(S); E && isa<DeclRefExpr, MemberExpr>(E))
      if (IsReached(handleKeyOf(Words, E))) {
        Atomic |= Words.is(E->getType(), Role::Atomic) ||
                  E->getType()->isAtomicType();
        return true;
      }
    bool Reads = false;
    for (const Stmt *Child : S->children())
      Reads |= readsReached(Child, Atomic);
    return Reads;
  }

  /// Nothing in the body, or something that lets time pass.
  bool bodyWaits(const Stmt *Body) {
    if (!Body || isa<NullStmt>(Body) || Body->children().empty())
      return true;
    llvm::SmallVector<const Stmt *, 16> Work{Body};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      if (const auto *E = dyn_cast<Expr>(S)) {
        KnownCall Call = Facts.call(E);
        if (Call.does() == Operation::Sleep ||
            Call.does() == Operation::Yield ||
            waitKindOf(Call) != WaitKind::None)
          return true;
      }
      for (const Stmt *Child : S->children())
        Work.push_back(Child);
    }
    return false;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  llvm::function_ref<bool(const HandleKey &)> IsReached;
};

} // namespace

llvm::DenseSet<const Expr *>
findPolling(UnitFacts &Facts, const FunctionInfo &Function,
            llvm::function_ref<bool(const HandleKey &)> IsReached) {
  PollingFinder Finder(Facts, IsReached);
  Finder.findPolling(Function.Body);
  return std::move(Finder.Polled);
}

} // namespace clang::tidy::concord
