//===--- PageLinks.h - From the code of a finding to its page ---*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CLANGD_PAGELINKS_H
#define CONCORD_CLANGD_PAGELINKS_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace clang::tidy::concord {

/// \p Message of the protocol with the links of Concord's diagnostics put
/// right: clangd makes up a page of LLVM for the code of every finding
/// (`codeDescription`), ours becomes the page of the check. It is at the
/// address that the finding's text names, so that `concord.DocsUrl` counts, and
/// else where `checkUrl` finds it. Without any page the link is taken away.
///
/// Nothing if there is no such link, or \p Message is not JSON.
std::optional<std::string> withPageLinks(llvm::StringRef Message);

} // namespace clang::tidy::concord

#endif // CONCORD_CLANGD_PAGELINKS_H
