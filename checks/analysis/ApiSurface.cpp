//===--- ApiSurface.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ApiSurface.h"
#include "analysis/UnitFacts.h"
#include "support/Compat.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::concord {

static bool isHeaderName(StringRef Path) {
  static constexpr StringRef Extensions[] = {".h",   ".hh",  ".hpp", ".hxx",
                                             ".h++", ".inl", ".ipp", ".tpp",
                                             ".txx", ".inc"};
  const StringRef Extension = llvm::sys::path::extension(Path);
  return llvm::any_of(Extensions, [&](StringRef Known) {
    return Extension.equals_insensitive(Known);
  });
}

bool isSharedDeclaration(const Decl *D) {
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  const SourceLocation Loc = Sources.getExpansionLoc(D->getLocation());
  if (Loc.isInvalid() || Sources.isInSystemHeader(Loc))
    return false;
  const FileID File = Sources.getFileID(Loc);
  if (File != Sources.getMainFileID())
    return true;
  return D->isInExportDeclContext() || isHeaderName(Sources.getFilename(Loc));
}

bool isOpenDeclaration(const Decl *D, bool ProtectedIsOpen) {
  for (const Decl *Current = D;;) {
    const AccessSpecifier Access = Current->getAccess();
    if (Access == AS_private || (Access == AS_protected && !ProtectedIsOpen))
      return false;
    const DeclContext *Around = Current->getDeclContext();
    if (Around->isFunctionOrMethod())
      return false;
    if (Around->isTranslationUnit())
      return true;
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(Around))
      if (Namespace->isAnonymousNamespace())
        return false;
    Current = cast<Decl>(Around);
  }
}

bool isDeclaredForC(const Decl *D) {
  for (const DeclContext *Around = D->getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Linkage = dyn_cast<LinkageSpecDecl>(Around))
      return isLinkageC(*Linkage);
  return false;
}

//===----------------------------------------------------------------------===//
// Purpose
//===----------------------------------------------------------------------===//

namespace {

/// The public member functions of a class that tell what it is for.
struct PublicVerbs {
  bool Locks = false, Unlocks = false;
  bool Waits = false, Wakes = false;
  unsigned Named = 0, Signalling = 0;
  bool Puts = false, Takes = false;
  bool Runs = false;
  bool Arrow = false;
};

} // namespace

/// `try_lock_for` and `tryLockFor` read alike: `trylockfor`.
static std::string plainName(const NamedDecl *D) {
  const IdentifierInfo *Name = D->getIdentifier();
  std::string Plain;
  if (Name)
    for (char C : Name->getName())
      if (C != '_')
        Plain += llvm::toLower(C);
  return Plain;
}

static bool hasCallOperator(const CXXRecordDecl *Record) {
  Record = Record ? Record->getDefinition() : nullptr;
  return Record &&
         llvm::any_of(Record->methods(), [](const CXXMethodDecl *Method) {
           return Method->getOverloadedOperator() == OO_Call;
         });
}

static bool isCallable(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isFunctionPointerType() || Type->isFunctionType() ||
      Type->isTemplateTypeParmType())
    return true;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (hasCallOperator(Record))
    return true;
  // A declaration alone does not instantiate the type of its parameter.
  const auto *Special =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(Record);
  if (!Special)
    return false;
  ClassTemplateDecl *Template = Special->getSpecializedTemplate();
  llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
  Template->getPartialSpecializations(Partial);
  return hasCallOperator(Template->getTemplatedDecl()) ||
         llvm::any_of(Partial, hasCallOperator);
}

static bool takesCallable(const CXXMethodDecl *Method) {
  return llvm::any_of(Method->parameters(), [](const ParmVarDecl *Parameter) {
    QualType Type = Parameter->getType();
    if (const auto *Pack = Type->getAs<PackExpansionType>())
      Type = Pack->getPattern();
    return isCallable(Type);
  });
}

