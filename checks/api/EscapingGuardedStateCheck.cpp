//===--- EscapingGuardedStateCheck.cpp ------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "api/EscapingGuardedStateCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/LockedTemporary.h"
#include "analysis/StateAccess.h"
#include "support/Compat.h"
#include "clang/Lex/Lexer.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// What the methods of a class do with one of its fields.
struct FieldUse {
  bool AllVisible = true; ///< every method's body is in the unit
  bool Changes = false;   ///< assigned or changed after construction
  bool Shrinks = false;   ///< changed other than by adding elements
};

bool addsOnly(const StateAccess &Access) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Access.Operation);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (Callee->getOverloadedOperator() == OO_Subscript)
    return true;
  if (!Callee->getDeclName().isIdentifier())
    return false;
  StringRef Name = Callee->getName();
  return Name.starts_with("insert") || Name.starts_with("emplace") ||
         Name.starts_with("try_emplace") || Name.starts_with("push");
}

FieldUse useOf(UnitFacts &Facts, const FieldDecl &Field) {
  FieldUse Use;
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (!Class)
    return Use;
  for (const CXXMethodDecl *Method : Class->methods())
    if (!Method->isImplicit() && !Method->isDefaulted() &&
        !Method->isDeleted() && !isPureVirtual(*Method) &&
        !Facts.function(Method))
      Use.AllVisible = false;
  for (const auto &Function : Facts.functions()) {
    if (isa_and_nonnull<CXXConstructorDecl, CXXDestructorDecl>(
            Function->Function))
      continue;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function->Function);
    bool Near = Function->Lambda || (Method && Method->getParent() == Class);
    if (!Near)
      continue;
    for (const StateAccess &Access : accessesOf(Facts, *Function)) {
      if (Access.Path.steps().empty() ||
          Access.Path.steps().front().Decl != Field.getCanonicalDecl() ||
          !Access.changes())
        continue;
      Use.Changes = true;
      Use.Shrinks |= !addsOnly(Access);
    }
  }
  return Use;
}

bool isCopyable(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return !Type->isArrayType() && !Type->isIncompleteType();
  Record = Record->getDefinition();
  if (!Record || Record->isAbstract())
    return false;
  if (Record->needsImplicitCopyConstructor())
    return !Record->defaultedCopyConstructorIsDeleted();
  return llvm::any_of(Record->ctors(), [](const CXXConstructorDecl *C) {
    return C->isCopyConstructor() && !C->isDeleted() &&
           C->getAccess() == AS_public;
  });
}

/// Removes `const` and `&` from the result of one declaration.
std::vector<FixItHint> byValue(const FunctionDecl &Declaration,
                               const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  const LangOptions &Language = Context.getLangOpts();
  FunctionTypeLoc Type = Declaration.getFunctionTypeLoc();
  auto Reference = Type ? Type.getReturnLoc().getAs<LValueReferenceTypeLoc>()
                        : LValueReferenceTypeLoc();
  SourceLocation Begin = Declaration.getBeginLoc();
  if (!Reference || Begin.isMacroID() || Reference.getAmpLoc().isMacroID() ||
      !Sources.isBeforeInTranslationUnit(Reference.getAmpLoc(),
                                         Declaration.getLocation()))
    return {};
  std::vector<FixItHint> Edits{FixItHint::CreateRemoval(Reference.getAmpLoc())};
  // The qualifier has no place of its own in the tree.
  unsigned Depth = 0;
  for (SourceLocation At = Begin;
       At.isValid() && At != Reference.getAmpLoc();) {
    Token Next;
    if (Lexer::getRawToken(At, Next, Sources, Language, true))
      return {};
    if (Next.is(tok::less))
      ++Depth;
    else if (Next.is(tok::greater))
      Depth -= Depth > 0;
    else if (Next.is(tok::greatergreater))
      Depth -= std::min(Depth, 2u);
    if (Depth == 0 && Next.is(tok::raw_identifier) &&
        Next.getRawIdentifier() == "const") {
      SourceLocation End = Next.getEndLoc();
      const char *After = Sources.getCharacterData(End);
      Edits.push_back(FixItHint::CreateRemoval(CharSourceRange::getCharRange(
          At, *After == ' ' ? End.getLocWithOffset(1) : End)));
      return Edits;
    }
    std::optional<Token> Following =
        Lexer::findNextToken(At, Sources, Language);
    if (!Following)
      return {};
    At = Following->getLocation();
  }
  return {};
}

