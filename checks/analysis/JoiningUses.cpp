//===--- JoiningUses.cpp - May these threads join by themselves? ----------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/JoiningUses.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

static constexpr llvm::StringLiteral Written = "std::thread";

/// The range of tokens of `std::thread` at \p Loc; invalid if it is not there.
static SourceRange threadAt(const ASTContext &Context, SourceLocation Loc) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Loc.isInvalid() || Loc.isMacroID())
    return {};
  const StringRef Text =
      Sources.getBufferData(Sources.getFileID(Loc))
          .substr(Sources.getFileOffset(Loc), Written.size() + 1);
  if (!Text.starts_with(Written) ||
      (Text.size() > Written.size() && isAsciiIdentifierContinue(Text.back())))
    return {};
  return {Loc, Loc.getLocWithOffset(StringRef("std::").size())};
}

SourceRange writtenThread(const ASTContext &Context, const ValueDecl &Handle) {
  const SourceManager &Sources = Context.getSourceManager();
  const SourceLocation Begin = Handle.getBeginLoc();
  if (Begin.isMacroID() || Handle.getLocation().isMacroID())
    return {};
  const StringRef Text = Lexer::getSourceText(
      CharSourceRange::getCharRange(Begin, Handle.getLocation()), Sources,
      Context.getLangOpts());
  const size_t At = Text.find(Written);
  if (At == StringRef::npos ||
      Text.find("thread", At + Written.size()) != StringRef::npos)
    return {};
  return threadAt(Context, Begin.getLocWithOffset(At));
}

namespace {

class UseVisitor : public RecursiveASTVisitor<UseVisitor> {
public:
  UseVisitor(UnitFacts &Facts, const ValueDecl &Handle, HandleShape Shape,
             JoiningThreadEdits &Edits)
      : Facts(Facts), Sources(Facts.context().getSourceManager()),
        Handle(Handle), Shape(Shape), Edits(Edits) {}

  bool Compatible = true;

  bool TraverseDecl(Decl *D) {
    if (!D || !Compatible)
      return Compatible;
    if (!isa<TranslationUnitDecl>(D) &&
        Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation())))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool TraverseConstructorInitializer(CXXCtorInitializer *Initializer) {
    if (Initializer->isWritten() && Initializer->getMember() == &Handle)
      if (const auto *Construct =
              dyn_cast<CXXConstructExpr>(bare(Initializer->getInit())))
        Compatible &= !Construct->getConstructor()->isCopyOrMoveConstructor();
    return RecursiveASTVisitor::TraverseConstructorInitializer(Initializer);
  }

