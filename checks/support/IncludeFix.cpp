//===--- IncludeFix.cpp - Fix-its that add an include ---------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/IncludeFix.h"

namespace clang::tidy::concord {

/// What follows `#include` in \p Line, or nothing.
static StringRef included(StringRef Line) {
  Line = Line.ltrim();
  if (!Line.consume_front("#"))
    return "";
  Line = Line.ltrim();
  return Line.consume_front("include") ? Line.trim() : "";
}

IncludeFix includeFix(const SourceManager &Sources, SourceLocation Loc,
                      StringRef Header) {
  const FileID File = Sources.getFileID(Sources.getExpansionLoc(Loc));
  bool Invalid = false;
  const StringRef Text = Sources.getBufferData(File, &Invalid);
  if (Invalid)
    return {};
  const std::string Wanted = ("<" + Header + ">").str();
  std::optional<size_t> Before, After;
  for (size_t Begin = 0; Begin < Text.size();) {
    size_t End = Text.find('\n', Begin);
    End = End == StringRef::npos ? Text.size() : End + 1;
    const StringRef Name = included(Text.slice(Begin, End));
    if (Name.starts_with(Wanted))
      return {true, std::nullopt};
    if (Name.starts_with("<") && !Before && Name > StringRef(Wanted))
      Before = Begin;
    if (!Name.empty() && (Name.starts_with("<") || !After))
      After = End;
    Begin = End;
  }
  const std::optional<size_t> At = Before ? Before : After;
  if (!At)
    return {};
  return {true, FixItHint::CreateInsertion(
                    Sources.getLocForStartOfFile(File).getLocWithOffset(*At),
                    "#include " + Wanted + "\n")};
}

} // namespace clang::tidy::concord
