//===--- TaskReach.cpp - What does a task reach? --------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Callable.h"
#include "analysis/Storage.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

namespace {

/// Callables that capture callables that capture callables: enough.
constexpr unsigned MaxDepth = 4;

/// The variables that a lambda's body really uses.
class UseFinder : public RecursiveASTVisitor<UseFinder> {
public:
  bool UsesThis = false;

  bool uses(const ValueDecl *D) const { return Used.contains(D); }

  bool VisitDeclRefExpr(const DeclRefExpr *Reference) {
    if (Reference->isNonOdrUse() != NOUR_Unevaluated)
      Used.insert(Reference->getDecl());
    return true;
  }
  bool VisitCXXThisExpr(const CXXThisExpr *) {
    UsesThis = true;
    return true;
  }
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) {
    return true;
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc, bool = true) { return true; }

private:
  llvm::DenseSet<const ValueDecl *> Used;
};

bool isDependent(QualType Type) {
  return Type.isNull() || Type->isDependentType();
}

class Collector {
public:
  Collector(const Vocabulary &Words, std::vector<TaskReach> &Reaches)
      : Words(Words), Reaches(Reaches) {}

  void callable(const ResolvedCallable &Callable, unsigned Depth) {
    if (Depth > MaxDepth)
      return;
    if (Callable.Lambda)
      lambda(*Callable.Lambda, Depth);
    if (Callable.Functor)
      functor(*Callable.Functor, Depth);
    for (const Expr *Argument : Callable.Bound)
      argument(*Argument, Depth);
  }

  void argument(const Expr &Argument, unsigned Depth) {
    TaskReach Reach;
    Reach.Loc = Argument.getBeginLoc();
    Reach.Argument = &Argument;
    value(Argument, Reach, Depth);
  }

private:
  void lambda(const LambdaExpr &Lambda, unsigned Depth) {
    UseFinder Uses;
    Uses.TraverseStmt(Lambda.getBody());
    for (const LambdaCapture &Capture : Lambda.captures()) {
      TaskReach Reach;
      Reach.Loc = Capture.getLocation();
      Reach.Lambda = &Lambda;
      Reach.Capture = &Capture;
      if (Capture.capturesThis()) {
        Reach.How = Capture.getCaptureKind() == LCK_StarThis
                        ? TaskReach::ThisValue
                        : TaskReach::This;
        Reach.Path = AccessPath::ofThis();
        Reach.Used = Uses.UsesThis;
        Reaches.push_back(std::move(Reach));
      } else if (Capture.capturesVariable()) {
        const ValueDecl *Variable = Capture.getCapturedVar();
        Reach.Used = Uses.uses(Variable);
        capture(*Variable, Capture.getCaptureKind() == LCK_ByRef, Reach, Depth);
      }
    }
  }

  void capture(const ValueDecl &D, bool ByReference, const TaskReach &Reach,
               unsigned Depth) {
    const auto *Variable = dyn_cast<VarDecl>(&D);
    const Expr *Init =
        Variable && Variable->isInitCapture() ? Variable->getInit() : nullptr;
    if (ByReference) {
      if (Init)
        reference(*Init, Reach);
      else
        reference(D, Reach);
      // What a callable reaches, its caller reaches.
      if (!Init && isCallableVariable(D))
        callable(resolveName(D), Depth + 1);
      return;
    }
    if (Init)
      value(*Init, Reach, Depth);
    else
      value(D, Reach, Depth);
  }

  /// A reference to the object \p E.
  void reference(const Expr &E, TaskReach Reach) {
    Reach.How = TaskReach::Reference;
    Reach.Path = AccessPath::of(&E);
    add(storageOf(&E), Reach);
  }

  /// A reference to what \p D names.
  void reference(const ValueDecl &D, TaskReach Reach) {
    Reach.How = TaskReach::Reference;
    Storage Target = storageOf(&D);
    const auto *Through = dyn_cast_or_null<VarDecl>(Target.Through);
    if (Through && Through->getInit())
      Reach.Path = AccessPath::of(Through->getInit());
    if (!Reach.Path)
      Reach.Path = AccessPath::ofVariable(&D);
    if (Target.Where == Storage::Unknown) {
      Reach.Variable = &D;
      Reaches.push_back(std::move(Reach));
      return;
    }
    add(Target, Reach);
  }

