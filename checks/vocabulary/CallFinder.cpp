//===--- CallFinder.cpp - What does this call do? ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

/// What constructing a type does if it does nothing that counts.
static const CallFact &nothing() {
  static const CallFact Fact;
  return Fact;
}

/// \p Fact for a call whose first \p Shift arguments are not the constructor's.
static CallFact shifted(CallFact Fact, int Shift) {
  for (int *Index : {&Fact.Object, &Fact.Callable, &Fact.Data, &Fact.Count})
    if (*Index >= 0)
      *Index += Shift;
  return Fact;
}

namespace {

/// Finds the fact of one expression.
class CallFinder {
public:
  CallFinder(const Vocabulary &Words, Vocabulary::Implementation &Impl)
      : Words(Words), Impl(Impl) {}

  KnownCall find(const Expr *E);

private:
  KnownCall construction(const Expr *Site, QualType T, bool CopyOrMove,
                         int Shift = 0);
  KnownCall construct(const Expr *Site, const CXXConstructExpr *E);
  KnownCall method(const Expr *Site, const Expr *Object, QualType ObjectType,
                   const NamedDecl *Method, StringRef Name);
  KnownCall conversion(const CXXMemberCallExpr *E, const CXXConversionDecl *D);
  KnownCall function(const CallExpr *E, ArrayRef<const CallFact *> Facts);
  KnownCall forwarded(const CallExpr *E, const NamedDecl *Callee,
                      QualType Container);
  KnownCall memberCall(const CXXMemberCallExpr *E);
  KnownCall operatorCall(const CXXOperatorCallExpr *E);
  KnownCall dependentCall(const CallExpr *E);
  KnownCall freeCall(const CallExpr *E, const FunctionDecl *Callee);
  const TypeFact *objectType(const Expr *Object, QualType T) const;

  const Vocabulary &Words;
  Vocabulary::Implementation &Impl;
};

} // namespace

/// A thread made of a callable, a guard made of a mutex, or any other known
/// type. \p Shift arguments come before the constructor's.
KnownCall CallFinder::construction(const Expr *Site, QualType T,
                                   bool CopyOrMove, int Shift) {
  KnownCall Call;
  Call.Type = Words.type(T);
  if (!Call.Type)
    return {};
  Call.Site = Site;
  Call.Fact = &nothing();
  ArrayRef<const Expr *> Args = Call.arguments();
  // A guard may know its mutex without being told.
  bool Told = !Call.Type->Guard || Call.Type->Guard->Mutex != NoArgument;
  if (CopyOrMove || Args.size() < unsigned(Shift) + (Told ? 1 : 0))
    return Call;
  // Forwarded to a copy or move constructor.
  if (Shift + 1u == Args.size() &&
      Words.type(
          withoutImplicit(Args[Shift])->getType().getNonReferenceType()) ==
          Call.Type)
    return Call;
  auto Key = std::make_pair(Call.Type, Shift);
  if (Call.Type->Constructor) {
    const CallFact *&Fact = Impl.Forwarded[Key];
    if (!Fact)
      Fact =
          &Impl.MadeCalls.emplace_back(shifted(*Call.Type->Constructor, Shift));
    Call.Fact = Fact;
    Call.Object = namedObject(Call.argument(Fact->Object));
    if (!Call.callable() && !Call.Object)
      Call.Fact = &nothing();
    return Call;
  }
  if (const auto &Guard = Call.Type->Guard; Guard && !Guard->AcquiresNothing) {
    const CallFact *&Fact = Impl.Guards[Key];
    if (!Fact) {
      CallFact Locks;
      Locks.Does = Guard->Shared    ? Operation::LockShared
                   : Guard->Upgrade ? Operation::LockUpgrade
                                    : Operation::Lock;
      Locks.Object = Guard->Mutex;
      Fact = &Impl.MadeCalls.emplace_back(shifted(Locks, Shift));
    }
    Call.Fact = Fact;
    Call.Object = namedObject(Call.argument(Fact->Object));
  }
  return Call;
}

KnownCall CallFinder::construct(const Expr *Site, const CXXConstructExpr *E) {
  const CXXConstructorDecl *Constructor = E->getConstructor();
  return construction(Site, E->getType(),
                      Constructor && Constructor->isCopyOrMoveConstructor());
}

