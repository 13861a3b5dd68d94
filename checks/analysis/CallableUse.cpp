//===--- CallableUse.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallableUse.h"
#include "analysis/Callable.h"
#include "analysis/Storage.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

namespace {

/// Callables that are handed on further than this are unknown.
constexpr unsigned MaxDepth = 5;

/// The use that says most about when the callable may run.
ParameterUse stronger(ParameterUse A, ParameterUse B) {
  auto Rank = [](ParameterUse Use) {
    switch (Use) {
    case ParameterUse::Unused:
      return 0;
    case ParameterUse::Called:
      return 1;
    case ParameterUse::Unknown:
      return 2;
    case ParameterUse::Kept:
      return 3;
    case ParameterUse::Launched:
      return 4;
    }
    return 0;
  };
  return Rank(A) < Rank(B) ? B : A;
}

/// Member functions by which containers take in a value.
bool isStoringName(StringRef Name) {
  static constexpr llvm::StringLiteral Names[] = {
      "push",    "push_back",        "push_front",  "insert",        "add",
      "emplace", "emplace_back",     "try_emplace", "emplace_front", "put",
      "append",  "enqueue",          "store",       "assign",        "reset",
      "prepend", "insert_or_assign", "send",        "write",         "swap",
  };
  return llvm::is_contained(Names, Name);
}

bool holdsThreads(const Vocabulary &Words, QualType Type) {
  const TypeFact *Fact = Words.type(Type);
  if (!Fact)
    Fact = Words.pointee(Type, /*ThroughContainers=*/true);
  return Fact && (Fact->is(Role::Thread) || Fact->is(Role::ThreadGroup));
}

bool startsThread(const UnitFacts &Facts, const CXXRecordDecl &Record) {
  for (const CXXMethodDecl *Method : Record.methods())
    if (const FunctionInfo *Info = Facts.function(Method))
      if (Info->does({Operation::Launch, Operation::Start}))
        return true;
  return false;
}

/// The class that a pointer-like field leads to: pimpl.
const CXXRecordDecl *pointedRecord(QualType Type) {
  if (Type->isPointerType())
    return Type->getPointeeType()->getAsCXXRecordDecl();
  const auto *Smart = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  if (!Smart || Smart->getTemplateArgs().size() == 0 ||
      Smart->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  ASTContext &Context = Smart->getASTContext();
  DeclarationName Arrow = Context.DeclarationNames.getCXXOperatorName(OO_Arrow);
  if (!Smart->hasDefinition() || Smart->lookup(Arrow).empty())
    return nullptr;
  return Smart->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
}

bool ownsThreads(UnitFacts &Facts, const CXXRecordDecl &Named, unsigned Depth) {
  const CXXRecordDecl *Record = Named.getDefinition();
  if (!Record || Depth > 2 || Facts.vocabulary().isLibrary(Record))
    return false;
  if (startsThread(Facts, *Record))
    return true;
  for (const FieldDecl *Field : Record->fields()) {
    QualType Type = Field->getType();
    if (Type.isNull() || Type->isDependentType())
      continue;
    if (holdsThreads(Facts.vocabulary(), Type))
      return true;
    const CXXRecordDecl *Private = pointedRecord(Type);
    if (Private && Private->getDeclContext()->getRedeclContext() &&
        declaresSameEntity(dyn_cast<CXXRecordDecl>(Private->getDeclContext()),
                           Record) &&
        ownsThreads(Facts, *Private, Depth + 1))
      return true;
  }
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (const CXXRecordDecl *Parent = Base.getType()->getAsCXXRecordDecl())
      if (ownsThreads(Facts, *Parent, Depth + 1))
        return true;
  return false;
}

/// Follows one callable through one function.
class CallableTracker {
public:
  CallableTracker(UnitFacts &Facts, const FunctionInfo &Function,
                  const ParmVarDecl &Callable, unsigned Depth)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function),
        Depth(Depth) {
    Carriers.insert(&Callable);
  }

  ParameterUse run() {
    if (const auto *Constructor =
            dyn_cast_or_null<CXXConstructorDecl>(Function.Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        walk(Init->getInit());
    walk(Function.Body);
    return Use;
  }

private:
  /// Looks at every mention of the callable, nested lambdas' bodies excluded: a
  /// lambda that captures it carries it.
  void walk(const Stmt *Root) {
    llvm::SmallVector<const Stmt *, 32> Work{Root};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
        if (Carriers.contains(Reference->getDecl()))
          Use = stronger(Use, useOf(Reference));
      size_t First = Work.size();
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
        Work.append(Lambda->capture_init_begin(), Lambda->capture_init_end());
      else
        Work.append(S->child_begin(), S->child_end());
      std::reverse(Work.begin() + First, Work.end());
    }
  }

  /// What is done with \p Mention, a mention of a carrier.
  ParameterUse useOf(const Expr *Mention) {
    const Stmt *Child = Mention;
    while (const Stmt *Parent = Facts.parent(Function, Child)) {
      if (std::optional<ParameterUse> Found = step(Parent, Child))
        return *Found;
      Child = Parent;
    }
    // Only a constructor's initialiser has nothing above it.
    return ParameterUse::Kept;
  }

  /// \returns nothing if \p Parent is a value that carries the callable on.
  std::optional<ParameterUse> step(const Stmt *Parent, const Stmt *Child) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(Parent)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          if (Variable->getInit() == Child)
            Carriers.insert(Variable);
      return ParameterUse::Unused;
    }
    if (isa<ReturnStmt>(Parent))
      return ParameterUse::Unknown;
    if (!isa<Expr>(Parent))
      return ParameterUse::Unused;
    if (isa<CastExpr, FullExpr, ParenExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, InitListExpr, ParenListExpr, LambdaExpr,
            CXXNewExpr, MemberExpr, CXXStdInitializerListExpr>(Parent))
      return std::nullopt;
    if (const auto *Unary = dyn_cast<UnaryOperator>(Parent))
      return Unary->getOpcode() == UO_LNot ? std::optional(ParameterUse::Unused)
                                           : std::nullopt;
    if (const auto *Conditional = dyn_cast<ConditionalOperator>(Parent))
      return Conditional->getCond() == Child
                 ? std::optional(ParameterUse::Unused)
                 : std::nullopt;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Parent)) {
      if (Binary->getOpcode() == BO_Assign && Child == Binary->getRHS())
        return storedIn(Binary->getLHS());
      return ParameterUse::Unused;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Parent))
      return constructed(*Construct, Child);
    if (const auto *Call = dyn_cast<CallExpr>(Parent))
      return called(*Call, Child);
    return ParameterUse::Unknown;
  }

  std::optional<ParameterUse> constructed(const CXXConstructExpr &Construct,
                                          const Stmt *Child) {
    if (Words.call(&Construct).does() == Operation::Launch)
      return ParameterUse::Launched;
    ParameterUse Inner = handedTo(Construct, Child);
    if (Inner == ParameterUse::Launched || Inner == ParameterUse::Called)
      return Inner;
    return std::nullopt;
  }

  std::optional<ParameterUse> called(const CallExpr &Call, const Stmt *Child) {
    if (ignoreTransfers(&Call) != &Call)
      return std::nullopt;
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      return operated(*Operator, Child);
    if (Child == Call.getCallee())
      return calledOn(Call);
    return argumentOf(Call, Child);
  }

  std::optional<ParameterUse> operated(const CXXOperatorCallExpr &Call,
                                       const Stmt *Child) {
    switch (Call.getOperator()) {
    case OO_Call:
      return Child == Call.getArg(0) ? ParameterUse::Called
                                     : argumentOf(Call, Child);
    case OO_Equal:
      return Child == Call.getArg(0) ? ParameterUse::Unused
                                     : storedIn(Call.getArg(0));
    case OO_Star:
    case OO_Arrow:
      return std::nullopt;
    case OO_LessLess:
    case OO_PlusEqual:
      return Child == Call.getArg(0) ? ParameterUse::Unused
                                     : storedIn(Call.getArg(0));
    default:
      return ParameterUse::Unused;
    }
  }

  /// The carrier is called, or a member function of it.
  std::optional<ParameterUse> calledOn(const CallExpr &Call) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
    if (!Member)
      return ParameterUse::Called;
    switch (Words.call(&Call).does()) {
    case Operation::None:
      break;
    case Operation::GetFuture:
    case Operation::Valid:
      return ParameterUse::Unused;
    default:
      return ParameterUse::Called;
    }
    const CXXMethodDecl *Method = Member->getMethodDecl();
    if (!Method || isa<CXXConversionDecl>(Method))
      return ParameterUse::Unused;
    // `task.get()` of a smart pointer, `future()` of a task.
    QualType Result = Method->getReturnType();
    if (Result->isPointerType())
      return std::nullopt;
    return Method->isConst() || Words.type(Result) ? ParameterUse::Unused
                                                   : ParameterUse::Called;
  }

  /// The carrier is an argument of \p Call.
  std::optional<ParameterUse> argumentOf(const CallExpr &Call,
                                         const Stmt *Child) {
    switch (Words.call(&Call).does()) {
    case Operation::Launch:
    case Operation::Start:
    case Operation::Then:
      return ParameterUse::Launched;
    case Operation::Parallel:
    case Operation::CallOnce:
    case Operation::ConditionWait:
    case Operation::WithLock:
    case Operation::LockWhen:
    case Operation::AwaitCondition:
      return ParameterUse::Called;
    case Operation::Register:
      return ParameterUse::Kept;
    case Operation::Wrap:
      return std::nullopt;
    default:
      break;
    }
    const Expr *Inner = nullptr;
    bool Copies = true;
    if (Words.isCallableWrapper(&Call, Inner, Copies))
      return std::nullopt;
    ParameterUse Visible = handedTo(Call, Child);
    if (Visible != ParameterUse::Unknown)
      return Visible;
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee || !Callee->getDeclName().isIdentifier())
      return ParameterUse::Unknown;
    if (looksLikeLauncher(Facts, *Callee))
      return ParameterUse::Launched;
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
      const Expr *Object = Member->getImplicitObjectArgument();
      return isStoringName(Callee->getName()) ? storedIn(Object)
                                              : ParameterUse::Unknown;
    }
    if (!Words.isLibrary(Callee))
      return ParameterUse::Unknown;
    // `make_shared`, `make_pair` wrap; an algorithm or `invoke` calls.
    if (Callee->getName().starts_with("make"))
      return std::nullopt;
    return ParameterUse::Called;
  }

  /// What the visible callee of \p Site does with the argument \p Child.
  ParameterUse handedTo(const Expr &Site, const Stmt *Child) {
    const FunctionInfo *Callee = Facts.callee(&Site);
    if (!Callee || !Callee->Function || Callee == &Function ||
        Depth >= MaxDepth)
      return ParameterUse::Unknown;
    llvm::ArrayRef<const Expr *> Arguments = writtenArguments(&Site);
    for (unsigned I = 0; I < Arguments.size(); ++I)
      if (Arguments[I] == Child && I < Callee->Function->getNumParams())
        return CallableTracker(Facts, *Callee,
                               *Callee->Function->getParamDecl(I), Depth + 1)
            .run();
    return ParameterUse::Unknown;
  }

  /// The carrier is kept in the object or container \p Place.
  ParameterUse storedIn(const Expr *Place) {
    AccessPath Path = AccessPath::ofObject(Place);
    if (!Path) {
      if (const auto *Operator =
              dyn_cast<CXXOperatorCallExpr>(ignoreTransfers(Place)))
        if (Operator->getOperator() == OO_Subscript)
          return storedIn(Operator->getArg(0));
      return ParameterUse::Unknown;
    }
    const auto *Root = dyn_cast_or_null<VarDecl>(Path.root());
    if (Root && Root->isLocalVarDecl() && Root->hasLocalStorage() &&
        !llvm::any_of(Path.steps(), [](const AccessPath::Step &S) {
          return S.What == AccessPath::Step::Deref;
        })) {
      Carriers.insert(Root);
      return ParameterUse::Unused;
    }
    return runsWhatItKeeps(Path) ? ParameterUse::Launched : ParameterUse::Kept;
  }

  /// True if an object on \p Path has threads of its own.
  bool runsWhatItKeeps(const AccessPath &Path) {
    if (Path.isThisRooted())
      if (const auto *Method =
              dyn_cast_or_null<CXXMethodDecl>(Function.Function))
        if (ownsThreads(Facts, *Method->getParent()))
          return true;
    for (const AccessPath::Step &S : Path.steps())
      if (const auto *Field = dyn_cast_or_null<FieldDecl>(S.Decl))
        if (const auto *Record = dyn_cast<CXXRecordDecl>(Field->getParent()))
          if (ownsThreads(Facts, *Record))
            return true;
    return false;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  unsigned Depth;
  llvm::SmallPtrSet<const ValueDecl *, 8> Carriers;
  ParameterUse Use = ParameterUse::Unused;
};

} // namespace

bool ownsThreads(UnitFacts &Facts, const CXXRecordDecl &Record) {
  return ownsThreads(Facts, Record, 0);
}

ParameterUse useOfCallable(UnitFacts &Facts, const FunctionInfo &Function,
                           const ParmVarDecl &Callable) {
  if (!Function.Function || !Function.Body)
    return ParameterUse::Unknown;
  return CallableTracker(Facts, Function, Callable, 0).run();
}

} // namespace clang::tidy::concord
