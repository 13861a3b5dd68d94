//===--- IneffectiveGuardCheck.cpp ----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/IneffectiveGuardCheck.h"
#include "analysis/LockedTemporary.h"
#include "support/Compat.h"
#include "clang/Lex/Lexer.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

constexpr StringRef GuardNames[] = {"lock", "guard", "scopedLock"};

bool isGuard(const TypeFact *Type) {
  return Type && (Type->is(Role::Guard) || Type->is(Role::UnlockGuard));
}

/// The mutex that \p Call names, for a message; empty if it has no name.
std::string mutexOf(const Vocabulary &Words, const KnownCall &Call) {
  for (const Expr *Mutex : Words.mutexes(Call))
    if (Mutex)
      if (std::string Name = AccessPath::ofObject(Mutex).str(); !Name.empty())
        return Name;
  return "";
}

/// True if \p Call is a function that returns the owner of a new guard; methods
/// of holders keep what they make.
bool isMadeApart(const KnownCall &Call) {
  return isGuard(Call.Type) && Call.Type->Guard && isa<CallExpr>(Call.Site) &&
         Call.Site->isPRValue() && Call.Site->getType()->isRecordType() &&
         !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Call.Site);
}

/// The construction that initialises \p Variable itself, or null.
const Expr *constructionOf(const VarDecl &Variable) {
  const Expr *E = Variable.getInit();
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
      E = Cast->getSubExpr();
    if (E == Before)
      break;
  }
  return isa_and_nonnull<CXXConstructExpr>(E) ? E : nullptr;
}

/// The call, construction or member access that \p Ref is directly used in.
const Expr *userOf(const UnitFacts &Facts, const FunctionInfo &Function,
                   const Expr *Ref) {
  for (const Stmt *Up = Facts.parent(Function, Ref); Up;
       Up = Facts.parent(Function, Up)) {
    if (isa<CallExpr, CXXConstructExpr>(Up))
      return cast<Expr>(Up);
    const auto *Unary = dyn_cast<UnaryOperator>(Up);
    if (!isa<ImplicitCastExpr, ParenExpr, MemberExpr>(Up) &&
        !(Unary && Unary->getOpcode() == UO_AddrOf))
      return nullptr;
  }
  return nullptr;
}

/// True if \p Guard is only asked and released, never locked or handed on.
bool isNeverLocked(const UnitFacts &Facts, const FunctionInfo &Function,
                   const VarDecl &Guard) {
  return llvm::all_of(usesOf(Function, Guard), [&](const VariableUse &Use) {
    const Expr *User = userOf(Facts, Function, Use.Ref);
    if (Use.Nested || !User)
      return false;
    switch (Facts.call(User).does()) {
    case Operation::OwnsLock:
    case Operation::Unlock:
    case Operation::GuardMutex:
    case Operation::ReleaseGuard:
      return true;
    default:
      return false;
    }
  });
}

/// True if \p Guard is only the object of its own methods.
bool staysHere(const UnitFacts &Facts, const FunctionInfo &Function,
               const VarDecl &Guard) {
  return llvm::all_of(usesOf(Function, Guard), [&](const VariableUse &Use) {
    const Expr *User = userOf(Facts, Function, Use.Ref);
    KnownCall Call = User ? Facts.call(User) : KnownCall();
    return !Use.Nested && Call.Object == Use.Ref;
  });
}

/// True if \p Mutex is only locked and unlocked in \p Function.
bool isOnlyLocked(const UnitFacts &Facts, const FunctionInfo &Function,
                  const VarDecl &Mutex) {
  return llvm::all_of(usesOf(Function, Mutex), [&](const VariableUse &Use) {
    const Expr *User = userOf(Facts, Function, Use.Ref);
    KnownCall Call = User ? Facts.call(User) : KnownCall();
    return !Use.Nested && Call &&
           (isGuard(Call.Type) ||
            (Call.Type && Call.Type->is(Role::Mutex) && Call.Object));
  });
}

