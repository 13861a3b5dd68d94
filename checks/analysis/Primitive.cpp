//===--- Primitive.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Primitive.h"

namespace clang::tidy::concord {

static bool isPrimitive(const TypeFact &Type) {
  for (Role R : {Role::Mutex, Role::ConditionVariable, Role::OnceFlag,
                 Role::Semaphore, Role::Barrier, Role::Latch})
    if (Type.is(R))
      return !Type.has(Trait::Structural) && !Type.is(Role::Guard);
  return false;
}

/// True if copies of \p Record are made by the compiler, member by member.
static bool copiesMembers(const CXXRecordDecl &Record) {
  if (Record.hasUserDeclaredCopyConstructor() ||
      Record.hasUserDeclaredMoveConstructor())
    return llvm::any_of(Record.ctors(), [](const CXXConstructorDecl *C) {
      return C->isCopyOrMoveConstructor() && C->isDefaulted() &&
             !C->isDeleted();
    });
  return true;
}

static Primitive find(const Vocabulary &Words, QualType Type, unsigned Depth) {
  while (!Type.isNull() && Type->isArrayType())
    Type = QualType(Type->getArrayElementTypeNoTypeQual(), 0);
  // A handle that names an object elsewhere may be copied.
  if (Type.isNull() || Type->isDependentType() || Type->isPointerType() ||
      Type->isReferenceType())
    return {};
  Primitive Found;
  if (const TypeFact *Fact = Words.type(Type)) {
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    bool Copyable = !Record || (Record->hasDefinition() &&
                                Record->getDefinition()->isTriviallyCopyable());
    if (isPrimitive(*Fact) && Copyable)
      Found.Type = Fact;
    return Found;
  }
  const RecordDecl *Record = Type->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Depth == 0)
    return {};
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    if (!copiesMembers(*Class))
      return {};
  for (const FieldDecl *Field : Record->fields())
    if (Primitive Inner = find(Words, Field->getType(), Depth - 1)) {
      Inner.Field = Inner.Field ? Inner.Field : Field;
      return Inner;
    }
  return {};
}

Primitive copiedPrimitive(const Vocabulary &Words, QualType Type) {
  return find(Words, Type, 4);
}

} // namespace clang::tidy::concord
