//===--- GuidelinePages.cpp - Where the pages of the docs are -------------===//
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

/// The file of \p Page (`checks/relock`) under the docs' directory, or nothing.
std::string pageFile(StringRef Docs, StringRef Page) {
  for (const char *const Form : {"html/", ""}) {
    for (const char *const Extension : {".html", ".md"}) {
      SmallString<256> Path(Docs);
      sys::path::append(Path, Form + Page + Extension);
      SmallString<256> Real;
      if (!sys::fs::real_path(Path, Real))
        return std::string(Real);
    }
  }
  return {};
}

/// The file that this code was loaded from: the plugin, or the program that has
/// the checks in it.
std::string ownFile() {
  static const char Here = 0;
  Dl_info Info;
  if (!dladdr(&Here, &Info) || !Info.dli_fname)
    return {};
  // A program is known by the name that it was called by.
  const StringRef Name = Info.dli_fname;
  if (!Name.contains('/'))
    return sys::fs::getMainExecutable(Info.dli_fname,
                                      const_cast<char *>(&Here));
  SmallString<256> Path;
  return sys::fs::real_path(Name, Path) ? std::string() : std::string(Path);
}

/// The docs that belong to the plugin: `<prefix>/share/doc/concord-22`, by the
/// release of LLVM, for a plugin in `<prefix>/lib/concord` or a program in
/// `<prefix>/bin`. The build tree has the same form, and nothing in it is
/// absolute, so the tree can be moved.
std::string docsBesidePlugin() {
  const std::string File = ownFile();
  StringRef Directory = sys::path::parent_path(File);
  if (sys::path::filename(Directory) == "concord")
    Directory = sys::path::parent_path(Directory);
  if (Directory.empty())
    return {};
  SmallString<256> Docs(sys::path::parent_path(Directory));
  sys::path::append(Docs, "share", "doc",
                    "concord-" +
                        StringRef(CONCORD_LLVM_VERSION).split('.').first);
  return std::string(Docs);
}

/// The address of \p Page, as `guidelineUrl` says.
std::string pageUrl(StringRef Base, StringRef Page) {
  if (Base.empty())
    Base = CONCORD_DOCS_URL;
  Base = Base.rtrim('/');
  const std::string Docs = Base.empty() ? docsBesidePlugin()
                           : Base.starts_with_insensitive(FileScheme)
                               ? decoded(Base.drop_front(FileScheme.size()))
                               : std::string();
  const std::string File = Docs.empty() ? std::string() : pageFile(Docs, Page);
  if (!File.empty())
    return (FileScheme + encoded(File)).str();
  if (Base.empty())
    return ("docs/" + Page + ".md").str();
  return (Base + "/" + Page).str();
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
  return pageUrl(Base, ("guidelines/" + Slug).str());
}

std::string checkUrl(StringRef Base, StringRef Name) {
  Name.consume_front("concord-");
  return pageUrl(Base, ("checks/" + Name).str());
}

} // namespace clang::tidy::concord
