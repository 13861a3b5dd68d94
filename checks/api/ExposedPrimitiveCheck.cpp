//===--- ExposedPrimitiveCheck.cpp ----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "api/ExposedPrimitiveCheck.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

namespace {

/// A synchronisation primitive that a declaration shows.
struct Exposure {
  StringRef Noun; ///< "mutex"; empty if the type shows none
  bool IsGuard = false;
  /// A class of the project's own that has a primitive's shape among others.
  bool IsOwnClass = false;

  explicit operator bool() const { return !Noun.empty(); }
  /// What is worth a reviewer's look, but no failed pull request.
  bool isWide() const { return IsGuard || IsOwnClass; }
};

} // namespace

static StringRef nounOf(const TypeFact &Fact) {
  constexpr std::pair<Role, StringRef> Nouns[] = {
      {Role::Mutex, "mutex"},
      {Role::Guard, "lock"},
      {Role::UnlockGuard, "lock"},
      {Role::ConditionVariable, "condition variable"},
      {Role::Semaphore, "semaphore"},
      {Role::Latch, "latch"},
      {Role::Barrier, "barrier"},
      {Role::OnceFlag, "once flag"},
      {Role::Event, "event"},
      {Role::Channel, "channel"}};
  for (const auto &[Kind, Noun] : Nouns)
    if (Fact.is(Kind))
      return Noun;
  return "";
}

static Exposure exposure(QualType Type, const Vocabulary &Words) {
  if (Type.isNull())
    return {};
  const TypeFact *Fact = Words.type(Type);
  if (!Fact)
    Fact = Words.pointee(Type, /*ThroughContainers=*/true);
  // An untyped handle (HANDLE) may be anything; a null mutex locks nothing.
  if (!Fact || Fact->is(Role::Helper) || Fact->is(Role::GuardedValue) ||
      Fact->has(Trait::Null) || (Fact->Typedef && Fact->is(Role::Event)))
    return {};
  Exposure Found;
  Found.Noun = nounOf(*Fact);
  Found.IsGuard = Found.Noun == "lock";
  Found.IsOwnClass =
      Fact->has(Trait::Structural) &&
      (Found.Noun == "channel" || !Words.isHelperName(Fact->Name));
  return Found;
}

static std::string withArticle(StringRef Noun) {
  const bool Vowel = Noun.find_first_of("aeiou") == 0;
  return ((Vowel ? "an " : "a ") + Noun).str();
}

/// True if \p E names \p D: `x.mutex`, `x.mutex()`, `&x->mutex`.
static bool names(const Expr *E, const ValueDecl *D) {
  while (E) {
    E = E->IgnoreParenImpCasts();
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    if (!Unary)
      break;
    E = Unary->getSubExpr();
  }
  const Decl *Named = nullptr;
  if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
    Named = Call->getCalleeDecl();
  else if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    Named = Member->getMemberDecl();
  else if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E))
    Named = Reference->getDecl();
  return Named && Named->getCanonicalDecl() == D->getCanonicalDecl();
}

static bool usesIn(const KnownCall &Call, const ValueDecl *D) {
  if (names(Call.Object, D))
    return true;
  if (const auto *Construction = dyn_cast_or_null<CXXConstructExpr>(Call.Site))
    return llvm::any_of(Construction->arguments(),
                        [&](const Expr *E) { return names(E, D); });
  return false;
}

/// The first place of the unit where code outside \p Owner locks, waits on, …
/// what \p D hands out; invalid if there is none.
static SourceLocation outsideUse(const ValueDecl *D, const CXXRecordDecl *Owner,
                                 const UnitFacts &Facts) {
  for (const auto &Function : Facts.functions()) {
    const FunctionInfo *Outer = Function.get();
    while (Outer->Enclosing)
      Outer = Outer->Enclosing;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Outer->Function);
    if (Method &&
        Method->getParent()->getCanonicalDecl() == Owner->getCanonicalDecl())
      continue;
    for (const KnownCall &Call : Function->Calls)
      if (usesIn(Call, D))
        return Call.Site->getBeginLoc();
  }
  return {};
}

ExposedPrimitiveCheck::ExposedPrimitiveCheck(StringRef Name,
                                             ClangTidyContext *Context)
    : FactsCheck(Name, Context), HelperTypes(Options.get("HelperTypes", "")),
      InternalNamespaces(Options.get("InternalNamespaces",
                                     "details?;internals?;impl;_.*;.*_impl;"
                                     ".*_details?;.*_internal")),
      InternalHeaders(Options.get(
          "InternalHeaders",
          "(.*/)?(details?|internals?|impl|priv|private)/.*;"
          ".*(Internals?|Impl|Private|Details?)\\.[a-zA-Z+]+;"
          ".*[_-](p|priv|private|impl|internal|detail|inl)\\.[a-zA-Z+]+")),
      Strict(Options.get("Strict", false)),
      Protected(Options.get("Protected", false)),
      MainFile(Options.get("MainFile", false)) {
  for (const NameList *List :
       {&HelperTypes, &InternalNamespaces, &InternalHeaders})
    for (const std::string &Error : List->errors())
      configurationDiag("not a regular expression: %0") << Error;
}

void ExposedPrimitiveCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "HelperTypes", HelperTypes.text());
  Options.store(Opts, "InternalNamespaces", InternalNamespaces.text());
  Options.store(Opts, "InternalHeaders", InternalHeaders.text());
  Options.store(Opts, "Strict", Strict);
  Options.store(Opts, "Protected", Protected);
  Options.store(Opts, "MainFile", MainFile);
}

void ExposedPrimitiveCheck::registerMatchers(MatchFinder *Finder) {
  const auto Ours = unless(isExpansionInSystemHeader());
  const auto Add = [&](const DeclarationMatcher &Matcher) {
    Finder->addMatcher(traverse(TK_IgnoreUnlessSpelledInSource, Matcher), this);
  };
  Add(fieldDecl(Ours, unless(isImplicit())).bind("member"));
  Add(varDecl(Ours, hasGlobalStorage(), unless(isStaticLocal()),
              unless(parmVarDecl()))
          .bind("variable"));
  Add(functionDecl(Ours, unless(isImplicit()), unless(isDeleted()))
          .bind("function"));
  if (!Strict)
    return;
  Add(cxxRecordDecl(Ours, isDefinition(), unless(isLambda())).bind("record"));
  Add(typedefNameDecl(Ours, unless(isImplicit())).bind("alias"));
}

void ExposedPrimitiveCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *Member = Result.Nodes.getNodeAs<FieldDecl>("member"))
    return checkMember(Member, *Facts);
  if (const auto *Variable = Result.Nodes.getNodeAs<VarDecl>("variable")) {
    if (Variable->isStaticDataMember())
      return checkMember(Variable, *Facts);
    return checkGlobal(Variable, *Facts);
  }
  if (const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function"))
    return checkFunction(Function, *Facts);
  if (const auto *Record = Result.Nodes.getNodeAs<CXXRecordDecl>("record"))
    return checkBases(Record, *Facts);
  if (const auto *Alias = Result.Nodes.getNodeAs<TypedefNameDecl>("alias"))
    checkAlias(Alias, *Facts);
}

void ExposedPrimitiveCheck::onEndOfTranslationUnit() {
  Parts.reset();
  FactsCheck::onEndOfTranslationUnit();
}

/// True if \p D is part of what a header offers to everybody.
bool ExposedPrimitiveCheck::isApi(const Decl *D) const {
  if (D->isInvalidDecl() || D->getLocation().isInvalid())
    return false;
  const bool Shared = isSharedDeclaration(D) ||
                      (MainFile && isa<CXXRecordDecl>(D->getDeclContext()));
  return Shared && isOpenDeclaration(D, Protected) && !isInternal(D);
}

bool ExposedPrimitiveCheck::isInternal(const Decl *D) const {
  for (const DeclContext *Around = D->getDeclContext(); Around;
       Around = Around->getParent())
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(Around))
      if (InternalNamespaces.matches(Namespace->getName()))
        return true;
  const SourceManager &Sources = D->getASTContext().getSourceManager();
  const SourceLocation Loc = Sources.getExpansionLoc(D->getLocation());
  if (Sources.getFileID(Loc) == Sources.getMainFileID())
    return false;
  return InternalHeaders.matches(
      llvm::sys::path::convert_to_slash(Sources.getFilename(Loc)));
}

/// True if \p Record, or a class around it, may show its primitives.
bool ExposedPrimitiveCheck::isExempt(const CXXRecordDecl *Record,
                                     UnitFacts &Facts, bool AsDerived) {
  if (Record->isLambda() || isDeclaredForC(Record))
    return true;
  for (const DeclContext *Around = Record; Around;
       Around = Around->getParent()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(Around);
    if (!Class)
      continue;
    if (hasConcurrencyPurpose(Class, Facts.vocabulary(), AsDerived) ||
        HelperTypes.matches(Class->getName()) ||
        HelperTypes.matches(Vocabulary::qualifiedName(Class)))
      return true;
    // `FooPrivate`, `Impl`: the other half of an opaque pointer.
    const StringRef Name = Class->getName().rtrim('_');
    if (Name.ends_with("Impl") || Name.ends_with("Private") ||
        Name.ends_with("Pimpl") || Name == "impl" || Name.ends_with("_impl"))
      return true;
  }
  if (!Parts)
    Parts.emplace(Facts);
  return Parts->contains(Record);
}

