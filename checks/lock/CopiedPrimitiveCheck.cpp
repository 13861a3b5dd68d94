//===--- CopiedPrimitiveCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lock/CopiedPrimitiveCheck.h"
#include "analysis/FactsMatchers.h"
#include "analysis/Primitive.h"
#include "analysis/StateAccess.h"
#include "clang/Basic/Builtins.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// The object that \p Value is a copy of, or null: an object of its own, not a
/// temporary, a compound literal, or a constant that serves as initialiser.
const Expr *copiedObject(const Expr *Value) {
  if (!Value)
    return nullptr;
  const Expr *E = Value->IgnoreParenImpCasts();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (!Construct->getConstructor()->isCopyOrMoveConstructor() ||
        Construct->getNumArgs() < 1)
      return nullptr;
    E = Construct->getArg(0)->IgnoreParenImpCasts();
  }
  if (!E->isGLValue() || isa<CompoundLiteralExpr, MaterializeTemporaryExpr>(E))
    return nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  bool IsConstant = Ref && Ref->getDecl()->getType().isConstQualified();
  return IsConstant ? nullptr : E;
}

/// True if \p Function makes the primitives of \p Target anew, so that what was
/// copied into them does not matter.
bool isMadeAnew(const FunctionInfo &Function, const AccessPath &Target) {
  if (!Target)
    return false;
  for (const KnownCall &Call : Function.Calls)
    if (Call.does() == Operation::Initialize && Call.Object &&
        AccessPath::ofObject(Call.Object).startsWith(Target))
      return true;
  // C functions of the project's own that are given the member.
  for (const Expr *Other : Function.OtherCalls) {
    const auto *Call = dyn_cast<CallExpr>(Other);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || !Callee->getDeclName().isIdentifier() ||
        !Callee->getName().contains_insensitive("init"))
      continue;
    for (const Expr *Argument : Call->arguments())
      if (AccessPath::ofObject(Argument).startsWith(Target))
        return true;
  }
  return false;
}

bool isAssignedAnew(const ASTContext &Context, const Stmt *Body,
                    const AccessPath &Target, const Vocabulary &Words) {
  if (!Body || !Target)
    return false;
  if (const auto *Assignment = dyn_cast<BinaryOperator>(Body))
    if (Assignment->getOpcode() == BO_Assign &&
        copiedPrimitive(Words, Assignment->getLHS()->getType()) &&
        !copiedObject(Assignment->getRHS()) &&
        AccessPath::of(Assignment->getLHS()).startsWith(Target))
      return true;
  return llvm::any_of(Body->children(), [&](const Stmt *Child) {
    return isAssignedAnew(Context, Child, Target, Words);
  });
}

const FunctionInfo *functionAround(const UnitFacts &Facts, const Stmt &S) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  const FunctionInfo *Innermost = nullptr;
  SourceLocation Loc = Sources.getExpansionLoc(S.getBeginLoc());
  for (const auto &Function : Facts.functions()) {
    SourceRange Range = Function->Body->getSourceRange();
    if (!Sources.isBeforeInTranslationUnit(
            Loc, Sources.getExpansionLoc(Range.getBegin())) &&
        !Sources.isBeforeInTranslationUnit(
            Sources.getExpansionLoc(Range.getEnd()), Loc))
      Innermost = Function.get();
  }
  return Innermost;
}

/// The class' own mutex, and whether any method uses \p Field under it.
bool isGuarded(UnitFacts &Facts, const FieldDecl &Field) {
  for (const auto &Function : Facts.functions()) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function->Function);
    if (!Method || Method->getParent() != Field.getParent() ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
        Method->isCopyAssignmentOperator() ||
        Method->isMoveAssignmentOperator())
      continue;
    const LockState *Locks = Facts.locks(*Function);
    if (!Locks)
      continue;
    for (const StateAccess &Access : accessesOf(Facts, *Function))
      if (Access.Path.isThisRooted() && !Access.Path.steps().empty() &&
          Access.Path.steps().front().Decl == Field.getCanonicalDecl())
        if (const HeldLock *Held = Locks->innermost(Access.Site))
          if (Held->Mutex.isThisRooted())
            return true;
  }
  return false;
}

} // namespace

CopiedPrimitiveCheck::CopiedPrimitiveCheck(StringRef Name,
                                           ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      SharedMutexMembers(Options.get("SharedMutexMembers", false)) {}

void CopiedPrimitiveCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "SharedMutexMembers", SharedMutexMembers);
}

void CopiedPrimitiveCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(binaryOperator(hasOperatorName("=")).bind("assignment"),
                     this);
  Finder->addMatcher(cxxOperatorCallExpr(hasOverloadedOperatorName("="),
                                         callee(cxxMethodDecl(isDefaulted())))
                         .bind("operator"),
                     this);
  Finder->addMatcher(varDecl(hasInitializer(expr())).bind("variable"), this);
  Finder->addMatcher(returnStmt(hasReturnValue(expr())).bind("return"), this);
  Finder->addMatcher(
      functionDecl(isDefinition(), unless(anyOf(isDefaulted(), isDeleted())))
          .bind("function"),
      this);
  Finder->addMatcher(lambdaExpr().bind("lambda"), this);
  Finder->addMatcher(callExpr(hasArgument(2, expr())).bind("call"), this);
  if (SharedMutexMembers)
    Finder->addMatcher(fieldDecl().bind("field"), this);
}

void CopiedPrimitiveCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  const BoundNodes &Nodes = Result.Nodes;
  if (const auto *E = Nodes.getNodeAs<BinaryOperator>("assignment"))
    return copy(*E->getRHS(), E->getLHS(), E->getOperatorLoc(), *Facts);
  if (const auto *E = Nodes.getNodeAs<CXXOperatorCallExpr>("operator"))
    return copy(*E->getArg(1), E->getArg(0), E->getOperatorLoc(), *Facts);
  if (const auto *Variable = Nodes.getNodeAs<VarDecl>("variable")) {
    if (!isa<ParmVarDecl>(Variable) && !Variable->getType()->isReferenceType())
      copy(*Variable->getInit(), nullptr, Variable->getLocation(), *Facts);
    return;
  }
  if (const auto *Return = Nodes.getNodeAs<ReturnStmt>("return"))
    return copy(*Return->getRetValue(), nullptr,
                Return->getRetValue()->getExprLoc(), *Facts);
  if (const auto *Lambda = Nodes.getNodeAs<LambdaExpr>("lambda")) {
    for (const Expr *Init : Lambda->capture_inits())
      if (Init && !Init->isGLValue())
        copy(*Init, nullptr, Init->getExprLoc(), *Facts);
    return;
  }
  if (const auto *Call = Nodes.getNodeAs<CallExpr>("call"))
    return block(*Call, *Facts);
  if (const auto *Field = Nodes.getNodeAs<FieldDecl>("field"))
    return sharedMember(*Field, *Facts);
  const auto *Function = Nodes.getNodeAs<FunctionDecl>("function");
  for (const ParmVarDecl *Parameter : Function->parameters())
    parameter(*Parameter, *Facts);
  if (const FunctionInfo *Info = Facts->function(Function))
    unlockedSource(*Info, *Facts);
}

void CopiedPrimitiveCheck::copy(const Expr &Value, const Expr *Target,
                                SourceLocation Loc, UnitFacts &Facts) {
  const Expr *Source = copiedObject(&Value);
  if (!Source || Value.isTypeDependent() || Value.getType()->isReferenceType())
    return;
  // An lvalue that is not read as a whole is bound, not copied.
  if (Value.isGLValue() && !Target)
    return;
  Primitive Copied = copiedPrimitive(Facts.vocabulary(), Source->getType());
  if (!Copied)
    return;
  if (Target)
    if (const FunctionInfo *Function = functionAround(Facts, *Target)) {
      AccessPath Path = AccessPath::of(Target);
      if (isMadeAnew(*Function, Path) ||
          isAssignedAnew(Facts.context(), Function->Body, Path,
                         Facts.vocabulary()))
        return;
    }
  Finding F = finding(
      Loc,
      "this copies %select{a '%1'|'%2', a '%1', with the object that holds "
      "it}0, and the copy is another one than the original; share it by "
      "pointer or reference, and copy the data only");
  F << (Copied.Field != nullptr) << Copied.Type->Name
    << (Copied.Field ? Copied.Field->getName() : "")
    << Source->getSourceRange();
  if (Copied.Field)
    F.note(Copied.Field->getLocation(), "the member is declared here");
}

void CopiedPrimitiveCheck::parameter(const ParmVarDecl &Parameter,
                                     UnitFacts &Facts) {
  QualType Type = Parameter.getOriginalType();
  if (Type->isArrayType() || Type->isPointerType() || Type->isReferenceType())
    return;
  Primitive Copied = copiedPrimitive(Facts.vocabulary(), Type);
  if (!Copied || Copied.Type->is(Role::OnceFlag))
    return;
  finding(Parameter.getLocation(),
          "parameter '%0' is a copy of the caller's '%1', so it locks nothing "
          "of the caller's; pass a pointer or reference")
      << Parameter.getName() << Copied.Type->Name;
}

