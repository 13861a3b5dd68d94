//===--- TaskRace.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskRace.h"
#include "analysis/Callable.h"
#include "analysis/HandleState.h"
#include "analysis/LoopVariable.h"
#include "analysis/Storage.h"
#include "analysis/TaskArgument.h"
#include "analysis/TripCount.h"
#include "analysis/UnitFacts.h"
#include "llvm/ADT/MapVector.h"

namespace clang::tidy::concord {

namespace {

/// One task and its uses of one object.
struct Party {
  const TaskLaunch *Launch;
  const TaskReach *Reach;
  std::vector<ObjectUse> Uses;
};

bool contains(const Stmt *Tree, const Stmt *S) {
  if (!Tree || Tree == S)
    return Tree != nullptr;
  return llvm::any_of(Tree->children(),
                      [&](const Stmt *Child) { return contains(Child, S); });
}

const Stmt *bodyOf(const Stmt *Loop) {
  if (const auto *For = dyn_cast_or_null<ForStmt>(Loop))
    return For->getBody();
  if (const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(Loop))
    return Range->getBody();
  if (const auto *While = dyn_cast_or_null<WhileStmt>(Loop))
    return While->getBody();
  const auto *Do = dyn_cast_or_null<DoStmt>(Loop);
  return Do ? Do->getBody() : nullptr;
}

class RaceFinder {
public:
  RaceFinder(UnitFacts &Facts, const FunctionInfo &Launcher)
      : Facts(Facts), Launcher(Launcher), Handles(Facts.handles(Launcher)) {}

  std::vector<TaskRace> run() {
    if (!Handles || Launcher.Dependent)
      return {};
    for (const TaskLaunch &Launch : Facts.launches())
      if (Launch.Launcher == &Launcher && runsBesideLauncher(Launch))
        for (const TaskReach &Reach : Launch.Reaches)
          collect(Launch, Reach);
    for (auto &[Object, Parties] : Objects)
      judge(*Object, Parties);
    return std::move(Races);
  }

private:
  void collect(const TaskLaunch &Launch, const TaskReach &Reach) {
    bool ByReference =
        Reach.How == TaskReach::Reference || Reach.How == TaskReach::Pointer;
    if (!ByReference || !Reach.Used || !Reach.Variable)
      return;
    const auto *Variable = dyn_cast<VarDecl>(Reach.Variable);
    if (!Variable || !Variable->hasLocalStorage() ||
        Facts.vocabulary().type(Variable->getType().getNonReferenceType()) ||
        Variable->getType().getNonReferenceType().isConstQualified() ||
        Variable->getType()->isDependentType())
      return;
    const ValueDecl *Object = Variable;
    ObjectPart Prefix;
    if (!identify(Reach, Object, Prefix))
      return;
    // The variable that a loop changes is loop-variable-capture's.
    if (loopThatChanges(Facts, Launcher, Launch.Site, Object))
      return;
    const FunctionInfo *Task = Facts.function(Launch.Entry);
    if (!Task || Task->Dependent)
      return;
    const ValueDecl *Root = Object;
    if (Reach.Argument && Launch.EntryObject &&
        contains(Launch.EntryObject, Reach.Argument->IgnoreParenImpCasts())) {
      Root = nullptr;
    } else if (Reach.Argument) {
      Root = entryParameter(Launch, Reach.Argument);
      if (!Root || Root->getType()->isRecordType())
        return;
    } else if (!Reach.Lambda || Reach.Lambda != Launch.Lambda) {
      return;
    } else if (Reach.Through) {
      Root = Reach.Through;
    }
    std::vector<ObjectUse> Uses = usesOfObject(Facts, *Task, Root);
    for (ObjectUse &Use : Uses)
      place(Launch, Use, Prefix);
    Objects[Object].push_back({&Launch, &Reach, std::move(Uses)});
  }

  /// Which object is meant, in the launcher's terms.
  static bool identify(const TaskReach &Reach, const ValueDecl *&Object,
                       ObjectPart &Prefix) {
    if (Reach.Path.empty())
      return !Reach.Through;
    if (!Reach.Path.root())
      return false;
    Object = Reach.Path.root();
    for (const AccessPath::Step &S : Reach.Path.steps()) {
      if (S.What == AccessPath::Step::Address)
        continue;
      if (S.What == AccessPath::Step::Index && !Prefix.Index) {
        if (S.Decl)
          Prefix.Element = true;
        else
          Prefix.Index = S.Constant;
        continue;
      }
      if (S.What != AccessPath::Step::Field || Prefix.Index || Prefix.Element)
        return false;
      Prefix.Fields.push_back(cast<FieldDecl>(S.Decl));
    }
    return true;
  }