void ExposedPrimitiveCheck::checkMember(const ValueDecl *Member,
                                        UnitFacts &Facts) {
  // In C every member is open, and there is nothing to close it with.
  const auto *Owner = dyn_cast<CXXRecordDecl>(Member->getDeclContext());
  if (!Owner)
    return;
  const Exposure Found = exposure(Member->getType(), Facts.vocabulary());
  if (!Found || (Found.isWide() && !Strict) || !isApi(Member) ||
      isExempt(Owner, Facts))
    return;
  const bool IsPublic = Member->getAccess() != AS_protected;
  finding(Member->getLocation(),
          "%0 data member %1 lets every %2 use the %3 of %4; make it private "
          "and lock inside the member functions")
          .note(outsideUse(Member, Owner, Facts),
                "code outside the class uses it here")
      << (IsPublic ? "public" : "protected") << Member
      << (IsPublic ? "caller" : "derived class") << Found.Noun << Owner;
}

void ExposedPrimitiveCheck::checkGlobal(const VarDecl *Variable,
                                        UnitFacts &Facts) {
  const QualType Type = Variable->getType();
  if (!Variable->isFirstDecl() || Variable->getDescribedVarTemplate() ||
      Type.isConstQualified())
    return;
  const Exposure Found = exposure(Type, Facts.vocabulary());
  if (!Found || (Found.isWide() && !Strict) || !isApi(Variable))
    return;
  finding(Variable->getLocation(),
          "global %0 %1 in a header can be used by every file that includes "
          "it; keep it beside the state it guards, in a source file or as a "
          "private member")
      << Found.Noun << Variable;
}

void ExposedPrimitiveCheck::checkFunction(const FunctionDecl *Function,
                                          UnitFacts &Facts) {
  if (!Function->isFirstDecl() || Function->getFriendObjectKind() ||
      isa<CXXDestructorDecl, CXXDeductionGuideDecl>(Function))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  // The interface that is overridden has decided.
  if (Method && Method->size_overridden_methods() != 0)
    return;
  const Exposure Found =
      exposure(Function->getReturnType(), Facts.vocabulary());
  if ((!Found && !Strict) || !isApi(Function))
    return;
  if (!Found)
    return checkParameters(Function, Facts);
  const bool IsFactory =
      Function->getIdentifier() &&
      (Function->getName().starts_with_insensitive("make") ||
       Function->getName().starts_with_insensitive("create") ||
       Function->getName().starts_with_insensitive("new"));
  if ((Found.isWide() && !Strict) || (!Method && IsFactory) ||
      (Method && isExempt(Method->getParent(), Facts)))
    return;
  Finding Report = finding(
      Function->getLocation(),
      Found.IsGuard
          ? "function %0 makes its caller hold %1; offer an operation that "
            "locks inside, or one that takes a callable"
          : "function %0 hands %1 to its callers; keep it private and offer "
            "an operation that uses it inside");
  Report << Function << withArticle(Found.Noun);
  if (Method)
    Report.note(outsideUse(Function, Method->getParent(), Facts),
                "code outside the class uses it here");
}

void ExposedPrimitiveCheck::checkParameters(const FunctionDecl *Function,
                                            UnitFacts &Facts) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (isNamedForConcurrency(Function) ||
      (Method && isExempt(Method->getParent(), Facts)))
    return;
  for (const ParmVarDecl *Parameter : Function->parameters()) {
    const Exposure Found = exposure(Parameter->getType(), Facts.vocabulary());
    if (!Found)
      continue;
    finding(Parameter->getLocation(),
            "function %0 takes %1 from its callers; let it use one of its own, "
            "inside")
        << Function << withArticle(Found.Noun);
    return;
  }
}

void ExposedPrimitiveCheck::checkBases(const CXXRecordDecl *Record,
                                       UnitFacts &Facts) {
  for (const CXXBaseSpecifier &Base : Record->bases()) {
    if (Base.getAccessSpecifier() != AS_public)
      continue;
    const Exposure Found = exposure(Base.getType(), Facts.vocabulary());
    if (!Found || !isApi(Record) || isExempt(Record, Facts, /*AsDerived=*/true))
      continue;
    finding(Base.getBeginLoc(),
            "class %0 is publicly %1, so every caller can use it; make it a "
            "private member")
        << Record << withArticle(Found.Noun);
  }
}

void ExposedPrimitiveCheck::checkAlias(const TypedefNameDecl *Alias,
                                       UnitFacts &Facts) {
  const auto *Owner = dyn_cast<CXXRecordDecl>(Alias->getDeclContext());
  if (!Owner)
    return;
  const Exposure Found =
      exposure(Alias->getUnderlyingType(), Facts.vocabulary());
  if (!Found || !isApi(Alias) || isExempt(Owner, Facts))
    return;
  finding(Alias->getLocation(),
          "public alias %0 makes %1 part of the interface of %2; make it "
          "private")
      << Alias << withArticle(Found.Noun) << Owner;
}

} // namespace clang::tidy::concord
