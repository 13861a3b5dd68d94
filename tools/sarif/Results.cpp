//===--- Results.cpp - Findings, placed and named -------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Results.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA1.h"
#include <tuple>

using namespace llvm;

namespace concord {
namespace {

/// Turns findings into results.
class Resolver {
public:
  Resolver(Repository &Repo) : Repo(Repo) {}

  Error add(const Finding &F) {
    Expected<Place> Main = place(F.Main, F.Directory);
    if (!Main)
      return Main.takeError();
    if (F.isFailure()) {
      Answer.Failures.push_back(std::move(*Main));
      return Error::success();
    }
    Result R;
    R.Check = F.Check;
    R.Known = findRule(F.Check);
    R.Weight = R.Known                       ? R.Known->Weight
               : F.Level == Severity::Error  ? Tier::Gate
               : F.Level == Severity::Remark ? Tier::Advice
                                             : Tier::Review;
    R.Main = std::move(*Main);
    R.Link = takeLink(R.Main.Text);
    if (Error E = addFix(R, F.Main, F.Directory, "apply the fix-it"))
      return E;
    for (const Remark &Note : F.Notes)
      if (Error E = addNote(R, Note, F.Directory))
        return E;
    Answer.Results.push_back(std::move(R));
    return Error::success();
  }

  Report take() {
    auto Key = [](const Result &R) {
      return std::tie(R.Main.In.Path, R.Main.Begin, R.Check, R.Main.Text);
    };
    llvm::sort(Answer.Results, [&](const Result &A, const Result &B) {
      return Key(A) < Key(B);
    });
    // A header's findings come once for each unit that includes it.
    Answer.Results.erase(std::unique(Answer.Results.begin(),
                                     Answer.Results.end(),
                                     [&](const Result &A, const Result &B) {
                                       return Key(A) == Key(B);
                                     }),
                         Answer.Results.end());
    addFingerprints();
    return std::move(Answer);
  }

private:
  Expected<Place> place(const Remark &R, StringRef Directory) {
    Expected<File> In = Repo.file(R.File, Directory);
    if (!In)
      return In.takeError();
    const Source &Text = *In->Content;
    if (R.Offset > Text.text().size())
      return changed(*In);
    Place Result{R.Text, *In, R.Offset, Text.endOfWord(R.Offset)};
    for (const Span &Range : R.Ranges)
      if (Range.File == R.File && Range.Offset == R.Offset && Range.Length &&
          Range.Length <= Text.text().size() - R.Offset)
        Result.End = R.Offset + Range.Length;
    return Result;
  }

  Error addNote(Result &R, const Remark &Note, StringRef Directory) {
    if (Note.File.empty())
      return Error::success(); // about no place: the command line
    Expected<Place> At = place(Note, Directory);
    if (!At)
      return At.takeError();
    R.Notes.push_back(std::move(*At));
    return addFix(R, Note, Directory, Note.Text);
  }

  Error addFix(Result &R, const Remark &From, StringRef Directory,
               StringRef Text) {
    Fix Result;
    Result.Text = Text.str();
    for (const Edit &E : From.Edits) {
      Expected<File> In = Repo.file(E.File, Directory);
      if (!In)
        return In.takeError();
      const size_t Size = In->Content->text().size();
      if (E.Offset > Size || E.Length > Size - E.Offset)
        return changed(*In);
      Result.Changes.push_back({*In, E.Offset, E.Offset + E.Length, E.Text});
    }
    if (!Result.Changes.empty())
      R.Fixes.push_back(std::move(Result));
    return Error::success();
  }

  static Error changed(const File &In) {
    return failure(In.Path + " is shorter than what was analysed; convert the "
                             "findings before the sources change");
  }

  /// Cuts ` (see <link>)` off the end of \p Text.
  static std::string takeLink(std::string &Text) {
    const size_t Begin = Text.rfind(" (see ");
    if (Begin == std::string::npos || Text.back() != ')')
      return {};
    const std::string Link = Text.substr(Begin + 6, Text.size() - Begin - 7);
    if (!StringRef(Link).contains("/") || StringRef(Link).contains(' '))
      return {};
    Text.resize(Begin);
    return Link;
  }

  void addFingerprints() {
    StringMap<unsigned> Seen;
    for (Result &R : Answer.Results) {
      const Source &Text = *R.Main.In.Content;
      std::string Key = R.Check + '\0' + R.Main.In.Path + '\0';
      for (const char C : Text.line(Text.position(R.Main.Begin).Line))
        if (!isSpace(C))
          Key += C;
      if (const unsigned Earlier = Seen[Key]++)
        Key += '\0' + utostr(Earlier);
      const auto Hash = SHA1::hash(arrayRefFromStringRef(Key));
      R.Fingerprint =
          toHex(ArrayRef<uint8_t>(Hash).take_front(16), /*LowerCase=*/true);
    }
  }

  Repository &Repo;
  Report Answer;
};

} // namespace

Expected<Report> resolve(ArrayRef<Finding> Findings, Repository &Repo) {
  Resolver R(Repo);
  for (const Finding &F : Findings)
    if (Error E = R.add(F))
      return E;
  return R.take();
}

} // namespace concord
