//===--- Baseline.h - Findings that are known ----------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_BASELINE_H
#define CONCORD_TOOLS_SARIF_BASELINE_H

#include "Results.h"

namespace concord {

/// Marks the results of \p R that the baseline in \p Path has as not new.
///
/// A baseline is text: a finding is a line of fingerprint, check and file, of
/// which only the fingerprint counts; `#` starts a comment. Returns how many
/// of its findings are gone.
llvm::Expected<unsigned> applyBaseline(llvm::StringRef Path, Report &R);

/// The baseline that knows all results of \p R.
std::string baselineOf(const Report &R);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_BASELINE_H
