//===--- NameList.h - An option that lists names ----------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_NAMELIST_H
#define CONCORD_SUPPORT_NAMELIST_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Regex.h"
#include <string>
#include <vector>

namespace clang::tidy::concord {

/// The value of an option that lists names: regular expressions, separated by
/// semicolons, each of which must match the whole name.
class NameList {
public:
  explicit NameList(llvm::StringRef Option);

  /// True if an entry matches the whole of \p Name.
  bool matches(llvm::StringRef Name) const;

  /// The option as it was written.
  const std::string &text() const { return Text; }

  /// Entries that are no regular expression, as `entry: what is wrong`; they
  /// match nothing.
  const std::vector<std::string> &errors() const { return Errors; }

private:
  std::string Text;
  std::vector<llvm::Regex> Entries;
  std::vector<std::string> Errors;
};

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_NAMELIST_H
