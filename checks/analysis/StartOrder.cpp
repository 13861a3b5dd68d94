//===--- StartOrder.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StartOrder.h"
#include "analysis/Callable.h"
#include "analysis/HandleKey.h"
#include "analysis/ProjectLauncher.h"
#include "analysis/TaskSteps.h"
#include "analysis/ThreadStart.h"
#include "support/Compat.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

namespace {

constexpr unsigned MaxDepth = 2;

/// A launch that the construction of an object makes.
struct Start {
  TaskLaunch Launch;
  const FunctionDecl *Entry = nullptr;
};

/// Collects the launches that run when an expression or body is evaluated.
class StartCollector {
public:
  explicit StartCollector(UnitFacts &Facts) : Facts(Facts) {}

  std::vector<Start> Starts;

  void collect(const Stmt *Root, unsigned Depth = 0) {
    llvm::SmallVector<const Stmt *, 16> Work{Root};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S)) {
        Work.push_back(Default->getExpr());
        continue;
      }
      const auto *E = dyn_cast<Expr>(S);
      if (E && isa<CallExpr, CXXConstructExpr, CXXNewExpr>(E))
        call(*E, Depth);
      // A `new` and the construction in it are one start.
      if (const auto *New = dyn_cast<CXXNewExpr>(S))
        if (const CXXConstructExpr *Inner = New->getConstructExpr())
          S = Inner;
      Work.append(S->child_begin(), S->child_end());
    }
  }

private:
  void call(const Expr &E, unsigned Depth) {
    if (const TaskLaunch *Launch = Facts.launchAt(&E)) {
      if (startsAtOnce(*Launch))
        add(*Launch);
      return;
    }
    KnownCall Known = Facts.call(&E);
    if (startsThread(Known)) {
      if (Known.callable() && !isDeferred(Known))
        outsideFunctions(E, Known.callable(), writtenArguments(&E));
      return;
    }
    if (!Known && isa<CXXConstructExpr>(E) && !Facts.functionOf(&E)) {
      std::optional<ProjectLaunch> Found = findProjectLaunch(Facts, E);
      if (Found && startIn(Facts, &E))
        outsideFunctions(E, Found->Callable, Found->Arguments);
      return;
    }
    const auto *Call = dyn_cast<CXXMemberCallExpr>(&E);
    const FunctionInfo *Callee =
        Call && !Known && Depth < MaxDepth &&
                isa<CXXThisExpr>(
                    Call->getImplicitObjectArgument()->IgnoreParenImpCasts())
            ? Facts.function(Call->getMethodDecl())
            : nullptr;
    if (Callee && Seen.insert(Callee).second)
      collect(Callee->Body, Depth + 1);
  }

  /// The initialiser of a member that no constructor of the unit uses.
  void outsideFunctions(const Expr &Site, const Expr *Runs,
                        llvm::ArrayRef<const Expr *> Arguments) {
    const Vocabulary &Words = Facts.vocabulary();
    ResolvedCallable Callable = resolveCallable(Words, Runs);
    TaskLaunch Launch;
    Launch.Site = &Site;
    Launch.Entry = Callable.Entry;
    Launch.Lambda = Callable.Lambda;
    reachesOfCallable(Words, Callable, Launch.Reaches);
    for (const Expr *Argument : Arguments) {
      if (Argument == Runs)
        continue;
      reachesOfArgument(Words, Argument, Launch.Reaches);
      if (!Launch.EntryObject && Callable.isMemberFunction())
        Launch.EntryObject = Argument;
    }
    add(Launch);
  }

  /// A class of the project's own that takes a callable may keep it for later.
  bool startsAtOnce(const TaskLaunch &Launch) {
    if (Launch.Synchronous || Launch.Cooperative || isDeferred(Launch.Call))
      return false;
    if (startsThread(Launch.Call))
      return Launch.Call.Type || !isa<CXXMemberCallExpr>(Launch.Site);
    return Launch.Call.does() == Operation::Start ||
           (isa<CXXConstructExpr>(Launch.Site) && startIn(Facts, Launch.Site));
  }

  void add(const TaskLaunch &Launch) {
    if (Launch.Entry && handsOverThis(Launch))
      Starts.push_back({Launch, Launch.Entry});
  }

  UnitFacts &Facts;
  llvm::SmallPtrSet<const FunctionInfo *, 4> Seen;
};

class OrderSearch {
public:
  explicit OrderSearch(UnitFacts &Facts) : Facts(Facts) {}

