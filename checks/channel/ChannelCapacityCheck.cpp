//===--- ChannelCapacityCheck.cpp -----------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel/ChannelCapacityCheck.h"
#include "analysis/TripCount.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/MathExtras.h"

using namespace clang::ast_matchers;

namespace clang::tidy::concord {

/// \p E without parentheses, casts and braces; a template parameter that was
/// replaced by a number keeps its name.
static const Expr *plain(const Expr *E) {
  while (E) {
    if (const auto *Parentheses = dyn_cast<ParenExpr>(E))
      E = Parentheses->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Made->getSubExpr();
    else if (const auto *List = dyn_cast<InitListExpr>(E);
             List && List->getNumInits() == 1)
      E = List->getInit(0);
    else
      break;
  }
  return E;
}

/// True if \p E is a number that the code spells out at this place: a literal,
/// or an expression of nothing but literals. What a macro hides has a name.
static bool isBareNumber(const Expr *E, const SourceManager &Sources) {
  E = plain(E);
  if (!E)
    return false;
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isArithmeticOp() &&
           isBareNumber(Unary->getSubExpr(), Sources);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return isBareNumber(Binary->getLHS(), Sources) &&
           isBareNumber(Binary->getRHS(), Sources);
  const SourceLocation Loc = E->getBeginLoc();
  return isa<IntegerLiteral>(E) &&
         (!Loc.isMacroID() || Sources.isMacroArgExpansion(Loc));
}

/// True if \p E is a name whose value the compiler knows.
static bool isNamedConstant(const Expr *E, const SourceManager &Sources) {
  if (E->getBeginLoc().isMacroID() &&
      !Sources.isMacroArgExpansion(E->getBeginLoc()))
    return true;
  const auto *Reference = dyn_cast_or_null<DeclRefExpr>(plain(E));
  return Reference && isa<VarDecl, EnumConstantDecl>(Reference->getDecl());
}

/// The default of the constructor parameter that \p E names, or null.
static const Expr *defaultOf(const Expr *E) {
  const auto *Reference = dyn_cast_or_null<DeclRefExpr>(plain(E));
  const auto *Parameter =
      dyn_cast_or_null<ParmVarDecl>(Reference ? Reference->getDecl() : nullptr);
  if (!Parameter || !isa<CXXConstructorDecl>(Parameter->getDeclContext()) ||
      !Parameter->hasDefaultArg() || Parameter->hasUnparsedDefaultArg() ||
      Parameter->hasUninstantiatedDefaultArg())
    return nullptr;
  return Parameter->getDefaultArg();
}

static std::optional<uint64_t> valueOf(const Expr *E,
                                       const ASTContext &Context) {
  if (E->isValueDependent() || E->containsErrors() ||
      !E->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  // A negative number is how some libraries spell "no bound".
  if (Value.isNegative() || Value.getActiveBits() > 63)
    return std::nullopt;
  return Value.getZExtValue();
}

/// True if \p Capacity is what a channel needs for so many writes.
static bool fits(uint64_t Capacity, uint64_t Writes, const CapacityFact &Fact) {
  if (Writes == 0)
    return false;
  const uint64_t Slots = Writes + (Fact.HoldsOneLess ? 1 : 0);
  return Capacity == Writes || Capacity == Slots ||
         (Fact.PowerOfTwo && Capacity == llvm::PowerOf2Ceil(Slots));
}

static const FunctionInfo *outermost(const FunctionInfo *F) {
  while (F->Enclosing)
    F = F->Enclosing;
  return F;
}

/// True if the function around the channel launches so many tasks, or sends so
/// many values: one slot per write.
static bool isKnownWrites(uint64_t Capacity, const CapacityFact &Fact,
                          const FunctionInfo &Around, UnitFacts &Facts) {
  uint64_t Launches = 0, Sends = 0;
  const auto Explains = [&](uint64_t &Sum, const Expr *Site,
                            const FunctionInfo &F) {
    const std::optional<uint64_t> Count = runCount(Site, F, Facts);
    if (!Count)
      return false;
    Sum += *Count;
    return fits(Capacity, *Count, Fact);
  };
  for (const TaskLaunch &Launch : Facts.launches())
    if (Launch.Launcher && outermost(Launch.Launcher) == outermost(&Around) &&
        Explains(Launches, Launch.Site, *Launch.Launcher))
      return true;
  for (const auto &F : Facts.functions()) {
    if (outermost(F.get()) != outermost(&Around))
      continue;
    for (const KnownCall &Call : F->Calls)
      if ((Call.does() == Operation::Send ||
           Call.does() == Operation::TrySend) &&
          Explains(Sends, Call.Site, *F))
        return true;
  }
  return fits(Capacity, Launches, Fact) || fits(Capacity, Sends, Fact);
}

/// The function in whose body \p Loc lies, or null.
static const FunctionInfo *functionAround(SourceLocation Loc,
                                          const UnitFacts &Facts) {
  for (const auto &F : Facts.functions())
    for (const VarDecl *Variable : F->Variables) {
      const SourceRange Range = Variable->getSourceRange();
      if (Range.getBegin() <= Loc && Loc <= Range.getEnd())
        return F.get();
    }
  return nullptr;
}

/// The class template that \p Type names, also where its arguments depend on
/// others.
static const TypeFact *channelOf(QualType Type, const Vocabulary &Words) {
  const TypeFact *Fact = Words.type(Type);
  const auto *Special = Type->getAs<TemplateSpecializationType>();
  if (!Fact && Special)
    if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
            Special->getTemplateName().getAsTemplateDecl()))
      Fact = Words.record(Template->getTemplatedDecl());
  // A tag may carry the capacity: boost::lockfree::capacity<64>.
  const bool Fits = Fact && Fact->Capacity &&
                    (Fact->is(Role::Channel) || Fact->is(Role::Tag));
  return Fits ? Fact : nullptr;
}

