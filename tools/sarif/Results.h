//===--- Results.h - Findings, placed and named --------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_RESULTS_H
#define CONCORD_TOOLS_SARIF_RESULTS_H

#include "Files.h"
#include "Findings.h"
#include "Rules.h"

namespace concord {

/// A message at a part of a file.
struct Place {
  std::string Text;
  File In;
  unsigned Begin = 0; ///< in bytes
  unsigned End = 0;
};

/// One edit of a file that was looked up.
struct Change {
  File In;
  unsigned Begin = 0;
  unsigned End = 0;
  std::string Text;
};

/// A fix-it: all of its changes, or none.
struct Fix {
  std::string Text; ///< what it does, as far as the finding says
  std::vector<Change> Changes;
};

/// A finding as a document shows it.
struct Result {
  std::string Check;
  const Rule *Known = nullptr; ///< the rule, if it is one of Concord
  Tier Weight = Tier::Review;
  Place Main; ///< its text goes without the link
  std::string Link;
  std::vector<Place> Notes;
  std::vector<Fix> Fixes;
  std::string Fingerprint;
  bool New = true; ///< not in the baseline
};

/// What a run found: each finding once, in the order of places.
struct Report {
  std::vector<Result> Results;
  /// What kept a unit from being analysed.
  std::vector<Place> Failures;
};

/// Looks \p Findings up in \p Repo. A place that is not there is an error: the
/// sources are others than those that were analysed.
///
/// A finding's fingerprint is made of its check, its file, and the text of its
/// line without white space. It stays the same when the line moves. Of several
/// findings alike, the first keeps it and the others count on.
llvm::Expected<Report> resolve(llvm::ArrayRef<Finding> Findings,
                               Repository &Repo);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_RESULTS_H
