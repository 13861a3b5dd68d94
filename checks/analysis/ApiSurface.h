//===--- ApiSurface.h - What does a header offer its readers? ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_APISURFACE_H
#define CONCORD_ANALYSIS_APISURFACE_H

#include "vocabulary/Vocabulary.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

class UnitFacts;

/// True if other files can include or import \p D: it is declared in a user
/// header (also one that is analysed on its own) or exported from a module.
bool isSharedDeclaration(const Decl *D);

/// True if every reader of the header may use \p D: neither it nor anything
/// around it is private, local to a function or in an anonymous namespace.
/// Protected counts as closed unless \p ProtectedIsOpen.
bool isOpenDeclaration(const Decl *D, bool ProtectedIsOpen);

/// True if \p D is declared in a language linkage block for C.
bool isDeclaredForC(const Decl *D);

/// True if concurrency is what \p Record is for: it is itself a lock, guard,
/// queue, condition variable, pool, or is called so. What such a class shows
/// of its primitives is its job. With \p OwnMembersOnly, what it inherits does
/// not make it one.
bool hasConcurrencyPurpose(const CXXRecordDecl *Record, const Vocabulary &Words,
                           bool OwnMembersOnly = false);

/// True if the name of \p Function says that it handles a primitive for its
/// caller: `lockAll`, `waitUntilReady`, `createMutex`.
bool isNamedForConcurrency(const FunctionDecl *Function);

/// Knows the classes that only other classes' private parts mention: the
/// nodes, shards and jobs of a container. Looks at the whole unit, once.
class PrivateParts {
public:
  explicit PrivateParts(UnitFacts &Facts);
  /// True if \p Record is held by a private member, and nothing that is open
  /// to everybody, and no function outside the classes that hold it, names it.
  bool contains(const CXXRecordDecl *Record) const;

private:
  llvm::DenseSet<const CXXRecordDecl *> Held, Named;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_APISURFACE_H
