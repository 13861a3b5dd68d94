//===--- FactsCheck.cpp - What the checks of one run share ----------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/HandleState.h"
#include "analysis/UnitFacts.h"
#include "support/Configuration.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <mutex>

namespace clang::tidy::concord {

namespace {

/// The directory of the `.clang-tidy` that names vocabulary files for \p
/// Source; the working directory if none does (the option came from the command
/// line).
std::string configurationDirectory(StringRef Source) {
  llvm::SmallString<256> Directory(Source);
  if (llvm::sys::fs::make_absolute(Directory))
    return {};
  while (llvm::sys::path::has_parent_path(Directory)) {
    llvm::sys::path::remove_filename(Directory);
    llvm::SmallString<256> File(Directory);
    llvm::sys::path::append(File, ".clang-tidy");
    auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
    if (Text && (*Text)->getBuffer().contains("concord.Vocabulary"))
      return std::string(Directory);
  }
  llvm::SmallString<256> Current;
  return llvm::sys::fs::current_path(Current) ? std::string()
                                              : std::string(Current);
}

} // namespace

class SharedFacts {
public:
  /// The state that all checks of \p Run share; made by the first of them.
  static std::shared_ptr<SharedFacts> of(ClangTidyContext &Run) {
    // clangd runs several units at a time, each with a context of its own.
    static std::mutex Mutex;
    static std::map<ClangTidyContext *, std::weak_ptr<SharedFacts>> Known;
    std::lock_guard<std::mutex> Lock(Mutex);
    for (auto At = Known.begin(); At != Known.end();)
      At = At->second.expired() ? Known.erase(At) : std::next(At);
    std::weak_ptr<SharedFacts> &Entry = Known[&Run];
    std::shared_ptr<SharedFacts> Shared = Entry.lock();
    if (!Shared)
      Entry = Shared = std::make_shared<SharedFacts>();
    return Shared;
  }

  /// Reads the vocabulary files in \p Option (paths separated by ';' or ',').
  void loadVocabulary(StringRef Option, StringRef Source) {
    if (Loaded)
      return;
    Loaded = true;
    std::vector<Vocabulary::UserFile> Files;
    llvm::SmallVector<StringRef, 4> Paths;
    llvm::SplitString(Option, Paths, ";,");
    for (StringRef Path : Paths)
      if (!Path.trim().empty())
        read(Path.trim(), Source, Files);
    llvm::Expected<std::unique_ptr<Vocabulary>> Result =
        Vocabulary::load(Files);
    if (Result)
      Words = std::move(*Result);
    else
      Error += llvm::toString(Result.takeError());
  }

  /// What was wrong with the vocabulary, once; empty afterwards.
  std::string takeError() { return std::exchange(Error, std::string()); }

  UnitFacts *facts(ASTContext &Context) {
    if (&Context != For) {
      For = &Context;
      Facts = Words && Words->concerns(Context)
                  ? std::make_unique<UnitFacts>(Context, *Words)
                  : nullptr;
    }
    return Facts.get();
  }

  void forget() {
    For = nullptr;
    Facts = nullptr;
  }

private:
  void read(StringRef Path, StringRef Source,
            std::vector<Vocabulary::UserFile> &Files) {
    llvm::SmallString<256> File(Path);
    if (!llvm::sys::path::is_absolute(File)) {
      File = configurationDirectory(Source);
      llvm::sys::path::append(File, Path);
    }
    auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
    if (!Text) {
      Error += (llvm::Twine(File) +
                ":1:1: error: cannot read the vocabulary "
                "file: " +
                Text.getError().message())
                   .str();
      return;
    }
    Files.push_back({std::string(File), (*Text)->getBuffer().str()});
  }

  bool Loaded = false;
  std::string Error;
  std::unique_ptr<Vocabulary> Words;
  const ASTContext *For = nullptr;
  std::unique_ptr<UnitFacts> Facts;
};

FactsCheck::FactsCheck(StringRef Name, ClangTidyContext *Context)
    : ConcordCheck(Name, Context), Shared(SharedFacts::of(*Context)),
      VocabularyFiles(
          OptionsView("concord", Context->getOptions().CheckOptions, Context)
              .get("Vocabulary", "")),
      CurrentFile(Context->getCurrentFile()) {}

FactsCheck::~FactsCheck() = default;

void FactsCheck::onStartOfTranslationUnit() {
  Shared->forget();
  Shared->loadVocabulary(VocabularyFiles, CurrentFile);
  // In an editor there is no place to show it yet.
  if (areDiagsSelfContained())
    return;
  std::string Error = Shared->takeError();
  if (!Error.empty())
    configurationDiag("%0", DiagnosticIDs::Error) << Error;
}

UnitFacts *FactsCheck::facts(ASTContext &Context) {
  if (areDiagsSelfContained()) {
    std::string Error = Shared->takeError();
    if (!Error.empty())
      reportInEditor(*this, Context.getSourceManager(), Error);
  }
  return Shared->facts(Context);
}

} // namespace clang::tidy::concord