/// The fact of what \p Object names: its own type's, or that of what it points
/// to.
const TypeFact *CallFinder::objectType(const Expr *Object, QualType T) const {
  // A method of a base of the library's own is called on the derived object.
  if (T.isNull() && Object)
    T = Object->IgnoreParenBaseCasts()->getType();
  if (T.isNull())
    return nullptr;
  if (const TypeFact *Fact = Words.type(T.getNonReferenceType()))
    return Fact;
  QualType Inner = T.getNonReferenceType();
  return Inner->isAnyPointerType() ? Words.type(Inner->getPointeeType())
                                   : nullptr;
}

KnownCall CallFinder::method(const Expr *Site, const Expr *Object,
                             QualType ObjectType, const NamedDecl *Method,
                             StringRef Name) {
  KnownCall Call;
  Call.Site = Site;
  unsigned Count = Call.arguments().size();
  Call.Type = objectType(Object, ObjectType);
  Call.Fact = Call.Type ? Call.Type->method(Name, Count) : nullptr;
  // A class that keeps a known base private uses it from the inside.
  if (const auto *Member = dyn_cast_or_null<CXXMethodDecl>(Method);
      Member && !Call.Fact) {
    Call.Type = Words.record(Member->getParent());
    Call.Fact = Call.Type ? Call.Type->method(Name, Count) : nullptr;
  }
  if (!Call.Fact)
    return {};
  Call.Object = namedObject(Object);
  if (const Expr *Argument = Call.argument(Call.Fact->Object))
    Call.Object = namedObject(Argument);
  return Call;
}

/// `if (lock)`, `int I = atomic`: the first by its name, any as `operator T`.
KnownCall CallFinder::conversion(const CXXMemberCallExpr *E,
                                 const CXXConversionDecl *D) {
  const Expr *Object = E->getImplicitObjectArgument();
  if (D->getConversionType()->isBooleanType())
    if (KnownCall Call = method(E, Object, {}, D, "operator bool"))
      return Call;
  return method(E, Object, {}, D, "operator T");
}

KnownCall CallFinder::memberCall(const CXXMemberCallExpr *E) {
  const CXXMethodDecl *Method = E->getMethodDecl();
  if (!Method)
    return {};
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(Method))
    return conversion(E, Conversion);
  const Expr *Object = E->getImplicitObjectArgument();
  if (Method->getIdentifier())
    if (KnownCall Call = method(E, Object, {}, Method, Method->getName()))
      return Call;
  if (KnownCall Call = function(E, Impl.functions(Method))) {
    if (!Call.Object)
      Call.Object = namedObject(Object);
    return Call;
  }
  QualType Container = Object ? Object->getType() : QualType();
  if (!Container.isNull() && Container->isAnyPointerType())
    Container = Container->getPointeeType();
  return forwarded(E, Method, Container);
}

KnownCall CallFinder::operatorCall(const CXXOperatorCallExpr *E) {
  if (E->getNumArgs() == 0)
    return {};
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee());
  std::string Name =
      std::string("operator") + getOperatorSpelling(E->getOperator());
  return method(E, E->getArg(0), {}, Method, Name);
}

/// Of the facts of an overloaded function, the one whose positions fit: the
/// most arguments explained, then an object of a known type.
KnownCall CallFinder::function(const CallExpr *E,
                               ArrayRef<const CallFact *> Facts) {
  KnownCall Best;
  int BestLast = -1;
  for (const CallFact *Fact : Facts) {
    KnownCall Call;
    Call.Site = E;
    Call.Fact = Fact;
    int Last = -1;
    if (!Fact->accepts(Call.arguments().size(), &Last))
      continue;
    if (const Expr *Argument = Call.argument(Fact->Object)) {
      Call.Object = namedObject(Argument);
      Call.Type = objectType(Call.Object, {});
    }
    if (Best &&
        (Last < BestLast || (Last == BestLast && (Best.Type || !Call.Type))))
      continue;
    Best = Call;
    BestLast = Last;
  }
  return Best;
}

/// A call that builds a known type from its arguments.
KnownCall CallFinder::forwarded(const CallExpr *E, const NamedDecl *Callee,
                                QualType Container) {
  if (!Callee->getIdentifier())
    return {};
  QualType Built;
  int First = 0;
  const NamedDecl *Owner = Callee;
  if (!Container.isNull())
    Owner = tagOf(Container);
  if (!Owner)
    return {};
  for (const Forwarder *F : Impl.forwarders(Owner)) {
    if (F->Methods.empty() != Container.isNull() ||
        (!F->Methods.empty() &&
         !llvm::is_contained(F->Methods, Callee->getName())))
      continue;
    ArrayRef<TemplateArgument> Arguments;
    if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Owner))
      Arguments = Special->getTemplateArgs().asArray();
    else if (const auto *Function = dyn_cast<FunctionDecl>(Owner))
      if (const auto *List = Function->getTemplateSpecializationArgs())
        Arguments = List->asArray();
    if (unsigned(F->Type) >= Arguments.size() ||
        Arguments[F->Type].getKind() != TemplateArgument::Type)
      continue;
    Built = Arguments[F->Type].getAsType();
    First = F->First;
    break;
  }
  return Built.isNull() ? KnownCall() : construction(E, Built, false, First);
}

