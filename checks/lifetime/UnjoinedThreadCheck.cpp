//===--- UnjoinedThreadCheck.cpp ------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/UnjoinedThreadCheck.h"
#include "analysis/JoiningThread.h"
#include "support/Removal.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

/// What becomes of a thread whose handle ends while it runs.
enum class Fate { Terminates, Leaks, Fine };

static Fate fateOf(const TypeFact *Type) {
  if (!Type || !Type->is(Role::Thread) || Type->has(Trait::Fiber) ||
      Type->has(Trait::Coroutine))
    return Fate::Fine;
  switch (Type->Destructor) {
  case DestructorKind::Terminate:
    return Fate::Terminates;
  case DestructorKind::Never:
    return Fate::Leaks;
  default:
    return Fate::Fine;
  }
}

UnjoinedThreadCheck::UnjoinedThreadCheck(StringRef Name,
                                         ClangTidyContext *Context)
    : FactsCheck(Name, Context),
      ExceptionPaths(Options.get("ExceptionPaths", true)) {}

void UnjoinedThreadCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  ConcordCheck::storeOptions(Opts);
  Options.store(Opts, "ExceptionPaths", ExceptionPaths);
}

void UnjoinedThreadCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(functionDecl(isDefinition()).bind("function"), this);
  Finder->addMatcher(cxxRecordDecl(isDefinition()).bind("record"), this);
}

void UnjoinedThreadCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const FunctionInfo *Function =
          Facts->function(Result.Nodes.getNodeAs<FunctionDecl>("function")))
    checkFunction(*Facts, *Function);
  if (const auto *Record = Result.Nodes.getNodeAs<CXXRecordDecl>("record"))
    for (const FieldDecl *Field : Record->fields())
      checkMember(*Facts, *Field);
}

/// A thread object with a start of its own may also end by itself, owned by a
/// parent object.
static bool hasOwnEnd(UnitFacts &Facts, const Expr *Start) {
  return Start && Facts.call(Start).does() == Operation::Start;
}

void UnjoinedThreadCheck::checkFunction(UnitFacts &Facts,
                                        const FunctionInfo &Function) {
  const HandleState *State =
      Function.Dependent ? nullptr : Facts.handles(Function);
  if (!State)
    return;
  bool CanFix = Facts.context().getLangOpts().CPlusPlus20;
  // The losses of one variable follow each other, the gravest first: one
  // finding says enough. What is lost in the middle is another matter.
  const ValueDecl *Reported = nullptr;
  for (const LostHandle &Loss : State->lost()) {
    bool AtEnd = Loss.How <= LostHandle::Exception;
    if (fateOf(Loss.Type) == Fate::Fine || (AtEnd && Loss.Handle == Reported))
      continue;
    if (Loss.How == LostHandle::Exception &&
        (!ExceptionPaths || !CanFix || fateOf(Loss.Type) == Fate::Leaks))
      continue;
    if (Loss.How == LostHandle::Leaked && hasOwnEnd(Facts, Loss.Start))
      continue;
    report(Facts, Function, Loss);
    if (AtEnd)
      Reported = Loss.Handle;
  }
}

static std::string nameOf(const LostHandle &Loss) {
  if (!Loss.Handle)
    return "thread";
  std::string Name = "'" + Loss.Handle->getNameAsString() + "'";
  return Loss.Shape == HandleShape::Container ? "a thread in " + Name
                                              : "thread " + Name;
}

/// The text of a finding: `%0` is the thread, `%1` the way out, `%2` what a
/// joinable thread does when it dies.
static StringRef textOf(const LostHandle &Loss) {
  if (fateOf(Loss.Type) == Fate::Leaks)
    return Loss.How == LostHandle::Overwritten
               ? "%0 is neither joined nor detached before its handle is "
                 "overwritten, so nothing can wait for it any more; %1"
               : "%0 is neither joined nor detached on some path, so nothing "
                 "can wait for it any more; %1";
  switch (Loss.How) {
  case LostHandle::ScopeEnd:
    return "%0 is still joinable when it goes out of scope, %2; %1";
  case LostHandle::EarlyExit:
  case LostHandle::Throw:
    return "%0 is still joinable when its scope is left early, %2; %1";
  case LostHandle::Exception:
    return "%0 is still joinable if an exception leaves its scope before the "
           "join, %2; %1";
  case LostHandle::Overwritten:
    return "%0 is assigned while it is still joinable, %2; %1";
  case LostHandle::Deleted:
    return "%0 is destroyed while it is still joinable, %2; %1";
  case LostHandle::Leaked:
    return "%0 is not joined before the last pointer to it is lost, so nothing "
           "can wait for it any more; %1";
  case LostHandle::Temporary:
    return "%0 is destroyed at the end of the statement while it is still "
           "joinable, %2; %1";
  }
  return "";
}

