//===--- ClassShape.cpp - What a class holds and does -----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/ClassShape.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tidy::concord {

/// Lower case, no underscores.
static std::string plain(StringRef Name) {
  std::string Plain;
  for (char C : Name)
    if (C != '_')
      Plain += llvm::toLower(C);
  return Plain;
}

/// Plain names and what they promise.
static const llvm::StringMap<NameKind> &promises() {
  static const auto *Map = [] {
    static constexpr std::pair<const char *, NameKind> Table[] = {
        {"lock acquire enter lockexclusive exclusivelock acquireexclusive "
         "writelock wrlock wlock lockwrite lockforwrite writerlock lockwriter "
         "acquirewrite acquirewritelock",
         NameKind::Lock},
        {"trylock tryacquire tryenter trylockfor trylockuntil timedlock "
         "trylockexclusive trywritelock trywrlock trylockwrite "
         "trylockforwrite",
         NameKind::TryLock},
        {"unlock release leave exit unlockexclusive exclusiveunlock "
         "releaseexclusive writeunlock wrunlock wunlock unlockwrite "
         "unlockforwrite writerunlock unlockwriter releasewrite "
         "releasewritelock",
         NameKind::Unlock},
        {"lockshared sharedlock acquireshared readlock rdlock rlock lockread "
         "lockforread readerlock lockreader acquireread acquirereadlock",
         NameKind::LockShared},
        {"trylockshared tryreadlock tryrdlock trylockread trylockforread",
         NameKind::TryLockShared},
        {"unlockshared sharedunlock releaseshared readunlock rdunlock runlock "
         "unlockread unlockforread readerunlock unlockreader releaseread "
         "releasereadlock",
         NameKind::UnlockShared},
        {"wait waitfor waituntil timedwait await", NameKind::Wait},
        {"notify notifyone signal signalone wake wakeone wakeup",
         NameKind::NotifyOne},
        {"notifyall signalall broadcast wakeall", NameKind::NotifyAll},
        {"join jointhread", NameKind::Join},
        {"detach", NameKind::Detach},
        {"joinable isjoinable", NameKind::Joinable},
        {"push pushback put send enqueue offer emplace post write produce add",
         NameKind::Send},
        {"trypush tryput trysend tryenqueue", NameKind::TrySend},
        {"pop popfront take receive recv dequeue get pull waitandpop waitpop "
         "popwait blockingpop read consume next poll",
         NameKind::Receive},
        {"trypop trytake tryreceive tryrecv trydequeue tryget trypull",
         NameKind::TryReceive},
        {"close shutdown finish stop", NameKind::Close},
        {"closed isclosed isshutdown", NameKind::IsClosed}};
    auto *Result = new llvm::StringMap<NameKind>;
    for (const auto &[Names, Kind] : Table) {
      SmallVector<StringRef, 20> Words;
      llvm::SplitString(Names, Words);
      for (StringRef Word : Words)
        Result->try_emplace(Word, Kind);
    }
    return Result;
  }();
  return *Map;
}

NameKind nameKind(StringRef Name) {
  auto Found = promises().find(plain(Name));
  return Found == promises().end() ? NameKind::Other : Found->second;
}

static bool hasAny(StringRef Text, std::initializer_list<StringRef> Words) {
  return llvm::any_of(Words, [&](StringRef W) { return Text.contains(W); });
}

static bool endsWithAny(StringRef Text,
                        std::initializer_list<StringRef> Words) {
  return llvm::any_of(Words, [&](StringRef W) {
    return Text.size() >= W.size() && Text.take_back(W.size()) == W;
  });
}

/// Locks of things that are not memory: files, table rows, textures, doors.
static bool isOtherLock(StringRef Plain) {
  return hasAny(Plain, {"file", "dir", "path", "disk", "row", "table", "record",
                        "texture", "surface", "bitmap", "door", "screen",
                        "account", "caps", "wake", "blocklist"});
}

bool isMutexName(StringRef Name) {
  std::string Plain = plain(Name);
  StringRef Text = Plain;
  if (isOtherLock(Text))
    return false;
  if (endsWithAny(Text, {"t"}) && StringRef(Name).take_back(2) == "_t")
    Text = Text.drop_back();
  return endsWithAny(Text, {"mutex", "lock", "criticalsection", "critsect",
                            "spinlock", "mutexbase", "lockbase"}) &&
         !endsWithAny(Text, {"unlock", "autolock", "scopedlock", "mutexlock",
                             "scopelock", "clock", "block"});
}

