//===--- Library.h - A vocabulary file, read --------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The schema of vocabulary files, the same for those in `libraries/` and the
/// user's own, and the function that reads one.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_VOCABULARY_LIBRARY_H
#define CONCORD_VOCABULARY_LIBRARY_H

#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

/// Methods that several types have in common; types name it in `uses`.
struct MethodSet {
  std::string Name;
  std::vector<CallFact> Methods;
};

/// A type as the file has it; its fact has the methods of its sets too.
struct TypeEntry {
  TypeFact Fact;
  std::vector<std::string> Uses;
};

/// Turns the name that a declaration really has into its public name.
struct Rewrite {
  std::string From; ///< a regular expression, matched at the start
  std::string To;
};

/// A call that builds a `T` from its own arguments: std::make_unique.
struct Forwarder {
  std::string Name;
  /// Methods of the class template `Name`; empty for a function template.
  std::vector<std::string> Methods;
  int Type = 0;  ///< the template argument that is `T`
  int First = 0; ///< the first argument that goes to `T`'s constructor
};

/// A function or class that only holds a callable: std::bind, std::function.
struct Wrapper {
  std::string Name;
  int Callable = 0;
  bool Copies = true;
};

/// One vocabulary file.
struct Library {
  std::string Name;
  std::string Title;
  /// Identifiers; a unit that has none of them does not need the library.
  std::vector<std::string> Requires;
  std::vector<std::string> Namespaces;
  /// Its functions are those with C linkage only.
  bool CLinkage = false;
  std::vector<Rewrite> Canonical;
  std::vector<MethodSet> Sets;
  std::vector<TypeEntry> Types;
  std::vector<CallFact> Functions;
  std::vector<Forwarder> Forwarders;
  std::vector<Wrapper> Wrappers;
  std::vector<std::string> HelperNames; ///< regular expressions
  /// Words before the call of a signal: `emit`.
  std::vector<std::string> SignalMarkers;
  std::vector<std::string> Pointers;   ///< class templates: std::unique_ptr
  std::vector<std::string> Containers; ///< class templates: std::vector
};

/// A vocabulary file that is part of the product.
struct EmbeddedLibrary {
  llvm::StringLiteral File;
  llvm::StringLiteral Text;
};

/// The files of `libraries/`, sorted by name.
llvm::ArrayRef<EmbeddedLibrary> embeddedLibraries();

/// Reads the file \p Path whose text is \p Text. Its types may use the method
/// sets of \p Common, if given, and its own.
/// \returns an error `path:line:column: error: ...` for text that is no YAML,
/// for unknown keys and words, and for files that are too large, too deep or
/// use aliases.
llvm::Expected<std::unique_ptr<Library>>
readLibrary(llvm::StringRef Path, llvm::StringRef Text,
            const Library *Common = nullptr);

/// The identifiers in the `requires` line of \p Text, without reading the rest.
llvm::SmallVector<llvm::StringRef, 8> requiredIdentifiers(llvm::StringRef Text);

} // namespace clang::tidy::concord

#endif // CONCORD_VOCABULARY_LIBRARY_H
