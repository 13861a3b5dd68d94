//===--- Guards.cpp - How guards begin, and which fits ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

GuardStart Vocabulary::guardStart(const KnownCall &Call) const {
  if (!Call.Type || !Call.Type->Guard || Call.does() == Operation::None)
    return GuardStart::Empty;
  const GuardFact &Guard = *Call.Type->Guard;
  bool Tries = false;
  for (const Expr *E : Call.arguments()) {
    QualType T = withoutImplicit(E)->getType();
    if (!Guard.AdoptTag.empty() && isOneOf(T, Guard.AdoptTag))
      return GuardStart::Adopts;
    if (!Guard.DeferTag.empty() && isOneOf(T, Guard.DeferTag))
      return GuardStart::Defers;
    Tries |= !Guard.TryTag.empty() && isOneOf(T, Guard.TryTag);
  }
  // A guard with tags takes a duration or time point in the same place.
  bool Timed = !Guard.TryTag.empty() && Guard.Mutex != AllArguments &&
               Call.arguments().size() > unsigned(Call.Fact->Object) + 1;
  return Tries || Timed ? GuardStart::Tries : GuardStart::Locks;
}

llvm::SmallVector<const Expr *, 2>
Vocabulary::mutexes(const KnownCall &Call) const {
  llvm::SmallVector<const Expr *, 2> Found;
  if (!Call || Call.does() == Operation::None)
    return Found;
  if (Call.Fact->Object != AllArguments) {
    if (Call.Object)
      Found.push_back(Call.Object);
    return Found;
  }
  StringRef Adopt;
  if (Call.Type && Call.Type->Guard)
    Adopt = Call.Type->Guard->AdoptTag;
  for (const Expr *E : Call.arguments())
    if (Adopt.empty() || !isOneOf(withoutImplicit(E)->getType(), Adopt.str()))
      Found.push_back(namedObject(E));
  return Found;
}

bool Vocabulary::guardShared(const KnownCall &Call) const {
  if (!Call.Type || !Call.Type->Guard)
    return false;
  const GuardFact &Guard = *Call.Type->Guard;
  const Expr *Mode = Call.argument(Guard.ModeArgument);
  if (const auto *Writer = dyn_cast_or_null<CXXBoolLiteralExpr>(
          Mode ? withoutImplicit(Mode) : Mode))
    return !Writer->getValue();
  return Guard.Shared;
}

static bool hasMethod(const TypeFact &Mutex, StringRef Name, Operation Does) {
  const CallFact *Fact = Mutex.method(Name, 0);
  return Fact && Fact->Does == Does;
}

static bool fits(const TypeFact &Guard, const TypeFact &Mutex, bool Shared) {
  if (Guard.Guard->Shared != Shared)
    return false;
  return llvm::any_of(Guard.Guard->Fits, [&](StringRef Name) {
    if (Name == "lockable")
      return hasMethod(Mutex, "lock", Operation::Lock) &&
             hasMethod(Mutex, "unlock", Operation::Unlock);
    if (Name == "shared-lockable")
      return hasMethod(Mutex, "lock_shared", Operation::LockShared) &&
             hasMethod(Mutex, "unlock_shared", Operation::UnlockShared);
    return Name == Mutex.Name;
  });
}

/// The class or class template that users call \p Name, or null.
static const NamedDecl *declared(StringRef Name, const ASTContext &Context) {
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  for (auto [Part, Rest] = Name.split("::"); Scope;
       std::tie(Part, Rest) = Rest.split("::")) {
    auto Found = Scope->lookup(&Context.Idents.get(Part));
    if (Found.empty())
      return nullptr;
    const NamedDecl *D = Found.front()->getUnderlyingDecl();
    if (Rest.empty())
      return isa<CXXRecordDecl, ClassTemplateDecl>(D) ? D : nullptr;
    Scope = dyn_cast<DeclContext>(D);
  }
  return nullptr;
}

static bool takesPointer(const NamedDecl *Guard, int Mutex) {
  const auto *Record = dyn_cast<CXXRecordDecl>(Guard);
  if (const auto *Template = dyn_cast<ClassTemplateDecl>(Guard))
    Record = Template->getTemplatedDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  unsigned Index = Mutex < 0 ? 0 : Mutex;
  return Record && llvm::any_of(Record->ctors(), [&](const auto *Constructor) {
           return Constructor->getNumParams() > Index &&
                  Constructor->getParamDecl(Index)->getType()->isPointerType();
         });
}

std::optional<GuardChoice>
Vocabulary::guardFor(QualType Type, bool Shared,
                     const ASTContext &Context) const {
  const TypeFact *Mutex = type(Type);
  if (!Mutex)
    return std::nullopt;
  std::optional<GuardChoice> Best;
  for (const TypeFact *Guard : Impl->Index.plainGuards()) {
    bool Own = Guard->Library == Mutex->Library;
    if ((Best && !Own) || !fits(*Guard, *Mutex, Shared))
      continue;
    const NamedDecl *D = declared(Guard->Name, Context);
    if (!D)
      continue;
    GuardChoice Choice{Guard->Name, takesPointer(D, Guard->Guard->Mutex)};
    if (isa<ClassTemplateDecl>(D) && !Context.getLangOpts().CPlusPlus17)
      Choice.Type += "<" +
                     Type.getUnqualifiedType().getAsString(
                         PrintingPolicy(Context.getLangOpts())) +
                     ">";
    Best = Choice;
    if (Own)
      break;
  }
  return Best;
}

} // namespace clang::tidy::concord
