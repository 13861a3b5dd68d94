//===--- GuardPair.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/GuardPair.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

namespace {

bool isNamedIn(const Stmt *Body, const VarDecl &Variable) {
  llvm::SmallVector<const Stmt *, 32> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (Reference->getDecl() == &Variable)
        return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

const VarDecl *onlyVariable(const Stmt *S) {
  const auto *Declaration = dyn_cast_or_null<DeclStmt>(S);
  return Declaration && Declaration->isSingleDecl()
             ? dyn_cast<VarDecl>(Declaration->getSingleDecl())
             : nullptr;
}

/// The mutex of a guard that takes it and nothing more; null for others.
const Expr *plainMutex(const UnitFacts &Facts, const FunctionInfo &Function,
                       const VarDecl &Variable) {
  const TypeFact *Type = Facts.vocabulary().type(Variable.getType());
  if (!Type || !Type->is(Role::Guard) || !Type->Guard || Type->Guard->Shared ||
      Type->Guard->ModeArgument != NoArgument)
    return nullptr;
  for (const KnownCall &Call : Function.Calls) {
    if (Call.does() != Operation::Lock || Call.Type != Type ||
        !Variable.getInit() || Call.Site->getBeginLoc().isInvalid() ||
        Variable.getInit()->IgnoreImplicit() != Call.Site->IgnoreImplicit())
      continue;
    const Expr *Mutex = Call.argument(0);
    return Mutex && !Call.argument(1) &&
                   !Mutex->getType()->isAnyPointerType() &&
                   !isNamedIn(Function.Body, Variable)
               ? Mutex
               : nullptr;
  }
  return nullptr;
}

} // namespace

std::vector<GuardPair> adjacentGuards(const UnitFacts &Facts,
                                      const FunctionInfo &Function) {
  std::vector<GuardPair> Pairs;
  llvm::SmallVector<const Stmt *, 32> Work{Function.Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    Work.append(S->child_begin(), S->child_end());
    const auto *Block = dyn_cast<CompoundStmt>(S);
    if (!Block)
      continue;
    const Stmt *Before = nullptr;
    for (const Stmt *Next : Block->body()) {
      const VarDecl *A = onlyVariable(Before), *B = onlyVariable(Next);
      const Expr *First = A && B ? plainMutex(Facts, Function, *A) : nullptr;
      const Expr *Second = First ? plainMutex(Facts, Function, *B) : nullptr;
      if (Second)
        Pairs.push_back(
            {cast<DeclStmt>(Before), cast<DeclStmt>(Next), First, Second});
      Before = Next;
    }
  }
  return Pairs;
}

std::vector<FixItHint> mergeGuards(const UnitFacts &Facts,
                                   const GuardPair &Pair) {
  const ASTContext &Context = Facts.context();
  if (!Context.getLangOpts().CPlusPlus17 ||
      Pair.First->getBeginLoc().isMacroID() ||
      Pair.Second->getBeginLoc().isMacroID())
    return {};
  std::string Guard;
  for (const Expr *Mutex : {Pair.FirstMutex, Pair.SecondMutex}) {
    std::optional<GuardChoice> Choice = Facts.vocabulary().guardFor(
        Mutex->getType().getNonReferenceType(), /*Shared=*/false, Context);
    if (!Choice || Choice->ByPointer ||
        !StringRef(Choice->Type).ends_with("scoped_lock") ||
        (!Guard.empty() && Guard != Choice->Type))
      return {};
    Guard = Choice->Type;
  }
  const SourceManager &Sources = Context.getSourceManager();
  auto Text = [&](const Expr *E) {
    return Lexer::getSourceText(
        CharSourceRange::getTokenRange(E->getSourceRange()), Sources,
        Context.getLangOpts());
  };
  StringRef A = Text(Pair.FirstMutex), B = Text(Pair.SecondMutex);
  const auto *Name = cast<VarDecl>(Pair.First->getSingleDecl());
  if (A.empty() || B.empty() || !Name->getIdentifier())
    return {};
  std::string Whole = "const " + Guard + " " + Name->getName().str() + "(" +
                      A.str() + ", " + B.str() + ");";
  return {FixItHint::CreateReplacement(Pair.First->getSourceRange(), Whole),
          FixItHint::CreateRemoval(Pair.Second->getSourceRange())};
}

} // namespace clang::tidy::concord