  std::vector<EarlyStart> run() {
    for (const CXXRecordDecl *Record : Facts.records())
      if (!Record->isDependentContext() && !Record->isInvalidDecl())
        inRecord(*Record);
    return std::move(Found);
  }

private:
  void inRecord(const CXXRecordDecl &Record) {
    llvm::SmallVector<const CXXConstructorDecl *, 4> Written;
    for (const CXXConstructorDecl *Constructor : Record.ctors())
      if (const FunctionInfo *Info = Facts.function(Constructor))
        Written.push_back(cast<CXXConstructorDecl>(Info->Function));
    for (const Decl *Member : Record.decls())
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        for (const FunctionDecl *Instance : Template->specializations())
          if (const FunctionInfo *Info = Facts.function(Instance))
            if (const auto *Constructor =
                    dyn_cast<CXXConstructorDecl>(Info->Function))
              Written.push_back(Constructor);
    for (const CXXConstructorDecl *Constructor : Written)
      inConstructor(Record, *Constructor);
    if (Written.empty())
      for (const FieldDecl *Field : Record.fields())
        if (const Expr *Init = Field->getInClassInitializer())
          initialiser(Record, nullptr, Field, Init);
    for (const FieldDecl *Field : Record.fields())
      outlivedMember(Record, *Field);
  }

  void inConstructor(const CXXRecordDecl &Record,
                     const CXXConstructorDecl &Constructor) {
    for (const CXXCtorInitializer *Init : Constructor.inits())
      if (!Init->isDelegatingInitializer())
        initialiser(Record, &Constructor, Init->getAnyMember(),
                    Init->getInit());
    StartCollector Collector(Facts);
    Collector.collect(Constructor.getBody());
    for (const Start &S : Collector.Starts)
      virtualCall(Record, S, nullptr);
  }

  void initialiser(const CXXRecordDecl &Record,
                   const CXXConstructorDecl *Constructor,
                   const FieldDecl *Handle, const Expr *Init) {
    StartCollector Collector(Facts);
    Collector.collect(Init);
    for (const Start &S : Collector.Starts)
      if (!earlyMember(Record, Constructor, Handle, S))
        virtualCall(Record, S, Handle);
  }

  /// The first member declared after \p Handle that the task uses while it may
  /// not be initialised.
  bool earlyMember(const CXXRecordDecl &Record,
                   const CXXConstructorDecl *Constructor,
                   const FieldDecl *Handle, const Start &S) {
    for (const TaskStep &Step : stepsOf(Facts, *S.Entry, Record)) {
      if (Step.What == TaskStep::Wait && Constructor &&
          mayRelease(*Constructor))
        return false;
      if (Step.What != TaskStep::Use || !isAfter(*Step.Member, Record, Handle))
        continue;
      if (!isInitialised(*Step.Member, Constructor))
        continue;
      EarlyStart Early{EarlyStart::BeforeMember};
      Early.Site = S.Launch.Site;
      Early.Handle = Handle;
      Early.Member = Step.Member;
      Early.Use = Step.Site;
      Early.Class = &Record;
      add(Early);
      return true;
    }
    return false;
  }

  static bool isAfter(const FieldDecl &Member, const CXXRecordDecl &Record,
                      const FieldDecl *Handle) {
    return Member.getParent()->getCanonicalDecl() ==
               Record.getCanonicalDecl() &&
           (!Handle || Member.getFieldIndex() > Handle->getFieldIndex());
  }