namespace {

/// A place where a capacity is given, and the channel's facts, if known.
struct GivenCapacity {
  const Expr *Number = nullptr;
  const TypeFact *Channel = nullptr;
};

} // namespace

/// A tag may carry the capacity: stlab::buffer_size.
static const TypeFact *withCapacity(const TypeFact *Fact) {
  const bool Fits = Fact && Fact->Capacity &&
                    (Fact->is(Role::Channel) || Fact->is(Role::Tag));
  return Fits ? Fact : nullptr;
}

/// The capacity that a setter or a static factory of a channel class gets.
static GivenCapacity inMember(const CallExpr *E, const Vocabulary &Words) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(E->getCalleeDecl());
  if (!Method || !Method->getIdentifier())
    return {};
  const auto *OnObject = dyn_cast<CXXMemberCallExpr>(E);
  const TypeFact *Channel =
      withCapacity(OnObject ? Words.type(OnObject->getObjectType()) : nullptr);
  if (!Channel)
    Channel = withCapacity(Words.record(Method->getParent()));
  if (!Channel || Channel->Capacity->Method != Method->getName())
    return {};
  const int Index = Channel->Capacity->Index;
  if (Index < 0 || unsigned(Index) >= E->getNumArgs())
    return {};
  return {E->getArg(Index), Channel};
}

/// The capacity that \p E gives to a channel, if it does.
static GivenCapacity capacityIn(const Expr *E, const Vocabulary &Words) {
  const KnownCall Call = Words.call(E);
  const TypeFact *Channel = withCapacity(Call.Type);
  if (Call.does() == Operation::MakeChannel) {
    if (!Channel)
      Channel = withCapacity(Words.type(E->getType()));
    if (Channel)
      return {Call.argument(Channel->Capacity->Index), Channel};
  }
  if (Call && Call.does() == Operation::None && Channel &&
      Channel->Capacity->Where == CapacityFact::ConstructorArgument)
    return {Call.argument(Channel->Capacity->Index), Channel};
  const auto *Plain = dyn_cast<CallExpr>(E);
  return Plain ? inMember(Plain, Words) : GivenCapacity();
}

