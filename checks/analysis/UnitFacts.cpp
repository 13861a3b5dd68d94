//===--- UnitFacts.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/UnitFacts.h"
#include "analysis/HandleState.h"
#include "analysis/Workers.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::concord {

bool FunctionInfo::does(llvm::ArrayRef<Operation> Operations) const {
  return llvm::any_of(Calls, [&](const KnownCall &Call) {
    return llvm::is_contained(Operations, Call.does());
  });
}

namespace {

using FunctionList = std::vector<std::unique_ptr<FunctionInfo>>;

bool isCallLike(const Stmt *S) {
  return isa<CallExpr, CXXConstructExpr, CXXNewExpr,
             CXXUnresolvedConstructExpr>(S);
}

/// Operands that are never evaluated.
bool isUnevaluated(const Stmt *S) {
  return isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr,
             RequiresExpr>(S);
}

/// Fills `FunctionInfo`s from bodies, without recursion: nesting is the user's.
class BodyIndexer {
public:
  BodyIndexer(const Vocabulary &Words, FunctionList &Functions)
      : Words(Words), Functions(Functions) {}

  FunctionInfo &index(const FunctionDecl *Function, const Stmt *Body,
                      const FunctionInfo *Enclosing,
                      const LambdaExpr *Lambda = nullptr) {
    Functions.push_back(std::make_unique<FunctionInfo>());
    FunctionInfo &Info = *Functions.back();
    Info.Function = Function;
    Info.Body = Body;
    Info.Enclosing = Enclosing;
    Info.Lambda = Lambda;
    Info.Dependent =
        Function ? Function->isDependentContext() : Enclosing->Dependent;
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        walk(Init->getInit(), Info);
    walk(Body, Info);
    return Info;
  }

private:
  void walk(const Stmt *Root, FunctionInfo &Info) {
    llvm::SmallVector<const Stmt *, 32> Work{Root};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isUnevaluated(S))
        continue;
      visit(S, Info);
      if (isa<LambdaExpr, BlockExpr>(S)) {
        nested(S, Info, Work);
        continue;
      }
      pushChildren(S, Work);
    }
  }

  void visit(const Stmt *S, FunctionInfo &Info) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          Info.Variables.push_back(Variable);
      return;
    }
    if (!isCallLike(S))
      return;
    const auto *E = cast<Expr>(S);
    if (KnownCall Call = Words.call(E))
      Info.Calls.push_back(Call);
    else
      Info.OtherCalls.push_back(E);
  }

  void nested(const Stmt *S, FunctionInfo &Info,
              llvm::SmallVectorImpl<const Stmt *> &Work) {
    if (const auto *Block = dyn_cast<BlockExpr>(S)) {
      index(nullptr, Block->getBody(), &Info);
      return;
    }
    const auto *Lambda = cast<LambdaExpr>(S);
    for (const Expr *Init : llvm::reverse(Lambda->capture_inits()))
      Work.push_back(Init);
    // The body of a generic lambda is that of its template; instantiations are
    // found as functions of their own.
    if (const CXXMethodDecl *Operator = Lambda->getCallOperator())
      index(Operator, Lambda->getBody(), &Info, Lambda);
  }

  static void pushChildren(const Stmt *S,
                           llvm::SmallVectorImpl<const Stmt *> &Work) {
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      // Only what the user wrote, not `__begin != __end`.
      for (const Stmt *Child :
           {Range->getBody(),
            static_cast<const Stmt *>(Range->getLoopVarStmt()),
            static_cast<const Stmt *>(Range->getRangeStmt()), Range->getInit()})
        Work.push_back(Child);
      return;
    }
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S)) {
      Work.push_back(Default->getExpr());
      return;
    }
    size_t First = Work.size();
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
    std::reverse(Work.begin() + First, Work.end());
  }

  const Vocabulary &Words;
  FunctionList &Functions;
};

/// Finds the functions and classes of user code, in templates and their
/// instantiations too.
class UnitVisitor : public RecursiveASTVisitor<UnitVisitor> {
public:
  UnitVisitor(const SourceManager &Sources, BodyIndexer &Bodies,
              std::vector<const CXXRecordDecl *> &Records)
      : Sources(Sources), Bodies(Bodies), Records(Records) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  void visitUnit(ASTContext &Context) {
    for (Decl *Top : Context.getTraversalScope()) {
      if (!isa<TranslationUnitDecl>(Top)) {
        visitTop(Top);
        continue;
      }
      for (Decl *D : cast<TranslationUnitDecl>(Top)->decls())
        visitTop(D);
    }
  }