  bool dataTraverseStmtPre(Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      if (const ValueDecl *Named = named(*E))
        Compatible &= use(*E, *Named);
    Above.push_back(S);
    return true;
  }
  bool dataTraverseStmtPost(Stmt *) {
    Above.pop_back();
    return Compatible;
  }

private:
  const ValueDecl *named(const Expr &E) const {
    const ValueDecl *D = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&E))
      D = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(&E))
      D = Member->getMemberDecl();
    return D && (D == &Handle || Elements.count(D)) ? D : nullptr;
  }

  static const Expr *bare(const Expr *E) {
    for (unsigned Depth = 0; E && Depth < 8; ++Depth) {
      E = E->IgnoreParenImpCasts();
      if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
        E = Cleanups->getSubExpr();
      else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
        E = Temporary->getSubExpr();
      else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
        E = Bound->getSubExpr();
      else
        break;
    }
    return E;
  }

  /// The statement around, parentheses and implicit casts left out.
  const Stmt *above(unsigned &Index) const {
    while (Index < Above.size()) {
      const Stmt *S = Above[Above.size() - ++Index];
      if (!isa<ParenExpr, ImplicitCastExpr>(S))
        return S;
    }
    return nullptr;
  }

  bool use(const Expr &E, const ValueDecl &Named) {
    if (Shape == HandleShape::Plain || &Named != &Handle)
      return thread(&E, 0);
    return container(E);
  }

  /// \p E, which stands below the statement number \p Index, is one thread.
  bool thread(const Expr *E, unsigned Index) {
    const Stmt *User = above(Index);
    if (isa_and_nonnull<MemberExpr>(User)) {
      const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(above(Index));
      if (!Call)
        return false;
      switch (Facts.call(Call).does()) {
      case Operation::Join:
      case Operation::Detach:
      case Operation::Joinable:
      case Operation::None:
        return true;
      default:
        return false;
      }
    }
    const auto *Assign = dyn_cast_or_null<CXXOperatorCallExpr>(User);
    return Assign && Assign->getOperator() == OO_Equal &&
           bare(Assign->getArg(0)) == E && temporary(Assign->getArg(1));
  }

  /// A temporary whose type can be changed where it is written.
  bool temporary(const Expr *E) {
    E = bare(E);
    if (!isa_and_nonnull<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(E))
      return false;
    const SourceRange Name = threadAt(Facts.context(), E->getBeginLoc());
    if (Name.isInvalid())
      return false;
    Edits.TypeNames.push_back(Name);
    return true;
  }

  bool container(const Expr &E) {
    unsigned Index = 0;
    const Stmt *User = above(Index);
    if (const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(User))
      return range(*Range, Index);
    if (const auto *Subscript = dyn_cast_or_null<ArraySubscriptExpr>(User))
      return thread(Subscript, Index);
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(User))
      return Operator->getOperator() == OO_Subscript &&
             bare(Operator->getArg(0)) == &E && thread(Operator, Index);
    if (!isa_and_nonnull<MemberExpr>(User))
      return false;
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(above(Index));
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    if (!Method || !Method->getDeclName().isIdentifier())
      return false;
    const StringRef Name = Method->getName();
    if (Name == "emplace_back" || Name == "push_back")
      return added(*Call);
    if (Name == "back" || Name == "front" || Name == "at")
      return thread(Call, Index);
    return Name == "reserve" || Name == "size" || Name == "empty" ||
           Name == "clear";
  }

  bool added(const CXXMemberCallExpr &Call) {
    if (Call.getNumArgs() == 0)
      return true;
    const bool IsThread =
        Facts.vocabulary().is(bare(Call.getArg(0))->getType(), Role::Thread);
    return IsThread ? temporary(Call.getArg(0))
                    : Call.getMethodDecl()->getName() == "emplace_back";
  }

  bool range(const CXXForRangeStmt &Range, unsigned Index) {
    const VarDecl *Element = Range.getLoopVariable();
    const TypeSourceInfo *Type =
        Element ? Element->getTypeSourceInfo() : nullptr;
    if (!Type || !Element->getType()->isReferenceType())
      return false;
    Elements.insert(Element);
    const auto *Block = dyn_cast_or_null<CompoundStmt>(above(Index));
    if (Block && !Block->body_empty() && Block->body_back() == &Range &&
        declares(*Block) && onlyJoins(Range.getBody(), *Element)) {
      Edits.Superfluous.push_back(Range.getSourceRange());
      return true;
    }
    if (Type->getType()->getContainedDeducedType())
      return true;
    const SourceRange Name = writtenThread(Facts.context(), *Element);
    if (Name.isValid())
      Edits.TypeNames.push_back(Name);
    return Name.isValid();
  }

  bool declares(const CompoundStmt &Block) const {
    return llvm::any_of(Block.body(), [&](const Stmt *S) {
      const auto *Declaration = dyn_cast<DeclStmt>(S);
      return Declaration && Declaration->isSingleDecl() &&
             Declaration->getSingleDecl() == &Handle;
    });
  }

  bool onlyJoins(const Stmt *S, const VarDecl &Element) const {
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
      S = Block->size() == 1 ? Block->body_front() : nullptr;
    if (const auto *If = dyn_cast_or_null<IfStmt>(S)) {
      if (If->getElse() ||
          Facts.call(bare(If->getCond())).does() != Operation::Joinable)
        return false;
      return onlyJoins(If->getThen(), Element);
    }
    const auto *E = dyn_cast_or_null<Expr>(S);
    return E && Facts.call(bare(E)).does() == Operation::Join;
  }

  UnitFacts &Facts;
  const SourceManager &Sources;
  const ValueDecl &Handle;
  const HandleShape Shape;
  JoiningThreadEdits &Edits;
  /// Variables of loops over the container.
  llvm::SmallPtrSet<const ValueDecl *, 4> Elements;
  llvm::SmallVector<const Stmt *, 32> Above;
};

} // namespace

bool usesAllowJoining(UnitFacts &Facts, const ValueDecl &Handle,
                      HandleShape Shape, const Stmt *Root,
                      JoiningThreadEdits &Edits) {
  UseVisitor Visitor(Facts, Handle, Shape, Edits);
  if (Root)
    Visitor.TraverseStmt(const_cast<Stmt *>(Root));
  else
    Visitor.TraverseDecl(Facts.context().getTranslationUnitDecl());
  return Visitor.Compatible;
}

} // namespace clang::tidy::concord