static void collectVerbs(const CXXMethodDecl *Method, PublicVerbs &Verbs) {
  if (Method->getAccess() != AS_public)
    return;
  const OverloadedOperatorKind Operator = Method->getOverloadedOperator();
  Verbs.Arrow |= Operator == OO_Arrow || Operator == OO_Star;
  Verbs.Puts |= Operator == OO_LessLess;
  Verbs.Takes |= Operator == OO_GreaterGreater;
  const std::string Name = plainName(Method);
  const StringRef Plain = Name;
  const auto StartsWith = [&](std::initializer_list<StringRef> Starts) {
    return llvm::any_of(
        Starts, [&](StringRef Start) { return Plain.starts_with(Start); });
  };
  const auto IsOneOf = [&](std::initializer_list<StringRef> Names) {
    return llvm::is_contained(Names, Plain);
  };
  // Not `LockIsIdle`, which asks something under the lock.
  Verbs.Locks |= IsOneOf({"lock", "acquire", "enter", "readlock", "writelock",
                          "rdlock", "wrlock"}) ||
                 StartsWith({"lockfor", "lockshared", "lockread", "lockwrite",
                             "lockexclusive"});
  Verbs.Unlocks |= IsOneOf({"release", "leave", "exit", "readunlock",
                            "writeunlock", "rdunlock", "wrunlock"}) ||
                   StartsWith({"unlock"});
  const bool Waits = StartsWith({"wait", "await", "trywait"});
  const bool Wakes =
      StartsWith({"notify", "signal", "broadcast", "wake", "set", "trigger"});
  Verbs.Waits |= Waits;
  Verbs.Wakes |= Wakes;
  Verbs.Named += !Plain.empty();
  Verbs.Signalling += Waits || Wakes || StartsWith({"reset"});
  Verbs.Puts |=
      StartsWith({"push", "put", "enqueue", "send", "offer", "emplace",
                  "trypush", "tryput", "trysend", "produce"});
  Verbs.Takes |=
      StartsWith({"pop", "take", "dequeue", "receive", "recv", "poll", "trypop",
                  "tryreceive", "waitandpop", "waitpop", "consume"});
  Verbs.Runs |= StartsWith({"submit", "post", "enqueue", "execute", "schedule",
                            "dispatch", "defer", "async", "spawn", "run",
                            "addtask", "addjob"}) &&
                takesCallable(Method);
}

static bool holdsRole(const CXXRecordDecl *Record, const Vocabulary &Words,
                      std::initializer_list<Role> Roles) {
  return llvm::any_of(Record->fields(), [&](const FieldDecl *Field) {
    const TypeFact *Fact = Words.type(Field->getType());
    if (!Fact)
      Fact = Words.pointee(Field->getType(), /*ThroughContainers=*/true);
    return Fact && llvm::any_of(Roles, [&](Role R) { return Fact->is(R); });
  });
}

static bool isBuiltForConcurrency(const CXXRecordDecl *Record,
                                  const Vocabulary &Words) {
  PublicVerbs Verbs;
  for (const Decl *Member : Record->decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
      Member = Template->getTemplatedDecl();
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member))
      if (!Method->isImplicit())
        collectVerbs(Method, Verbs);
  }
  if (Verbs.Locks && Verbs.Unlocks)
    return true;
  // Many classes let their callers wait for a thing or two; a condition does
  // little else.
  if (Verbs.Waits && Verbs.Wakes && 2 * Verbs.Signalling >= Verbs.Named)
    return true;
  if (Verbs.Puts && Verbs.Takes)
    return true;
  if (Verbs.Runs && holdsRole(Record, Words,
                              {Role::Thread, Role::ThreadGroup, Role::Channel,
                               Role::ConditionVariable, Role::Executor}))
    return true;
  // A proxy that carries a lock, and gives access while it lives.
  return Verbs.Arrow && holdsRole(Record, Words, {Role::Guard});
}

bool hasConcurrencyPurpose(const CXXRecordDecl *Record, const Vocabulary &Words,
                           bool OwnMembersOnly) {
  if (Words.isHelperName(Record->getName()) || Words.isLibrary(Record))
    return true;
  if (Record->hasDefinition() &&
      isBuiltForConcurrency(Record->getDefinition(), Words))
    return true;
  if (OwnMembersOnly)
    return false;
  const TypeFact *Fact = Words.record(Record);
  constexpr Role Purposes[] = {Role::Mutex,
                               Role::Guard,
                               Role::UnlockGuard,
                               Role::GuardedValue,
                               Role::Executor,
                               Role::TaskGroup,
                               Role::ThreadGroup,
                               Role::Channel,
                               Role::Semaphore,
                               Role::Latch,
                               Role::Barrier,
                               Role::Event,
                               Role::Future,
                               Role::Promise,
                               Role::OnceFlag,
                               Role::Scope,
                               Role::Rcu,
                               Role::Helper,
                               Role::ConditionVariable};
  return Fact && llvm::any_of(Purposes, [&](Role R) { return Fact->is(R); });
}

bool isNamedForConcurrency(const FunctionDecl *Function) {
  const std::string Name = plainName(Function);
  constexpr StringRef Parts[] = {
      "lock", "wait", "notify",  "signal", "wake",   "sync",  "mutex",
      "cond", "sem",  "acquire", "once",   "arrive", "latch", "barrier"};
  return llvm::any_of(
      Parts, [&](StringRef Part) { return StringRef(Name).contains(Part); });
}

//===----------------------------------------------------------------------===//
// Private parts
//===----------------------------------------------------------------------===//