  /// The root of a path whose end is not known to be the root's own storage: a
  /// reference. A local pointer is not what its pointee is reached through.
  static const ValueDecl *distantRoot(const AccessPath &Path) {
    return storageOf(Path.root()).isLocal() ? nullptr : Path.root();
  }

  /// Completes \p Reach (a reference or pointer) with where it leads.
  void add(const Storage &Target, TaskReach &Reach) {
    Reach.Through = Target.Through;
    Reach.Variable = Target.Variable;
    if (Target.Where == Storage::This) {
      if (!Reach.Path)
        Reach.Path = AccessPath::ofThis();
      if (Reach.How == TaskReach::Pointer)
        Reach.How = TaskReach::This;
    } else if (!Reach.Variable) {
      Reach.Variable = distantRoot(Reach.Path);
    }
    Reaches.push_back(std::move(Reach));
  }

  /// A copy of the variable \p D.
  void value(const ValueDecl &D, TaskReach Reach, unsigned Depth) {
    const auto *Variable = dyn_cast<VarDecl>(&D);
    QualType Type = D.getType();
    Reach.Variable = &D;
    Reach.Path = AccessPath::ofVariable(&D);
    if (Variable && !isDependent(Type)) {
      QualType Plain = Type.getNonReferenceType();
      bool Local = Variable->isLocalVarDecl() && Variable->getInit();
      if (Local && Plain->isPointerType()) {
        Storage Target = pointeeStorage(Variable);
        if (Target.Where != Storage::Unknown) {
          Reach.How = TaskReach::Pointer;
          Reach.Path = AccessPath::ofObject(Variable->getInit());
          return add(Target, Reach);
        }
      }
      if (Local && wrapsReference(*Variable->getInit()) &&
          Plain->isRecordType())
        return value(*Variable->getInit(), Reach, Depth);
      if (isCallableVariable(D)) {
        callable(resolveName(D), Depth + 1);
        Reach.How = TaskReach::Value;
        Reaches.push_back(std::move(Reach));
        return;
      }
    }
    Reach.How = TaskReach::Value;
    Reaches.push_back(std::move(Reach));
  }

