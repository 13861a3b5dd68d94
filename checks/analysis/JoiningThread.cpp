//===--- JoiningThread.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/JoiningThread.h"
#include "analysis/HandleEvents.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

namespace {

/// Collects the uses of one variable in one body, nested lambdas included.
void collectUses(const Stmt *Root, const VarDecl *Variable,
                 llvm::SmallVectorImpl<const DeclRefExpr *> &Uses,
                 bool InLambda, bool &Captured) {
  llvm::SmallVector<const Stmt *, 32> Work{Root};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (Reference->getDecl() == Variable) {
        Uses.push_back(Reference);
        Captured |= InLambda;
      }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      collectUses(Lambda->getBody(), Variable, Uses, true, Captured);
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
}

/// The written name of the thread's type in the declaration of a variable.
SourceRange writtenName(const VarDecl &Variable, const ASTContext &Context) {
  const TypeSourceInfo *Info = Variable.getTypeSourceInfo();
  if (!Info)
    return {};
  SourceRange Range = Info->getTypeLoc().getUnqualifiedLoc().getSourceRange();
  if (Range.isInvalid() || Range.getBegin().isMacroID() ||
      Range.getEnd().isMacroID())
    return {};
  llvm::StringRef Text =
      Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                           Context.getSourceManager(), Context.getLangOpts());
  return Text == "std::thread" ? Range : SourceRange();
}

class EditFinder {
public:
  EditFinder(UnitFacts &Facts, const FunctionInfo &Function,
             const LocalHandle &Handle)
      : Facts(Facts), Function(Function), Handle(Handle) {}

  std::optional<JoiningThreadEdits> find() {
    const LangOptions &Language = Facts.context().getLangOpts();
    if (!Language.CPlusPlus20 || Handle.Shape != HandleShape::Plain ||
        Handle.Variable->getType().isConstQualified())
      return std::nullopt;
    Edits.TypeName = writtenName(*Handle.Variable, Facts.context());
    if (Edits.TypeName.isInvalid() || takesAnything())
      return std::nullopt;
    llvm::SmallVector<const DeclRefExpr *, 8> Uses;
    bool Captured = false;
    collectUses(Function.Body, Handle.Variable, Uses, false, Captured);
    if (Captured || !llvm::all_of(Uses, [&](const DeclRefExpr *Use) {
          return isCompatible(*Use);
        }))
      return std::nullopt;
    return Edits;
  }

private:
  /// A task that would take a stop token as its first argument, too.
  bool takesAnything() const {
    const HandleState *State = Facts.handles(Function);
    HandleKey Key = HandleKey::of(Handle.Variable);
    for (const HandleEvent &Event : State->events().List) {
      if (Event.What != HandleEvent::Start || !Event.Key.matches(Key))
        continue;
      const TaskLaunch *Launch = Facts.launchAt(Event.Launch);
      if (!Launch || !Launch->Entry || Launch->Entry->isVariadic() ||
          Launch->Entry->isTemplateInstantiation())
        return true;
    }
    return State->events().any(HandleEvent::Adopt, Key);
  }

  bool isCompatible(const DeclRefExpr &Use) {
    const Stmt *Parent = Facts.parent(Function, &Use);
    while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(Parent))
      Parent = Facts.parent(Function, Parent);
    const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
    const auto *Call = Member ? dyn_cast_or_null<CXXMemberCallExpr>(
                                    Facts.parent(Function, Member))
                              : nullptr;
    if (!Call)
      return false;
    KnownCall Known = Facts.call(Call);
    if (Known.does() == Operation::Join)
      superfluous(*Call);
    // Its other member functions have the same names; `swap` and assignment
    // need the same type.
    return Known.does() == Operation::Join ||
           Known.does() == Operation::Detach ||
           Known.does() == Operation::Joinable ||
           Known.does() == Operation::None;
  }

  /// Notes the join at \p Call if nothing but joins follows it in the block of
  /// the variable.
  void superfluous(const CXXMemberCallExpr &Call) {
    const auto *Block =
        dyn_cast_or_null<CompoundStmt>(Facts.parent(Function, &Call));
    if (!Block || !declares(*Block) || Call.getBeginLoc().isMacroID())
      return;
    for (const Stmt *S : llvm::reverse(Block->body())) {
      if (S == &Call) {
        Edits.Superfluous.push_back(Call.getSourceRange());
        return;
      }
      const auto *Other = dyn_cast<CXXMemberCallExpr>(S);
      if (!Other || Facts.call(Other).does() != Operation::Join)
        return;
    }
  }

  bool declares(const CompoundStmt &Block) const {
    return llvm::any_of(Block.body(), [&](const Stmt *S) {
      const auto *Declaration = dyn_cast<DeclStmt>(S);
      return Declaration && Declaration->isSingleDecl() &&
             Declaration->getSingleDecl() == Handle.Variable;
    });
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const LocalHandle &Handle;
  JoiningThreadEdits Edits;
};

} // namespace

std::optional<JoiningThreadEdits>
joiningThreadEdits(UnitFacts &Facts, const FunctionInfo &Function,
                   const LocalHandle &Handle) {
  return EditFinder(Facts, Function, Handle).find();
}

} // namespace clang::tidy::concord
