//===--- MemberEnd.cpp - Does a class end the handle it owns? -------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Callable.h"
#include "analysis/HandleEvents.h"
#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

bool isSystem(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D->getLocation()));
}

/// The event is about \p Member of some object.
bool isAbout(const HandleEvent &Event, const FieldDecl *Member) {
  const ValueDecl *Field = Member->getCanonicalDecl();
  return Event.Key && (Event.Key.Root == Field || Event.Key.Last == Field);
}

bool endsHandle(const HandleEvent &Event) {
  switch (Event.What) {
  case HandleEvent::Join:
  case HandleEvent::TimedJoin:
  case HandleEvent::Detach:
  case HandleEvent::Move:
  case HandleEvent::Away:
    return true;
  default:
    return false;
  }
}

/// The function the unit shows for a call in a destructor, where virtual calls
/// on the object itself are resolved by its own class.
const FunctionInfo *calleeInDestructor(UnitFacts &Facts, const Expr *E) {
  if (const FunctionInfo *Callee = Facts.callee(E))
    return Callee;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  if (!Call || !isa_and_nonnull<CXXThisExpr>(
                   Call->getImplicitObjectArgument()->IgnoreParenImpCasts()))
    return nullptr;
  return Facts.function(Call->getMethodDecl());
}

/// \p E, whose callee the unit does not show, gets the object itself.
bool handsOutThis(const Expr *E) {
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    if (isa<CXXThisExpr>(
            Call->getImplicitObjectArgument()->IgnoreParenImpCasts()))
      return !Call->getMethodDecl() || !isSystem(Call->getMethodDecl());
  auto IsThis = [](const Expr *Argument) {
    Argument = Argument->IgnoreParenImpCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(Argument))
      Argument = Unary->getSubExpr()->IgnoreParenImpCasts();
    return isa<CXXThisExpr>(Argument);
  };
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return llvm::any_of(Call->arguments(), IsThis);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return llvm::any_of(Construct->arguments(), IsThis);
  return false;
}

/// What the body of one function of the object does to \p Member, its callees
/// included.
class BodySearch {
public:
  BodySearch(UnitFacts &Facts, const FieldDecl *Member)
      : Facts(Facts), Member(Member) {}

  /// The pointer is deleted or cleared.
  bool Deletes = false;

  EndsHandle search(const FunctionInfo &Function, unsigned Depth = 0) {
    constexpr unsigned MaxDepth = 3;
    if (Function.Dependent || Depth > MaxDepth)
      return EndsHandle::Unknown;
    const HandleState *State = Facts.handles(Function);
    if (!State)
      return EndsHandle::Unknown;
    for (const HandleEvent &Event : State->events().List) {
      if (!isAbout(Event, Member))
        continue;
      if (endsHandle(Event))
        return EndsHandle::Yes;
      Deletes |= Event.What == HandleEvent::Clear;
    }
    EndsHandle Answer = EndsHandle::No;
    for (const Expr *Call : Function.OtherCalls) {
      const FunctionInfo *Callee = calleeInDestructor(Facts, Call);
      if (!Callee) {
        if (handsOutThis(Call))
          Answer = EndsHandle::Unknown;
        continue;
      }
      if (Facts.callee(Call) && !handsOutThis(Call))
        continue;
      if (Callee == &Function)
        continue;
      EndsHandle Inner = search(*Callee, Depth + 1);
      if (Inner == EndsHandle::Yes)
        return Inner;
      if (Inner == EndsHandle::Unknown)
        Answer = Inner;
    }
    return Answer;
  }

private:
  UnitFacts &Facts;
  const FieldDecl *Member;
};

/// Other members and bases may hold a reference to the handle and join it.
bool anotherPartJoins(UnitFacts &Facts, const CXXRecordDecl &Record,
                      const FieldDecl *Member) {
  auto Joins = [&](QualType Type) {
    const CXXRecordDecl *Part = Type->getAsCXXRecordDecl();
    return Part && !Facts.vocabulary().record(Part) && !isSystem(Part) &&
           isJoiningType(Facts, Part);
  };
  for (const FieldDecl *Field : Record.fields())
    if (Field != Member && Joins(Field->getType()))
      return true;
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) {
    return Joins(Base.getType());
  });
}

