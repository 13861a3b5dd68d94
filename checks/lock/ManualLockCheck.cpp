//===--- ManualLockCheck.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/ManualLockCheck.h"
#include "analysis/Surroundings.h"
#include "clang/AST/Attr.h"
#include "clang/Lex/Lexer.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

constexpr StringRef GuardNames[] = {"lock", "guard", "scopedLock"};

/// True if locking by hand is what \p Function is there for: a method of a lock
/// or guard class, a function whose attributes speak of locks.
bool isLockMachinery(const UnitFacts &Facts, const FunctionInfo &Function) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    if (!F->Function)
      continue;
    if (F->Function->hasAttr<AcquireCapabilityAttr>() ||
        F->Function->hasAttr<ReleaseCapabilityAttr>() ||
        F->Function->hasAttr<NoThreadSafetyAnalysisAttr>())
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(F->Function);
    const TypeFact *Type =
        Method ? Facts.vocabulary().record(Method->getParent()) : nullptr;
    if (Type &&
        (Type->is(Role::Mutex) || Type->is(Role::Guard) ||
         Type->is(Role::UnlockGuard) || Type->is(Role::ConditionVariable)))
      return true;
  }
  return false;
}

bool hasLabels(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return isa<LabelStmt, GotoStmt, IndirectGotoStmt>(S) ||
         llvm::any_of(S->children(), hasLabels);
}

/// True if something declared between the lock and the unlock is used after it.
bool declaresForLater(const FunctionInfo &Function, const StraightPair &Pair,
                      const SourceManager &Sources) {
  const auto *Begin = llvm::find(Pair.Block->body(), Pair.First);
  const auto *End = llvm::find(Pair.Block->body(), Pair.Last);
  for (const auto *S = Begin + 1; S != End; ++S) {
    const auto *Declaration = dyn_cast<DeclStmt>(*S);
    if (!Declaration)
      continue;
    for (const Decl *D : Declaration->decls()) {
      const auto *Value = dyn_cast<VarDecl>(D);
      // A type, or a structured binding whose parts have names of their own.
      if (!Value || isa<DecompositionDecl>(Value))
        return true;
      for (const VariableUse &Use : usesOf(Function, *Value))
        if (Sources.isBeforeInTranslationUnit((*End)->getBeginLoc(),
                                              Use.Ref->getLocation()))
          return true;
    }
  }
  return false;
}

/// Edits that put a guard in place of a pair.
class GuardFix {
public:
  GuardFix(const UnitFacts &Facts, const FunctionInfo &Function,
           const StraightPair &Pair)
      : Facts(Facts), Function(Function), Pair(Pair),
        Sources(Facts.context().getSourceManager()),
        Language(Facts.context().getLangOpts()) {}

  std::vector<FixItHint> make() {
    std::optional<std::string> Guard = declaration();
    if (!Guard || hasLabels(Function.Body) || hasCases() ||
        Pair.First->getBeginLoc().isMacroID() ||
        Pair.Last->getBeginLoc().isMacroID())
      return {};
    SourceRange Lock = Pair.First->getSourceRange();
    if (Pair.Block->body_back() == Pair.Last)
      return {FixItHint::CreateReplacement(Lock, *Guard), removeLine()};
    if (declaresForLater(Function, Pair, Sources))
      return {};
    std::optional<CharSourceRange> Unlock = withSemicolon(*Pair.Last);
    if (!Unlock)
      return {};
    return {FixItHint::CreateReplacement(Lock,
                                         "{\n" + indentation() + "  " + *Guard),
            FixItHint::CreateReplacement(*Unlock, "}")};
  }

private:
  std::optional<std::string> declaration() const {
    const Expr *Object = Pair.Lock.Object;
    if (Object->isImplicitCXXThis())
      return std::nullopt;
    QualType Type = Object->getType();
    bool IsPointer = Type->isPointerType();
    std::optional<GuardChoice> Choice = Facts.vocabulary().guardFor(
        IsPointer ? Type->getPointeeType() : Type,
        Pair.Mode == LockMode::Shared, Facts.context());
    StringRef Text = Lexer::getSourceText(
        CharSourceRange::getTokenRange(Object->getSourceRange()), Sources,
        Language);
    if (!Choice || Text.empty() || Object->getBeginLoc().isMacroID())
      return std::nullopt;
    StringRef Prefix = IsPointer == Choice->ByPointer ? ""
                       : IsPointer                    ? "*"
                                                      : "&";
    return "const " + Choice->Type + " " + freeName(Function, GuardNames) +
           "(" + Prefix.str() + Text.str() + ")";
  }

