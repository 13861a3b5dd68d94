//===--- OnceFlagCheck.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "once/OnceFlagCheck.h"
#include "analysis/AccessPath.h"
#include "analysis/Callable.h"
#include "analysis/Surroundings.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 4;

/// The variable that \p E, an object or a part of one held by value, belongs
/// to; null if a pointer, reference or call leads to it.
const VarDecl *ownerOf(const Expr *E) {
  while (E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      return Variable && !Variable->getType()->isReferenceType() ? Variable
                                                                 : nullptr;
    }
    const auto *Member = dyn_cast<MemberExpr>(E);
    if (!Member || Member->isArrow())
      return nullptr;
    E = Member->getBase();
  }
  return nullptr;
}

/// True if \p E is a part of an object that dies with the full expression.
bool isPartOfTemporary(const Expr *E) {
  while (E) {
    E = E->IgnoreParenImpCasts();
    if (E->isPRValue() && E->getType()->isRecordType())
      return true;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      E = Call->getImplicitObjectArgument();
      continue;
    }
    const auto *Member = dyn_cast<MemberExpr>(E);
    if (!Member || Member->isArrow())
      return false;
    E = Member->getBase();
  }
  return false;
}

/// True if nobody but this call can see \p Variable: every mention is a member
/// access, or the flag of a call that runs something once.
bool isPrivateToCall(const UnitFacts &Facts, const FunctionInfo &Function,
                     const VarDecl &Variable) {
  for (const VariableUse &Use : usesOf(Function, Variable)) {
    if (Use.Nested)
      return false;
    const Expr *E = Use.Ref;
    const Stmt *Up = Facts.parent(Function, E);
    while (Up && !isa<CallExpr, CXXConstructExpr>(Up)) {
      const auto *Member = dyn_cast<MemberExpr>(Up);
      bool IsMethod = Member && isa<CXXMethodDecl>(Member->getMemberDecl());
      const auto *Unary = dyn_cast<UnaryOperator>(Up);
      if (IsMethod || !isa<Expr>(Up) ||
          (Unary && Unary->getOpcode() != UO_AddrOf))
        break;
      Up = Facts.parent(Function, Up);
    }
    const auto *User = dyn_cast_or_null<Expr>(Up);
    if (User && isa<CallExpr, CXXConstructExpr>(User) &&
        Facts.call(User).does() != Operation::CallOnce)
      return false;
  }
  return true;
}

/// True if forking leaves the child with flags that must be made anew.
bool isForkHandler(const FunctionInfo &Function) {
  return Function.Function && Function.Function->getDeclName().isIdentifier() &&
         Function.Function->getName().contains_insensitive("fork");
}

bool isMaking(const FunctionInfo &Function) {
  return isa_and_nonnull<CXXConstructorDecl, CXXDestructorDecl>(
      Function.Function);
}

/// The pointer that takes over what \p E makes: by assignment or `reset`.
const Expr *receiverOf(const UnitFacts &Facts, const FunctionInfo &Function,
                       const Expr *E) {
  for (const Stmt *Up = Facts.parent(Function, E); Up;
       Up = Facts.parent(Function, Up)) {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Up))
      return Operator->getOperator() == OO_Equal ? Operator->getArg(0)
                                                 : nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Up))
      return Binary->getOpcode() == BO_Assign ? Binary->getLHS() : nullptr;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Up))
      return Member->getImplicitObjectArgument();
    if (!isa<Expr>(Up) || isa<CallExpr>(Up))
      return nullptr;
  }
  return nullptr;
}

/// True if the field \p Path has a flag before this function makes one: it is
/// made by a constructor or by its declaration.
bool hasFlagBefore(const UnitFacts &Facts, const AccessPath &Path) {
  const auto *Field = dyn_cast_or_null<FieldDecl>(Path.lastDecl());
  if (!Field)
    return Path.isGlobal();
  if (Field->hasInClassInitializer())
    return true;
  for (const auto &Function : Facts.functions()) {
    const auto *Constructor =
        dyn_cast_or_null<CXXConstructorDecl>(Function->Function);
    if (!Constructor || Constructor->getParent() != Field->getParent())
      continue;
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->isWritten() && Init->getMember() == Field)
        return true;
    for (const KnownCall &Call : Function->Calls) {
      const Expr *Receiver = Call.Type && Call.Type->is(Role::OnceFlag)
                                 ? receiverOf(Facts, *Function, Call.Site)
                                 : nullptr;
      if (Receiver && AccessPath::of(Receiver) == Path)
        return true;
    }
  }
  return false;
}

} // namespace

void OnceFlagCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(translationUnitDecl(), this);
  Finder->addMatcher(binaryOperator(hasOperatorName("=")).bind("assignment"),
                     this);
}

void OnceFlagCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Assignment =
          Result.Nodes.getNodeAs<BinaryOperator>("assignment"))
    return assignment(*Assignment, *Facts);
  for (const auto &Function : Facts->functions())
    for (const KnownCall &Call : Function->Calls) {
      if (Call.does() == Operation::CallOnce)
        runOnce(*Facts, *Function, Call);
      else if (Call.Type && Call.Type->is(Role::OnceFlag))
        made(*Facts, *Function, Call);
    }
}

void OnceFlagCheck::runOnce(UnitFacts &Facts, const FunctionInfo &Function,
                            const KnownCall &Call) {
  if (!Call.Object)
    return;
  recursive(Facts, Call);
  if (isPartOfTemporary(Call.Object)) {
    finding(Call.Object->getExprLoc(),
            "the once flag is part of a temporary, so the function runs at "
            "every call; keep the flag where the state is that it guards")
        << Call.Object->getSourceRange();
    return;
  }
  local(Facts, Function, Call);
}

