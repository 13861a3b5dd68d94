//===--- concord-clangd.cpp - clangd with the checks in it ----------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// clangd loads no plugins. This is the clangd of the LLVM release, linked from
// its archives, with the checks linked to it and three differences:
//
// - Our checks run without FastCheckFilter, which stops what it never timed.
// - Where no configuration names any check, those of the tiers gate and review
//   run beside clangd's own.
// - The code of a finding is a link to the page of the check.
//
// It has no remote index.

#include "Clangd.h"
#include "MessageFilter.h"
#include "PageLinks.h"
#include "support/GuidelinePages.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include <string>
#include <vector>

using namespace llvm;

namespace clang::tidy::concord {

std::optional<bool> isFastTidyCheck(StringRef Check) {
  if (findCheckEntry(Check))
    return true;
  return realIsFastTidyCheck(Check);
}

/// Globs for all checks but the advice. clangd compares every check that it has
/// with every glob at every edit, so they are few.
static std::string defaultGlobs() {
  // The tiers of Checks.def.
  [[maybe_unused]] constexpr bool gate = false;
  [[maybe_unused]] constexpr bool review = false;
  [[maybe_unused]] constexpr bool advice = true;
  std::string Result = ",concord-*";
#define CONCORD_CHECK(CLASS, NAME, FAMILY, TIER, GUIDELINE, FIX)               \
  if (TIER)                                                                    \
    Result += ",-concord-" NAME;
#include "Checks.def"
  return Result;
}

ClangdOptionsProvider defaultChecks() {
  static const ClangdOptionsProvider Defaults = realDefaultChecks();
  static const std::string Globs = defaultGlobs();
  static const auto WithOurs = [](ClangTidyOptions &Options, StringRef File) {
    const bool Chosen = Options.Checks && !Options.Checks->empty();
    Defaults(Options, File);
    if (!Chosen)
      Options.Checks = Options.Checks.value_or("") + Globs;
  };
  return WithOurs;
}

std::unique_ptr<clangd::Transport> newTransport(std::FILE *In, raw_ostream &Out,
                                                raw_ostream *InMirror,
                                                bool Pretty,
                                                clangd::JSONStreamStyle Style) {
  // clangd makes one connection, and threads may outlive it.
  static MessageFilter Filter(Out, withPageLinks);
  return realNewTransport(In, Filter, InMirror, Pretty, Style);
}

namespace {

/// True if the user says where clang's own headers are.
bool namesResources(ArrayRef<char *> Arguments) {
  return any_of(Arguments,
                [](StringRef Argument) {
                  return Argument.ltrim('-').starts_with("resource-dir");
                }) ||
         StringRef(sys::Process::GetEnv("CLANGD_FLAGS").value_or(""))
             .contains("-resource-dir");
}

/// clangd looks for clang's own headers beside itself, where a package of clang
/// has them. We are elsewhere, and take those of the release.
std::string resourceArgument(const char *Program) {
  static const char Here = 0;
  SmallString<256> Beside(
      sys::fs::getMainExecutable(Program, const_cast<char *>(&Here)));
  sys::path::remove_filename(Beside);
  sys::path::append(Beside, "..", "lib", "clang",
                    std::to_string(LLVM_VERSION_MAJOR));
  if (sys::fs::is_directory(Beside))
    return {};
  return "--resource-dir=" CONCORD_RESOURCE_DIR;
}

} // namespace
} // namespace clang::tidy::concord

std::unique_ptr<clang::clangd::SymbolIndex>
clang::clangd::remote::getClient(StringRef, StringRef) {
  errs() << "concord-clangd has no remote index\n";
  return nullptr;
}

int main(int argc, char **argv) {
  using namespace clang::tidy::concord;
  std::vector<char *> Arguments(argv, argv + argc);
  std::string Resources = resourceArgument(argv[0]);
  if (!Resources.empty() && !namesResources(ArrayRef(Arguments).drop_front()))
    Arguments.insert(Arguments.begin() + 1, Resources.data());
  const int Count = static_cast<int>(Arguments.size());
  Arguments.push_back(nullptr);
  return clang::clangd::clangdMain(Count, Arguments.data());
}
