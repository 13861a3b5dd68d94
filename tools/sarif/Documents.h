//===--- Documents.h - What others read ----------------------- -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_DOCUMENTS_H
#define CONCORD_TOOLS_SARIF_DOCUMENTS_H

#include "Results.h"
#include "llvm/Support/JSON.h"

namespace concord {

/// SARIF 2.1.0. Links to guidelines begin with \p DocsUrl; if that is empty, a
/// rule gets the link of its first finding. \p HasBaseline says that results
/// are marked as new or known.
llvm::json::Value sarifOf(const Report &R, llvm::StringRef DocsUrl,
                          bool HasBaseline);

/// GitLab's Code Quality report.
llvm::json::Value gitlabOf(const Report &R, llvm::StringRef DocsUrl);

/// The body of a request that makes a review of a GitHub pull request, with the
/// new findings as comments, and fix-its of one line as suggested changes.
llvm::json::Value githubReviewOf(const Report &R, llvm::StringRef DocsUrl);

/// The findings by guideline, as a table for people.
std::string summaryOf(const Report &R);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_DOCUMENTS_H