/// `memcpy(&a, &b, sizeof a)`.
void CopiedPrimitiveCheck::block(const CallExpr &Call, UnitFacts &Facts) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  unsigned Kind = Callee ? Callee->getMemoryFunctionKind() : 0;
  if (Kind != Builtin::BImemcpy && Kind != Builtin::BImemmove)
    return;
  auto Object = [](const Expr *E) { return E->IgnoreParenCasts(); };
  const Expr *Target = Object(Call.getArg(0)), *Source = Object(Call.getArg(1));
  QualType To = Target->getType(), From = Source->getType();
  if (!To->isPointerType() || !From->isPointerType() ||
      !Facts.context().hasSameUnqualifiedType(To->getPointeeType(),
                                              From->getPointeeType()))
    return;
  Primitive Copied =
      copiedPrimitive(Facts.vocabulary(), From->getPointeeType());
  const FunctionInfo *Function = functionAround(Facts, Call);
  AccessPath Path = AccessPath::ofObject(Target);
  if (!Copied || From->getPointeeType().isConstQualified() || !Function ||
      isMadeAnew(*Function, Path) ||
      isAssignedAnew(Facts.context(), Function->Body, Path, Facts.vocabulary()))
    return;
  finding(Call.getExprLoc(),
          "this copies the bytes of a '%0', and the copy is another one than "
          "the original; share it by pointer or reference, and copy the data "
          "only")
      << Copied.Type->Name << Call.getSourceRange();
}

void CopiedPrimitiveCheck::unlockedSource(const FunctionInfo &Function,
                                          UnitFacts &Facts) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function.Function);
  if (!Method || Function.Dependent || Method->getNumParams() != 1)
    return;
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method);
  bool Copies = (Constructor && Constructor->isCopyConstructor()) ||
                Method->isCopyAssignmentOperator();
  const FieldDecl *Mutex = nullptr;
  for (const FieldDecl *Field : Method->getParent()->fields())
    if (Facts.vocabulary().is(Field->getType(), Role::Mutex))
      Mutex = Field;
  if (!Copies || !Mutex)
    return;
  const ParmVarDecl *Other = Method->getParamDecl(0);
  const LockState *Locks = Facts.locks(Function);
  for (const StateAccess &Access : accessesOf(Facts, Function)) {
    if (Access.Path.root() != Other->getCanonicalDecl() ||
        Access.Path.steps().empty())
      continue;
    const auto *Field =
        dyn_cast_or_null<FieldDecl>(Access.Path.steps().front().Decl);
    bool Held =
        Locks &&
        llvm::any_of(Locks->heldAt(Access.Site), [&](const HeldLock &H) {
          return H.Mutex.root() == Other->getCanonicalDecl();
        });
    if (!Field || Held || Field->getType().isConstQualified() ||
        Facts.vocabulary().is(Field->getType(), Role::Atomic) ||
        !isGuarded(Facts, *Field))
      continue;
    finding(Access.Site->getExprLoc(),
            "'%0' is copied without '%1.%2', the lock that guards it; lock the "
            "source while copying")
            .note(Mutex->getLocation(), "the lock is declared here")
        << Access.Path.str() << Other->getName() << Mutex->getName();
    return;
  }
}

void CopiedPrimitiveCheck::sharedMember(const FieldDecl &Field,
                                        UnitFacts &Facts) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field.getParent());
  const CXXRecordDecl *Pointer = Field.getType()->getAsCXXRecordDecl();
  const TypeFact *Pointee = Facts.vocabulary().pointee(Field.getType());
  if (!Class || !Pointer || !Pointer->hasDefinition() || !Pointee ||
      !Pointee->is(Role::Mutex) || Class->isLambda())
    return;
  auto Copyable = [](const CXXRecordDecl &R) {
    return llvm::any_of(R.ctors(),
                        [](const CXXConstructorDecl *C) {
                          return C->isCopyConstructor() && !C->isDeleted();
                        }) ||
           (R.needsImplicitCopyConstructor() &&
            !R.defaultedCopyConstructorIsDeleted());
  };
  if (Copyable(*Pointer) && Copyable(*Class))
    finding(Field.getLocation(),
            "copies of '%0' share the mutex '%1' but not the rest of their "
            "state; make the class uncopyable, or give each object a mutex of "
            "its own")
        << Class->getName() << Field.getName();
}

} // namespace clang::tidy::concord