/// Calls \p Found for every class that \p Type mentions: through pointers,
/// references, arrays and template arguments.
static void forEachRecord(QualType Type,
                          llvm::function_ref<void(const CXXRecordDecl *)> Found,
                          unsigned Depth = 0) {
  constexpr unsigned DeepEnough = 8;
  if (Type.isNull() || Depth > DeepEnough)
    return;
  Type = Type.getCanonicalType();
  if (Type->isPointerType() || Type->isReferenceType())
    return forEachRecord(Type->getPointeeType(), Found, Depth + 1);
  if (const auto *Array = dyn_cast<ArrayType>(Type))
    return forEachRecord(Array->getElementType(), Found, Depth + 1);
  if (const auto *Function = Type->getAs<FunctionProtoType>()) {
    forEachRecord(Function->getReturnType(), Found, Depth + 1);
    for (QualType Parameter : Function->param_types())
      forEachRecord(Parameter, Found, Depth + 1);
    return;
  }
  const auto Arguments = [&](ArrayRef<TemplateArgument> Arguments) {
    for (const TemplateArgument &Argument : Arguments)
      if (Argument.getKind() == TemplateArgument::Type)
        forEachRecord(Argument.getAsType(), Found, Depth + 1);
  };
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (const auto *Special =
          dyn_cast_or_null<ClassTemplateSpecializationDecl>(Record)) {
    Arguments(Special->getTemplateArgs().asArray());
    Record = Special->getSpecializedTemplate()->getTemplatedDecl();
  } else if (const auto *Dependent =
                 Type->getAs<TemplateSpecializationType>()) {
    Arguments(Dependent->template_arguments());
    const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
        Dependent->getTemplateName().getAsTemplateDecl());
    Record = Template ? Template->getTemplatedDecl() : nullptr;
  }
  if (Record)
    Found(Record->getCanonicalDecl());
}

/// True if \p Member is what \p Record says of itself: a node's `next`.
static bool isInside(const Decl *Member, const CXXRecordDecl *Record) {
  for (const DeclContext *Around = Member->getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Outer = dyn_cast<CXXRecordDecl>(Around))
      if (Outer->getCanonicalDecl() == Record)
        return true;
  return false;
}

PrivateParts::PrivateParts(UnitFacts &Facts) {
  llvm::DenseSet<std::pair<const CXXRecordDecl *, const CXXRecordDecl *>>
      Holders;
  const auto Mention = [&](const Decl *Member, QualType Type) {
    const bool Open = isOpenDeclaration(Member, /*ProtectedIsOpen=*/false);
    forEachRecord(Type, [&](const CXXRecordDecl *Record) {
      if (isInside(Member, Record))
        return;
      if (Open) {
        Named.insert(Record);
        return;
      }
      Held.insert(Record);
      if (const auto *Holder =
              dyn_cast<CXXRecordDecl>(Member->getDeclContext()))
        Holders.insert({Record, Holder->getCanonicalDecl()});
    });
  };

  for (const CXXRecordDecl *Record : Facts.records()) {
    for (const CXXBaseSpecifier &Base : Record->bases())
      forEachRecord(Base.getType(),
                    [&](const CXXRecordDecl *R) { Named.insert(R); });
    for (const Decl *Member : Record->decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
        Member = Template->getTemplatedDecl();
      if (const auto *Alias = dyn_cast<TypedefNameDecl>(Member))
        Mention(Alias, Alias->getUnderlyingType());
      else if (isa<FieldDecl, VarDecl, CXXMethodDecl>(Member) &&
               !Member->isImplicit())
        Mention(Member, cast<ValueDecl>(Member)->getType());
    }
  }

  for (const auto &Function : Facts.functions()) {
    const FunctionInfo *Outer = Function.get();
    while (Outer->Enclosing)
      Outer = Outer->Enclosing;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Outer->Function);
    const CXXRecordDecl *Class =
        Method ? Method->getParent()->getCanonicalDecl() : nullptr;
    const auto MentionLocal = [&](QualType Type) {
      forEachRecord(Type, [&](const CXXRecordDecl *Record) {
        if (Class != Record && !Holders.count({Record, Class}))
          Named.insert(Record);
      });
    };
    for (const VarDecl *Variable : Function->Variables)
      MentionLocal(Variable->getType());
    if (Function->Function && !Method)
      for (const ParmVarDecl *Parameter : Function->Function->parameters())
        MentionLocal(Parameter->getType());
  }
}

bool PrivateParts::contains(const CXXRecordDecl *Record) const {
  Record = Record->getCanonicalDecl();
  if (Held.count(Record) && !Named.count(Record))
    return true;
  // Only its friends can make one.
  if (!Record->hasDefinition() || !Record->hasFriends() ||
      !Record->hasUserDeclaredConstructor())
    return false;
  return llvm::none_of(Record->ctors(), [](const CXXConstructorDecl *C) {
    return !C->isImplicit() && !C->isDeleted() && C->getAccess() == AS_public;
  });
}

} // namespace clang::tidy::concord