bool isGuardName(StringRef Name) {
  std::string Plain = plain(Name);
  return !isOtherLock(Plain) &&
         (endsWithAny(Plain, {"lock", "locker", "guard", "lockholder", "holder",
                              "synchronizer", "sentry"}) ||
          hasAny(Plain, {"lockguard", "scopedlock", "autolock", "mutexlock",
                         "locker"}));
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

namespace {

/// Collects what one body does; own methods are followed a little.
class BodyVisitor : public RecursiveASTVisitor<BodyVisitor> {
public:
  BodyVisitor(const Vocabulary &Words, BodyFacts &Facts)
      : Words(Words), Facts(Facts) {}

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  void function(const FunctionDecl *F) {
    constexpr unsigned MaxFunctions = 8;
    const FunctionDecl *Defined = nullptr;
    if (!F->hasBody(Defined)) {
      F = F->getTemplateInstantiationPattern();
      if (!F || !F->hasBody(Defined))
        return;
    }
    if (Seen.size() >= MaxFunctions || !Seen.insert(Defined).second)
      return;
    if (Seen.size() == 1) {
      Facts.Visible = true;
      Class = dyn_cast<CXXRecordDecl>(Defined->getDeclContext());
    }
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Defined))
      for (const CXXCtorInitializer *Initializer : Constructor->inits())
        if (Initializer->getInit())
          TraverseStmt(Initializer->getInit());
    TraverseStmt(Defined->getBody());
  }

  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *Callee = E->getDirectCallee();
    if (Callee && Callee->getBuiltinID()) {
      StringRef Name = Callee->getIdentifier() ? Callee->getName() : "";
      Facts.Atomics |= Name.contains("__sync_") || Name.contains("__atomic_");
      return true;
    }
    if (KnownCall Call = Words.call(E)) {
      known(Call);
      return true;
    }
    if (Callee)
      unknown(E, Callee);
    else
      dependent(E);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    if (KnownCall Call = Words.call(E))
      known(Call);
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    Facts.ComparesSize |= E->isComparisonOp() &&
                          (namesSize(E->getLHS()) || namesSize(E->getRHS()));
    return true;
  }

  bool VisitAtomicExpr(AtomicExpr *) {
    Facts.Atomics = true;
    return true;
  }

private:
  /// `items.size()`, also where the type of `items` is not known yet.
  static bool namesSize(const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenImpCasts());
    const Expr *Callee = Call ? Call->getCallee()->IgnoreParens() : nullptr;
    DeclarationName Name;
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(Callee))
      Name = Member->getMemberDecl()->getDeclName();
    else if (const auto *Member =
                 dyn_cast_or_null<CXXDependentScopeMemberExpr>(Callee))
      Name = Member->getMember();
    return Name.isIdentifier() && Name.getAsIdentifierInfo() &&
           (Name.getAsIdentifierInfo()->isStr("size") ||
            Name.getAsIdentifierInfo()->isStr("count") ||
            Name.getAsIdentifierInfo()->isStr("length"));
  }

  void known(const KnownCall &Call) {
    switch (Call.does()) {
    case Operation::LockShared:
    case Operation::TimedLockShared:
      Facts.LocksShared = true;
      break;
    case Operation::Lock:
    case Operation::TimedLock:
    case Operation::LockUpgrade:
    case Operation::LockWhen:
      Facts.Locks = true;
      break;
    case Operation::TryLock:
    case Operation::TryLockShared:
      Facts.Tries = true;
      break;
    case Operation::Unlock:
    case Operation::UnlockShared:
    case Operation::UnlockUpgrade:
      Facts.Unlocks = true;
      break;
    case Operation::ConditionWait:
      Facts.Waits = true;
      Facts.WaitsWithPredicate |= Call.Fact->Predicate != NoArgument;
      break;
    case Operation::NotifyOne:
    case Operation::NotifyAll:
      Facts.Notifies = true;
      break;
    case Operation::Join:
      Facts.Joins = true;
      break;
    case Operation::Detach:
      Facts.Detaches = true;
      break;
    case Operation::Launch:
      Facts.Launches = true;
      break;
    case Operation::AtomicModify:
      Facts.Atomics = true;
      break;
    default:
      break;
    }
  }

  void unknown(const CallExpr *E, const FunctionDecl *Callee) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    bool Own =
        Method && Class && isa<CXXMemberCallExpr>(E) &&
        Method->getParent()->getCanonicalDecl() == Class->getCanonicalDecl();
    if (Own && Callee->hasBody())
      function(Callee);
    else if (!Callee->hasBody())
      Facts.Opaque = true;
  }

  /// In a template only the name tells: `mutex_.lock()`.
  void dependent(const CallExpr *E) {
    const auto *Member =
        dyn_cast<CXXDependentScopeMemberExpr>(E->getCallee()->IgnoreParens());
    if (!Member || !Member->getMember().isIdentifier())
      return;
    switch (nameKind(Member->getMember().getAsString())) {
    case NameKind::Lock:
      Facts.Locks = true;
      break;
    case NameKind::LockShared:
      Facts.LocksShared = true;
      break;
    case NameKind::TryLock:
    case NameKind::TryLockShared:
      Facts.Tries = true;
      break;
    case NameKind::Unlock:
    case NameKind::UnlockShared:
      Facts.Unlocks = true;
      break;
    default:
      break;
    }
  }

  const Vocabulary &Words;
  BodyFacts &Facts;
  const CXXRecordDecl *Class = nullptr;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
};

} // namespace