  // Function bodies are the indexer's business; local classes are met through
  // their declaration statements, so bodies are still walked for those.
  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (!Function->doesThisDeclarationHaveABody() || isLambda(*Function) ||
        isSystem(Function->getLocation()))
      return true;
    if (const Stmt *Body = Function->getBody())
      Bodies.index(Function, Body, nullptr);
    return true;
  }

  bool VisitCXXRecordDecl(CXXRecordDecl *Record) {
    if (Record->isThisDeclarationADefinition() && !Record->isLambda() &&
        !isSystem(Record->getLocation()))
      Records.push_back(Record);
    return true;
  }

private:
  /// The call operator of a lambda is indexed where the lambda is written; of
  /// a generic lambda, the instantiations are functions of their own.
  static bool isLambda(const FunctionDecl &Function) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
    return Method && Method->getParent()->isLambda() &&
           !Method->isTemplateInstantiation();
  }

  bool isSystem(SourceLocation Loc) const {
    return Sources.isInSystemHeader(Sources.getExpansionLoc(Loc));
  }

  void visitTop(Decl *D) {
    if (!isSystem(D->getLocation()))
      TraverseDecl(D);
  }

  const SourceManager &Sources;
  BodyIndexer &Bodies;
  std::vector<const CXXRecordDecl *> &Records;
};

} // namespace

struct UnitFacts::Implementation {
  Implementation(ASTContext &Context, const Vocabulary &Words)
      : Context(Context), Words(Words), Bodies(Words, Functions) {
    UnitVisitor(Context.getSourceManager(), Bodies, Records).visitUnit(Context);
    remember(0);
    size_t First = Functions.size();
    indexInitializers();
    remember(First);
  }

  /// Lambdas in the initialisers of members that no constructor of the unit
  /// uses: they have no function around them.
  void indexInitializers() {
    for (const CXXRecordDecl *Record : Records)
      for (const FieldDecl *Field : Record->fields()) {
        llvm::SmallVector<const Stmt *, 8> Work;
        if (Field->hasInClassInitializer())
          Work.push_back(Field->getInClassInitializer());
        while (!Work.empty()) {
          const Stmt *S = Work.pop_back_val();
          const auto *Lambda = dyn_cast_or_null<LambdaExpr>(S);
          if (S && !Lambda)
            Work.append(S->child_begin(), S->child_end());
          const CXXMethodDecl *Operator =
              Lambda ? Lambda->getCallOperator() : nullptr;
          if (Operator && !ByDecl.count(Operator))
            Bodies.index(Operator, Lambda->getBody(), nullptr, Lambda);
        }
      }
  }

  /// Makes the functions from \p First on known by their declarations and
  /// calls.
  void remember(size_t First) {
    for (size_t I = First; I < Functions.size(); ++I) {
      const FunctionInfo *Info = Functions[I].get();
      if (Info->Function)
        ByDecl.try_emplace(Info->Function, Info);
      for (size_t C = 0; C < Info->Calls.size(); ++C)
        ByCall.try_emplace(Info->Calls[C].Site, std::make_pair(Info, C));
      for (const Expr *Other : Info->OtherCalls)
        ByCall.try_emplace(Other, std::make_pair(Info, NotKnown));
    }
  }

  static constexpr size_t NotKnown = ~size_t(0);

  ASTContext &Context;
  const Vocabulary &Words;
  FunctionList Functions;
  BodyIndexer Bodies;
  std::vector<const CXXRecordDecl *> Records;
  llvm::DenseMap<const FunctionDecl *, const FunctionInfo *> ByDecl;
  llvm::DenseMap<const Expr *, std::pair<const FunctionInfo *, size_t>> ByCall;
  llvm::DenseMap<const FunctionInfo *, std::unique_ptr<LockState>> Locks;
  llvm::DenseMap<const FunctionInfo *, std::unique_ptr<HandleState>> Handles;
  llvm::DenseMap<const FunctionInfo *, std::unique_ptr<CallSummary>> Summaries;
  llvm::DenseMap<const FunctionInfo *, std::unique_ptr<ParentMap>> Parents;
  std::vector<TaskLaunch> Launches;
  llvm::DenseMap<const Expr *, size_t> LaunchBySite;
  std::unique_ptr<Workers> Tasks;
  bool LaunchesKnown = false;
  bool Summarized = false;
};

