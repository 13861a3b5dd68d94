//===--- concord-sarif.cpp - Findings of clang-tidy as SARIF --------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Converts what clang-tidy writes for --export-fixes into documents that forges
// and editors read, and tells new findings from known ones.
//
// Exit code: 0; 1 if --fail-on asks to fail; 2 for an error, with a message.
//
//===----------------------------------------------------------------------===//

#include "Baseline.h"
#include "Diff.h"
#include "Documents.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

using namespace llvm;
using namespace concord;

namespace {

enum class Format { Sarif, GitLab, GitHubReview };

cl::OptionCategory Category("Options of concord-sarif");

cl::list<std::string> Inputs(cl::Positional,
                             cl::desc("<fixes.yaml | directory>..."),
                             cl::cat(Category));
cl::opt<std::string> Output("o", cl::desc("Write to this file"),
                            cl::value_desc("file"), cl::init("-"),
                            cl::cat(Category));
cl::opt<Format> OutputFormat(
    "format", cl::desc("What to write"), cl::init(Format::Sarif),
    cl::values(clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0 (default)"),
               clEnumValN(Format::GitLab, "gitlab", "GitLab Code Quality"),
               clEnumValN(Format::GitHubReview, "github-review",
                          "a review of a GitHub pull request")),
    cl::cat(Category));
cl::opt<std::string>
    Root("root",
         cl::desc("Root of the repository, which paths begin at. Default: the "
                  "repository of the working directory"),
         cl::value_desc("directory"), cl::cat(Category));
cl::opt<std::string> DocsUrl("docs-url",
                             cl::desc("Address of the docs that rules link to"),
                             cl::value_desc("url"), cl::init(CONCORD_DOCS_URL),
                             cl::cat(Category));
cl::opt<std::string> BaselineFile("baseline",
                                  cl::desc("Findings in this file are not new"),
                                  cl::value_desc("file"), cl::cat(Category));
cl::opt<std::string>
    NewBaseline("write-baseline",
                cl::desc("Write all findings to this file, to be a baseline"),
                cl::value_desc("file"), cl::cat(Category));
cl::opt<std::string>
    DiffFile("diff",
             cl::desc("Keep only findings on lines that this diff of git adds; "
                      "- reads it from stdin"),
             cl::value_desc("file"), cl::cat(Category));
cl::opt<std::string> FailOn(
    "fail-on",
    cl::desc(
        "Exit with 1 if a new finding is of this tier or of more weight: "
        "gate, review, advice, or none (default). Then a unit that does not "
        "compile is a failure, too"),
    cl::value_desc("tier"), cl::init("none"), cl::cat(Category));
cl::opt<bool> Summary("summary",
                      cl::desc("Print the findings by guideline on stderr"),
                      cl::cat(Category));

/// The tier that the user gave, or nothing for `none`.
Expected<std::optional<Tier>> tierToFailOn() {
  static constexpr StringRef Names[] = {"gate", "review", "advice"};
  if (FailOn == "none")
    return std::nullopt;
  for (unsigned I = 0; I != std::size(Names); ++I)
    if (FailOn == Names[I])
      return std::optional<Tier>(Tier(I));
  return failure("--fail-on is gate, review, advice or none, not '" + FailOn +
                 "'");
}

Expected<Report> readReport() {
  if (Inputs.empty())
    return failure("name what clang-tidy --export-fixes wrote; see --help");
  Expected<Repository> Repo = Repository::open(Root);
  if (!Repo)
    return Repo.takeError();
  std::vector<Finding> Findings;
  for (const std::string &Input : Inputs)
    if (Error E = readFindings(Input, Findings))
      return E;
  return resolve(Findings, *Repo);
}

json::Value document(const Report &R) {
  const StringRef Docs = StringRef(DocsUrl).rtrim('/');
  switch (OutputFormat) {
  case Format::GitLab:
    return gitlabOf(R, Docs);
  case Format::GitHubReview:
    return githubReviewOf(R, Docs);
  case Format::Sarif:
    break;
  }
  return sarifOf(R, Docs, !BaselineFile.empty());
}

/// Says on stderr what was found, and what about it is to be said.
void printSummary(const Report &R, unsigned Gone) {
  if (Summary)
    errs() << summaryOf(R);
  const auto New =
      count_if(R.Results, [](const Result &Found) { return Found.New; });
  errs() << "concord-sarif: " << R.Results.size()
         << (R.Results.size() == 1 ? " finding" : " findings");
  if (!BaselineFile.empty())
    errs() << ", " << New << " new, " << Gone << " of the baseline gone";
  errs() << "\n";
  for (const Place &At : R.Failures)
    errs() << "concord-sarif: " << At.In.Path << ":"
           << At.In.Content->position(At.Begin).Line
           << ": not analysed, findings are missing: " << At.Text << "\n";
}

Expected<int> run() {
  Expected<std::optional<Tier>> Limit = tierToFailOn();
  if (!Limit)
    return Limit.takeError();
  Expected<Report> R = readReport();
  if (!R)
    return R.takeError();
  if (!DiffFile.empty())
    if (Error E = keepChanged(DiffFile, *R))
      return E;
  unsigned Gone = 0;
  if (!BaselineFile.empty()) {
    Expected<unsigned> Missing = applyBaseline(BaselineFile, *R);
    if (!Missing)
      return Missing.takeError();
    Gone = *Missing;
  }
  std::string Text;
  {
    raw_string_ostream Out(Text);
    json::OStream(Out, 2).value(document(*R));
    Out << '\n';
  }
  if (Error E = writeText(Output, Text))
    return E;
  if (!NewBaseline.empty())
    if (Error E = writeText(NewBaseline, baselineOf(*R)))
      return E;
  printSummary(*R, Gone);
  const bool Fails = *Limit && (!R->Failures.empty() ||
                                any_of(R->Results, [&](const Result &Found) {
                                  return Found.New && Found.Weight <= **Limit;
                                }));
  return Fails ? 1 : 0;
}

} // namespace

int main(int Argc, char **Argv) {
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter(
      [](raw_ostream &Out) { Out << "concord-sarif " CONCORD_VERSION "\n"; });
  if (!cl::ParseCommandLineOptions(
          Argc, Argv,
          "concord-sarif: what clang-tidy --export-fixes wrote, as SARIF\n",
          &errs()))
    return 2;
  Expected<int> Result = run();
  if (Result)
    return *Result;
  errs() << "concord-sarif: error: " << toString(Result.takeError()) << "\n";
  return 2;
}