  /// Says \p Use of a task in the launcher's terms.
  void place(const TaskLaunch &Launch, ObjectUse &Use,
             const ObjectPart &Prefix) {
    ObjectPart Whole = Prefix;
    if (Prefix.Index || Prefix.Element) {
      // Parts of one element: told apart by the element alone.
    } else {
      Whole.Fields.append(Use.Part.Fields);
      Whole.Index = Use.Part.Index;
      Whole.Element = Use.Part.Element;
    }
    Use.Part = Whole;
    std::vector<HeldLock> Held;
    for (HeldLock &Lock : Use.Held) {
      const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Lock.Mutex.root());
      const bool IsOfEntry =
          Parameter && Parameter->getDeclContext() == Launch.Entry;
      if (IsOfEntry || (Lock.Mutex.isThisRooted() && !Launch.Lambda))
        Use.HoldsUnnamed = true;
      else
        Held.push_back(Lock);
    }
    Use.Held = std::move(Held);
  }

  static bool clash(const ObjectUse &A, const ObjectUse &B) {
    return (A.Writes || B.Writes) && A.Part.overlaps(B.Part) &&
           !separatedByLocks(A, B);
  }

  /// True if several tasks of \p Party use the same object at once.
  bool repeats(const Party &Party) const {
    const TaskLaunch &Launch = *Party.Launch;
    if (Launch.Synchronous)
      return Launch.Entry->getNumParams() > 0;
    const Stmt *Body = bodyOf(Launch.Loop);
    const auto *Through = Party.Reach->Through;
    auto IsInside = [&](const ValueDecl *D) {
      const SourceManager &SM = Facts.context().getSourceManager();
      SourceLocation Loc = SM.getExpansionLoc(D->getLocation());
      SourceLocation Begin = SM.getExpansionLoc(Launch.Loop->getBeginLoc());
      SourceLocation End = SM.getExpansionLoc(Launch.Loop->getEndLoc());
      return !SM.isBeforeInTranslationUnit(Loc, Begin) &&
             !SM.isBeforeInTranslationUnit(End, Loc);
    };
    if (!Body || IsInside(Party.Reach->Variable) ||
        (Through && IsInside(Through) && !isa<ParmVarDecl>(Through)))
      return false;
    std::optional<uint64_t> Count = tripCount(Launch.Loop, Facts.context());
    return (!Count || *Count > 1) && !Handles->waitedWithin(Launch, Body);
  }

  void judge(const ValueDecl &Object, std::vector<Party> &Parties) {
    std::vector<ObjectUse> Own = usesOfObject(Facts, Launcher, &Object);
    auto Polled = [](const ObjectUse &Use) { return Use.Polls; };
    if (llvm::any_of(Own, Polled))
      return;
    for (Party &P : Parties) {
      if (llvm::any_of(P.Uses, Polled))
        return;
      llvm::erase_if(P.Uses,
                     [](const ObjectUse &Use) { return Use.AfterWait; });
    }
    for (size_t I = 0; I < Parties.size(); ++I) {
      if (repeats(Parties[I]) && among(Object, Parties[I], Parties[I]))
        return;
      for (size_t J = I + 1; J < Parties.size(); ++J)
        if (Parties[I].Launch != Parties[J].Launch &&
            (Handles->mayRunAt(*Parties[I].Launch, Parties[J].Launch->Site) ||
             Handles->mayRunAt(*Parties[J].Launch, Parties[I].Launch->Site)) &&
            among(Object, Parties[I], Parties[J]))
          return;
    }
    for (Party &P : Parties)
      if (withLauncher(Object, P, Own))
        return;
  }

  static SourceLocation locationOf(const Party &Party, const ObjectUse &Use) {
    return Party.Reach->Argument ? Party.Reach->Loc : Use.Site->getExprLoc();
  }

  bool among(const ValueDecl &Object, const Party &A, const Party &B) {
    for (bool Swap : {false, true}) {
      const Party &First = Swap ? B : A;
      const Party &Second = Swap ? A : B;
      for (const ObjectUse &Use : First.Uses)
        for (const ObjectUse &Other : Second.Uses)
          if (Use.Writes && clash(Use, Other)) {
            bool Same = A.Launch == B.Launch;
            Races.push_back({Same ? TaskRace::Itself : TaskRace::Tasks, &Object,
                             Use, Other, First.Launch, locationOf(First, Use),
                             Same ? nullptr : Second.Launch});
            return true;
          }
    }
    return false;
  }

  bool withLauncher(const ValueDecl &Object, const Party &P,
                    const std::vector<ObjectUse> &Own) {
    if (P.Launch->Synchronous)
      return false;
    for (const ObjectUse &Use : Own) {
      if (contains(P.Launch->Site, Use.Site) ||
          !Handles->mayRunAt(*P.Launch, Use.Site))
        continue;
      for (const ObjectUse &Other : P.Uses)
        if (clash(Use, Other)) {
          Races.push_back({TaskRace::Launcher, &Object, Use, Other, P.Launch,
                           Use.Site->getExprLoc(), nullptr});
          return true;
        }
    }
    return false;
  }

  UnitFacts &Facts;
  const FunctionInfo &Launcher;
  const HandleState *Handles;
  llvm::MapVector<const ValueDecl *, std::vector<Party>> Objects;
  std::vector<TaskRace> Races;
};

} // namespace

std::vector<TaskRace> findTaskRaces(UnitFacts &Facts,
                                    const FunctionInfo &Launcher) {
  return RaceFinder(Facts, Launcher).run();
}

} // namespace clang::tidy::concord