bool isOwnFunction(const FunctionInfo &Function, const CXXRecordDecl &Record) {
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F->Function);
    if (Method &&
        Method->getParent()->getCanonicalDecl() == Record.getCanonicalDecl())
      return true;
  }
  return false;
}

/// What all functions of the unit do to one member.
struct MemberUse {
  const Expr *Start = nullptr;
  /// A function starts it and does not join it itself.
  bool LeftRunning = false;
  /// A function outside of the class ends it.
  bool EndedOutside = false;
  const Expr *Join = nullptr;
  const FunctionDecl *JoinFunction = nullptr;
  const Expr *Detach = nullptr;
};

MemberUse usesOf(UnitFacts &Facts, const FieldDecl *Member) {
  MemberUse Use;
  const auto &Record = *cast<CXXRecordDecl>(Member->getParent());
  for (const std::unique_ptr<FunctionInfo> &Function : Facts.functions()) {
    const HandleState *State = Facts.handles(*Function);
    if (!State)
      continue;
    bool Starts = false, Ends = false;
    for (const HandleEvent &Event : State->events().List) {
      if (Event.What == HandleEvent::Move && Event.To &&
          (Event.To.Root == Member->getCanonicalDecl() ||
           Event.To.Last == Member->getCanonicalDecl())) {
        Starts = true;
        if (!Use.Start)
          Use.Start = Event.Call ? Event.Call : dyn_cast<Expr>(Event.Site);
      }
      if (!isAbout(Event, Member))
        continue;
      Ends |= endsHandle(Event);
      // Through a call the function that does it is met by itself.
      if (Event.What == HandleEvent::Start && Event.Launch) {
        Starts = true;
        if (!Use.Start)
          Use.Start = Event.Launch;
      }
      if (Event.What == HandleEvent::Join && !Use.Join) {
        Use.Join = Event.Call;
        Use.JoinFunction = Function->Function;
      }
      if (Event.What == HandleEvent::Detach && !Use.Detach)
        Use.Detach = Event.Call;
    }
    Use.LeftRunning |= Starts && !Ends;
    Use.EndedOutside |= Ends && !isOwnFunction(*Function, Record);
  }
  return Use;
}

/// The launch in the initialiser that \p Member has in its class. Where no
/// constructor is written, no function of the unit shows it.
const Expr *startInClass(UnitFacts &Facts, const FieldDecl &Member) {
  const Expr *Init = Member.getInClassInitializer();
  for (unsigned Depth = 0; Init && Depth < 4; ++Depth) {
    Init = stripToCore(Init);
    if (Facts.vocabulary().call(Init).does() == Operation::Launch)
      return Init;
    llvm::ArrayRef<const Expr *> Arguments;
    if (const auto *List = dyn_cast<InitListExpr>(Init))
      Arguments = List->inits();
    else
      Arguments = writtenArguments(Init);
    Init = Arguments.size() == 1 ? Arguments.front() : nullptr;
  }
  return nullptr;
}

bool hasWrittenConstructor(const CXXRecordDecl &Record) {
  return llvm::any_of(Record.ctors(), [](const CXXConstructorDecl *C) {
    return !C->isImplicit() && !C->isDeleted();
  });
}

/// Others get the handle, or derived classes the function that joins it: the
/// duty may be theirs.
bool isForOthers(const FieldDecl &Member, const MemberUse &Use) {
  const auto &Record = *cast<CXXRecordDecl>(Member.getParent());
  if (Record.isEffectivelyFinal())
    return false;
  // Any unit that includes the header may join a public member.
  const SourceManager &Sources = Record.getASTContext().getSourceManager();
  if (Member.getAccess() == AS_public &&
      !Sources.isInMainFile(Sources.getExpansionLoc(Member.getLocation())))
    return true;
  return Member.getAccess() == AS_protected ||
         (Use.JoinFunction && Use.JoinFunction->getAccess() == AS_protected);
}