KnownCall CallFinder::freeCall(const CallExpr *E, const FunctionDecl *Callee) {
  if (KnownCall Call = function(E, Impl.functions(Callee)))
    return Call;
  // Static member functions of a known type.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
      Method && Method->getIdentifier())
    return method(E, nullptr, {}, Method, Method->getName());
  return forwarded(E, Callee, {});
}

/// In a template: a member of an object whose template is known, or the name of
/// a known function.
KnownCall CallFinder::dependentCall(const CallExpr *E) {
  const Expr *Callee = E->getCallee()->IgnoreParenImpCasts();
  auto Member = [&](const auto *M) -> KnownCall {
    const Expr *Object = M->isImplicitAccess() ? nullptr : M->getBase();
    const IdentifierInfo *Id =
        M->getMemberNameInfo().getName().getAsIdentifierInfo();
    return Id && Object ? method(E, Object, {}, nullptr, Id->getName())
                        : KnownCall();
  };
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Callee)) {
    const Expr *Object = M->isImplicitAccess() ? nullptr : M->getBase();
    const IdentifierInfo *Id = M->getMember().getAsIdentifierInfo();
    return Id && Object ? method(E, Object, {}, nullptr, Id->getName())
                        : KnownCall();
  }
  if (const auto *M = dyn_cast<UnresolvedMemberExpr>(Callee))
    return Member(M);
  const auto *Lookup = dyn_cast<UnresolvedLookupExpr>(Callee);
  if (!Lookup)
    return {};
  for (const NamedDecl *D : Lookup->decls())
    if (const FunctionDecl *F = D->getUnderlyingDecl()->getAsFunction())
      if (KnownCall Call = function(E, Impl.functions(F)))
        return Call;
  return {};
}

KnownCall CallFinder::find(const Expr *E) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return construct(E, Construct);
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    if (New->isArray())
      return {};
    if (const CXXConstructExpr *Construct = New->getConstructExpr())
      return construct(E, Construct);
    return construction(E, New->getAllocatedType(), false);
  }
  if (const auto *Dependent = dyn_cast<CXXUnresolvedConstructExpr>(E))
    return construction(E, Dependent->getTypeAsWritten(), false);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return operatorCall(Operator);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
    return memberCall(Member);
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return {};
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    return freeCall(Call, Callee);
  return dependentCall(Call);
}

KnownCall Vocabulary::call(const Expr *E) const {
  return E ? CallFinder(*this, *Impl).find(E) : KnownCall();
}

ArrayRef<const CallFact *>
Vocabulary::Implementation::functions(const FunctionDecl *D) {
  const FunctionDecl *Key = D;
  if (const FunctionTemplateDecl *Template = D->getPrimaryTemplate())
    Key = Template->getTemplatedDecl();
  Key = Key->getCanonicalDecl();
  auto [Known, New] = Functions.try_emplace(Key);
  if (!New)
    return Known->second;
  Index.prepare(D->getASTContext());
  ArrayRef<const CallFact *> Facts = Index.function(Key);
  if (Facts.empty() && D->hasAttrs())
    if (std::optional<CallFact> Call = capabilityCall(D)) {
      MadeCalls.push_back(std::move(*Call));
      MadeLists.push_back({&MadeCalls.back()});
      Facts = MadeLists.back();
    }
  return Functions[Key] = Facts;
}

ArrayRef<const Forwarder *>
Vocabulary::Implementation::forwarders(const NamedDecl *Owner) {
  const Decl *Key = Owner;
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Owner))
    Key = Special->getSpecializedTemplate();
  else if (const auto *F = dyn_cast<FunctionDecl>(Owner))
    if (const FunctionTemplateDecl *Template = F->getPrimaryTemplate())
      Key = Template;
  auto [Known, New] = Forwarders.try_emplace(Key->getCanonicalDecl());
  if (New) {
    Index.prepare(Owner->getASTContext());
    Known->second = Index.forwarders(Owner);
  }
  return Known->second;
}

} // namespace clang::tidy::concord