void OnceFlagCheck::local(UnitFacts &Facts, const FunctionInfo &Function,
                          const KnownCall &Call) {
  const VarDecl *Owner = ownerOf(Call.Object);
  if (!Owner || Owner->hasGlobalStorage() || !Function.Function ||
      Owner->getDeclContext() != Function.Function ||
      !isPrivateToCall(Facts, Function, *Owner))
    return;
  bool IsFlag = Facts.vocabulary().is(Owner->getType(), Role::OnceFlag);
  finding(Owner->getLocation(),
          "the once flag %select{in |}0'%1' is new at every call, so the "
          "function runs every time; make it static, or a member next to the "
          "state that it guards")
          .note(Call.Site->getExprLoc(), "used here")
      << IsFlag << Owner->getName();
}

/// A function that is to run once asks for its own end, which never comes.
void OnceFlagCheck::recursive(UnitFacts &Facts, const KnownCall &Call) {
  AccessPath Flag = AccessPath::ofObject(Call.Object);
  const Expr *Callable = Call.callable();
  ResolvedCallable Callee = Callable
                                ? resolveCallable(Facts.vocabulary(), Callable)
                                : ResolvedCallable();
  const FunctionInfo *Entry = Facts.function(Callee.Entry);
  // A member function runs on an object that its arguments name.
  if (!Flag || !Entry || (Callee.isMemberFunction() && !Callee.Lambda))
    Entry = Flag.isGlobal() ? Entry : nullptr;
  struct Visit {
    const FunctionInfo *Function;
    std::vector<const Expr *> Chain;
  };
  std::vector<Visit> Work;
  llvm::SmallPtrSet<const FunctionInfo *, 8> Seen;
  if (Entry)
    Work.push_back({Entry, {}});
  while (!Work.empty()) {
    Visit Next = std::move(Work.back());
    Work.pop_back();
    if (!Seen.insert(Next.Function).second)
      continue;
    for (const KnownCall &Inner : Next.Function->Calls) {
      if (Inner.does() != Operation::CallOnce || !Inner.Object)
        continue;
      AccessPath Other = AccessPath::ofObject(Inner.Object);
      for (const Expr *Site : llvm::reverse(Next.Chain))
        Other = Facts.translated(Other, Site);
      if (Other != Flag)
        continue;
      Finding F = finding(Call.Site->getExprLoc(),
                          "the function that runs once under '%0' asks for it "
                          "again and waits for itself; take the inner call out "
                          "of it, or give it a flag of its own");
      F << Flag.str();
      for (const Expr *Site : Next.Chain)
        F.note(Site->getExprLoc(), "which is reached through this call");
      F.note(Inner.Site->getExprLoc(), "asked for again here");
      return;
    }
    if (Next.Chain.size() < MaxDepth)
      for (const Expr *Other : Next.Function->OtherCalls)
        if (const FunctionInfo *Deeper = Facts.callee(Other)) {
          Work.push_back({Deeper, Next.Chain});
          Work.back().Chain.push_back(Other);
        }
  }
}

/// A flag that is made anew forgets that it has run, and whoever waits on it.
void OnceFlagCheck::made(UnitFacts &Facts, const FunctionInfo &Function,
                         const KnownCall &Call) {
  if (isMaking(Function) || isForkHandler(Function))
    return;
  std::string Name;
  const auto *New = dyn_cast<CXXNewExpr>(Call.Site);
  if (New && New->getNumPlacementArgs() > 0) {
    AccessPath Place = AccessPath::ofObject(New->getPlacementArg(0));
    if (!Place ||
        !Facts.vocabulary().is(Place.lastDecl() ? Place.lastDecl()->getType()
                                                : QualType(),
                               Role::OnceFlag))
      return;
    Name = Place.str();
  } else if (New || isa<CallExpr>(Call.Site)) {
    const Expr *Receiver = receiverOf(Facts, Function, Call.Site);
    AccessPath Path = Receiver ? AccessPath::of(Receiver) : AccessPath();
    if (!Path || !(Path.isThisRooted() || Path.isGlobal()) ||
        !hasFlagBefore(Facts, Path))
      return;
    Name = Path.str();
  } else {
    return;
  }
  finding(Call.Site->getExprLoc(),
          "the once flag '%0' is made anew to run its function again, while "
          "others may be waiting on it; guard state that can be reset by a "
          "mutex and a flag of its own")
      << Name << Call.Site->getSourceRange();
}

void OnceFlagCheck::assignment(const BinaryOperator &Assignment,
                               UnitFacts &Facts) {
  // Where flags are plain numbers, assigning one is how to reset it. A flag of
  // an object may be on its way to be made.
  const Expr *Target = Assignment.getLHS();
  const VarDecl *Owner = ownerOf(Target);
  if (!Owner || !Owner->hasGlobalStorage() ||
      !Facts.vocabulary().is(Target->IgnoreParens()->getType(), Role::OnceFlag))
    return;
  for (const auto &Function : Facts.functions())
    if (isForkHandler(*Function) &&
        Function->Body->getSourceRange().fullyContains(
            Assignment.getOperatorLoc()))
      return;
  finding(Assignment.getOperatorLoc(),
          "the once flag '%0' is made anew to run its function again, while "
          "others may be waiting on it; guard state that can be reset by a "
          "mutex and a flag of its own")
      << AccessPath::of(Target).str() << Assignment.getSourceRange();
}

} // namespace clang::tidy::concord