/// The task runs what the owner's constructor or start function was given, and
/// the class offers the join to its user: the duty is passed on.
bool isForwardingWrapper(UnitFacts &Facts, const MemberUse &Use) {
  if (!Use.Join || !Use.Start)
    return false;
  const TaskLaunch *Launch = Facts.launchAt(Use.Start);
  if (!Launch)
    return true;
  return llvm::none_of(Launch->Reaches, [](const TaskReach &Reach) {
    return Reach.How == TaskReach::This;
  });
}

} // namespace

std::optional<MemberEnd> memberEnd(UnitFacts &Facts, const FieldDecl *Member) {
  HolderType Holder = holderType(Facts.vocabulary(), Member->getType());
  const auto *Record = dyn_cast<CXXRecordDecl>(Member->getParent());
  if (!Holder || !Record || !Record->hasDefinition())
    return std::nullopt;
  MemberEnd End;
  End.Shape = Holder.Shape;
  End.Type = Holder.Type;
  if (Record->isDependentContext() || Record->isUnion() || Record->isLambda())
    return End;
  if (hasOwnDeleter(Member->getType())) {
    End.InDestructor = EndsHandle::Yes;
    return End;
  }
  MemberUse Use = usesOf(Facts, Member);
  if (!Use.Start && !hasWrittenConstructor(*Record)) {
    Use.Start = startInClass(Facts, *Member);
    Use.LeftRunning |= Use.Start != nullptr;
  }
  End.Start = Use.Start;
  End.JoinElsewhere = Use.Join;
  End.JoinFunction = Use.JoinFunction;
  End.DetachElsewhere = Use.Detach;
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  const FunctionInfo *Body = nullptr;
  if (Destructor && Destructor->isUserProvided()) {
    End.Destructor = Destructor;
    Body = Facts.function(Destructor);
    if (!Body)
      return End;
  }
  BodySearch Search(Facts, Member);
  End.InDestructor = Body ? Search.search(*Body) : EndsHandle::No;
  End.DestructorDeletes = Search.Deletes;
  if (End.InDestructor != EndsHandle::No)
    return End;
  const bool EndedElsewhere = Use.EndedOutside || Use.Detach ||
                              isForOthers(*Member, Use) ||
                              anotherPartJoins(Facts, *Record, Member);
  if (!EndedElsewhere && Use.Start && !Use.LeftRunning)
    End.InDestructor = EndsHandle::Yes;
  else if (EndedElsewhere || (!Body && isForwardingWrapper(Facts, Use)))
    End.InDestructor = EndsHandle::Unknown;
  return End;
}

bool isJoiningType(UnitFacts &Facts, const CXXRecordDecl *Record) {
  if (const TypeFact *Fact = Facts.vocabulary().record(Record))
    return Fact->is(Role::Scope) || Fact->Destructor == DestructorKind::Join ||
           Fact->Destructor == DestructorKind::StopJoin ||
           Fact->Destructor == DestructorKind::CancelWait ||
           Fact->Destructor == DestructorKind::Drain ||
           Fact->Destructor == DestructorKind::DiscardJoin;
  if (!Record->hasDefinition())
    return true;
  Record = Record->getDefinition();
  if (Record->isLambda())
    return false;
  const CXXDestructorDecl *Destructor = Record->getDestructor();
  if (Destructor && Destructor->isUserProvided()) {
    const FunctionInfo *Body = Facts.function(Destructor);
    if (!Body)
      return true;
    if (const HandleState *State = Facts.handles(*Body))
      for (const HandleEvent &Event : State->events().List)
        if (endsHandle(Event))
          return true;
    // A scope guard runs what it was given.
    for (const Expr *Call : Body->OtherCalls) {
      const auto *Plain = dyn_cast<CallExpr>(Call);
      const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
      if ((Operator && Operator->getOperator() == OO_Call) ||
          (Plain && !Plain->getDirectCallee()))
        return true;
    }
  }
  return llvm::any_of(Record->fields(), [&](const FieldDecl *Field) {
    const CXXRecordDecl *Part = Field->getType()->getAsCXXRecordDecl();
    return Part && Part != Record && !isSystem(Part) &&
           isJoiningType(Facts, Part);
  });
}

} // namespace clang::tidy::concord
