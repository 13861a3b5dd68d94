//===--- GuidelinePages.cpp - Where the guideline's page is ---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/GuidelinePages.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;

namespace clang::tidy::concord {
namespace {

constexpr StringRef FileScheme = "file://";

/// Escapes what may not stand in an address.
std::string encoded(StringRef Path) {
  std::string Result;
  for (const char C : Path) {
    if (isAlnum(C) || StringRef("/-_.~+@").contains(C))
      Result += C;
    else
      Result += "%" + toHex(StringRef(&C, 1));
  }
  return Result;
}

std::string decoded(StringRef Address) {
  std::string Result;
  while (!Address.empty()) {
    if (Address.size() > 2 && Address[0] == '%' && isHexDigit(Address[1]) &&
        isHexDigit(Address[2])) {
      Result += fromHex(Address.substr(1, 2));
      Address = Address.drop_front(3);
      continue;
    }
    Result += Address.front();
    Address = Address.drop_front();
  }
  return Result;
}

/// The file of the page under the docs' directory, or nothing.
std::string pageFile(StringRef Docs, StringRef Slug) {
  for (const char *const Form : {"html/guidelines/", "guidelines/"}) {
    for (const char *const Extension : {".html", ".md"}) {
      SmallString<256> Path(Docs);
      sys::path::append(Path, Form + Slug + Extension);
      SmallString<256> Real;
      if (!sys::fs::real_path(Path, Real))
        return std::string(Real);
    }
  }
  return {};
}

/// The docs that belong to the plugin: `<prefix>/share/doc/concord-22`, by the
/// release of LLVM, for a plugin in `<prefix>/lib/concord`. The build tree has
/// the same form, and nothing in it is absolute, so the tree can be moved.
std::string docsBesidePlugin() {
  static const char Here = 0;
  Dl_info Info;
  SmallString<256> Path;
  if (!dladdr(&Here, &Info) || !Info.dli_fname ||
      sys::fs::real_path(Info.dli_fname, Path))
    return {};
  const StringRef Prefix = sys::path::parent_path(
      sys::path::parent_path(sys::path::parent_path(Path)));
  SmallString<256> Docs(Prefix);
  sys::path::append(Docs, "share", "doc",
                    "concord-" +
                        StringRef(CONCORD_LLVM_VERSION).split('.').first);
  return std::string(Docs);
}

} // namespace

const CheckEntry *findCheckEntry(StringRef Name) {
  static constexpr CheckEntry Entries[] = {
#define CONCORD_CHECK(CLASS, NAME, FAMILY, TIER, GUIDELINE, FIX)               \
  {"concord-" NAME, GUIDELINE},
#include "Checks.def"
      {"", ""}};
  for (const CheckEntry &Entry : Entries)
    if (Entry.Name == Name)
      return &Entry;
  return nullptr;
}

std::string guidelineUrl(StringRef Base, StringRef Slug) {
  if (Base.empty())
    Base = CONCORD_DOCS_URL;
  Base = Base.rtrim('/');
  const std::string Docs = Base.empty() ? docsBesidePlugin()
                           : Base.starts_with_insensitive(FileScheme)
                               ? decoded(Base.drop_front(FileScheme.size()))
                               : std::string();
  const std::string File = Docs.empty() ? std::string() : pageFile(Docs, Slug);
  if (!File.empty())
    return (FileScheme + encoded(File)).str();
  if (Base.empty())
    return ("docs/guidelines/" + Slug + ".md").str();
  return (Base + "/guidelines/" + Slug).str();
}

} // namespace clang::tidy::concord