/// The variable or field called \p Name that \p Guard hides, if \p Function
/// shows it and it is a mutex.
const ValueDecl *hiddenMutex(const Vocabulary &Words,
                             const FunctionInfo &Function,
                             const VarDecl &Guard) {
  auto Fits = [&](const ValueDecl *D) {
    if (!D || D == &Guard || !D->getDeclName().isIdentifier() ||
        D->getName() != Guard.getName())
      return false;
    const TypeFact *Type = Words.type(D->getType().getNonReferenceType());
    return Type && Type->is(Role::Mutex);
  };
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    for (const VarDecl *Variable : F->Variables)
      if (Fits(Variable))
        return Variable;
    if (F->Function)
      for (const ParmVarDecl *Parameter : F->Function->parameters())
        if (Fits(Parameter))
          return Parameter;
  }
  for (const DeclContext *Scope = Guard.getDeclContext(); Scope;
       Scope = Scope->getParent()) {
    if (!Scope->isFileContext() && !Scope->isRecord())
      continue;
    for (const NamedDecl *Found : Scope->lookup(Guard.getDeclName()))
      if (Fits(dyn_cast<ValueDecl>(Found)))
        return cast<ValueDecl>(Found);
  }
  return nullptr;
}

SourceLocation afterToken(SourceLocation Loc, const ASTContext &Context) {
  return Lexer::getLocForEndOfToken(Loc, 0, Context.getSourceManager(),
                                    Context.getLangOpts());
}

/// True if a variable declared in place of \p Fate's statement would live on
/// for further statements.
bool hasSuccessor(const ValueFate &Fate) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Fate.Around);
  return Block && !Block->body_empty() && Block->body_back() != Fate.Whole;
}

/// Removes what stands before \p Value in \p Fate's statement (a cast, an
/// assignment) and puts \p Instead there; nothing if something follows it too.
std::optional<FixItHint> replacePrefix(const ValueFate &Fate, const Expr &Value,
                                       StringRef Instead) {
  if (Fate.Whole->getEndLoc() != Value.getEndLoc())
    return std::nullopt;
  if (Fate.Whole->getBeginLoc() == Value.getBeginLoc())
    return FixItHint::CreateInsertion(Value.getBeginLoc(), Instead);
  return FixItHint::CreateReplacement(
      CharSourceRange::getCharRange(Fate.Whole->getBeginLoc(),
                                    Value.getBeginLoc()),
      Instead);
}

/// The temporary that \p Construct makes, as written: with its type.
const Expr *writtenTemporary(const UnitFacts &Facts,
                             const FunctionInfo &Function,
                             const Expr *Construct) {
  for (const Stmt *S = Construct; S; S = Facts.parent(Function, S)) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E ||
        (E != Construct &&
         !isa<CXXFunctionalCastExpr, ImplicitCastExpr, CXXBindTemporaryExpr>(
             E)))
      return nullptr;
    if (endOfWrittenType(E).isValid())
      return E;
  }
  return nullptr;
}

} // namespace

void IneffectiveGuardCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl().bind("unit"), this);
  Finder->addMatcher(cxxForRangeStmt().bind("range"), this);
  Finder->addMatcher(declStmt(has(functionDecl().bind("declared"))), this);
}

void IneffectiveGuardCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Loop = Result.Nodes.getNodeAs<CXXForRangeStmt>("range"))
    return range(*Loop, *Facts);
  if (const auto *Declared = Result.Nodes.getNodeAs<FunctionDecl>("declared"))
    return functionLike(*Declared, *Facts);
  for (const auto &Function : Facts->functions())
    function(*Facts, *Function);
}

void IneffectiveGuardCheck::function(UnitFacts &Facts,
                                     const FunctionInfo &Function) {
  for (const KnownCall &Call : Function.Calls) {
    const bool Makes =
        isGuard(Call.Type) && Call.Type->Guard &&
        isa<CXXConstructExpr, CXXUnresolvedConstructExpr, CXXNewExpr>(
            Call.Site);
    if (Makes || isMadeApart(Call))
      temporary(Facts, Function, Call);
    else
      returned(Facts, Function, *Call.Site);
  }
  for (const Expr *Call : Function.OtherCalls)
    returned(Facts, Function, *Call);
  for (const VarDecl *Variable : Function.Variables) {
    if (isGuard(Facts.vocabulary().type(Variable->getType())))
      variable(Facts, Function, *Variable);
    else if (Variable->hasInit())
      reference(*Variable, Facts);
  }
}

