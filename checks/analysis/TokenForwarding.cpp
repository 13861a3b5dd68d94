//===--- TokenForwarding.cpp - Who does not hand its token on? ------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TokenForwarding.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

namespace {

class Search {
public:
  Search(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Words(Facts.vocabulary()), Function(Function) {}

  std::vector<LostToken> run() {
    Token = tokenAtHand();
    if (!Token)
      return {};
    for (const Expr *E : Function.OtherCalls)
      if (const auto *Call = dyn_cast<CallExpr>(E))
        judge(*Call);
    for (const KnownCall &Call : Function.Calls)
      if (Call.does() == Operation::ConditionWait)
        judgeWait(Call);
    return std::move(Found);
  }

private:
  bool isToken(QualType Type) const {
    const TypeFact *Fact =
        Type.isNull() ? nullptr : Words.type(Type.getNonReferenceType());
    return Fact && Fact->is(Role::StopToken) && !Fact->is(Role::StopSource);
  }

  const ValueDecl *tokenAtHand() const {
    if (Function.Function)
      for (const ParmVarDecl *Parameter : Function.Function->parameters())
        if (Parameter->getIdentifier() && isToken(Parameter->getType()))
          return Parameter;
    if (Function.Lambda)
      for (const LambdaCapture &Capture : Function.Lambda->captures())
        if (Capture.capturesVariable() &&
            isToken(Capture.getCapturedVar()->getType()))
          return Capture.getCapturedVar();
    return nullptr;
  }

  void judge(const CallExpr &Call) {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee || isa<CXXOperatorCallExpr>(Call) || isSystem(*Callee) ||
        passesToken(Call))
      return;
    unsigned Count = std::min(Call.getNumArgs(), Callee->getNumParams());
    for (unsigned I = 0; I != Count; ++I) {
      if (!isToken(Callee->getParamDecl(I)->getType()))
        continue;
      const Expr *Argument = Call.getArg(I);
      if (isa<CXXDefaultArgExpr>(Argument))
        Found.push_back({LostToken::Default, &Call, Token, Callee});
      else if (isEmptyToken(Argument) && !isCleanup(Call))
        Found.push_back({LostToken::Empty, &Call, Token, Callee});
      return;
    }
    if (const FunctionDecl *Taker = overloadWithToken(*Callee))
      if (!isCleanup(Call))
        Found.push_back({LostToken::Overload, &Call, Token, Taker});
  }

  bool isSystem(const Decl &D) const {
    const SourceManager &Sources = Facts.context().getSourceManager();
    return Sources.isInSystemHeader(
        Sources.getExpansionLoc(D.getCanonicalDecl()->getLocation()));
  }

  /// An argument carries the token, or something that may.
  bool passesToken(const CallExpr &Call) const {
    return llvm::any_of(Call.arguments(), [&](const Expr *Argument) {
      return !isa<CXXDefaultArgExpr>(Argument) && mentionsToken(Argument);
    });
  }

  bool mentionsToken(const Stmt *S) const {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && isToken(Ref->getType()))
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable() &&
            isToken(Capture.getCapturedVar()->getType()))
          return true;
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return mentionsToken(Child); });
  }

  bool isEmptyToken(const Expr *E) const {
    for (unsigned Depth = 0; E && Depth < 6; ++Depth) {
      E = E->IgnoreParenImpCasts();
      if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
        E = Temporary->getSubExpr();
      else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
        E = Bound->getSubExpr();
      else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
        E = Cast->getSubExpr();
      else if (const auto *List = dyn_cast<InitListExpr>(E))
        return List->getNumInits() == 0;
      else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
        if (Construct->getNumArgs() == 0)
          return true;
        E = Construct->getConstructor()->isCopyOrMoveConstructor()
                ? Construct->getArg(0)
                : nullptr;
      } else
        return false;
    }
    return false;
  }

  /// The overload of \p Callee that takes the same, and a token; or null.
  const FunctionDecl *overloadWithToken(const FunctionDecl &Callee) const {
    if (!Callee.getDeclName().isIdentifier() ||
        Callee.isTemplateInstantiation() ||
        (Function.Function &&
         Function.Function->getDeclName() == Callee.getDeclName()))
      return nullptr;
    for (const NamedDecl *D :
         Callee.getDeclContext()->getRedeclContext()->lookup(
             Callee.getDeclName())) {
      const auto *Other = dyn_cast<FunctionDecl>(D);
      if (!Other || Other->getNumParams() != Callee.getNumParams() + 1)
        continue;
      if (takesSameAndToken(*Other, Callee))
        return Other;
    }
    return nullptr;
  }

  bool takesSameAndToken(const FunctionDecl &Other,
                         const FunctionDecl &Callee) const {
    unsigned Next = 0;
    bool Token = false;
    for (const ParmVarDecl *Parameter : Other.parameters()) {
      if (!Token && isToken(Parameter->getType())) {
        Token = true;
        continue;
      }
      if (Next == Callee.getNumParams() ||
          !Facts.context().hasSameType(Parameter->getType(),
                                       Callee.getParamDecl(Next++)->getType()))
        return false;
    }
    return Token && Next == Callee.getNumParams();
  }

  bool queriesStop(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Facts.call(Call).does() == Operation::QueryStop)
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return queriesStop(Child); });
  }

  /// \p Call runs once the stop has been requested: behind a loop that polled
  /// the token, in the branch of its test, in a handler.
  bool isCleanup(const CallExpr &Call) const {
    const Stmt *Below = &Call;
    for (const Stmt *Up = Facts.parent(Function, Below); Up;
         Below = Up, Up = Facts.parent(Function, Up)) {
      if (isa<CXXCatchStmt>(Up))
        return true;
      if (const auto *If = dyn_cast<IfStmt>(Up);
          If && Below != If->getCond() && queriesStop(If->getCond()))
        return true;
      const auto *Block = dyn_cast<CompoundStmt>(Up);
      if (!Block)
        continue;
      for (const Stmt *Before : Block->body()) {
        if (Before == Below)
          break;
        if (isa<WhileStmt, DoStmt, ForStmt>(Before) && queriesStop(Before))
          return true;
      }
    }
    return false;
  }

  /// A wait whose type could take a token, and that nothing else tells of it.
  void judgeWait(const KnownCall &Wait) {
    const auto *Call = dyn_cast_or_null<CallExpr>(Wait.Site);
    if (!Call || !Wait.Type || Wait.Fact->Timed || passesToken(*Call))
      return;
    bool Could = llvm::any_of(Wait.Type->Methods, [](const CallFact &Fact) {
      return Fact.Does == Operation::ConditionWait &&
             Fact.StopToken != NoArgument;
    });
    bool HasCallback =
        llvm::any_of(Function.Variables, [&](const VarDecl *Variable) {
          return Words.is(Variable->getType(), Role::StopCallback);
        });
    if (Could && !HasCallback)
      Found.push_back({LostToken::Wait, Call, Token, nullptr});
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  const FunctionInfo &Function;
  const ValueDecl *Token = nullptr;
  std::vector<LostToken> Found;
};

} // namespace

std::vector<LostToken> lostTokens(UnitFacts &Facts,
                                  const FunctionInfo &Function) {
  if (Function.Dependent)
    return {};
  return Search(Facts, Function).run();
}

} // namespace clang::tidy::concord