  /// A jump to a case must not cross a declaration.
  bool hasCases() const {
    return llvm::any_of(Pair.Block->body(),
                        [](const Stmt *S) { return isa<SwitchCase>(S); });
  }

  std::string indentation() const {
    return Lexer::getIndentationForLine(Pair.First->getBeginLoc(), Sources)
        .str();
  }

  std::optional<CharSourceRange> withSemicolon(const Stmt &S) const {
    SourceLocation End = Lexer::findLocationAfterToken(
        S.getEndLoc(), tok::semi, Sources, Language,
        /*SkipTrailingWhitespaceAndNewLine=*/false);
    if (End.isInvalid())
      return std::nullopt;
    return CharSourceRange::getCharRange(S.getBeginLoc(), End);
  }

  /// Removes the unlock, with its line if there is nothing else on it.
  FixItHint removeLine() const {
    std::optional<CharSourceRange> Range = withSemicolon(*Pair.Last);
    if (!Range)
      return FixItHint::CreateRemoval(Pair.Last->getSourceRange());
    auto [File, Begin] = Sources.getDecomposedLoc(Range->getBegin());
    unsigned End = Sources.getFileOffset(Range->getEnd());
    StringRef Buffer = Sources.getBufferData(File);
    unsigned LineBegin = Begin, LineEnd = End;
    while (LineBegin > 0 &&
           (Buffer[LineBegin - 1] == ' ' || Buffer[LineBegin - 1] == '\t'))
      --LineBegin;
    while (LineEnd < Buffer.size() &&
           (Buffer[LineEnd] == ' ' || Buffer[LineEnd] == '\t'))
      ++LineEnd;
    bool Alone = (LineBegin == 0 || Buffer[LineBegin - 1] == '\n') &&
                 LineEnd < Buffer.size() && Buffer[LineEnd] == '\n';
    if (!Alone)
      return FixItHint::CreateRemoval(*Range);
    SourceLocation Start = Sources.getLocForStartOfFile(File);
    return FixItHint::CreateRemoval(
        CharSourceRange::getCharRange(Start.getLocWithOffset(LineBegin),
                                      Start.getLocWithOffset(LineEnd + 1)));
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  const StraightPair &Pair;
  const SourceManager &Sources;
  const LangOptions &Language;
};

} // namespace

ManualLockCheck::ManualLockCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context), AnyCode(Options.get("AnyCode", false)) {}

void ManualLockCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "AnyCode", AnyCode);
}

void ManualLockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
}

void ManualLockCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  // C has no destructors.
  if (!Facts || !Result.Context->getLangOpts().CPlusPlus)
    return;
  for (const auto &Function : Facts->functions()) {
    if (isLockMachinery(*Facts, *Function))
      continue;
    for (const StraightPair &Pair : straightPairsOf(*Facts, *Function))
      if (AnyCode || Pair.MayThrow)
        report(*Facts, *Function, Pair);
  }
}

void ManualLockCheck::report(UnitFacts &Facts, const FunctionInfo &Function,
                             const StraightPair &Pair) {
  Finding F =
      finding(Pair.Lock.Site->getBeginLoc(),
              "'%0' %select{is locked and unlocked by hand|stays locked "
              "for ever if the code up to its unlock throws}1; hold it "
              "with a guard");
  F << Pair.Mutex.str() << (Pair.MayThrow != nullptr)
    << Pair.Lock.Site->getSourceRange();
  if (F)
    F << GuardFix(Facts, Function, Pair).make();
  if (Pair.MayThrow)
    F.note(Pair.MayThrow->getExprLoc(), "this may throw");
  F.note(Pair.Unlock.Site->getBeginLoc(), "unlocked here");
}

} // namespace clang::tidy::concord
