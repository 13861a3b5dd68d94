//===--- NameIndex.cpp - Facts by the names of declarations -----*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/NameIndex.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <mutex>

namespace clang::tidy::concord {

/// What every unit needs: method sets, forwarders, wrappers.
static constexpr llvm::StringLiteral CommonFile = "common.yaml";

static const EmbeddedLibrary &commonFile() {
  return *llvm::find_if(embeddedLibraries(), [](const EmbeddedLibrary &File) {
    return File.File == CommonFile;
  });
}

/// An embedded library, read when it is first needed and never again: clangd
/// makes a vocabulary at every edit, and of several files at a time.
static const Library &embedded(const EmbeddedLibrary &File) {
  static std::mutex Mutex;
  static llvm::StringMap<std::unique_ptr<Library>> Known;
  const Library *Common =
      File.File == CommonFile ? nullptr : &embedded(commonFile());
  const std::lock_guard<std::mutex> Lock(Mutex);
  std::unique_ptr<Library> &Entry = Known[File.File];
  if (!Entry) {
    auto Read = readLibrary(File.File, File.Text, Common);
    if (!Read)
      llvm::report_fatal_error(Read.takeError());
    Entry = std::move(*Read);
  }
  return *Entry;
}

/// An identifier may be in a precompiled header and not in the table yet.
static bool hasIdentifier(const ASTContext &Context, StringRef Name) {
  if (Context.Idents.find(Name) != Context.Idents.end())
    return true;
  IdentifierInfoLookup *External = Context.Idents.getExternalIdentifierLookup();
  return External && External->get(Name);
}

llvm::Error NameIndex::addFiles(ArrayRef<Vocabulary::UserFile> Files) {
  const Library &Common = embedded(commonFile());
  // The user's entries come first and win.
  for (const Vocabulary::UserFile &File : Files) {
    auto L = readLibrary(File.Path, File.Text, &Common);
    if (!L)
      return L.takeError();
    UserLibraries.push_back(std::move(*L));
    add(*UserLibraries.back());
  }
  HasLibraries = !Files.empty();
  add(Common);
  return llvm::Error::success();
}

void NameIndex::prepare(const ASTContext &Context) {
  if (Prepared)
    return;
  Prepared = true;
  for (const EmbeddedLibrary &File : embeddedLibraries()) {
    if (File.File == CommonFile)
      continue;
    auto Names = requiredIdentifiers(File.Text);
    if (llvm::none_of(Names, [&](StringRef Name) {
          return hasIdentifier(Context, Name);
        }))
      continue;
    HasLibraries = true;
    add(embedded(File));
  }
}

static StringRef lastName(StringRef Name) {
  size_t Colons = Name.rfind("::");
  return Colons == StringRef::npos ? Name : Name.drop_front(Colons + 2);
}

void NameIndex::addName(StringRef Name) { LastNames.insert(lastName(Name)); }

void NameIndex::addType(const TypeEntry &Entry) {
  if (Entry.Fact.Guard && !Entry.Fact.Guard->Fits.empty())
    PlainGuards.push_back(&Entry.Fact);
  addName(Entry.Fact.Name);
  Types.try_emplace(Entry.Fact.Name, &Entry.Fact);
  for (const std::string &Name : Entry.Fact.Aka) {
    addName(Name);
    Types.try_emplace(Name, &Entry.Fact);
  }
}

void NameIndex::add(const Library &L) {
  for (const TypeEntry &Entry : L.Types)
    addType(Entry);
  for (const CallFact &Fact : L.Functions)
    for (const std::string &Name : Fact.Names) {
      addName(Name);
      Function &F = Functions[Name];
      if (F.From && F.From != &L)
        continue;
      F.From = &L;
      F.CLinkage = L.CLinkage;
      F.Facts.push_back(&Fact);
    }
  for (const Wrapper &W : L.Wrappers) {
    addName(W.Name);
    Wrappers.try_emplace(W.Name, &W);
  }
  for (const Forwarder &F : L.Forwarders) {
    addName(F.Name);
    Forwarders[F.Name].push_back(&F);
  }
  auto AddAll = [&](ArrayRef<std::string> Names, llvm::StringSet<> &Set) {
    for (const std::string &Name : Names) {
      addName(Name);
      Set.insert(Name);
    }
  };
  AddAll(L.Pointers, Pointers);
  AddAll(L.Containers, Containers);
  AddAll(L.Namespaces, Namespaces);
  for (const Rewrite &R : L.Canonical)
    Rewrites.emplace_back(llvm::Regex(R.From), R.To);
  for (const std::string &Pattern : L.HelperNames)
    HelperNames.emplace_back(Pattern);
  for (const std::string &Word : L.SignalMarkers)
    SignalMarkers.insert(Word);
}

bool NameIndex::mayKnow(const NamedDecl *D) const {
  if (const IdentifierInfo *Id = D->getIdentifier())
    return LastNames.contains(Id->getName());
  return false;
}

std::string NameIndex::publicName(const NamedDecl *D) const {
  std::string Name = Vocabulary::qualifiedName(D);
  for (const auto &[From, To] : Rewrites)
    if (From.match(Name))
      Name = From.sub(To, Name);
  return Name;
}

bool NameIndex::listed(const llvm::StringSet<> &Set, const NamedDecl *D) const {
  return mayKnow(D) && Set.contains(publicName(D));
}

const TypeFact *NameIndex::type(StringRef PublicName) const {
  return Types.lookup(PublicName);
}

const TypeFact *NameIndex::type(const NamedDecl *D) const {
  return mayKnow(D) ? type(publicName(D)) : nullptr;
}

ArrayRef<const CallFact *> NameIndex::function(const NamedDecl *D) const {
  if (!mayKnow(D))
    return {};
  auto Found = Functions.find(publicName(D));
  if (Found == Functions.end())
    return {};
  // C++ projects have functions of their own called `poll` or `connect`.
  const auto *F = dyn_cast<FunctionDecl>(D);
  if (Found->second.CLinkage && !(F && F->isExternC()))
    return {};
  return Found->second.Facts;
}

const Wrapper *NameIndex::wrapper(const NamedDecl *D) const {
  return mayKnow(D) ? Wrappers.lookup(publicName(D)) : nullptr;
}

ArrayRef<const Forwarder *> NameIndex::forwarders(const NamedDecl *D) const {
  if (!mayKnow(D))
    return {};
  auto Found = Forwarders.find(publicName(D));
  return Found == Forwarders.end() ? ArrayRef<const Forwarder *>()
                                   : ArrayRef(Found->second);
}

bool NameIndex::isHelperName(StringRef Name) const {
  return llvm::any_of(HelperNames,
                      [&](const llvm::Regex &R) { return R.match(Name); });
}

} // namespace clang::tidy::concord