  /// A copy of the value of \p E.
  void value(const Expr &E, TaskReach Reach, unsigned Depth) {
    if (Depth > MaxDepth || E.isTypeDependent())
      return;
    if (const Expr *Referred = referred(E))
      return reference(*Referred, Reach);
    QualType Type = E.getType();
    const Expr *Plain = ignoreTransfers(&E);
    if (Type->isArrayType() && !isa<StringLiteral>(Plain)) {
      Reach.How = TaskReach::Pointer;
      Reach.Path = AccessPath::of(Plain);
      return add(storageOf(Plain), Reach);
    }
    if (Type->isPointerType() && !Type->isFunctionPointerType()) {
      Storage Target = pointeeStorage(&E);
      if (Target.Where != Storage::Unknown) {
        Reach.How = TaskReach::Pointer;
        Reach.Path = AccessPath::ofObject(&E);
        return add(Target, Reach);
      }
      AccessPath Path = AccessPath::of(&E);
      if (!Path.steps().empty() &&
          Path.steps().back().What == AccessPath::Step::Address) {
        Reach.How = TaskReach::Pointer;
        Reach.Path = Path.dereferenced();
        Reach.Variable = distantRoot(Path);
        Reaches.push_back(std::move(Reach));
        return;
      }
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Plain))
      return lambda(*Lambda, Depth + 1);
    if (const auto *Name = dyn_cast<DeclRefExpr>(Plain))
      return isa<VarDecl, BindingDecl>(Name->getDecl())
                 ? value(*Name->getDecl(), Reach, Depth)
                 : void();
    if (isa<CXXConstructExpr, InitListExpr>(Plain))
      functor(*Plain, Depth + 1);
    Reach.How = TaskReach::Value;
    Reach.Path = AccessPath::of(Plain);
    Reach.Variable = Reach.Path.root();
    if (Reach.Path)
      Reaches.push_back(std::move(Reach));
  }

  /// The references and pointers that a function object is made with.
  void functor(const Expr &E, unsigned Depth) {
    if (const auto *List = dyn_cast<InitListExpr>(&E)) {
      const auto *Record = List->getType()->getAsCXXRecordDecl();
      if (!Record || !Record->hasDefinition() || Record->getNumBases() != 0)
        return;
      unsigned Index = 0;
      for (const FieldDecl *Field : Record->fields())
        if (Index < List->getNumInits())
          stored(Field->getType(), *List->getInit(Index++), Depth);
      return;
    }
    const auto *Construct = dyn_cast<CXXConstructExpr>(&E);
    if (!Construct || Words.isLibrary(Construct->getConstructor()->getParent()))
      return;
    const FunctionDecl *Found = Construct->getConstructor()->getDefinition();
    const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Found);
    if (!Constructor)
      return;
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const FieldDecl *Field = Init->getAnyMember();
      const auto *Name =
          Field && Init->getInit()
              ? dyn_cast<DeclRefExpr>(ignoreTransfers(Init->getInit()))
              : nullptr;
      const auto *Parameter =
          Name ? dyn_cast<ParmVarDecl>(Name->getDecl()) : nullptr;
      if (!Parameter)
        continue;
      unsigned Index = Parameter->getFunctionScopeIndex();
      QualType Type = Field->getType();
      // A reference to a by-value parameter dangles in any case.
      if (Index < Construct->getNumArgs() &&
          (!Type->isReferenceType() || Parameter->getType()->isReferenceType()))
        stored(Type, *Construct->getArg(Index), Depth);
    }
  }

  /// \p E initialises a field of type \p Type.
  void stored(QualType Type, const Expr &E, unsigned Depth) {
    TaskReach Reach;
    Reach.Loc = E.getBeginLoc();
    Reach.Argument = &E;
    if (isDependent(Type))
      return;
    if (Type->isReferenceType()) {
      if (!isa<MaterializeTemporaryExpr>(E.IgnoreImpCasts()))
        reference(E, Reach);
    } else if (Type->isPointerType() || Type->isRecordType()) {
      value(E, Reach, Depth);
    }
  }

  /// `std::ref(x)` gives `x`; null for everything else.
  const Expr *referred(const Expr &E) const {
    const Expr *Inner = nullptr;
    bool Copies = true;
    const Expr *Plain = ignoreTransfers(&E);
    if (!isa<CallExpr>(Plain) || !Plain->isPRValue() ||
        !Words.isCallableWrapper(Plain, Inner, Copies) || Copies)
      return nullptr;
    return Inner;
  }

  bool wrapsReference(const Expr &E) const { return referred(E) != nullptr; }

  ResolvedCallable resolveName(const ValueDecl &D) const {
    return resolveCallable(Words, D);
  }

  /// True for local variables that hold a callable written in this function.
  bool isCallableVariable(const ValueDecl &D) const {
    const auto *Variable = dyn_cast<VarDecl>(&D);
    if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->getInit() ||
        isDependent(Variable->getType()) || !Variable->isLocalVarDecl() ||
        !canHoldCallable(Variable->getType().getNonReferenceType()))
      return false;
    ResolvedCallable Callable = resolveName(D);
    return Callable.Lambda || Callable.Functor || !Callable.Bound.empty();
  }

  bool canHoldCallable(QualType Type) const {
    const TypeFact *Pointee = Words.pointee(Type);
    if (Pointee && Pointee->is(Role::PackagedTask))
      return true;
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    if (!Record || !Record->hasDefinition())
      return false;
    DeclarationNameTable &Names = Record->getASTContext().DeclarationNames;
    return !Record->lookup(Names.getCXXOperatorName(OO_Call)).empty();
  }

  const Vocabulary &Words;
  std::vector<TaskReach> &Reaches;
};

} // namespace

void reachesOfArgument(const Vocabulary &Words, const Expr *Argument,
                       std::vector<TaskReach> &Reaches) {
  if (Argument)
    Collector(Words, Reaches).argument(*Argument, 0);
}

void reachesOfCallable(const Vocabulary &Words,
                       const ResolvedCallable &Callable,
                       std::vector<TaskReach> &Reaches) {
  if (Callable.ByReference && Callable.Named) {
    TaskReach Reach;
    Reach.How = TaskReach::Reference;
    Reach.Variable = Callable.Named;
    Reach.Path = AccessPath::ofVariable(Callable.Named);
    Reach.Loc = Callable.Named->getLocation();
    Reaches.push_back(std::move(Reach));
  }
  Collector(Words, Reaches).callable(Callable, 0);
}

} // namespace clang::tidy::concord
