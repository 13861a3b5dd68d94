//===--- ConcordCheck.cpp - Base class of all checks ----------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/ConcordCheck.h"
#include "support/Configuration.h"
#include "support/GuidelinePages.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace clang::tidy::concord {
namespace {

/// The options that all checks share, as users write them.
constexpr StringRef SharedOptions[] = {"concord.GuidelineLink",
                                       "concord.DocsUrl", "concord.Vocabulary"};

std::optional<GuidelineLink> parseLink(StringRef Text) {
  return llvm::StringSwitch<std::optional<GuidelineLink>>(Text)
      .Case("message", GuidelineLink::Message)
      .Case("note", GuidelineLink::Note)
      .Case("none", GuidelineLink::None)
      .Default(std::nullopt);
}

/// \p Text as it must stand in a format string.
std::string verbatim(StringRef Text) {
  std::string Result;
  for (const char C : Text)
    Result.append(C == '%' ? 2 : 1, C);
  return Result;
}

/// \p Value without what `storeOptions` may change in writing it back.
std::string plain(StringRef Value) {
  std::string Result;
  for (const char C : Value)
    if (!llvm::isSpace(C) && C != ';' && C != ',')
      Result += llvm::toLower(C);
  return Result;
}

/// True if \p Given can have been read as the \p Stored value.
bool understood(StringRef Given, StringRef Stored) {
  if (Stored == "true" || Stored == "false") {
    const bool Number = !Given.empty() && llvm::all_of(Given, llvm::isDigit);
    return Number || Given.equals_insensitive("true") ||
           Given.equals_insensitive("false");
  }
  int64_t GivenNumber, StoredNumber;
  if (!Stored.getAsInteger(10, StoredNumber) &&
      !Given.getAsInteger(10, GivenNumber))
    return GivenNumber == StoredNumber;
  return plain(Given) == plain(Stored);
}

/// True for one check of a run: it judges what concerns all of them.
bool speaksForAll(const ClangTidyContext &Run, StringRef Name) {
  static constexpr StringRef Names[] = {
#define CONCORD_CHECK(CLASS, NAME, FAMILY, TIER, GUIDELINE, FIX)               \
  "concord-" NAME,
#include "Checks.def"
  };
  const auto *First = llvm::find_if(
      Names, [&Run](StringRef Check) { return Run.isCheckEnabled(Check); });
  return First != std::end(Names) && *First == Name;
}

} // namespace

Finding::~Finding() {
  if (!Check || !Builder)
    return;
  if (Check->editable(FixIts))
    for (const FixItHint &FixIt : FixIts)
      *Builder << FixIt;
  Builder.reset();
  for (const Note &N : Notes) {
    DiagnosticBuilder Diag = Check->diag(N.Loc, "%0", DiagnosticIDs::Note)
                             << N.Message;
    if (Check->editable(N.FixIts))
      for (const FixItHint &FixIt : N.FixIts)
        Diag << FixIt;
  }
  if (Check->Link == GuidelineLink::Note)
    Check->diag(Loc, "see %0", DiagnosticIDs::Note) << Check->Url;
}

Finding &Finding::note(SourceLocation Loc, const llvm::Twine &Message) {
  return note(Loc, Message, {});
}

Finding &Finding::note(SourceLocation Loc, const llvm::Twine &Message,
                       ArrayRef<FixItHint> FixIts) {
  if (Builder && Loc.isValid())
    Notes.push_back({Loc, Message.str(), FixIts.vec()});
  return *this;
}

ConcordCheck::ConcordCheck(StringRef CheckName, ClangTidyContext *Context)
    : ClangTidyCheck(CheckName, Context), Name(CheckName.str()), Run(*Context) {
  // A view of its own, so that the options read `concord.X` whatever the
  // check, and --verify-config knows them.
  const OptionsView Shared("concord", Context->getOptions().CheckOptions,
                           Context);
  LinkOption = Shared.get("GuidelineLink", "message").str();
  Link = parseLink(LinkOption).value_or(GuidelineLink::Message);
  DocsUrl = Shared.get("DocsUrl", "").str();
}

void ConcordCheck::registerPPCallbacks(const SourceManager &SM, Preprocessor *,
                                       Preprocessor *) {
  Sources = &SM;
  judgeOptions();
}

void ConcordCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Opts["concord.GuidelineLink"] = StringRef(LinkOption);
  Opts["concord.DocsUrl"] = StringRef(DocsUrl);
}

Finding ConcordCheck::finding(SourceLocation Loc, StringRef Message) {
  Finding Result(*this);
  if (Loc.isInvalid() || !Reported.insert(Loc).second)
    return Result;
  // To find the page takes looks at the disk, which only a finding is worth: in
  // an editor, checks are made at every edit.
  const CheckEntry *Entry = findCheckEntry(Name);
  if (Entry && Link != GuidelineLink::None && Url.empty())
    Url = guidelineUrl(DocsUrl, Entry->Guideline);
  std::string Text = Message.str();
  if (Link == GuidelineLink::Message && !Url.empty())
    Text += " (see " + verbatim(Url) + ")";
  Result.Loc = Loc;
  Result.Builder.emplace(diag(Loc, Text));
  return Result;
}

bool ConcordCheck::editable(ArrayRef<FixItHint> FixIts) const {
  return llvm::all_of(FixIts, [this](const FixItHint &FixIt) {
    const CharSourceRange &Range = FixIt.RemoveRange;
    return FixIt.isNull() || (Range.isValid() && Range.getBegin().isFileID() &&
                              Range.getEnd().isFileID() && Sources &&
                              !Sources->isInSystemHeader(Range.getBegin()));
  });
}

void ConcordCheck::judgeOptions() {
  const bool All = speaksForAll(Run, Name);
  if (All && !parseLink(LinkOption))
    reportConfiguration(*this, Run, *Sources,
                        "invalid value '" + LinkOption +
                            "' of option 'concord.GuidelineLink'; expected "
                            "message, note or none");

  ClangTidyOptions::OptionMap Known;
  storeOptions(Known);
  for (const StringRef Option : SharedOptions)
    Known.try_emplace(Option);
  for (const auto &Given : Run.getOptions().CheckOptions)
    if (All || Given.getKey().split('.').first == Name)
      judgeOption(Given.getKey(), Given.getValue().Value, Known);
}

void ConcordCheck::judgeOption(StringRef Key, StringRef Given,
                               const ClangTidyOptions::OptionMap &Known) {
  const StringRef Owner = Key.split('.').first;
  if (Owner.starts_with("concord-") && !findCheckEntry(Owner)) {
    reportConfiguration(*this, Run, *Sources,
                        "option '" + Key + "' belongs to no check of Concord");
    return;
  }
  if (Owner != "concord" && Owner != Name)
    return;
  const auto Stored = Known.find(Key);
  if (Stored == Known.end())
    reportConfiguration(*this, Run, *Sources, "unknown option '" + Key + "'");
  else if (Owner == Name && !understood(Given, Stored->getValue().Value))
    reportConfiguration(*this, Run, *Sources,
                        "invalid value '" + Given + "' of option '" + Key +
                            "'");
}

} // namespace clang::tidy::concord
