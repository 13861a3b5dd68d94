//===--- Files.h - Paths, and lines of sources ---------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_FILES_H
#define CONCORD_TOOLS_SARIF_FILES_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace concord {

/// An error with \p Message, for people.
llvm::Error failure(const llvm::Twine &Message);

/// The content of \p Path. Not a regular file, or one of more than 256 MiB, is
/// an error.
llvm::Expected<std::string> readRegularFile(llvm::StringRef Path);

/// Writes \p Text to \p Path, or to the standard output if that is `-`.
llvm::Error writeText(llvm::StringRef Path, llvm::StringRef Text);

/// A place in a file as people and SARIF count it: from 1, columns in UTF-16
/// code units.
struct Position {
  unsigned Line = 1;
  unsigned Column = 1;
};

/// A source file.
class Source {
public:
  Source(std::string Text);

  llvm::StringRef text() const { return Text; }
  unsigned lines() const { return unsigned(Starts.size()); }
  /// Line \p Number, counted from 1, without its end.
  llvm::StringRef line(unsigned Number) const;
  /// The bytes from the begin of line \p First to the end of line \p Last.
  llvm::StringRef lineRange(unsigned First, unsigned Last) const;
  unsigned lineStart(unsigned Number) const { return Starts[Number - 1]; }
  Position position(unsigned Offset) const;
  /// The end of the word at \p Offset, or of the one character there.
  unsigned endOfWord(unsigned Offset) const;

private:
  std::string Text;
  std::vector<unsigned> Starts;
};

/// A file and how to name it.
struct File {
  std::string Path;    ///< from the root of the repository, or absolute
  std::string Uri;     ///< the same as a reference to put into a document
  bool Inside = false; ///< lies in the repository
  std::shared_ptr<const Source> Content;
};

/// The files of a repository, each read once.
class Repository {
public:
  /// \p Root may be empty: the repository that the working directory is in.
  static llvm::Expected<Repository> open(llvm::StringRef Root);

  /// The file called \p Name, from \p Directory if that is relative. A file
  /// that cannot be read is an error.
  llvm::Expected<File> file(llvm::StringRef Name, llvm::StringRef Directory);

private:
  std::string Root;
  llvm::StringMap<File> Known;
};

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_FILES_H
