//===--- Handover.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Handover.h"
#include "analysis/MayWait.h"
#include "analysis/PayloadType.h"
#include "analysis/Surroundings.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

/// \p E without what only carries a value on; a conversion by a constructor
/// is not among it.
static const Expr *plainValue(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Made->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
      E = Default->getExpr();
    if (E == Before)
      break;
  }
  return E;
}

/// The type of the parameter that \p Argument of \p Site initialises; null if
/// it is not known.
static QualType parameterOf(const Expr *Site, const Expr *Argument) {
  const FunctionDecl *Callee = nullptr;
  llvm::ArrayRef<const Expr *> Arguments;
  unsigned Shift = 0;
  if (const auto *Call = dyn_cast<CallExpr>(Site)) {
    Callee = Call->getDirectCallee();
    Arguments = llvm::ArrayRef(Call->getArgs(), Call->getNumArgs());
    Shift = isa<CXXOperatorCallExpr>(Call) &&
            isa_and_nonnull<CXXMethodDecl>(Callee);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Site)) {
    Callee = Construct->getConstructor();
    Arguments = llvm::ArrayRef(Construct->getArgs(), Construct->getNumArgs());
  }
  for (unsigned I = Shift; Callee && I < Arguments.size(); ++I)
    if (Arguments[I] == Argument && I - Shift < Callee->getNumParams())
      return Callee->getParamDecl(I - Shift)->getType();
  return {};
}

static bool isSend(Operation Does) {
  return Does == Operation::Send || Does == Operation::TrySend ||
         Does == Operation::TimedSend;
}

/// The names of methods by which a container gets an element.
static bool putsIn(StringRef Method) {
  return Method.starts_with("push") || Method.starts_with("emplace") ||
         Method == "enqueue" || Method == "append" || Method == "prepend";
}

static bool wakes(Operation Does) {
  return Does == Operation::NotifyOne || Does == Operation::NotifyAll ||
         Does == Operation::Release;
}

namespace {

class Collector {
public:
  Collector(UnitFacts &Facts, const FunctionInfo &Function,
            const PointerAliases &Aliases, unsigned Level)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function),
        Aliases(Aliases), Level(Level) {}

  std::vector<Handover> run() {
    bool Wakes = false;
    for (const KnownCall &Call : Function.Calls) {
      Wakes |= wakes(Call.does());
      known(Call);
    }
    for (const Expr *Call : Function.OtherCalls) {
      if (Wakes)
        insertion(dyn_cast<CXXMemberCallExpr>(Call));
      if (Level < MaxLevel)
        wrapper(dyn_cast<CallExpr>(Call));
    }
    return std::move(Found);
  }

private:
  /// Functions that only pass on what they get.
  static constexpr unsigned MaxLevel = 2;

  void known(const KnownCall &Call) {
    const bool Fulfils = Call.does() == Operation::SetValue;
    if ((!isSend(Call.does()) && !Fulfils) || (Fulfils && !Call.Type) ||
        (Call.Type &&
         !Call.Type->is(Fulfils ? Role::Promise : Role::Channel)) ||
        (Call.Object && isPrivate(*Call.Object)))
      return;
    Send = Call.Site;
    Channel = Call.Object;
    for (const Expr *Argument : Call.arguments())
      if (!playsOtherPart(Call, Argument))
        value(Argument, parameterOf(Send, Argument), 0);
  }

  static bool playsOtherPart(const KnownCall &Call, const Expr *Argument) {
    const CallFact &Fact = *Call.Fact;
    return llvm::any_of(
        llvm::ArrayRef<int>{Fact.Object, Fact.Timeout, Fact.Out, Fact.StopToken,
                            Fact.Count, Fact.Callable},
        [&](int Index) { return Call.argument(Index) == Argument; });
  }

  /// `queue.push_back(x)` under a lock, in a function that wakes somebody.
  void insertion(const CXXMemberCallExpr *Call) {
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    if (!Method || !Method->getIdentifier() || !putsIn(Method->getName()) ||
        !Words.isContainer(Call->getObjectType()) ||
        isPrivate(*Call->getImplicitObjectArgument()))
      return;
    const LockState *Locks = Facts.locks(Function);
    if (!Locks || !Locks->innermost(Call))
      return;
    Send = Call;
    Channel = Call->getImplicitObjectArgument();
    for (const Expr *Argument : Call->arguments())
      value(Argument, parameterOf(Call, Argument), 0);
  }

