//===--- GuidelinePages.h - Where the pages of the docs are -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_GUIDELINEPAGES_H
#define CONCORD_SUPPORT_GUIDELINEPAGES_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace clang::tidy::concord {

/// What Checks.def says of one check.
struct CheckEntry {
  llvm::StringRef Name; ///< with `concord-`
  llvm::StringRef Guideline;
};

/// The entry of the check called \p Name (`concord-relock`), or null.
const CheckEntry *findCheckEntry(llvm::StringRef Name);

/// The address of the page of guideline \p Slug.
///
/// \p Base is the address of the docs; empty stands for the base given at build
/// time, and without one for the docs installed or built beside the plugin.
/// Under a `file:` base the page's real file is named, `.html` before `.md`, so
/// that a browser or editor opens it offline; other bases give
/// `<base>/guidelines/<slug>`. Without any docs the result is the page's place
/// in the source tree.
std::string guidelineUrl(llvm::StringRef Base, llvm::StringRef Slug);

/// The address of the page of the check called \p Name (`concord-relock`); as
/// above.
std::string checkUrl(llvm::StringRef Base, llvm::StringRef Name);

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_GUIDELINEPAGES_H
