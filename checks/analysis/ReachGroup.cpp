//===--- ReachGroup.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/ReachGroup.h"
#include "analysis/Callable.h"
#include "analysis/Storage.h"
#include "support/CaptureFix.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

namespace {

bool isImplicit(const TaskReach &Reach) {
  return Reach.Capture && Reach.Capture->isImplicit();
}

SourceLocation placeOf(const TaskReach &Reach) {
  return isImplicit(Reach) ? Reach.Lambda->getCaptureDefaultLoc() : Reach.Loc;
}

ReachGroup::Kind kindOf(const TaskReach &Reach) {
  if (Reach.How == TaskReach::Pointer)
    return ReachGroup::Address;
  return Reach.Capture ? ReachGroup::Captured : ReachGroup::Passed;
}

/// What a reader calls what is reached.
std::string nameOf(const TaskReach &Reach) {
  const ValueDecl *Named = Reach.Variable;
  if (!Named || Named->isImplicit() || Named->getDeclName().isEmpty())
    Named = Reach.Through;
  return Named ? Named->getNameAsString() : Reach.Path.str();
}

/// The parameter of the entry that \p Argument of the launch arrives in.
const ParmVarDecl *parameterFor(const TaskLaunch &Launch,
                                const Expr *Argument) {
  if (!Launch.Entry || !Launch.Callable)
    return nullptr;
  int First = -1, Index = -1, Count = 0;
  for (const Expr *Written : writtenArguments(Launch.Site)) {
    if (Written == Launch.Callable)
      First = Count;
    if (Written == Argument)
      Index = Count;
    ++Count;
  }
  if (First < 0 || Index <= First)
    return nullptr;
  unsigned Position = Index - First - 1 - (Launch.EntryObject ? 1 : 0);
  return Position < Launch.Entry->getNumParams()
             ? Launch.Entry->getParamDecl(Position)
             : nullptr;
}

/// `std::ref(x)` becomes `x`, if the entry takes a copy or a constant.
std::optional<FixItHint> passCopy(const ASTContext &Context,
                                  const TaskLaunch &Launch,
                                  const TaskReach &Reach) {
  const ParmVarDecl *Parameter = parameterFor(Launch, Reach.Argument);
  if (!Parameter || !isCopyable(Reach.Variable->getType()))
    return std::nullopt;
  QualType Type = Parameter->getType();
  if (Type->isDependentType() || Type->isRValueReferenceType() ||
      (Type->isReferenceType() && !Type->getPointeeType().isConstQualified()))
    return std::nullopt;
  const auto *Call = dyn_cast<CallExpr>(ignoreTransfers(Reach.Argument));
  if (!Call || Call->getNumArgs() != 1 || Call->getBeginLoc().isMacroID() ||
      Call->getEndLoc().isMacroID())
    return std::nullopt;
  StringRef Inner = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Call->getArg(0)->getSourceRange()),
      Context.getSourceManager(), Context.getLangOpts());
  if (Inner.empty())
    return std::nullopt;
  return FixItHint::CreateReplacement(Call->getSourceRange(), Inner);
}

} // namespace

bool ReachGroup::isDefaultCapture() const {
  return isImplicit(*Reaches.front());
}

std::string ReachGroup::names() const {
  std::string Text;
  for (size_t I = 0; I < Reaches.size(); ++I) {
    if (I > 0)
      Text += I + 1 == Reaches.size() ? " and " : ", ";
    Text += "'" + nameOf(*Reaches[I]) + "'";
  }
  return Text;
}

std::vector<ReachGroup>
groupReaches(llvm::ArrayRef<const TaskReach *> Reaches) {
  std::vector<ReachGroup> Groups;
  for (const TaskReach *Reach : Reaches) {
    SourceLocation Place = placeOf(*Reach);
    auto Same = llvm::find_if(
        Groups, [&](const ReachGroup &G) { return G.Loc == Place; });
    if (Same == Groups.end()) {
      Groups.emplace_back();
      Groups.back().How = kindOf(*Reach);
      Groups.back().Loc = Place;
      Same = std::prev(Groups.end());
    }
    bool Named = llvm::any_of(Same->Reaches, [&](const TaskReach *Other) {
      return nameOf(*Other) == nameOf(*Reach);
    });
    if (!Named)
      Same->Reaches.push_back(Reach);
  }
  return Groups;
}

std::optional<FixItHint> copyInstead(ASTContext &Context,
                                     const TaskLaunch &Launch,
                                     const ReachGroup &Group) {
  const TaskReach &First = *Group.Reaches.front();
  if (Group.How == ReachGroup::Passed)
    return First.Argument && First.Variable ? passCopy(Context, Launch, First)
                                            : std::nullopt;
  if (Group.How != ReachGroup::Captured)
    return std::nullopt;
  llvm::SmallVector<const ValueDecl *, 4> Captured;
  for (const TaskReach *Reach : Group.Reaches) {
    const ValueDecl *Variable = Reach->Capture->getCapturedVar();
    if (!canCaptureByValue(Context, *Reach->Lambda, *Variable))
      return std::nullopt;
    Captured.push_back(Variable);
  }
  return Group.isDefaultCapture()
             ? captureByValue(Context, *First.Lambda, Captured)
             : captureByValue(Context, *First.Lambda, *First.Capture);
}

} // namespace clang::tidy::concord
