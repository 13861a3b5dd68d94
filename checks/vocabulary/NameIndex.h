//===--- NameIndex.h - Facts by the names of declarations -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_NAMEINDEX_H
#define CONCORD_VOCABULARY_NAMEINDEX_H

#include "vocabulary/Library.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Regex.h"

namespace clang::tidy::concord {

/// The libraries that a unit needs, searchable by name. Entries that come first
/// win: the user's, then the embedded ones.
class NameIndex {
public:
  /// Reads the user's files and what all libraries share.
  llvm::Error addFiles(llvm::ArrayRef<Vocabulary::UserFile> Files);

  /// Reads the embedded libraries of which \p Context has an identifier; once.
  void prepare(const ASTContext &Context);

  /// True if `prepare` found a library, or the user has one.
  bool hasLibraries() const { return HasLibraries; }

  /// The fact of the type that \p D declares, or null.
  const TypeFact *type(const NamedDecl *D) const;
  const TypeFact *type(llvm::StringRef PublicName) const;

  /// The guards that say which mutexes they fit, in the order of the files.
  llvm::ArrayRef<const TypeFact *> plainGuards() const { return PlainGuards; }

  /// The facts of the function \p D: one for each kind of overload.
  llvm::ArrayRef<const CallFact *> function(const NamedDecl *D) const;

  /// The wrapper or forwarders called \p D.
  const Wrapper *wrapper(const NamedDecl *D) const;
  llvm::ArrayRef<const Forwarder *> forwarders(const NamedDecl *D) const;

  bool isPointer(const NamedDecl *D) const { return listed(Pointers, D); }
  bool isContainer(const NamedDecl *D) const { return listed(Containers, D); }
  bool isNamespace(const NamedDecl *D) const { return listed(Namespaces, D); }
  bool isHelperName(llvm::StringRef Name) const;
  bool isSignalMarker(llvm::StringRef Word) const {
    return SignalMarkers.contains(Word);
  }

  /// The name that users write for \p D.
  std::string publicName(const NamedDecl *D) const;

private:
  struct Function {
    llvm::SmallVector<const CallFact *, 1> Facts;
    bool CLinkage = false;
    const Library *From = nullptr;
  };

  void add(const Library &L);
  void addName(llvm::StringRef Name);
  void addType(const TypeEntry &Entry);
  bool listed(const llvm::StringSet<> &Set, const NamedDecl *D) const;
  /// False if no entry's name ends like that of \p D; most declarations of a
  /// unit are dismissed here.
  bool mayKnow(const NamedDecl *D) const;

  std::vector<std::unique_ptr<Library>> UserLibraries;
  llvm::StringMap<const TypeFact *> Types;
  std::vector<const TypeFact *> PlainGuards;
  llvm::StringMap<Function> Functions;
  llvm::StringMap<const Wrapper *> Wrappers;
  llvm::StringMap<llvm::SmallVector<const Forwarder *, 1>> Forwarders;
  llvm::StringSet<> Pointers, Containers, Namespaces;
  llvm::StringSet<> LastNames;
  std::vector<std::pair<llvm::Regex, std::string>> Rewrites;
  std::vector<llvm::Regex> HelperNames;
  llvm::StringSet<> SignalMarkers;
  bool Prepared = false, HasLibraries = false;
};

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_NAMEINDEX_H
