//===--- ClassShape.h - What a class holds and does -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_CLASSSHAPE_H
#define CONCORD_VOCABULARY_CLASSSHAPE_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// What the name of a member function promises. Case and underscores do not
/// count: `lock`, `Lock`, `tryLockShared`, `try_lock_shared`.
enum class NameKind : uint8_t {
  Other,
  Lock,
  TryLock,
  Unlock,
  LockShared,
  TryLockShared,
  UnlockShared,
  Wait,
  NotifyOne,
  NotifyAll,
  Join,
  Detach,
  Joinable,
  Send,
  TrySend,
  Receive,
  TryReceive,
  Close,
  IsClosed,
};

NameKind nameKind(llvm::StringRef Name);

/// True if \p Name is what a lock, or a guard of one, is called.
bool isMutexName(llvm::StringRef Name);
bool isGuardName(llvm::StringRef Name);

/// What the visible code of a function does to concurrency primitives, its own
/// class's functions included that it calls.
struct BodyFacts {
  bool Visible = false; ///< the unit has the body
  bool Locks = false, LocksShared = false, Tries = false;
  bool Unlocks = false;
  bool Waits = false, WaitsWithPredicate = false, Notifies = false;
  bool Joins = false, Detaches = false, Launches = false;
  bool Atomics = false;
  /// Compares the size of something: a bound.
  bool ComparesSize = false;
  /// Calls code that the unit does not show.
  bool Opaque = false;
};

/// Looks at the body of \p F (and the initialisers of a constructor); of the
/// pattern if \p F is not instantiated.
BodyFacts bodyFacts(const FunctionDecl *F, const Vocabulary &Words);

/// A class's fields that are, point to, or hold a known type.
struct ClassShape {
  ClassShape(const CXXRecordDecl *Definition, const Vocabulary &Words);

  const CXXRecordDecl *Record;
  std::string Name;

  /// The fact of the first field (or base) of that role by value, and through
  /// a reference, pointer or smart pointer; or null.
  const TypeFact *OwnMutex = nullptr, *OtherMutex = nullptr;
  /// The field of `OwnMutex`; null if that is a base.
  const FieldDecl *MutexField = nullptr;
  const TypeFact *OwnGuard = nullptr;
  const TypeFact *OwnThread = nullptr, *OtherThread = nullptr;
  const TypeFact *OwnCondition = nullptr;
  bool Atomic = false;
  bool Container = false;
  unsigned Threads = 0;

  llvm::SmallVector<const CXXMethodDecl *, 16> Methods;
  llvm::SmallVector<const CXXConstructorDecl *, 4> Constructors;
  const CXXDestructorDecl *Destructor = nullptr;

  bool isEmpty() const {
    return !OwnMutex && !OtherMutex && !OwnGuard && !OwnThread &&
           !OtherThread && !OwnCondition;
  }

private:
  void addField(QualType T, const Vocabulary &Words);
};

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_CLASSSHAPE_H