UnitFacts::UnitFacts(ASTContext &Context, const Vocabulary &Words)
    : Impl(std::make_unique<Implementation>(Context, Words)) {}

UnitFacts::~UnitFacts() = default;

ASTContext &UnitFacts::context() const { return Impl->Context; }

const Vocabulary &UnitFacts::vocabulary() const { return Impl->Words; }

llvm::ArrayRef<std::unique_ptr<FunctionInfo>> UnitFacts::functions() const {
  return Impl->Functions;
}

llvm::ArrayRef<const CXXRecordDecl *> UnitFacts::records() const {
  return Impl->Records;
}

const FunctionInfo *UnitFacts::function(const FunctionDecl *F) const {
  if (!F)
    return nullptr;
  const FunctionDecl *Definition = F->getDefinition();
  if (!Definition)
    return nullptr;
  return Impl->ByDecl.lookup(Definition);
}

const FunctionInfo *UnitFacts::functionOf(const Expr *E) const {
  return Impl->ByCall.lookup(E).first;
}

KnownCall UnitFacts::call(const Expr *E) const {
  auto Found = Impl->ByCall.find(E);
  if (Found == Impl->ByCall.end())
    return Impl->Words.call(E);
  auto [Info, Index] = Found->second;
  return Index == Implementation::NotKnown ? KnownCall() : Info->Calls[Index];
}

const LockState *UnitFacts::locks(const FunctionInfo &F) {
  // The model asks for summaries, which ask for locks: all of them first, so
  // that no function meets itself half-built.
  (void)summary(F);
  auto [Entry, IsNew] = Impl->Locks.try_emplace(&F);
  if (!IsNew)
    return Entry->second.get();
  if (!LockState::concerns(*this, F))
    return nullptr;
  auto State = std::make_unique<LockState>(*this, F);
  // Building may have asked for other functions: the map has moved.
  return (Impl->Locks[&F] = std::move(State)).get();
}

const HandleState *UnitFacts::handles(const FunctionInfo &F) {
  auto [Entry, IsNew] = Impl->Handles.try_emplace(&F);
  if (!IsNew)
    return Entry->second.get();
  auto State = std::make_unique<HandleState>(*this, F);
  return (Impl->Handles[&F] = std::move(State)).get();
}

const CallSummary &UnitFacts::summary(const FunctionInfo &F) {
  static const CallSummary NotYet;
  if (!Impl->Summarized) {
    Impl->Summarized = true;
    for (const FunctionInfo *Next : bottomUp())
      Impl->Summaries[Next] =
          std::make_unique<CallSummary>(summarize(*this, *Next));
  }
  auto Found = Impl->Summaries.find(&F);
  return Found == Impl->Summaries.end() ? NotYet : *Found->second;
}

std::vector<const FunctionInfo *> UnitFacts::bottomUp() const {
  std::vector<const FunctionInfo *> Order;
  llvm::DenseSet<const FunctionInfo *> Seen;
  struct Visit {
    const FunctionInfo *Function;
    size_t NextCall = 0;
  };
  // An explicit stack: chains of calls are as deep as the user's program.
  for (const auto &Root : Impl->Functions) {
    if (!Seen.insert(Root.get()).second)
      continue;
    std::vector<Visit> Stack{{Root.get()}};
    while (!Stack.empty()) {
      Visit &Top = Stack.back();
      const FunctionInfo &Function = *Top.Function;
      const size_t Others = Function.OtherCalls.size();
      if (Top.NextCall == Others + Function.Calls.size()) {
        Order.push_back(&Function);
        Stack.pop_back();
        continue;
      }
      const Expr *Next = Top.NextCall < Others
                             ? Function.OtherCalls[Top.NextCall]
                             : Function.Calls[Top.NextCall - Others].Site;
      ++Top.NextCall;
      const FunctionInfo *Callee = callee(Next);
      if (Callee && Seen.insert(Callee).second)
        Stack.push_back({Callee});
    }
  }
  return Order;
}

const FunctionInfo *UnitFacts::callee(const Expr *E) const {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return function(Construct->getConstructor());
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee)) {
    const auto *Member =
        dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts());
    bool Qualified = Member && Member->hasQualifier();
    bool Final = Method->hasAttr<FinalAttr>() ||
                 Method->getParent()->isEffectivelyFinal();
    if (Method->isVirtual() && !Qualified && !Final)
      return nullptr;
  }
  return function(Callee);
}

