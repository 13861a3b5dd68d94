//===--- DiscardedFuture.cpp ----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DiscardedFuture.h"
#include "analysis/HandleEvents.h"
#include "analysis/HandleFlight.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

bool mustKeep(const KnownCall &Call) {
  return Call.does() == Operation::Launch && Call.Fact->Result == Keep::Must;
}

/// \p Variable is named in \p Body, lambdas included.
bool isUsed(const VarDecl *Variable, const Stmt *Body) {
  llvm::SmallVector<const Stmt *, 32> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    const auto *Reference = dyn_cast<DeclRefExpr>(S);
    if (Reference && Reference->getDecl() == Variable)
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      Work.push_back(Lambda->getBody());
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable() && Capture.getCapturedVar() == Variable)
          return true;
    }
    for (const Stmt *Child : S->children())
      Work.push_back(Child);
  }
  return false;
}

bool isMeantToBeUnused(const VarDecl &Variable) {
  return Variable.hasAttr<UnusedAttr>() ||
         Variable.getName().starts_with_insensitive("unused");
}

class Finder {
public:
  Finder(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function) {}

  std::vector<DiscardedFuture> find() {
    for (const KnownCall &Call : Function.Calls)
      if (mustKeep(Call))
        judge(Call.Site, nullptr);
    for (const Expr *Call : Function.OtherCalls)
      if (const FunctionInfo *Callee = Facts.callee(Call))
        if (Callee != &Function && !Callee->Dependent &&
            holderType(Facts.vocabulary(), Call->getType()) &&
            returnsLaunch(*Callee))
          judge(Call, Callee->Function);
    return std::move(Result);
  }

private:
  void judge(const Expr *Site, const FunctionDecl *Through) {
    DiscardedFuture Found;
    Found.Site = Site;
    Found.Through = Through;
    Found.Type = holderType(Facts.vocabulary(), Site->getType()).Type;
    // Not a future: what a C function returns tells of errors.
    if (!Found.Type)
      return;
    HandleFlight Flight = flightOf(Site, *Found.Type);
    switch (Flight.What) {
    case HandleFlight::Dropped:
      break;
    case HandleFlight::Look:
      if (!isPassedOver(Flight.At, Site, Found))
        return;
      break;
    case HandleFlight::Move:
      if (!isLost(Flight.To, Found))
        return;
      break;
    default:
      return;
    }
    Result.push_back(Found);
  }

  /// Where the future goes in the end: `share()` gives it to another one.
  HandleFlight flightOf(const Expr *Site, const TypeFact &Type) {
    HandleFlight Flight = followHandle(Facts, Function, Site);
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Flight.At);
    if (Flight.What != HandleFlight::Away || !Call)
      return Flight;
    HolderType Next = holderType(Facts.vocabulary(), Call->getType());
    if (!Next || Next.Shape != HandleShape::Plain ||
        Next.Type->Destructor != Type.Destructor)
      return Flight;
    return followHandle(Facts, Function, Call);
  }

  /// \p At, which gets the future of \p Site, does nothing with it: a cast to
  /// void, a comma, a reference that nobody looks at.
  bool isPassedOver(const Stmt *At, const Expr *Site, DiscardedFuture &Found) {
    if (const auto *Declaration = dyn_cast_or_null<DeclStmt>(At)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          if (Variable->getInit() && Variable->getType()->isReferenceType() &&
              stripToCore(Variable->getInit()) == stripToCore(Site))
            return isLost(HandleKey::of(Variable), Found);
      return false;
    }
    const auto *Binary = dyn_cast_or_null<BinaryOperator>(At);
    return isa_and_nonnull<CastExpr>(At) ||
           (Binary && Binary->getOpcode() == BO_Comma);
  }

  /// \p To is a local that nobody looks at, or no holder at all (std::ignore).
  bool isLost(const HandleKey &To, DiscardedFuture &Found) const {
    const auto *Variable = dyn_cast_or_null<VarDecl>(To.Root);
    if (!Variable || To.Last)
      return false;
    if (Variable->hasGlobalStorage())
      return !To.Element && Facts.context().getSourceManager().isInSystemHeader(
                                Variable->getLocation());
    if (!Variable->isLocalVarDecl() || isMeantToBeUnused(*Variable) ||
        isa<DecompositionDecl>(Variable) ||
        holderType(Facts.vocabulary(), Variable->getType()).Shape !=
            HandleShape::Plain ||
        isUsed(Variable, Function.Body))
      return false;
    Found.Unused = Variable;
    return true;
  }

  /// \p Callee gives its caller the handle of a launch that must be kept.
  bool returnsLaunch(const FunctionInfo &Callee) const {
    for (const KnownCall &Call : Callee.Calls) {
      if (!mustKeep(Call))
        continue;
      HandleFlight Flight = followHandle(Facts, Callee, Call.Site);
      if (Flight.What == HandleFlight::Away &&
          isa_and_nonnull<ReturnStmt>(Flight.At))
        return true;
      const HandleState *State = Flight.To ? Facts.handles(Callee) : nullptr;
      if (!State)
        continue;
      for (const HandleEvent &Event : State->events().List)
        if (Event.What == HandleEvent::Away && Event.Key.matches(Flight.To) &&
            isa_and_nonnull<ReturnStmt>(Event.Site))
          return true;
    }
    return false;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  std::vector<DiscardedFuture> Result;
};

} // namespace

std::vector<DiscardedFuture> discardedFutures(UnitFacts &Facts,
                                              const FunctionInfo &Function) {
  if (Function.Dependent)
    return {};
  return Finder(Facts, Function).find();
}

} // namespace clang::tidy::concord