std::vector<FixItHint> valueFix(const CXXMethodDecl &Method,
                                const ASTContext &Context) {
  QualType Result = Method.getReturnType();
  // The caller may write through a reference that is not const.
  if (!Result->isLValueReferenceType() ||
      !Result->getPointeeType().isConstQualified() || Method.isVirtual() ||
      Method.isTemplateInstantiation() ||
      Method.getTemplatedKind() != FunctionDecl::TK_NonTemplate ||
      !isCopyable(Result->getPointeeType()))
    return {};
  std::vector<FixItHint> Edits;
  for (const FunctionDecl *Declaration : Method.redecls()) {
    std::vector<FixItHint> Some = byValue(*Declaration, Context);
    if (Some.empty())
      return {};
    Edits.insert(Edits.end(), Some.begin(), Some.end());
  }
  return Edits;
}

StringRef kindName(ResultKind Kind) {
  switch (Kind) {
  case ResultKind::Pointer:
    return "pointer";
  case ResultKind::Iterator:
    return "iterator";
  case ResultKind::View:
    return "view";
  default:
    return "reference";
  }
}

} // namespace

void EscapingGuardedStateCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(cxxMethodDecl(hasLocks(this)).bind("method"), this);
}

bool EscapingGuardedStateCheck::isExempt(const CXXMethodDecl &Method,
                                         const HeldLock &Held,
                                         UnitFacts &Facts) const {
  const TypeFact *Class = Facts.vocabulary().record(Method.getParent());
  // Who uses a lock holds it while using the result.
  if (Class && (Class->is(Role::Mutex) || Class->is(Role::Guard)))
    return true;
  // The caller, in the same class, holds the lock too.
  return Held.isRecursive() && Method.getAccess() != AS_public;
}

void EscapingGuardedStateCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  const auto *Method = Result.Nodes.getNodeAs<CXXMethodDecl>("method");
  const FunctionInfo *Function = Facts->function(Method);
  if (!Function || Function->Lambda)
    return;
  llvm::SmallVector<const Stmt *, 16> Work{Function->Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      continue;
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (Return && Return->getRetValue())
      result(*Return, *Method, *Function, *Facts);
    Work.append(S->child_begin(), S->child_end());
  }
}

void EscapingGuardedStateCheck::result(const ReturnStmt &Return,
                                       const CXXMethodDecl &Method,
                                       const FunctionInfo &Function,
                                       UnitFacts &Facts) {
  ResultKind Kind = resultKind(Method.getReturnType());
  if (carriesLock(Facts.vocabulary(), Method.getReturnType()))
    return;
  ReturnedState State = returnedState(Return.getRetValue(), Kind);
  if (!State || State.Field->getType().isConstQualified())
    return;
  const HeldLock *Held = nullptr;
  for (const HeldLock &Lock : Facts.locks(Function)->heldAt(&Return))
    if (Lock.Always && Lock.Guard && Lock.Mutex.isThisRooted())
      Held = &Lock;
  if (!Held || !Held->Site || isExempt(Method, *Held, Facts))
    return;
  QualType Referred = Method.getReturnType().getNonReferenceType();
  if (Referred->isPointerType())
    Referred = Referred->getPointeeType();
  if (synchronizesItself(Facts.vocabulary(), Referred) ||
      Facts.vocabulary().type(State.Field->getType()))
    return;
  // Who gets a result that is not const can change the state through it.
  bool IsConst = Kind == ResultKind::Reference || Kind == ResultKind::Pointer
                     ? Referred.isConstQualified()
                     : Method.isConst();
  FieldUse Use = useOf(Facts, *State.Field);
  if (IsConst && Use.AllVisible && !Use.Changes)
    return;
  // Elements that are added and never change, and stay where they are.
  if (State.Element && State.Stable && Use.AllVisible && !Use.Shrinks &&
      Referred.isConstQualified())
    return;
  Finding F = finding(
      Return.getRetValue()->getExprLoc(),
      "the %0 to '%1' is used after '%2' is released; return a copy, or run "
      "the caller's code under the lock");
  F << kindName(Kind) << State.Field->getName() << Held->Mutex.str()
    << Return.getRetValue()->getSourceRange();
  if (F)
    F << valueFix(Method, Facts.context());
  F.note(Held->Site->getExprLoc(),
         "'" + Held->Mutex.str() + "' is taken here, and released on return");
  F.note(State.Field->getLocation(), "the state is declared here");
}

} // namespace clang::tidy::concord