void IneffectiveGuardCheck::temporary(UnitFacts &Facts,
                                      const FunctionInfo &Function,
                                      const KnownCall &Call) {
  const Vocabulary &Words = Facts.vocabulary();
  ValueFate Fate = fateOf(Facts, Function, Call.Site);
  if (isa<CXXNewExpr>(Call.Site))
    return heap(Facts, Function, Call, Fate);
  // `adopt_lock` on a temporary is a way to unlock.
  if (!Fate.isDropped() || Words.guardStart(Call) == GuardStart::Adopts)
    return;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call.Site))
    if (Construct->getConstructor()->isCopyOrMoveConstructor())
      return;
  std::string Mutex = mutexOf(Words, Call);
  bool Lives = hasSuccessor(Fate);
  Finding F = finding(
      Call.Site->getBeginLoc(),
      "the guard%select{| of '%1'}0 has no name and is gone at the end of this "
      "statement; give it a name%select{ in the block that it is to "
      "protect|}2");
  F << !Mutex.empty() << Mutex << Lives << Call.Site->getSourceRange();
  const Expr *Written = writtenTemporary(Facts, Function, Call.Site);
  if (!Lives || !Written)
    return;
  std::optional<FixItHint> Prefix = replacePrefix(Fate, *Written, "");
  SourceLocation End = endOfWrittenType(Written);
  if (Prefix && End.isFileID())
    F << Prefix
      << FixItHint::CreateInsertion(afterToken(End, Facts.context()),
                                    " " + freeName(Function, GuardNames));
}

void IneffectiveGuardCheck::heap(UnitFacts &Facts, const FunctionInfo &Function,
                                 const KnownCall &Call, const ValueFate &Fate) {
  bool Lost = Fate.isDropped();
  if (const auto *Declaration = dyn_cast_or_null<DeclStmt>(Fate.Around);
      Declaration && Declaration->isSingleDecl())
    if (const auto *Variable = dyn_cast<VarDecl>(Declaration->getSingleDecl()))
      Lost = Variable->getType()->isPointerType() &&
             usesOf(Function, *Variable).empty();
  if (!Lost || Facts.vocabulary().guardStart(Call) == GuardStart::Defers)
    return;
  std::string Mutex = mutexOf(Facts.vocabulary(), Call);
  finding(Call.Site->getBeginLoc(),
          "the guard%select{| of '%1'}0 is allocated and never deleted, so the "
          "lock is never released; make it a local variable")
      << !Mutex.empty() << Mutex << Call.Site->getSourceRange();
}

void IneffectiveGuardCheck::returned(UnitFacts &Facts,
                                     const FunctionInfo &Function,
                                     const Expr &Site) {
  const auto *Call = dyn_cast<CallExpr>(&Site);
  if (!Call || !Call->isPRValue() || isa<CXXOperatorCallExpr>(Call))
    return;
  const Vocabulary &Words = Facts.vocabulary();
  if (!isGuard(Words.type(Call->getType())))
    return;
  ValueFate Fate = fateOf(Facts, Function, Call);
  // A guard that goes in is given up on purpose.
  if (!Fate.isDropped() || llvm::any_of(Call->arguments(), [&](const Expr *E) {
        return isGuard(Words.type(E->getType()));
      }))
    return;
  bool Lives = hasSuccessor(Fate);
  Finding F = finding(
      Call->getBeginLoc(),
      "the guard that this call returns is dropped and its lock released at "
      "once; keep it in a variable%select{ of the block that it is to "
      "protect|}0");
  F << Lives << Call->getSourceRange();
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    F.note(Callee->getLocation(), "declared here");
  if (Lives)
    F << replacePrefix(Fate, *Call,
                       "const auto " + freeName(Function, GuardNames) + " = ");
}

void IneffectiveGuardCheck::variable(UnitFacts &Facts,
                                     const FunctionInfo &Function,
                                     const VarDecl &Guard) {
  const TypeSourceInfo *Written = Guard.getTypeSourceInfo();
  const Expr *Construct = constructionOf(Guard);
  if (!Written || !Construct || Guard.isInvalidDecl())
    return;
  KnownCall Call = Facts.call(Construct);
  if (!Call.Type || !Call.Type->Guard)
    return;
  bool InParens = !Written->getTypeLoc().getAs<ParenTypeLoc>().isNull();
  if (Call.arguments().empty() && InParens &&
      (!Call.Type->has(Trait::Structural) ||
       hiddenMutex(Facts.vocabulary(), Function, Guard)))
    return vexing(Function, Guard, Facts);
  // A guard of a project's own may know its mutex.
  if (Call.arguments().empty() && !Call.Type->has(Trait::Structural)) {
    // An empty pack of mutexes is the template's business.
    bool Instantiated =
        Function.Function && Function.Function->isTemplateInstantiation();
    bool MayMove = Call.Type->has(Trait::Movable);
    if (!Instantiated && (!MayMove || usesOf(Function, Guard).empty()))
      finding(Guard.getLocation(),
              "guard '%0' has no mutex and locks nothing; pass it the mutex "
              "that it is to hold")
          << Guard.getName();
    return;
  }
  GuardStart Start = Facts.vocabulary().guardStart(Call);
  if (Start == GuardStart::Defers && isNeverLocked(Facts, Function, Guard)) {
    finding(Guard.getLocation(),
            "guard '%0' starts without the lock and never takes it; lock it, "
            "or construct it without the deferring tag")
        << Guard.getName();
    return;
  }
  if (Start == GuardStart::Locks)
    localMutex(Facts, Function, Call, Guard);
}