ChannelCapacityCheck::ChannelCapacityCheck(StringRef Name,
                                           ClangTidyContext *Context)
    : FactsCheck(Name, Context), MaxCapacity(Options.get("MaxCapacity", 1U)),
      AllowNamedConstants(Options.get("AllowNamedConstants", true)) {}

void ChannelCapacityCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Options.store(Opts, "MaxCapacity", MaxCapacity);
  Options.store(Opts, "AllowNamedConstants", AllowNamedConstants);
}

void ChannelCapacityCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(cxxConstructExpr().bind("call"), this);
  Finder->addMatcher(callExpr().bind("call"), this);
  Finder->addMatcher(templateSpecializationTypeLoc().bind("type"), this);
}

void ChannelCapacityCheck::check(const MatchFinder::MatchResult &Result) {
  UnitFacts *Facts = facts(*Result.Context);
  if (!Facts)
    return;
  if (const auto *E = Result.Nodes.getNodeAs<Expr>("call")) {
    const GivenCapacity Given = capacityIn(E, Facts->vocabulary());
    if (Given.Number)
      checkCapacity(Given.Number, *Given.Channel, Facts->functionOf(E), *Facts);
    return;
  }
  const auto *Written =
      Result.Nodes.getNodeAs<TemplateSpecializationTypeLoc>("type");
  const TypeFact *Channel = channelOf(Written->getType(), Facts->vocabulary());
  if (!Channel || Channel->Capacity->Where != CapacityFact::TemplateArgument ||
      Channel->Capacity->Index < 0 ||
      unsigned(Channel->Capacity->Index) >= Written->getNumArgs())
    return;
  const TemplateArgumentLoc Argument =
      Written->getArgLoc(Channel->Capacity->Index);
  if (Argument.getArgument().getKind() == TemplateArgument::Expression)
    checkCapacity(Argument.getSourceExpression(), *Channel,
                  functionAround(Argument.getLocation(), *Facts), *Facts);
}

bool ChannelCapacityCheck::isAccepted(uint64_t Value,
                                      const CapacityFact &Fact) const {
  // A channel that keeps a place free holds one value with two places.
  const uint64_t One = Fact.HoldsOneLess ? 2 : 1;
  const uint64_t Smallest = std::max<int64_t>(Fact.Smallest, 0);
  return Fact.Hint || Value <= std::max({MaxCapacity, One, Smallest});
}

void ChannelCapacityCheck::checkCapacity(const Expr *Capacity,
                                         const TypeFact &Channel,
                                         const FunctionInfo *Around,
                                         UnitFacts &Facts) {
  const SourceManager &Sources = Facts.context().getSourceManager();
  // Last, as most calls have no capacity: a matcher would ask for all of them.
  if (Sources.isInSystemHeader(
          Sources.getExpansionLoc(Capacity->getBeginLoc())))
    return;
  const Expr *Number = Capacity;
  if (const Expr *Default = defaultOf(Capacity))
    Number = Default;
  const bool Bare = isBareNumber(Number, Sources);
  if (!Bare && (AllowNamedConstants || !isNamedConstant(Number, Sources)))
    return;
  const std::optional<uint64_t> Value = valueOf(Number, Facts.context());
  if (!Value || isAccepted(*Value, *Channel.Capacity) ||
      (Around && isKnownWrites(*Value, *Channel.Capacity, *Around, Facts)))
    return;
  Finding Report = finding(
      Sources.getFileLoc(Number->getBeginLoc()),
      "capacity %0 of channel '%1' is a number that nothing explains; use "
      "0 or 1, or derive it from the number of senders");
  Report << unsigned(*Value) << Channel.Name;
  if (Number != Capacity)
    Report.note(Capacity->getBeginLoc(), "it becomes the capacity here");
}

} // namespace clang::tidy::concord
