//===--- PageLinks.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PageLinks.h"
#include "support/GuidelinePages.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace clang::tidy::concord {
namespace {

/// What every link that clangd makes up for one of our checks has in it.
constexpr StringRef MadeUp = "/clang-tidy/checks/concord/";

/// The address of the docs in "... (see <base>/guidelines/<slug>.md)".
StringRef baseIn(StringRef Text, StringRef Guideline) {
  const size_t End = Text.find(("/guidelines/" + Guideline).str());
  if (End == StringRef::npos)
    return {};
  const StringRef Before = Text.take_front(End);
  return Before.substr(Before.find_last_of(" (\n") + 1);
}

/// The address of the docs that \p Diagnostic names in its text or in a note.
StringRef baseOf(const json::Object &Diagnostic, StringRef Guideline) {
  const auto InMessage = [Guideline](const json::Object &Object) {
    return baseIn(Object.getString("message").value_or(""), Guideline);
  };
  StringRef Base = InMessage(Diagnostic);
  const json::Array *const Notes = Diagnostic.getArray("relatedInformation");
  if (!Notes)
    return Base;
  for (const json::Value &Note : *Notes)
    if (const json::Object *const Object = Note.getAsObject();
        Object && Base.empty())
      Base = InMessage(*Object);
  return Base;
}

/// Puts the link of one diagnostic right. False if it is none of ours.
bool correct(json::Object &Diagnostic) {
  json::Object *const Description = Diagnostic.getObject("codeDescription");
  if (!Description ||
      !Description->getString("href").value_or("").contains(MadeUp))
    return false;
  const CheckEntry *const Check =
      findCheckEntry(Diagnostic.getString("code").value_or(""));
  if (!Check)
    return false;
  const std::string Url =
      checkUrl(baseOf(Diagnostic, Check->Guideline), Check->Name);
  if (StringRef(Url).contains("://"))
    (*Description)["href"] = Url;
  else
    Diagnostic.erase("codeDescription");
  return true;
}

/// Puts right every diagnostic in \p Root, wherever it is: in a notification,
/// in an answer about quick fixes. How many.
unsigned correctAll(json::Value &Root) {
  unsigned Corrected = 0;
  SmallVector<json::Value *, 32> Work{&Root};
  while (!Work.empty()) {
    json::Value *const Value = Work.pop_back_val();
    if (json::Array *const Array = Value->getAsArray())
      for (json::Value &Element : *Array)
        Work.push_back(&Element);
    json::Object *const Object = Value->getAsObject();
    if (!Object)
      continue;
    Corrected += correct(*Object);
    for (auto &Member : *Object)
      Work.push_back(&Member.second);
  }
  return Corrected;
}

} // namespace

std::optional<std::string> withPageLinks(StringRef Message) {
  // Almost every message ends here, unparsed. clangd escapes no slash.
  if (!Message.contains(MadeUp))
    return std::nullopt;
  Expected<json::Value> Parsed = json::parse(Message);
  if (!Parsed) {
    consumeError(Parsed.takeError());
    return std::nullopt;
  }
  if (correctAll(*Parsed) == 0)
    return std::nullopt;
  // Line breaks only where clangd was asked for them, with --pretty.
  return Message.contains('\n') ? formatv("{0:2}", *Parsed).str()
                                : formatv("{0}", *Parsed).str();
}

} // namespace clang::tidy::concord
