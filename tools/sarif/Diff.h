//===--- Diff.h - Lines that a change adds -------------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_DIFF_H
#define CONCORD_TOOLS_SARIF_DIFF_H

#include "Results.h"

namespace concord {

/// Drops the results of \p R that are not on a line which the diff in \p Path
/// (`-`: the standard input) adds or changes. The diff is one of git, whose
/// paths begin at the repository's root; of another form is an error.
llvm::Error keepChanged(llvm::StringRef Path, Report &R);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_DIFF_H
