//===--- Rules.cpp - The checks as rules ----------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace concord {
namespace {

/// Where the link \p Target of a check's page leads below the docs. Empty if it
/// leads elsewhere.
std::string pageOf(StringRef Target) {
  if (Target.contains("://") || Target.starts_with("#"))
    return {};
  StringRef Path, Anchor;
  std::tie(Path, Anchor) = Target.split('#');
  const bool Up = Path.consume_front("../");
  Path.consume_back(".md");
  return ((Up ? "/" : "/checks/") + Path + (Anchor.empty() ? "" : "#") + Anchor)
      .str();
}

/// Rewrites the links of one line.
std::string withLinks(StringRef Line, StringRef DocsUrl) {
  std::string Result;
  while (true) {
    const size_t Middle = Line.find("](");
    const size_t End = Line.find(')', Middle);
    const size_t Begin = Line.substr(0, Middle).rfind('[');
    if (Middle == StringRef::npos || End == StringRef::npos ||
        Begin == StringRef::npos)
      break;
    const std::string Page = pageOf(Line.slice(Middle + 2, End));
    if (Page.empty())
      Result += Line.substr(0, End + 1);
    else if (DocsUrl.empty())
      Result += (Line.substr(0, Begin) + Line.slice(Begin + 1, Middle)).str();
    else
      Result += (Line.substr(0, Middle + 2) + DocsUrl + Page + ")").str();
    Line = Line.substr(End + 1);
  }
  return Result + Line.str();
}

} // namespace

const Rule *findRule(StringRef Check) {
  for (const Rule &R : allRules())
    if (R.Name == Check)
      return &R;
  return nullptr;
}

std::string sentenceOf(const Rule &R) {
  SmallVector<StringRef, 4> Parts;
  R.Page.split(Parts, "\n\n", 2);
  return Parts.size() < 2 ? R.Name.str()
                          : join(split(Parts[1].trim(), '\n'), " ");
}

std::string sectionOf(const Rule &R, StringRef Heading) {
  const std::string Mark = ("\n## " + Heading + "\n").str();
  const size_t Begin = R.Page.find(Mark);
  if (Begin == StringRef::npos)
    return {};
  const StringRef Rest = R.Page.substr(Begin + Mark.size());
  return Rest.substr(0, Rest.find("\n## ")).trim().str();
}

std::string helpOf(const Rule &R, StringRef DocsUrl) {
  std::string Result;
  bool Code = false;
  for (StringRef Line : split(R.Page.substr(R.Page.find("\n\n") + 2), '\n')) {
    if (Line.starts_with("```"))
      Code = !Code;
    if (!Code && Line.starts_with("<!--"))
      continue; // a mark for the tests of the docs
    Result += Code ? Line.str() : withLinks(Line, DocsUrl);
    Result += '\n';
  }
  return StringRef(Result).rtrim().str() + "\n";
}

std::string helpUrl(StringRef Check, StringRef DocsUrl) {
  if (const Rule *R = findRule(Check))
    return DocsUrl.empty() ? std::string()
                           : (DocsUrl + "/guidelines/" + R->Guideline).str();
  StringRef Module, Name;
  std::tie(Module, Name) = Check.split('-');
  // Names such as clang-analyzer-core.X have pages of another form.
  if (Name.empty() || Module == "clang" || Module == "concord")
    return {};
  return ("https://clang.llvm.org/extra/clang-tidy/checks/" + Module + "/" +
          Name + ".html")
      .str();
}

} // namespace concord
