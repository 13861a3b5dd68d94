//===--- IncludeFix.h - Fix-its that add an include -------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_INCLUDEFIX_H
#define CONCORD_SUPPORT_INCLUDEFIX_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"
#include <optional>

namespace clang::tidy::concord {

/// The edit that includes \p Header, the name of a header of the standard
/// library, in the file of \p Loc, among the includes of its kind.
struct IncludeFix {
  /// False if the file has no place for it: it includes nothing.
  bool Possible = false;
  /// Nothing if the file includes the header already.
  std::optional<FixItHint> Hint;
};

IncludeFix includeFix(const SourceManager &Sources, SourceLocation Loc,
                      StringRef Header);

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_INCLUDEFIX_H
