//===--- MayWait.cpp ------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/MayWait.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

bool containsAny(StringRef Name, llvm::ArrayRef<StringRef> Words) {
  return llvm::any_of(
      Words, [&](StringRef Word) { return Name.contains_insensitive(Word); });
}

} // namespace

bool saysWaits(const NamedDecl &D) {
  return D.getDeclName().isIdentifier() &&
         containsAny(D.getName(), {"lock", "wait", "enter", "acquire", "mutex",
                                   "critical", "barrier", "sync", "guard",
                                   "join", "scope", "mtx", "sem"});
}

bool saysPauses(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return F.getDeclName().isIdentifier() && (!Method || Method->isStatic()) &&
         containsAny(F.getName(), {"sleep", "yield", "pause", "relax", "delay",
                                   "fence", "synchronize"});
}

bool isStandard(const Decl *D) {
  const DeclContext *C = D ? D->getDeclContext() : nullptr;
  for (; C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

bool mayWait(Operation Does) {
  switch (Does) {
  case Operation::Get:
  case Operation::Wait:
  case Operation::TimedWait:
  case Operation::Join:
  case Operation::TimedJoin:
  case Operation::WaitAll:
  case Operation::ConditionWait:
  case Operation::AwaitCondition:
  case Operation::LockWhen:
  case Operation::Receive:
  case Operation::TryReceive:
  case Operation::TimedReceive:
  case Operation::ArriveAndWait:
  case Operation::Acquire:
  case Operation::TryAcquire:
  case Operation::TimedAcquire:
  case Operation::TryWait:
  case Operation::QueryStop:
  case Operation::Block:
    return true;
  default:
    return false;
  }
}

bool testsAtomic(const UnitFacts &Facts, const Stmt *S) {
  if (!S)
    return false;
  if (const auto *E = dyn_cast<Expr>(S))
    if (!E->getType().isNull() &&
        (E->getType()->isAtomicType() ||
         Facts.vocabulary().is(E->getType(), Role::Atomic)))
      return true;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Facts.call(Call).Fact ||
        (Callee && Callee->getDeclName().isIdentifier() &&
         (Callee->getName().starts_with("__sync") ||
          Callee->getName().starts_with("__atomic"))))
      return true;
  }
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return testsAtomic(Facts, C); });
}

} // namespace clang::tidy::concord
