//===--- Implementation.h - Inside the vocabulary ---------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_IMPLEMENTATION_H
#define CONCORD_VOCABULARY_IMPLEMENTATION_H

#include "vocabulary/NameIndex.h"
#include "vocabulary/StructuralRoles.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::concord {

/// The answers given so far, and where new ones come from.
struct Vocabulary::Implementation {
  explicit Implementation(const Vocabulary &Words)
      : Words(Words), Structure(Words) {}

  const Vocabulary &Words;
  NameIndex Index;
  StructuralRoles Structure;
  llvm::DenseMap<const clang::Type *, const TypeFact *> Types;
  llvm::DenseMap<const Decl *, const TypeFact *> Records;
  llvm::DenseMap<const Decl *, llvm::ArrayRef<const CallFact *>> Functions;
  llvm::DenseMap<const Decl *, llvm::ArrayRef<const Forwarder *>> Forwarders;
  llvm::DenseMap<const Decl *, bool> LibraryNamespaces;
  /// How many classes are being judged; what is asked meanwhile may see
  /// unfinished answers.
  unsigned Judging = 0;
  /// Facts made for one unit: derived classes, structure, forwarded calls.
  std::deque<TypeFact> MadeTypes;
  std::deque<CallFact> MadeCalls;
  std::deque<llvm::SmallVector<const CallFact *, 1>> MadeLists;
  /// Facts of constructions, by type and shift of arguments.
  llvm::DenseMap<std::pair<const TypeFact *, int>, const CallFact *> Forwarded;
  llvm::DenseMap<std::pair<const TypeFact *, int>, const CallFact *> Guards;

  const TypeFact *tag(const TagDecl *D);
  const TypeFact *makeRecord(const CXXRecordDecl *D);
  const TypeFact *derivedFact(const CXXRecordDecl *D);
  DestructorKind derivedDestructor(const CXXRecordDecl *D,
                                   const TypeFact &Base);
  llvm::ArrayRef<const CallFact *> functions(const FunctionDecl *D);
  /// Of a function, or of the class whose method may forward.
  llvm::ArrayRef<const Forwarder *> forwarders(const NamedDecl *Owner);
};

/// The declaration of the class or class template that \p T names, also where
/// its arguments are not known yet; or null.
const TagDecl *tagOf(QualType T);

/// \p E without parentheses, implicit nodes, and `&` or `std::addressof`.
const Expr *namedObject(const Expr *E);

/// True if \p T, or what it points or refers to, has one of these names.
bool isOneOf(QualType T, llvm::ArrayRef<std::string> Names);

/// \p E without parentheses and implicit nodes.
const Expr *withoutImplicit(const Expr *E);

/// True if \p E names the enumerator or macro \p Name.
bool namesWord(const ASTContext &Context, const Expr *E, llvm::StringRef Name);

/// The number of arguments of \p Args that are written.
unsigned writtenArguments(llvm::ArrayRef<const Expr *> Args);

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_IMPLEMENTATION_H
