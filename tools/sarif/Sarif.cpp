//===--- Sarif.cpp - Results as SARIF 2.1.0 -------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Documents.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace llvm;

namespace concord {
namespace {

/// Lines shown around a finding.
constexpr unsigned Context = 2;

struct TierWords {
  const char *Level, *Precision, *Severity, *Name;
};

/// A gate check is right 95 times out of 100, a review check 80 times.
const TierWords &wordsOf(Tier Weight) {
  static constexpr TierWords Words[] = {
      {"error", "very-high", "error", "gate"},
      {"warning", "high", "warning", "review"},
      {"note", "medium", "recommendation", "advice"}};
  return Words[unsigned(Weight)];
}

json::Value text(StringRef Text) {
  return json::Object{{"text", json::fixUTF8(Text)}};
}

json::Value artifact(const File &In) {
  json::Object Result{{"uri", In.Uri}};
  if (In.Inside)
    Result["uriBaseId"] = "%SRCROOT%";
  return Result;
}

json::Object region(const File &In, unsigned Begin, unsigned End) {
  const Position From = In.Content->position(Begin);
  const Position To = In.Content->position(End);
  return json::Object{{"startLine", From.Line},
                      {"startColumn", From.Column},
                      {"endLine", To.Line},
                      {"endColumn", To.Column}};
}

json::Value lines(const Source &Text, unsigned First, unsigned Last) {
  First = First > Context ? First - Context : 1;
  Last = std::min(Last + Context, Text.lines());
  return json::Object{{"startLine", First},
                      {"endLine", Last},
                      {"snippet", text(Text.lineRange(First, Last))}};
}

json::Object location(const Place &At) {
  const Source &Text = *At.In.Content;
  json::Object Region = region(At.In, At.Begin, At.End);
  Region["snippet"] = text(Text.text().slice(At.Begin, At.End));
  const unsigned First = Text.position(At.Begin).Line;
  // A statement may be long; the finding is where it begins.
  const unsigned Last = std::min(Text.position(At.End).Line, First + 4);
  return json::Object{
      {"physicalLocation",
       json::Object{{"artifactLocation", artifact(At.In)},
                    {"region", std::move(Region)},
                    {"contextRegion", lines(Text, First, Last)}}}};
}

json::Value fix(const Fix &F) {
  std::map<std::string, std::pair<const File *, json::Array>> ByFile;
  for (const Change &C : F.Changes) {
    auto &Entry = ByFile[C.In.Uri];
    Entry.first = &C.In;
    Entry.second.push_back(
        json::Object{{"deletedRegion", region(C.In, C.Begin, C.End)},
                     {"insertedContent", text(C.Text)}});
  }
  json::Array Changes;
  for (auto &[Uri, Entry] : ByFile)
    Changes.push_back(json::Object{{"artifactLocation", artifact(*Entry.first)},
                                   {"replacements", std::move(Entry.second)}});
  return json::Object{{"description", text(F.Text)},
                      {"artifactChanges", std::move(Changes)}};
}

json::Value result(const Result &R, unsigned RuleIndex, bool HasBaseline) {
  json::Object Answer{{"ruleId", R.Check},
                      {"ruleIndex", RuleIndex},
                      {"level", wordsOf(R.Weight).Level},
                      {"message", text(R.Main.Text)},
                      {"locations", json::Array{location(R.Main)}},
                      {"partialFingerprints",
                       json::Object{{"concordFinding/v1", R.Fingerprint}}}};
  if (HasBaseline)
    Answer["baselineState"] = R.New ? "new" : "unchanged";
  json::Array Related;
  for (const Place &Note : R.Notes) {
    json::Object At = location(Note);
    At["id"] = int64_t(Related.size() + 1);
    At["message"] = text(Note.Text);
    Related.push_back(std::move(At));
  }
  if (!Related.empty())
    Answer["relatedLocations"] = std::move(Related);
  json::Array Fixes;
  for (const Fix &F : R.Fixes)
    Fixes.push_back(fix(F));
  if (!Fixes.empty())
    Answer["fixes"] = std::move(Fixes);
  return Answer;
}

json::Object descriptor(StringRef Check, Tier Weight, StringRef Help) {
  const TierWords &Words = wordsOf(Weight);
  json::Object Answer{
      {"id", Check.str()},
      {"defaultConfiguration", json::Object{{"level", Words.Level}}}};
  if (!Help.empty())
    Answer["helpUri"] = Help.str();
  json::Object Properties{{"problem.severity", Words.Severity}};
  if (const Rule *R = findRule(Check)) {
    const std::string Sentence = sentenceOf(*R);
    const std::string Why = sectionOf(*R, "Why it matters");
    const StringRef Docs =
        Help.starts_with("http") ? Help.split("/guidelines/").first : "";
    const std::string Page = helpOf(*R, Docs);
    Answer["name"] = R->Name.drop_front(strlen("concord-"));
    Answer["shortDescription"] = text(Sentence);
    Answer["fullDescription"] = text(Why.empty() ? Sentence : Why);
    Answer["help"] = json::Object{{"text", Page}, {"markdown", Page}};
    Properties["precision"] = Words.Precision;
    Properties["tier"] = Words.Name;
    Properties["guideline"] = R->Guideline;
    Properties["tags"] = json::Array{"concurrency", R->Family, R->Guideline};
  }
  Answer["properties"] = std::move(Properties);
  return Answer;
}

} // namespace

json::Value sarifOf(const Report &R, StringRef DocsUrl, bool HasBaseline) {
  // All checks of Concord, found or not: consumers close what is fixed by rule.
  std::map<std::string, const Result *> Used;
  for (const Rule &Known : allRules())
    Used.try_emplace(Known.Name.str(), nullptr);
  for (const Result &Found : R.Results) {
    const Result *&First = Used[Found.Check];
    First = First ? First : &Found;
  }
  json::Array Rules;
  std::map<StringRef, unsigned> Index;
  for (const auto &[Check, First] : Used) {
    std::string Help = helpUrl(Check, DocsUrl);
    if (Help.empty() && First)
      Help = First->Link;
    Index[Check] = unsigned(Rules.size());
    const Rule *Known = findRule(Check);
    Rules.push_back(
        descriptor(Check, Known ? Known->Weight : First->Weight, Help));
  }
  json::Array Results;
  for (const Result &Found : R.Results)
    Results.push_back(result(Found, Index[Found.Check], HasBaseline));
  json::Array Notifications;
  for (const Place &Error : R.Failures)
    Notifications.push_back(
        json::Object{{"level", "error"},
                     {"message", text(Error.Text)},
                     {"locations", json::Array{location(Error)}}});
  json::Object Invocation{{"executionSuccessful", R.Failures.empty()}};
  if (!Notifications.empty())
    Invocation["toolExecutionNotifications"] = std::move(Notifications);

  json::Object Driver{{"name", "Concord"},
                      {"version", CONCORD_VERSION},
                      {"semanticVersion", CONCORD_VERSION},
                      {"rules", std::move(Rules)}};
  if (!DocsUrl.empty())
    Driver["informationUri"] = DocsUrl.str();
  json::Object Run{{"tool", json::Object{{"driver", std::move(Driver)}}},
                   {"columnKind", "utf16CodeUnits"},
                   {"invocations", json::Array{std::move(Invocation)}},
                   {"results", std::move(Results)}};
  return json::Object{
      {"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                  "schemas/sarif-schema-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", json::Array{std::move(Run)}}};
}

} // namespace concord