/// True if the language itself has a joining sibling of the thread.
static bool hasJoiningSibling(const TypeFact &Type, const UnitFacts &Facts) {
  return Type.Library == "std" &&
         Type.Destructor == DestructorKind::Terminate &&
         Facts.context().getLangOpts().CPlusPlus20;
}

static StringRef endOf(const TypeFact &Type) {
  return Type.Library == "std" ? "which calls std::terminate"
                               : "which ends the program";
}

static StringRef wayOut(const LostHandle &Loss, bool HasJoining) {
  switch (Loss.How) {
  case LostHandle::ScopeEnd:
  case LostHandle::EarlyExit:
  case LostHandle::Throw:
  case LostHandle::Exception:
    return HasJoining ? "join it on every path or use std::jthread"
                      : "join it on every path";
  case LostHandle::Overwritten:
  case LostHandle::Deleted:
    return "join it first";
  case LostHandle::Leaked:
    return "keep the pointer and join the thread";
  case LostHandle::Temporary:
    return "give it a name and join it";
  }
  return "";
}

static StringRef noteAt(const LostHandle &Loss) {
  switch (Loss.How) {
  case LostHandle::EarlyExit:
    return "the scope is left here without a join";
  case LostHandle::Throw:
    return "this exception leaves the scope without a join";
  case LostHandle::Exception:
    return "this call may throw";
  default:
    return "";
  }
}

static void addEdits(Finding &F, const JoiningThreadEdits &Edits,
                     const ASTContext &Context) {
  for (SourceRange Name : Edits.TypeNames)
    F << FixItHint::CreateReplacement(Name, "std::jthread");
  for (SourceRange Join : Edits.Superfluous)
    F << removalOfStatement(Join, Context);
}

void UnjoinedThreadCheck::report(UnitFacts &Facts, const FunctionInfo &Function,
                                 const LostHandle &Loss) {
  bool AtUse = Loss.How >= LostHandle::Overwritten && Loss.At &&
               Loss.How != LostHandle::Leaked;
  SourceLocation Loc = AtUse         ? Loss.At->getBeginLoc()
                       : Loss.Handle ? Loss.Handle->getLocation()
                                     : Loss.Start->getExprLoc();
  Finding F = finding(Loc, textOf(Loss));
  F << nameOf(Loss) << wayOut(Loss, hasJoiningSibling(*Loss.Type, Facts))
    << endOf(*Loss.Type);
  if (Loss.Handle && Loss.Start)
    F.note(Loss.Start->getExprLoc(), "the thread is started here");
  if (Loss.At && !noteAt(Loss).empty())
    F.note(Loss.At->getBeginLoc(), noteAt(Loss));
  if (Loss.Join && Loss.How < LostHandle::Exception)
    F.note(Loss.Join->getExprLoc(), "another path joins it here");
  const auto *Variable = dyn_cast_or_null<VarDecl>(Loss.Handle);
  const LocalHandle *Local =
      Variable && !AtUse ? Facts.handles(Function)->local(Variable) : nullptr;
  if (!Local || !hasJoiningSibling(*Loss.Type, Facts))
    return;
  std::optional<JoiningThreadEdits> Edits =
      joiningThreadEdits(Facts, Function, *Local);
  if (!Edits)
    return;
  addEdits(F, *Edits, Facts.context());
}

void UnjoinedThreadCheck::checkMember(UnitFacts &Facts,
                                      const FieldDecl &Member) {
  QualType Type = Member.getType();
  if (Type.isNull() || Type->isDependentType() || Type->isReferenceType())
    return;
  std::optional<MemberEnd> End = memberEnd(Facts, &Member);
  if (!End || fateOf(End->Type) != Fate::Terminates ||
      End->InDestructor != EndsHandle::No || !End->Start)
    return;
  const auto *Owner = cast<CXXRecordDecl>(Member.getParent());
  bool Pointer = End->Shape == HandleShape::Pointer;
  bool Leaks = Pointer && !End->DestructorDeletes;
  if (Leaks && hasOwnEnd(Facts, End->Start))
    return;
  Finding F = finding(
      Member.getLocation(),
      Leaks ? "thread member '%0' is not joined by the destructor of '%1', so "
              "nothing can wait for it any more; join it there"
            : "thread member '%0' is not joined by the destructor of '%1', %2; "
              "join it there%3");
  F << Member.getName() << Owner->getName();
  if (!Leaks)
    F << endOf(*End->Type)
      << (hasJoiningSibling(*End->Type, Facts) && !Pointer
              ? ", or make it a std::jthread"
              : "");
  if (!Leaks && hasJoiningSibling(*End->Type, Facts))
    if (std::optional<JoiningThreadEdits> Edits =
            joiningThreadEdits(Facts, Member, *End))
      addEdits(F, *Edits, Facts.context());
  F.note(End->Start->getExprLoc(), "the thread is started here");
  if (End->JoinElsewhere)
    F.note(End->JoinElsewhere->getExprLoc(),
           "it is joined here, which the destructor does not call");
}

} // namespace clang::tidy::concord