const CallSummary *UnitFacts::calleeSummary(const Expr *E) {
  const FunctionInfo *Callee = callee(E);
  return Callee ? &summary(*Callee) : nullptr;
}

llvm::ArrayRef<TaskLaunch> UnitFacts::launches() {
  if (Impl->LaunchesKnown)
    return Impl->Launches;
  Impl->LaunchesKnown = true;
  std::vector<TaskLaunch> Found;
  // By index: an analysis may bring in further functions.
  for (size_t I = 0; I < Impl->Functions.size(); ++I) {
    const FunctionInfo &Info = *Impl->Functions[I];
    for (const KnownCall &Call : Info.Calls)
      if (std::optional<TaskLaunch> Launch = analyzeLaunch(*this, Info, Call))
        Found.push_back(std::move(*Launch));
    for (const Expr *Other : Info.OtherCalls)
      if (std::optional<TaskLaunch> Launch =
              analyzeProjectLaunch(*this, Info, *Other))
        Found.push_back(std::move(*Launch));
  }
  Impl->Launches = std::move(Found);
  for (size_t I = 0; I < Impl->Launches.size(); ++I)
    Impl->LaunchBySite.try_emplace(Impl->Launches[I].Site, I);
  return Impl->Launches;
}

Workers &UnitFacts::workers() {
  if (!Impl->Tasks)
    Impl->Tasks = std::make_unique<Workers>(*this);
  return *Impl->Tasks;
}

const TaskLaunch *UnitFacts::launchAt(const Expr *E) {
  (void)launches();
  auto Found = Impl->LaunchBySite.find(E);
  return Found == Impl->LaunchBySite.end() ? nullptr
                                           : &Impl->Launches[Found->second];
}

const Stmt *UnitFacts::parent(const FunctionInfo &F, const Stmt *S) const {
  std::unique_ptr<ParentMap> &Map = Impl->Parents[&F];
  if (!Map) {
    Map = std::make_unique<ParentMap>(const_cast<Stmt *>(F.Body));
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(F.Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getInit())
          Map->addStmt(Init->getInit());
  }
  return Map->getParent(const_cast<Stmt *>(S));
}

/// True if \p Lambda is written in \p Outer, at any depth.
static bool isWrittenAround(const FunctionInfo *Outer,
                            const FunctionInfo *Lambda) {
  for (; Outer && Lambda; Lambda = Lambda->Enclosing)
    if (Lambda->Enclosing == Outer)
      return true;
  return false;
}

AccessPath UnitFacts::translated(const AccessPath &Path,
                                 const Expr *Call) const {
  const FunctionDecl *Callee = nullptr;
  AccessPath Object;
  llvm::SmallVector<const Expr *, 4> Arguments;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call)) {
    Callee = Construct->getConstructor();
    Arguments.append(Construct->arg_begin(), Construct->arg_end());
  } else if (const auto *Plain = dyn_cast<CallExpr>(Call)) {
    Callee = Plain->getDirectCallee();
    Arguments.append(Plain->arg_begin(), Plain->arg_end());
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Plain))
      Object = AccessPath::ofObject(Member->getImplicitObjectArgument());
    else if (isa<CXXOperatorCallExpr>(Plain) &&
             isa_and_nonnull<CXXMethodDecl>(Callee) && !Arguments.empty()) {
      Object = AccessPath::ofObject(Arguments.front());
      Arguments.erase(Arguments.begin());
      // A lambda's `this` is that of the function it is written in: the same
      // there, unknown elsewhere.
      if (cast<CXXMethodDecl>(Callee)->getParent()->isLambda())
        Object = isWrittenAround(functionOf(Call), function(Callee))
                     ? AccessPath::ofThis()
                     : AccessPath();
    }
  }
  if (!Callee)
    return {};
  return Path.translated(Object, [&](const ParmVarDecl *Parameter) {
    const auto *Owner = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
    // Captured parameters of an enclosing function stay what they are.
    if (!Owner || Owner->getCanonicalDecl() != Callee->getCanonicalDecl())
      return AccessPath::ofVariable(Parameter);
    unsigned Index = Parameter->getFunctionScopeIndex();
    if (Index >= Arguments.size())
      return AccessPath();
    return AccessPath::of(Arguments[Index]);
  });
}

} // namespace clang::tidy::concord
