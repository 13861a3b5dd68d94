//===--- JoiningThread.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/JoiningThread.h"
#include "analysis/EndlessLoop.h"
#include "analysis/HandleEvents.h"
#include "analysis/JoiningUses.h"
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
    if (!Language.CPlusPlus20 ||
        Handle.Variable->getType().isConstQualified() || takesAnything())
      return std::nullopt;
    if (Handle.Shape == HandleShape::Container)
      return container();
    const SourceRange Name = writtenName(*Handle.Variable, Facts.context());
    if (Handle.Shape != HandleShape::Plain || Name.isInvalid())
      return std::nullopt;
    Edits.TypeNames.push_back(Name);
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
  std::optional<JoiningThreadEdits> container() {
    const SourceRange Name = writtenThread(Facts.context(), *Handle.Variable);
    if (Name.isInvalid() || reachesYounger())
      return std::nullopt;
    Edits.TypeNames.push_back(Name);
    if (!usesAllowJoining(Facts, *Handle.Variable, Handle.Shape, Function.Body,
                          Edits))
      return std::nullopt;
    return Edits;
  }

  /// A task uses a local variable that dies before the container.
  bool reachesYounger() const {
    return llvm::any_of(Facts.launches(), [&](const TaskLaunch &Launch) {
      return Launch.Launcher == &Function &&
             llvm::any_of(Launch.Reaches, [&](const TaskReach &Reach) {
               return Reach.Variable && Reach.How != TaskReach::Value &&
                      Handle.Variable->getLocation() <
                          Reach.Variable->getLocation();
             });
    });
  }

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
    return Handle.Shape == HandleShape::Plain &&
           State->events().any(HandleEvent::Adopt, Key);
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

/// A thread would hand the task a token, or the unit does not show its task.
static bool mayTakeToken(const TaskLaunch &Launch) {
  return !Launch.Entry || Launch.Entry->isVariadic() ||
         Launch.Entry->isTemplateInstantiation();
}

static bool hasLoop(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (isa<WhileStmt, DoStmt>(S))
    return true;
  return llvm::any_of(S->children(), hasLoop);
}

/// \p Task or a function that it calls, two levels deep, loops.
static bool loops(const UnitFacts &Facts, const FunctionInfo &Task,
                  unsigned Depth = 0) {
  if (hasLoop(Task.Body))
    return true;
  return Depth < 2 && llvm::any_of(
                          Task.OtherCalls,
                          [&](const Expr *Call) {
                            const FunctionInfo *Callee = Facts.callee(Call);
                            return Callee && loops(Facts, *Callee, Depth + 1);
                          });
}

/// The destructor could wait for ever for the task of \p Launch.
static bool mayHang(UnitFacts &Facts, const TaskLaunch &Launch,
                    const MemberEnd &End) {
  const FunctionInfo *Task = Facts.function(Launch.Entry);
  return !Task || findEndlessLoop(Facts, *Task) ||
         (!End.Destructor && loops(Facts, *Task));
}

/// No other unit uses \p Member, and it dies before all other members.
static bool isOnlyHere(const ASTContext &Context, const FieldDecl &Member) {
  const SourceManager &Sources = Context.getSourceManager();
  const auto *Record = cast<CXXRecordDecl>(Member.getParent());
  if (!Sources.isInMainFile(Member.getLocation()) ||
      Record->isDependentContext())
    return false;
  const FieldDecl *Last = nullptr;
  for (const FieldDecl *Field : Record->fields())
    Last = Field;
  return Last == &Member;
}

std::optional<JoiningThreadEdits> joiningThreadEdits(UnitFacts &Facts,
                                                     const FieldDecl &Member,
                                                     const MemberEnd &End) {
  if (!Facts.context().getLangOpts().CPlusPlus20 ||
      (End.Shape != HandleShape::Plain &&
       End.Shape != HandleShape::Container) ||
      Member.getType().isConstQualified() ||
      !isOnlyHere(Facts.context(), Member))
    return std::nullopt;
  for (const TaskLaunch &Launch : Facts.launches())
    if (Launch.Handle.Path.lastDecl() == &Member &&
        (mayTakeToken(Launch) || mayHang(Facts, Launch, End)))
      return std::nullopt;
  JoiningThreadEdits Edits;
  const SourceRange Name = writtenThread(Facts.context(), Member);
  if (Name.isInvalid())
    return std::nullopt;
  Edits.TypeNames.push_back(Name);
  if (!usesAllowJoining(Facts, Member, End.Shape, nullptr, Edits))
    return std::nullopt;
  return Edits;
}

} // namespace clang::tidy::concord