void IneffectiveGuardCheck::vexing(const FunctionInfo &Function,
                                   const VarDecl &Guard, UnitFacts &Facts) {
  const ValueDecl *Mutex = hiddenMutex(Facts.vocabulary(), Function, Guard);
  Finding F =
      finding(Guard.getLocation(), "this declares a new guard called '%0' that "
                                   "locks nothing; name the guard "
                                   "and pass it %select{the mutex|'%0'}1");
  F << Guard.getName() << (Mutex != nullptr);
  if (!Mutex || !usesOf(Function, Guard).empty())
    return;
  F.note(Mutex->getLocation(), "the mutex that it hides");
  SourceLocation Paren = Guard.getTypeSourceInfo()
                             ->getTypeLoc()
                             .getAs<ParenTypeLoc>()
                             .getLParenLoc();
  F << FixItHint::CreateInsertion(Paren, " " + freeName(Function, GuardNames));
}

void IneffectiveGuardCheck::localMutex(UnitFacts &Facts,
                                       const FunctionInfo &Function,
                                       const KnownCall &Call,
                                       const VarDecl &Guard) {
  const Vocabulary &Words = Facts.vocabulary();
  for (const Expr *E : Words.mutexes(Call)) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *Mutex = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Mutex || !Mutex->isLocalVarDecl() || !Function.Function ||
        (Mutex->isStaticLocal() && Mutex->getTSCSpec() == TSCS_unspecified) ||
        Mutex->getDeclContext() != Function.Function)
      continue;
    const TypeFact *Type = Words.type(Mutex->getType());
    if (!Type || !Type->is(Role::Mutex) || Type->has(Trait::Interprocess) ||
        Type->has(Trait::Null))
      continue;
    // A mutex made from arguments may be one that others know too.
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Mutex->getInit());
    if ((Made && Made->getNumArgs() > 0) ||
        !isOnlyLocked(Facts, Function, *Mutex) ||
        !staysHere(Facts, Function, Guard))
      continue;
    bool PerThread = Mutex->getTSCSpec() != TSCS_unspecified;
    finding(Guard.getLocation(),
            "guard '%0' locks '%1', which every %select{call|thread}2 has for "
            "itself; make the mutex a member or static, so that all who use "
            "the state share it")
            .note(Mutex->getLocation(), "the mutex is declared here")
        << Guard.getName() << Mutex->getName() << PerThread;
  }
}

void IneffectiveGuardCheck::range(const CXXForRangeStmt &Loop,
                                  UnitFacts &Facts) {
  // From C++23 on the temporary lives as long as the loop.
  if (isCPlusPlus23(Facts.context().getLangOpts()))
    return;
  if (const Expr *Temporary =
          lockedTemporaryBehind(Facts.vocabulary(), Loop.getRangeInit()))
    finding(Temporary->getBeginLoc(),
            "the lock of this temporary is released before the loop runs; keep "
            "it in a variable before the loop")
        << Temporary->getSourceRange();
}

void IneffectiveGuardCheck::reference(const VarDecl &Variable,
                                      UnitFacts &Facts) {
  QualType Type = Variable.getType();
  // The variables that a range-based loop makes are the loop's business.
  if ((!Type->isReferenceType() && !Type->isPointerType()) ||
      Variable.isImplicit())
    return;
  if (const Expr *Temporary =
          lockedTemporaryBehind(Facts.vocabulary(), Variable.getInit()))
    finding(Temporary->getBeginLoc(),
            "the lock of this temporary is released at the end of the "
            "statement, while '%0' still refers to what it guards; keep the "
            "temporary in a variable")
        << Variable.getName() << Temporary->getSourceRange();
}

void IneffectiveGuardCheck::functionLike(const FunctionDecl &Declared,
                                         UnitFacts &Facts) {
  if (!isGuard(Facts.vocabulary().type(Declared.getReturnType())) ||
      Declared.getPreviousDecl() || !Declared.isLocalExternDecl() ||
      Facts.context().getDiagnostics().hasUncompilableErrorOccurred())
    return;
  finding(Declared.getLocation(),
          "this declares a function called '%0' and locks nothing; pass the "
          "mutex to a guard, in braces if need be")
      << Declared.getNameAsString();
}

} // namespace clang::tidy::concord