BodyFacts bodyFacts(const FunctionDecl *F, const Vocabulary &Words) {
  BodyFacts Facts;
  if (F && F->isDefaulted() && !F->isUserProvided())
    Facts.Visible = true;
  else if (F)
    BodyVisitor(Words, Facts).function(F);
  return Facts;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

ClassShape::ClassShape(const CXXRecordDecl *Definition, const Vocabulary &Words)
    : Record(Definition), Name(Definition->getNameAsString()) {
  for (const CXXBaseSpecifier &Base : Definition->bases())
    addField(Base.getType(), Words);
  for (const FieldDecl *Field : Definition->fields()) {
    bool Before = OwnMutex;
    addField(Field->getType(), Words);
    if (OwnMutex && !Before)
      MutexField = Field;
  }
  for (const CXXMethodDecl *Method : Definition->methods()) {
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Method)) {
      if (!Constructor->isCopyOrMoveConstructor() && !Constructor->isDeleted())
        Constructors.push_back(Constructor);
    } else if (const auto *D = dyn_cast<CXXDestructorDecl>(Method)) {
      Destructor = D;
    } else if (Method->getIdentifier() && !Method->isStatic()) {
      Methods.push_back(Method);
    }
  }
  for (const Decl *D : Definition->decls())
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D)) {
      const FunctionDecl *F = Template->getTemplatedDecl();
      if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(F))
        Constructors.push_back(Constructor);
      else if (const auto *Method = dyn_cast<CXXMethodDecl>(F);
               Method && Method->getIdentifier() && !Method->isStatic())
        Methods.push_back(Method);
    }
}

void ClassShape::addField(QualType T, const Vocabulary &Words) {
  auto Keep = [](const TypeFact *&Place, const TypeFact *Fact, Role R) {
    if (!Place && Fact && Fact->is(R))
      Place = Fact;
  };
  const TypeFact *Own = Words.type(T);
  const TypeFact *Other = Own ? nullptr : Words.pointee(T);
  Keep(OwnMutex, Own, Role::Mutex);
  Keep(OtherMutex, Other, Role::Mutex);
  Keep(OwnGuard, Own, Role::Guard);
  Keep(OwnGuard, Other, Role::Guard);
  Keep(OwnThread, Own, Role::Thread);
  Keep(OwnCondition, Own, Role::ConditionVariable);
  Keep(OwnCondition, Other, Role::ConditionVariable);
  if (Other && Other->is(Role::Thread)) {
    // A smart pointer owns; a reference or plain pointer may not.
    bool Plain = T->isReferenceType() || T->isAnyPointerType();
    Keep(Plain ? OtherThread : OwnThread, Other, Role::Thread);
  }
  Threads +=
      (Own && Own->is(Role::Thread)) || (Other && Other->is(Role::Thread));
  Atomic |= (Own && Own->is(Role::Atomic)) || T.isVolatileQualified();
  Container |= Words.isContainer(T);
}

} // namespace clang::tidy::concord