  /// Something is done to \p Member when its turn comes.
  static bool isInitialised(const FieldDecl &Member,
                            const CXXConstructorDecl *Constructor) {
    if (Member.hasInClassInitializer())
      return true;
    if (Constructor)
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getAnyMember() == &Member && Init->isWritten())
          return true;
    return !Member.getType().isTrivialType(Member.getASTContext());
  }

  /// The body of \p Constructor does something that may be a signal.
  bool mayRelease(const CXXConstructorDecl &Constructor) {
    const FunctionInfo *Info = Facts.function(&Constructor);
    return Info && llvm::any_of(Info->Calls, [](const KnownCall &Call) {
             switch (Call.does()) {
             case Operation::NotifyOne:
             case Operation::NotifyAll:
             case Operation::SetValue:
             case Operation::Set:
             case Operation::Release:
             case Operation::Arrive:
             case Operation::ArriveAndWait:
             case Operation::Send:
             case Operation::TrySend:
             case Operation::Unlock:
               return true;
             default:
               return false;
             }
           });
  }

  /// A handle that waits in its own destructor, when members declared after it
  /// are gone.
  void outlivedMember(const CXXRecordDecl &Record, const FieldDecl &Handle) {
    HolderType Holder = holderType(Facts.vocabulary(), Handle.getType());
    if (!Holder || Holder.Shape == HandleShape::Pointer ||
        (Holder.Type->Destructor != DestructorKind::StopJoin &&
         Holder.Type->Destructor != DestructorKind::Join))
      return;
    std::optional<MemberEnd> End = memberEnd(Facts, &Handle);
    if (!End || End->InDestructor != EndsHandle::No || !End->Start)
      return;
    const TaskLaunch *Launch = Facts.launchAt(End->Start);
    if (!Launch || !Launch->Entry || !handsOverThis(*Launch))
      return;
    for (const TaskStep &Step : stepsOf(Facts, *Launch->Entry, Record)) {
      if (Step.What != TaskStep::Use ||
          !isAfter(*Step.Member, Record, &Handle) ||
          !isDestroyed(Step.Member->getType()))
        continue;
      EarlyStart Early{EarlyStart::AfterMember};
      Early.Site = Launch->Site;
      Early.Handle = &Handle;
      Early.Member = Step.Member;
      Early.Use = Step.Site;
      Early.Class = &Record;
      add(Early);
      return;
    }
  }

  bool isDestroyed(QualType Type) const {
    const TypeFact *Fact = Facts.vocabulary().type(Type);
    if (Fact && (Fact->is(Role::Mutex) || Fact->is(Role::ConditionVariable)))
      return true;
    return Type.isDestructedType() != QualType::DK_none;
  }

  void virtualCall(const CXXRecordDecl &Record, const Start &S,
                   const FieldDecl *Handle) {
    if (Record.isEffectivelyFinal())
      return;
    const auto *Method = dyn_cast<CXXMethodDecl>(S.Entry);
    if (Method && Method->isVirtual() && !Method->hasAttr<FinalAttr>() &&
        S.Launch.EntryObject &&
        judgeVirtual(Record, S, Handle, *Method, S.Launch.Site))
      return;
    for (const TaskStep &Step : stepsOf(Facts, *S.Entry, Record)) {
      if (Step.What == TaskStep::Wait)
        return;
      if (Step.What == TaskStep::Virtual &&
          judgeVirtual(Record, S, Handle, *Step.Method, Step.Site))
        return;
    }
  }

  bool judgeVirtual(const CXXRecordDecl &Record, const Start &S,
                    const FieldDecl *Handle, const CXXMethodDecl &Called,
                    const Expr *Call) {
    const CXXMethodDecl *Method =
        const_cast<CXXMethodDecl &>(Called).getCorrespondingMethodInClass(
            &Record);
    if (!Method || Method->hasAttr<FinalAttr>())
      return false;
    const CXXMethodDecl *Override = overrideOf(*Method, Record);
    const bool Introduced =
        Method->getParent()->getCanonicalDecl() == Record.getCanonicalDecl() &&
        Method->size_overridden_methods() == 0;
    if (!Override && !isPureVirtual(*Method) && !Introduced)
      return false;
    EarlyStart Early{EarlyStart::Virtual};
    Early.Site = S.Launch.Site;
    Early.Handle = Handle;
    Early.Use = Call;
    Early.Class = &Record;
    Early.Method = Method;
    Early.Override = Override;
    add(Early);
    return true;
  }

  /// An override of \p Method in a class of the unit that derives from
  /// \p Record.
  const CXXMethodDecl *overrideOf(const CXXMethodDecl &Method,
                                  const CXXRecordDecl &Record) const {
    for (const CXXRecordDecl *Derived : Facts.records()) {
      if (Derived->isDependentContext() || !Derived->isPolymorphic() ||
          !Derived->isDerivedFrom(Record.getDefinition()))
        continue;
      for (const CXXMethodDecl *Candidate : Derived->methods())
        if (Candidate->isVirtual() &&
            Candidate->getDeclName() == Method.getDeclName() &&
            Method.getCorrespondingMethodDeclaredInClass(Derived) == Candidate)
          return Candidate;
    }
    return nullptr;
  }

  void add(const EarlyStart &Early) {
    if (Reported.insert(Early.Site).second)
      Found.push_back(Early);
  }

  UnitFacts &Facts;
  std::vector<EarlyStart> Found;
  llvm::DenseSet<const Expr *> Reported;
};

} // namespace

std::vector<EarlyStart> earlyStarts(UnitFacts &Facts) {
  return OrderSearch(Facts).run();
}

} // namespace clang::tidy::concord
