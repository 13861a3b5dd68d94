//===--- Findings.h - What clang-tidy found ------------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_FINDINGS_H
#define CONCORD_TOOLS_SARIF_FINDINGS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace concord {

/// One edit of a fix-it: \c Length bytes at \c Offset become \c Text.
struct Edit {
  std::string File;
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;
};

/// Bytes of a file that a message is about.
struct Span {
  std::string File;
  unsigned Offset = 0;
  unsigned Length = 0;
};

/// A message at a place, with a fix-it if there is one.
struct Remark {
  std::string Text;
  std::string File; ///< empty if the message is about no file
  unsigned Offset = 0;
  std::vector<Edit> Edits;
  std::vector<Span> Ranges;
};

enum class Severity { Error, Warning, Remark };

/// One diagnostic of clang-tidy. The same finding of a header that several
/// units include comes once for each of them.
struct Finding {
  std::string Check;
  Remark Main;
  std::vector<Remark> Notes;
  Severity Level = Severity::Warning;
  std::string Directory; ///< what relative names of files are relative to

  /// True if the unit could not be analysed as it should: it does not compile,
  /// or the configuration is wrong. Findings are missing then.
  bool isFailure() const {
    return Check == "clang-diagnostic-error" || Check == "clang-tidy-config";
  }
};

/// Appends the findings of \p Path to \p Result: a file that clang-tidy wrote
/// for `--export-fixes`, or a directory of such files. An empty file or
/// directory has no findings.
///
/// What is not in that form is an error that names file and line.
llvm::Error readFindings(llvm::StringRef Path, std::vector<Finding> &Result);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_FINDINGS_H
