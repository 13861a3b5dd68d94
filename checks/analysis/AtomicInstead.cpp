//===--- AtomicInstead.cpp - May this flag be atomic? ---------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/AtomicInstead.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::concord {

namespace {

/// Looks at every use of a flag in the code of the user.
class UseVisitor : public RecursiveASTVisitor<UseVisitor> {
public:
  UseVisitor(const ASTContext &Context, const ValueDecl &Flag)
      : Sources(Context.getSourceManager()), Flag(Flag) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || !Compatible)
      return Compatible;
    if (!isa<TranslationUnitDecl>(D) &&
        Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation())))
      return true;
    const FunctionDecl *Outer = Function;
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Function = F;
    bool Result = RecursiveASTVisitor::TraverseDecl(D);
    Function = Outer;
    return Result;
  }

  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    const bool Outer = InDeducing;
    InDeducing = !Lambda->hasExplicitResultType();
    bool Result = RecursiveASTVisitor::TraverseLambdaExpr(Lambda);
    InDeducing = Outer;
    return Result;
  }

  bool dataTraverseStmtPre(Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S); E && namesFlag(*E))
      Compatible &= isCompatible(*E);
    Above.push_back(S);
    return true;
  }
  bool dataTraverseStmtPost(Stmt *) {
    Above.pop_back();
    return Compatible;
  }

  bool VisitLambdaExpr(LambdaExpr *Lambda) {
    for (const LambdaCapture &Capture : Lambda->captures())
      Compatible &= !Capture.capturesVariable() ||
                    Capture.getCapturedVar() != &Flag ||
                    Capture.getCaptureKind() == LCK_ByRef;
    return Compatible;
  }

  bool Compatible = true;

private:
  bool namesFlag(const Expr &E) const {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
      return Ref->getDecl()->getCanonicalDecl() == Flag.getCanonicalDecl();
    const auto *Member = dyn_cast<MemberExpr>(&E);
    return Member && Member->getMemberDecl()->getCanonicalDecl() ==
                         Flag.getCanonicalDecl();
  }

  const Stmt *above(unsigned &Index) const {
    while (Index < Above.size() &&
           isa<ParenExpr>(Above[Above.size() - 1 - Index]))
      ++Index;
    return Index < Above.size() ? Above[Above.size() - 1 - Index++] : nullptr;
  }

  bool isCompatible(const Expr &E) const {
    unsigned Index = 0;
    const Stmt *Parent = above(Index);
    if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Parent))
      return Binary->getOpcode() == BO_Assign &&
             Binary->getLHS()->IgnoreParens() == &E && isDropped(Index);
    const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent);
    if (!Cast || Cast->getCastKind() != CK_LValueToRValue)
      return false;
    const Stmt *User = above(Index);
    while (isa_and_nonnull<ImplicitCastExpr>(User))
      User = above(Index);
    // Its value is needed, not a variable or result of its type.
    if (isa_and_nonnull<UnaryOperator, BinaryOperator, IfStmt, WhileStmt,
                        DoStmt, ForStmt>(User))
      return true;
    return isa_and_nonnull<ReturnStmt>(User) && !InDeducing && Function &&
           !Function->getDeclaredReturnType()->getContainedDeducedType() &&
           Function->getReturnType()->isArithmeticType();
  }

  /// The value of the assignment is not used.
  bool isDropped(unsigned Index) const {
    const Stmt *User = above(Index);
    return !isa_and_nonnull<Expr>(User) || isa<ExprWithCleanups>(User);
  }

  const SourceManager &Sources;
  const ValueDecl &Flag;
  const FunctionDecl *Function = nullptr;
  bool InDeducing = false;
  llvm::SmallVector<const Stmt *, 32> Above;
};

bool isInMainFile(const SourceManager &Sources, const Decl &D) {
  return D.getLocation().isFileID() && Sources.isInMainFile(D.getLocation());
}

/// Copies and moves of the class exist: `std::atomic` has none.
bool isCopied(const CXXRecordDecl &Record) {
  for (const CXXMethodDecl *Method : Record.methods()) {
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method);
    bool Copies = Constructor ? Constructor->isCopyOrMoveConstructor()
                              : Method->isCopyAssignmentOperator() ||
                                    Method->isMoveAssignmentOperator();
    if (Copies && !Method->isDeleted() && !Method->isUserProvided() &&
        (Method->isUsed() || Method->isReferenced()))
      return true;
  }
  return false;
}

/// Other units may use \p Flag.
bool isShared(const SourceManager &Sources, const ValueDecl &Flag) {
  if (!isInMainFile(Sources, Flag))
    return true;
  const auto *Variable = dyn_cast<VarDecl>(&Flag);
  if (!Variable || Variable->isLocalVarDecl())
    return false;
  return Variable->hasExternalStorage() ||
         Variable->getPreviousDecl() != nullptr ||
         Variable->getMostRecentDecl() != Variable ||
         Variable->isStaticDataMember();
}

/// No other declaration follows a comma; one before it is seen in the text.
bool standsAlone(const ASTContext &Context, const ValueDecl &Flag) {
  std::optional<Token> Next = Lexer::findNextToken(
      Flag.getEndLoc(), Context.getSourceManager(), Context.getLangOpts());
  return Next && Next->is(tok::semi);
}

} // namespace

std::optional<FixItHint> atomicInstead(UnitFacts &Facts,
                                       const ValueDecl &Flag) {
  ASTContext &Context = Facts.context();
  const SourceManager &Sources = Context.getSourceManager();
  const LangOptions &Language = Context.getLangOpts();
  if (!Language.CPlusPlus11 || isShared(Sources, Flag) ||
      !standsAlone(Context, Flag) || Flag.getBeginLoc().isMacroID())
    return std::nullopt;
  const Expr *Init = nullptr;
  bool Copies = false;
  if (const auto *Field = dyn_cast<FieldDecl>(&Flag)) {
    const auto *Record = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (!Record || Record->isDependentContext() || isCopied(*Record))
      return std::nullopt;
    Init = Field->getInClassInitializer();
    Copies = Field->getInClassInitStyle() == ICIS_CopyInit;
  } else if (const auto *Variable = dyn_cast<VarDecl>(&Flag)) {
    Init = Variable->getInit();
    Copies = Variable->getInitStyle() == VarDecl::CInit;
  }
  // Before, the initialisation by `=` needed a copy.
  if (Init && Copies && !Language.CPlusPlus17)
    return std::nullopt;
  const CharSourceRange Before =
      CharSourceRange::getCharRange(Flag.getBeginLoc(), Flag.getLocation());
  bool Invalid = false;
  StringRef Text = Lexer::getSourceText(Before, Sources, Language, &Invalid);
  llvm::SmallVector<StringRef, 4> Words;
  llvm::SplitString(Text, Words);
  std::string Result;
  StringRef Type;
  for (StringRef Word : Words) {
    if (Word == "static" || Word == "mutable" || Word == "inline")
      Result += (Word + " ").str();
    else if ((Word == "bool" || Word == "int") && Type.empty())
      Type = Word;
    else if (Word != "volatile")
      return std::nullopt;
  }
  if (Invalid || Type.empty())
    return std::nullopt;
  UseVisitor Uses(Context, Flag);
  Uses.TraverseDecl(Context.getTranslationUnitDecl());
  if (!Uses.Compatible)
    return std::nullopt;
  Result += ("std::atomic<" + Type + "> ").str();
  return FixItHint::CreateReplacement(Before, Result);
}

} // namespace clang::tidy::concord
