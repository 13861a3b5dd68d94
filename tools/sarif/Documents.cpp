//===--- Documents.cpp - What others read, apart from SARIF ---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Documents.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <optional>

using namespace llvm;

namespace concord {
namespace {

/// GitHub refuses very large reviews, and nobody reads them.
constexpr size_t MaxComments = 50;

std::string linkOf(const Result &R, StringRef DocsUrl) {
  std::string Link = helpUrl(R.Check, DocsUrl);
  if (Link.empty() && StringRef(R.Link).starts_with("http"))
    Link = R.Link; // a file of the machine that ran the analysis is no use
  return Link;
}

/// \p Text as plain text in Markdown: no markup, no mention of a user.
std::string plain(StringRef Text) {
  std::string Result;
  for (const char C : Text) {
    if (C == '@')
      Result += "&#64;";
    else if (C == '<')
      Result += "&lt;";
    else if (C == '&')
      Result += "&amp;";
    else {
      if (StringRef("\\`*_[]()#|>~!").contains(C))
        Result += '\\';
      Result += C == '\n' ? ' ' : C;
    }
  }
  return Result;
}

/// What \p F makes of the line \p Number, if it changes no other line.
std::optional<std::string> suggestion(const Result &R, const Fix &F,
                                      unsigned Number) {
  const Source &Text = *R.Main.In.Content;
  const unsigned Start = Text.lineStart(Number);
  std::string Line = Text.line(Number).str();
  std::vector<Change> Changes = F.Changes;
  llvm::sort(Changes, [](const Change &A, const Change &B) {
    return A.Begin > B.Begin;
  });
  size_t Limit = Line.size();
  for (const Change &C : Changes) {
    if (C.In.Path != R.Main.In.Path || C.Begin < Start || C.End - Start > Limit)
      return std::nullopt;
    Line.replace(C.Begin - Start, C.End - C.Begin, C.Text);
    Limit = C.Begin - Start;
  }
  return Line;
}

std::string comment(const Result &R, StringRef DocsUrl, unsigned Line) {
  std::string Body = "**" + plain(R.Check) + "**: " + plain(R.Main.Text) + ".";
  const std::string Link = linkOf(R, DocsUrl);
  if (!Link.empty())
    Body += " [Guideline](" + Link + ")";
  for (const Place &Note : R.Notes)
    Body += "\n- " + plain(Note.In.Path) + ":" +
            std::to_string(Note.In.Content->position(Note.Begin).Line) + ": " +
            plain(Note.Text);
  for (const Fix &F : R.Fixes) {
    const std::optional<std::string> NewLine = suggestion(R, F, Line);
    if (!NewLine)
      continue;
    std::string Fence = "```";
    while (StringRef(*NewLine).contains(Fence))
      Fence += '`';
    Body += "\n\n" + Fence + "suggestion\n" + *NewLine + "\n" + Fence;
    break;
  }
  return Body;
}

} // namespace

json::Value gitlabOf(const Report &R, StringRef DocsUrl) {
  static constexpr const char *Severities[] = {"critical", "major", "minor"};
  json::Array Answer;
  for (const Result &Found : R.Results) {
    const std::string Link = linkOf(Found, DocsUrl);
    const unsigned Line =
        Found.Main.In.Content->position(Found.Main.Begin).Line;
    Answer.push_back(json::Object{
        {"description",
         json::fixUTF8(Found.Main.Text +
                       (Link.empty() ? "" : " (see " + Link + ")"))},
        {"check_name", Found.Check},
        {"fingerprint", Found.Fingerprint},
        {"severity", Severities[unsigned(Found.Weight)]},
        {"location", json::Object{{"path", json::fixUTF8(Found.Main.In.Path)},
                                  {"lines", json::Object{{"begin", Line}}}}}});
  }
  return Answer;
}

json::Value githubReviewOf(const Report &R, StringRef DocsUrl) {
  json::Array Comments;
  size_t Left = 0;
  for (const Result &Found : R.Results) {
    if (!Found.New || !Found.Main.In.Inside)
      continue;
    if (Comments.size() == MaxComments) {
      ++Left;
      continue;
    }
    const unsigned Line =
        Found.Main.In.Content->position(Found.Main.Begin).Line;
    Comments.push_back(
        json::Object{{"path", json::fixUTF8(Found.Main.In.Path)},
                     {"line", Line},
                     {"side", "RIGHT"},
                     {"body", json::fixUTF8(comment(Found, DocsUrl, Line))}});
  }
  const size_t Count = Comments.size() + Left;
  std::string Body = "Concord: " + std::to_string(Count) +
                     (Count == 1 ? " new finding." : " new findings.");
  if (Left)
    Body += " " + std::to_string(Left) + " of them are not shown here.";
  return json::Object{
      {"event", "COMMENT"}, {"body", Body}, {"comments", std::move(Comments)}};
}

std::string summaryOf(const Report &R) {
  struct Count {
    unsigned All = 0, New = 0;
  };
  std::map<std::string, Count> Counts;
  size_t Width = strlen("guideline");
  for (const Result &Found : R.Results) {
    const std::string Name =
        Found.Known ? Found.Known->Guideline.str() : "(" + Found.Check + ")";
    Width = std::max(Width, Name.size());
    Count &C = Counts[Name];
    ++C.All;
    C.New += Found.New;
  }
  std::string Text;
  raw_string_ostream Out(Text);
  const auto Row = [&](StringRef Name, const Twine &All, const Twine &New) {
    Out << Name;
    Out.indent(unsigned(Width - Name.size() + 2));
    const std::string Number = All.str();
    Out.indent(unsigned(8 - std::min<size_t>(8, Number.size()))) << Number;
    const std::string Fresh = New.str();
    Out.indent(unsigned(6 - std::min<size_t>(6, Fresh.size())))
        << Fresh << "\n";
  };
  if (!Counts.empty())
    Row("guideline", "findings", "new");
  for (const auto &[Name, C] : Counts)
    Row(Name, Twine(C.All), Twine(C.New));
  return Out.str();
}

} // namespace concord
