//===--- WideLockCheck.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/WideLockCheck.h"
#include "analysis/ReturnedState.h"
#include "analysis/Surroundings.h"
#include "clang/Basic/SourceManager.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

bool isGuard(const Vocabulary &Words, QualType Type) {
  const TypeFact *Fact = Words.type(Type);
  return Fact && Fact->is(Role::Guard);
}

/// A class that is there to carry a guard: a guard itself, a locked pointer.
bool carriesGuardOnPurpose(const Vocabulary &Words,
                           const CXXRecordDecl &Class) {
  const TypeFact *Fact = Words.record(&Class);
  if (Fact && (Fact->is(Role::Guard) || Fact->is(Role::UnlockGuard) ||
               Fact->is(Role::Mutex) || Fact->is(Role::GuardedValue)))
    return true;
  if (Class.isLambda() || Words.isHelperName(Class.getName()))
    return true;
  // Everything else in it only points to what is locked.
  return llvm::all_of(Class.fields(), [&](const FieldDecl *Field) {
    QualType Type = Field->getType();
    return isGuard(Words, Type) || Type->isPointerType() ||
           Type->isReferenceType() || resultKind(Type) != ResultKind::Value;
  });
}

/// Looks for what needs the lock in one statement, and for calls.
class Scanner {
public:
  Scanner(UnitFacts &Facts, const FunctionInfo &Function, const VarDecl &Guard)
      : Facts(Facts), Function(Function), Guard(Guard) {}

  /// False if \p S may use what the lock guards.
  bool isFree(const Stmt *S) {
    if (!S)
      return true;
    if (isa<CXXThisExpr, LambdaExpr, BlockExpr>(S))
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
        if (!isOwn(*Variable))
          return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      count(*Call);
    return llvm::all_of(S->children(),
                        [&](const Stmt *Child) { return isFree(Child); });
  }

  unsigned Calls = 0;
  const CallExpr *First = nullptr;

private:
  /// A local value of this call, which nobody else sees.
  bool isOwn(const VarDecl &Variable) const {
    if (&Variable == &Guard || Variable.getDeclContext() != Function.Function)
      return false;
    QualType Type = Variable.getType();
    return Variable.hasLocalStorage() && !Type->isPointerType() &&
           !Type->isReferenceType() && resultKind(Type) == ResultKind::Value;
  }

  void count(const CallExpr &Call) {
    KnownCall Known = Facts.call(&Call);
    bool Blocks = Known && Facts.vocabulary().mayBlock(Known);
    const FunctionDecl *Callee = Call.getDirectCallee();
    const SourceManager &Sources = Facts.context().getSourceManager();
    bool OfUser = !Known && Callee && !Callee->getBuiltinID() &&
                  !Sources.isInSystemHeader(Callee->getLocation()) &&
                  !isa<CXXOperatorCallExpr, CXXMemberCallExpr>(Call);
    if (!Blocks && !OfUser)
      return;
    ++Calls;
    First = &Call;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const VarDecl &Guard;
};

} // namespace

WideLockCheck::WideLockCheck(StringRef Name, ClangTidyContext *Context)
    : FactsCheck(Name, Context), MinCalls(Options.get("MinCalls", 1U)) {}

void WideLockCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "MinCalls", MinCalls);
}

void WideLockCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(fieldDecl().bind("field"), this);
  Finder->addMatcher(varDecl(hasGlobalStorage()).bind("static"), this);
  Finder->addMatcher(parmVarDecl().bind("parameter"), this);
  Finder->addMatcher(translationUnitDecl().bind("unit"), this);
}

void WideLockCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  const Vocabulary &Words = Facts->vocabulary();
  if (const auto *Field = Result.Nodes.getNodeAs<FieldDecl>("field"))
    return member(*Field, Words);
  if (const auto *Parameter = Result.Nodes.getNodeAs<ParmVarDecl>("parameter"))
    return parameter(*Parameter, *Facts);
  if (const auto *Static = Result.Nodes.getNodeAs<VarDecl>("static")) {
    if (isGuard(Words, Static->getType()) &&
        Static->getTSCSpec() == TSCS_unspecified)
      finding(Static->getLocation(),
              "guard '%0' is static, so its mutex stays locked until the "
              "program ends; make it a local variable")
          << Static->getName();
    return;
  }
  for (const auto &Function : Facts->functions())
    if (!Function->Dependent)
      for (const VarDecl *Variable : Function->Variables)
        if (isGuard(Words, Variable->getType()) && Variable->hasLocalStorage())
          tail(*Function, *Variable, *Facts);
}

void WideLockCheck::member(const FieldDecl &Field, const Vocabulary &Words) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  if (!Class || !isGuard(Words, Field.getType()) ||
      carriesGuardOnPurpose(Words, *Class))
    return;
  finding(Field.getLocation(),
          "guard '%0' is a member, so how long its mutex stays locked cannot "
          "be seen where it is used; lock in the functions that need it")
      << Field.getName();
}

void WideLockCheck::parameter(const ParmVarDecl &Parameter, UnitFacts &Facts) {
  QualType Type = Parameter.getType()->getPointeeType();
  if (Type.isNull())
    return;
  // Proof that the caller holds the lock is welcome.
  if (Type.isConstQualified() || !isGuard(Facts.vocabulary(), Type) ||
      Parameter.getType()->isRValueReferenceType())
    return;
  const auto *Owner = dyn_cast<FunctionDecl>(Parameter.getDeclContext());
  const FunctionInfo *Function = Owner ? Facts.function(Owner) : nullptr;
  if (!Function || Function->Function != Owner || Function->Lambda)
    return;
  bool Unlocks = false;
  for (const KnownCall &Call : Function->Calls) {
    if (Call.does() == Operation::ConditionWait)
      return;
    const auto *Object = dyn_cast_or_null<DeclRefExpr>(Call.Object);
    Unlocks |=
        Object && Object->getDecl() == &Parameter &&
        (Call.does() == Operation::Unlock || Call.does() == Operation::Lock);
  }
  if (Unlocks)
    finding(Parameter.getLocation(),
            "'%0' is the caller's guard, so the caller cannot see how long its "
            "mutex is locked; lock and unlock in one function")
        << Parameter.getName();
}

/// Statements at the end of the guard's block that need no lock.
void WideLockCheck::tail(const FunctionInfo &Function, const VarDecl &Guard,
                         UnitFacts &Facts) {
  const LockState *Locks = Facts.locks(Function);
  if (!Locks || !Locks->complete() || !Guard.getInit() || !Function.Function)
    return;
  const CompoundStmt *Block = blockAround(Facts, Function, Guard.getInit());
  if (!Block)
    return;
  const Stmt *First = nullptr;
  const CallExpr *FirstCall = nullptr;
  unsigned Calls = 0;
  for (const Stmt *S : llvm::reverse(Block->body())) {
    const auto *Declaration = dyn_cast<DeclStmt>(S);
    if (Declaration && llvm::is_contained(Declaration->decls(), &Guard))
      return;
    Scanner Here(Facts, Function, Guard);
    if (!Here.isFree(S))
      break;
    // To make the result is the least that is left to do.
    if (isa<ReturnStmt>(S))
      continue;
    Calls += Here.Calls;
    FirstCall = Here.First ? Here.First : FirstCall;
    First = S;
  }
  if (!First || Calls < MinCalls || !FirstCall ||
      llvm::none_of(
          Locks->heldAt(FirstCall),
          [&](const HeldLock &Held) {
            return Held.Guard == &Guard && Held.Always;
          }))
    return;
  Finding F = finding(
      Guard.getLocation(),
      "guard '%0' is held over calls that use nothing that it guards; end its "
      "block before them");
  F << Guard.getName();
  F.note(First->getBeginLoc(), "from here on only local values are used");
}

} // namespace clang::tidy::concord