  /// A function of the unit that sends what it gets.
  void wrapper(const CallExpr *Call) {
    const FunctionInfo *Callee = Call ? Facts.callee(Call) : nullptr;
    if (!Callee || !Callee->Function || Callee->Dependent ||
        !llvm::any_of(Callee->Calls, [](const KnownCall &Inner) {
          return isSend(Inner.does()) || wakes(Inner.does());
        }))
      return;
    const PointerAliases Inner(Facts, *Callee);
    for (const Handover &Sent :
         Collector(Facts, *Callee, Inner, Level + 1).run()) {
      const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Sent.Object.root());
      const unsigned Index =
          Parameter ? Parameter->getFunctionScopeIndex() : Call->getNumArgs();
      if (Index >= Call->getNumArgs() || isa<CXXOperatorCallExpr>(Call))
        continue;
      Send = Call;
      Channel = Sent.Channel;
      const Expr *Argument = Call->getArg(Index);
      const bool Whole = Sent.Object.isPlain();
      if (Sent.How == Handover::Moved && Whole)
        value(Argument, Parameter->getType(), 0);
      else if (Sent.How != Handover::Moved && Sent.Object.steps().size() == 1 &&
               Sent.Object.steps().front().What == AccessPath::Step::Deref)
        value(Argument, {}, 0);
    }
  }

  /// \p Init may give one end of a channel whose other end is elsewhere.
  static bool comesFromElsewhere(const Stmt *Init) {
    if (!Init)
      return false;
    const auto *Reference = dyn_cast<DeclRefExpr>(Init);
    return isa<CallExpr>(Init) ||
           (Reference && isa<VarDecl>(Reference->getDecl()) &&
            Reference->getType()->isRecordType()) ||
           llvm::any_of(Init->children(), comesFromElsewhere);
  }

  /// The channel \p E is a variable of this function that nobody else sees.
  bool isPrivate(const Expr &E) const {
    const AccessPath Path = AccessPath::ofObject(&E);
    const auto *Variable = dyn_cast_or_null<VarDecl>(Path.root());
    if (!Variable || !Path.isPlain() || isa<ParmVarDecl>(Variable) ||
        !Variable->hasLocalStorage() ||
        Variable->getType()->isReferenceType() ||
        Variable->getDeclContext() != Function.Function ||
        comesFromElsewhere(Variable->getInit()))
      return false;
    return llvm::all_of(
        usesOf(Function, *Variable), [&](const VariableUse &Use) {
          if (Use.Nested)
            return false;
          const Stmt *Up = Facts.parent(Function, Use.Ref);
          while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(Up))
            Up = Facts.parent(Function, Up);
          return isa_and_nonnull<MemberExpr, CXXOperatorCallExpr>(Up);
        });
  }

  /// Looks at \p E, which becomes a value, or a part of one, of type \p Target.
  void value(const Expr *E, QualType Target, unsigned Depth) {
    constexpr unsigned MaxDepth = 4;
    E = plainValue(E);
    if (!E || Depth > MaxDepth || isa<LambdaExpr>(E) || E->containsErrors())
      return;
    if (const auto *List = dyn_cast<InitListExpr>(E)) {
      for (const Expr *Init : List->inits())
        value(Init, Init->getType(), Depth + 1);
    } else if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
      value(New->getInitializer(), {}, Depth + 1);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      construction(*Construct, Target, Depth);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      call(*Call, Target, Depth);
    } else if (E->getType()->isPointerType() || E->getType()->isArrayType() ||
               (isSmartPointer(E->getType()) && E->isGLValue())) {
      pointer(E, Target);
    }
  }

  void construction(const CXXConstructExpr &Construct, QualType Target,
                    unsigned Depth) {
    const CXXRecordDecl *Record = Construct.getConstructor()->getParent();
    if (isNamed(Record, "function") || isNamed(Record, "move_only_function"))
      return;
    if (isNamed(Record, "reference_wrapper") && Construct.getNumArgs() > 0)
      return address(Construct.getArg(0));
    if ((isNamed(Record, "span") || isNamed(Record, "basic_string_view")) &&
        Construct.getNumArgs() > 0 && isStandard(Record) &&
        !Construct.getConstructor()->isCopyOrMoveConstructor())
      return add(Handover::View, Aliases.of(Construct.getArg(0)));
    for (const Expr *Argument : Construct.arguments()) {
      const QualType Parameter = parameterOf(&Construct, Argument);
      const bool Copies = Construct.getConstructor()->isCopyOrMoveConstructor();
      // The constructor of a class of the project may only look at a pointer.
      if (!Copies && !isStandard(Record) && !Record->isAggregate() &&
          !keeps(*Record, Argument->getType()))
        movedOnly(Argument, Parameter, Depth + 1);
      else
        value(Argument, Copies ? Target : Parameter, Depth + 1);
    }
  }

  /// A class with a field of just the type of its argument keeps it.
  static bool keeps(const CXXRecordDecl &Record, QualType Type) {
    return Type->isPointerType() && Record.hasDefinition() &&
           llvm::any_of(Record.fields(), [&](const FieldDecl *Field) {
             return Field->getType().getCanonicalType().getUnqualifiedType() ==
                    Type.getCanonicalType().getUnqualifiedType();
           });
  }

  void movedOnly(const Expr *E, QualType Target, unsigned Depth) {
    const auto *Call = dyn_cast_or_null<CallExpr>(plainValue(E));
    if (Call && Call->isCallToStdMove())
      value(E, Target, Depth);
  }

  void call(const CallExpr &Call, QualType Target, unsigned Depth) {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee)
      return;
    if (Call.isCallToStdMove())
      return moved(Call.getArg(0), Target);
    const StringRef Name = Callee->getIdentifier() ? Callee->getName() : "";
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
      return memberCall(*Member, Name, Target);
    if (!isStandard(Callee)) {
      if (Callee->getBuiltinID() && Call.getType()->isPointerType())
        pointer(&Call, Target);
      return;
    }
    if (Name == "ref" && Call.getNumArgs() == 1)
      return address(Call.getArg(0));
    if (Name == "addressof" || Name == "__addressof")
      return pointer(&Call, Target);
    if (Name.starts_with("make_") || Name == "forward")
      for (const Expr *Argument : Call.arguments())
        value(Argument, Name == "forward" ? Target : QualType(), Depth + 1);
  }

  void memberCall(const CXXMemberCallExpr &Call, StringRef Name,
                  QualType Target) {
    const Expr *Object = Call.getImplicitObjectArgument();
    if (!Object || Call.getNumArgs() != 0 || !Call.getType()->isPointerType())
      return;
    if (Name == "release" && isSmartPointer(Call.getObjectType()))
      return add(Handover::Moved, Aliases.ofObject(Object));
    if (Name == "get" && isSmartPointer(Call.getObjectType()))
      return pointer(&Call, Target);
    if ((Name == "data" || Name == "c_str") &&
        isStandard(Call.getMethodDecl()) &&
        acceptsPointer(Call.getType(), Target))
      add(Call.getType()->getPointeeType().isConstQualified()
              ? Handover::View
              : Handover::Address,
          Aliases.ofObject(Object));
  }

  void moved(const Expr *E, QualType Target) {
    const QualType Type = E->getType();
    if (Type->isPointerType())
      return pointer(E, Target);
    const TypeFact *Fact = Words.type(Type);
    const bool Copied = !Target.isNull() && Target->isLValueReferenceType();
    // Threads, futures and the like have an owner of their own.
    if ((Fact && Fact->Roles) || Copied || !movesAway(Type, Facts.context()))
      return;
    add(Handover::Moved, Aliases.of(E));
  }

  void address(const Expr *E) {
    if (E->isGLValue() && !E->getType().isConstQualified() &&
        !synchronises(E->getType(), Words))
      add(Handover::Address, Aliases.of(E));
  }

  void pointer(const Expr *E, QualType Target) {
    QualType Type = E->getType();
    if (Type->isArrayType())
      Type = Facts.context().getArrayDecayedType(Type);
    const QualType Pointee = pointeeOf(Type);
    if (Pointee.isNull() || Pointee->isFunctionType() ||
        (Type->isPointerType() && !acceptsPointer(Type, Target)) ||
        (!Pointee->isVoidType() && synchronises(Pointee, Words)))
      return;
    AccessPath Object = E->getType()->isArrayType()
                            ? Aliases.of(E)
                            : Aliases.of(E).dereferenced();
    if (Pointee.isConstQualified())
      return Type->isPointerType() ? add(Handover::View, Object) : void();
    add(kindOf(E, Object), Object);
  }

  Handover::Kind kindOf(const Expr *E, const AccessPath &Object) const {
    const bool Through =
        llvm::any_of(Object.steps(), [](const AccessPath::Step &Step) {
          return Step.What == AccessPath::Step::Deref;
        });
    const auto *Root = dyn_cast_or_null<VarDecl>(Object.root());
    if (!Root || !Root->hasLocalStorage() || Root->getType()->isReferenceType())
      return Handover::Pointer;
    if (!Through)
      return Handover::Address;
    const CXXRecordDecl *Record = Root->getType()->getAsCXXRecordDecl();
    if (isNamed(Record, "unique_ptr") && !isa<CXXConstructExpr>(E))
      return Handover::Address;
    const Expr *Init = Root->getInit();
    return Root->getType()->isPointerType() && Init &&
                   isa<CXXNewExpr>(Init->IgnoreParenCasts())
               ? Handover::Owner
               : Handover::Pointer;
  }

  /// False if a pointer of type \p Type, passed as \p Target, only says where
  /// the channel finds what it copies.
  bool acceptsPointer(QualType Type, QualType Target) const {
    const QualType Pointee = Type->getPointeeType();
    const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Channel ? channelRecord() : nullptr);
    auto Same = [](QualType A, QualType B) {
      return A.getCanonicalType().getUnqualifiedType() ==
             B.getCanonicalType().getUnqualifiedType();
    };
    if (Special && Special->getTemplateArgs().size() > 0)
      for (const TemplateArgument &Argument :
           Special->getTemplateArgs().asArray())
        if (Argument.getKind() == TemplateArgument::Type) {
          if (Same(Argument.getAsType(), Type))
            return true;
          if (Same(Argument.getAsType(), Pointee))
            return false;
        }
    if (Target.isNull())
      return !Pointee.isConstQualified();
    if (Pointee.isConstQualified() || Pointee->isAnyCharacterType())
      return false;
    const QualType Taken = Target.getNonReferenceType();
    if (Taken->isPointerType() && Taken->getPointeeType().isConstQualified())
      return false;
    return !takesSize();
  }

  const CXXRecordDecl *channelRecord() const {
    QualType Type = Channel->getType().getNonReferenceType();
    if (Type->isPointerType())
      Type = Type->getPointeeType();
    return Type->getAsCXXRecordDecl();
  }

  /// The send has a parameter for a number of elements or bytes.
  bool takesSize() const {
    const auto *Call = dyn_cast<CallExpr>(Send);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    return Callee && llvm::any_of(Callee->parameters(), [&](ParmVarDecl *P) {
             return Facts.context().hasSameUnqualifiedType(
                 P->getType(), Facts.context().getSizeType());
           });
  }

  void add(Handover::Kind How, const AccessPath &Object) {
    constexpr unsigned MaxHandovers = 32;
    if (Object.empty() || (Object.isThisRooted() && Object.steps().empty()) ||
        Found.size() >= MaxHandovers)
      return;
    // Another index, another object; what a getter gives may be another.
    for (const AccessPath::Step &Step : Object.steps())
      if ((Step.What == AccessPath::Step::Index && Step.Decl) ||
          Step.What == AccessPath::Step::Call ||
          Step.What == AccessPath::Step::Address)
        return;
    if (isa_and_nonnull<FunctionDecl>(Object.root()))
      return;
    Found.push_back({How, Object, Send, Channel});
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  const PointerAliases &Aliases;
  const unsigned Level;
  const Expr *Send = nullptr;
  const Expr *Channel = nullptr;
  std::vector<Handover> Found;
};

} // namespace

std::vector<Handover> handoversOf(UnitFacts &Facts,
                                  const FunctionInfo &Function,
                                  const PointerAliases &Aliases) {
  return Collector(Facts, Function, Aliases, 0).run();
}

} // namespace clang::tidy::concord
