//===--- VocabularyDump.cpp - Prints what the vocabulary answers ----------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Two checks of the debug plugin, which is built for tests and not installed.
/// `concord-debug-types` prints the fact of each variable and field of the main
/// file, `concord-debug-calls` what each call does. The environment variable
/// CONCORD_DEBUG_VOCABULARY names a user's file.
///
//===----------------------------------------------------------------------===//

#include "support/Compat.h"
#include "support/ConcordCheck.h"
#include "vocabulary/Names.h"
#include "vocabulary/Vocabulary.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdlib>

using namespace clang::ast_matchers;

namespace clang::tidy::concord {
namespace {

class DumpCheck : public ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;

protected:
  const Vocabulary *words(SourceLocation Loc) {
    if (Words || Failed)
      return Words.get();
    std::vector<Vocabulary::UserFile> Files;
    if (const char *File = std::getenv("CONCORD_DEBUG_VOCABULARY"))
      if (auto Buffer = llvm::MemoryBuffer::getFile(File))
        Files.push_back({File, (*Buffer)->getBuffer().str()});
    auto Read = Vocabulary::load(Files);
    if (Read) {
      Words = std::move(*Read);
    } else {
      Failed = true;
      diag(Loc, "%0") << llvm::toString(Read.takeError());
    }
    return Words.get();
  }

  static bool inMain(const MatchFinder::MatchResult &Result,
                     SourceLocation Loc) {
    return Loc.isValid() && Result.SourceManager->isInMainFile(
                                Result.SourceManager->getExpansionLoc(Loc));
  }

  template <typename E, typename Set> static std::string list(Set Bits) {
    std::vector<std::string> Found;
    for (const Named<E> &N : names<E>())
      if (Bits >> unsigned(N.Value) & 1)
        Found.push_back(N.Name.str());
    return llvm::join(Found, " ");
  }

private:
  std::unique_ptr<Vocabulary> Words;
  bool Failed = false;
};

class TypesCheck : public DumpCheck {
public:
  using DumpCheck::DumpCheck;

  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(varDecl().bind("d"), this);
    Finder->addMatcher(fieldDecl().bind("d"), this);
  }

  void check(const MatchFinder::MatchResult &Result) override {
    const auto *D = Result.Nodes.getNodeAs<ValueDecl>("d");
    if (!inMain(Result, D->getLocation()) || D->isImplicit() ||
        !D->getIdentifier())
      return;
    const Vocabulary *W = words(D->getLocation());
    if (!W)
      return;
    StringRef Way = "is";
    const TypeFact *Fact = W->type(D->getType());
    if (!Fact) {
      Way = "holds";
      Fact = W->pointee(D->getType(), true);
    }
    if (!Fact)
      return;
    std::string More;
    if (Fact->Guard)
      More += Fact->Guard->Shared ? ", guards shared" : ", guards";
    if (Fact->has(Trait::MaybeRecursive) && !W->mayBeRecursive(*Fact, D))
      More += ", not recursive as initialised";
    if (Fact->Destructor != DestructorKind::Unknown)
      More += (", destructor " + nameOf(Fact->Destructor)).str();
    if (Fact->Capacity)
      More += (", capacity " + nameOf(Fact->Capacity->Where)).str();
    diag(D->getLocation(), "%0 %1 %2: %3 (%4)%5")
        << D << Way << Fact->Name << list<Role>(Fact->Roles)
        << list<Trait>(Fact->Traits) << More;
  }
};

class CallsCheck : public DumpCheck {
public:
  using DumpCheck::DumpCheck;

  void registerMatchers(MatchFinder *Finder) override {
    Finder->addMatcher(callExpr().bind("e"), this);
    Finder->addMatcher(cxxConstructExpr().bind("e"), this);
    Finder->addMatcher(cxxNewExpr().bind("e"), this);
    Finder->addMatcher(cxxUnresolvedConstructExpr().bind("e"), this);
  }

  void check(const MatchFinder::MatchResult &Result) override {
    const auto *E = Result.Nodes.getNodeAs<Expr>("e");
    if (!inMain(Result, E->getBeginLoc()))
      return;
    const Vocabulary *W = words(E->getBeginLoc());
    KnownCall Call = W ? W->call(E) : KnownCall();
    if (!Call)
      return;
    auto Text = [&](const Expr *Part) {
      return Lexer::getSourceText(
                 CharSourceRange::getTokenRange(Part->getSourceRange()),
                 *Result.SourceManager, Result.Context->getLangOpts())
          .str();
    };
    std::string Message = nameOf(Call.does()).str();
    if (Call.Type)
      Message += " " + Call.Type->Name;
    if (Call.Object)
      Message += " on '" + Text(Call.Object) + "'";
    for (const Expr *Callable : Call.callables())
      Message += " callable '" + Text(Callable) + "'";
    for (auto [Part, Index] : {std::pair{"lock", Call.Fact->Lock},
                               std::pair{"predicate", Call.Fact->Predicate},
                               std::pair{"out", Call.Fact->Out},
                               std::pair{"timeout", Call.Fact->Timeout},
                               std::pair{"stop-token", Call.Fact->StopToken}})
      if (const Expr *Argument = Call.argument(Index))
        Message += std::string(" ") + Part + " '" + Text(Argument) + "'";
    if (Call.Type && Call.Type->Guard && !isa<CallExpr>(Call.Site)) {
      static constexpr const char *Starts[] = {"empty", "locks", "tries",
                                               "adopts", "defers"};
      Message += std::string(", ") + Starts[unsigned(W->guardStart(Call))];
      if (W->guardShared(Call))
        Message += " shared";
      for (const Expr *Mutex : W->mutexes(Call))
        Message += " '" + Text(Mutex) + "'";
    }
    if (W->mayBlock(Call))
      Message += ", blocks";
    diag(E->getBeginLoc(), "%0") << Message;
    const Expr *Inner = Call.callable();
    bool Copies = false;
    while (Inner && W->isCallableWrapper(Inner, Inner, Copies))
      diag(Inner->getBeginLoc(), "wrapped%select{| copy}0 of '%1'")
          << Copies << Text(Inner);
  }
};

class DebugModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<TypesCheck>("concord-debug-types");
    Factories.registerCheck<CallsCheck>("concord-debug-calls");
  }
};

const ClangTidyModuleRegistry::Add<DebugModule>
    Registration("concord-debug-vocabulary", "Prints vocabulary facts.");

} // namespace
} // namespace clang::tidy::concord
