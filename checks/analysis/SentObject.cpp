//===--- SentObject.cpp ---------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/SentObject.h"
#include "analysis/Flow.h"
#include "analysis/MayWait.h"
#include "analysis/ObjectUse.h"
#include "analysis/SentUse.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

/// The handovers that have happened, by their index, in order.
using Marks = llvm::SmallVector<unsigned, 2>;

class SendFlow : public Flow<Marks> {
public:
  SendFlow(UnitFacts &Facts, const FunctionInfo &Function, const CFG &Graph,
           llvm::ArrayRef<Handover> Handovers, const PointerAliases &Aliases)
      : Flow(Facts.context(), Graph, [](const CallExpr &) { return false; }),
        Facts(Facts), Function(Function), Handovers(Handovers),
        Uses(Facts, Function, Aliases) {
    for (unsigned I = 0; I != Handovers.size(); ++I) {
      SentBy[Handovers[I].Send].push_back(I);
      for (const VarDecl *V : Function.Variables)
        if (V->getInit() && mentions(V->getInit(), Handovers[I].Send) &&
            V->getType()->isScalarType())
          ResultOf[V].push_back(I);
    }
  }

  void judge(const CFGElement &Element, const Worlds &Paths) {
    const std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
    if (!E)
      return;
    for (const World<Marks> &Path : Paths)
      for (unsigned I : Path.Value)
        if (!Done.contains(I))
          judge(*E, I);
  }

  std::vector<UseAfterSend> Found;

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override {
    if (const auto End = Element.getAs<CFGAutomaticObjDtor>()) {
      if (endWaits(*End->getVarDecl()))
        for (World<Marks> &Path : Paths)
          acknowledge(Path.Value);
      return;
    }
    const std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    for (World<Marks> &Path : Paths)
      statement(*S->getStmt(), Path.Value);
  }

  bool branch(const Expr *Condition, bool Value, World<Marks> &Path) override {
    const Expr *Plain = Condition->IgnoreParenImpCasts();
    for (unsigned I = 0; I != Handovers.size(); ++I) {
      const Expr *Send = Handovers[I].Send;
      const auto *Named = dyn_cast<DeclRefExpr>(Plain);
      auto Result = Named ? ResultOf.find(Named->getDecl()) : ResultOf.end();
      // What the values of a status mean is not known here.
      const bool Direct =
          !Send->getType()->isEnumeralType() &&
          (Plain == Send ||
           (Result != ResultOf.end() && llvm::is_contained(Result->second, I)));
      const CallFact *Fact = Facts.call(Send).Fact;
      const bool Failed = Fact && Value == Fact->SuccessIsZero;
      if (Direct ? Failed : asksFor(Plain, I))
        forget(Path.Value, I);
      else if (!Direct && isShared(I) && !SentBy.count(Plain) &&
               testsAtomic(Facts, Plain) && !repeats(Plain, Send))
        forget(Path.Value, I);
    }
    return true;
  }

  void enterHandler(const CXXCatchStmt &, Marks &Value) override {
    Value.clear();
  }

private:
  static bool mentions(const Stmt *Tree, const Stmt *S) {
    if (!Tree || Tree == S)
      return Tree != nullptr;
    return llvm::any_of(Tree->children(),
                        [&](const Stmt *C) { return mentions(C, S); });
  }

  /// The condition compares the result of send \p I with something.
  bool asksFor(const Stmt *S, unsigned I) const {
    if (!S)
      return false;
    if (S == Handovers[I].Send)
      return true;
    if (const auto *Named = dyn_cast<DeclRefExpr>(S)) {
      auto Result = ResultOf.find(Named->getDecl());
      return Result != ResultOf.end() && llvm::is_contained(Result->second, I);
    }
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return asksFor(C, I); });
  }

  /// \p Condition is the one of a loop around \p Send: it is asked whether or
  /// not the receiver has done anything.
  bool repeats(const Expr *Condition, const Stmt *Send) const {
    for (const Stmt *S = Facts.parent(Function, Send); S;
         S = Facts.parent(Function, S)) {
      const Expr *Own = nullptr;
      if (const auto *While = dyn_cast<WhileStmt>(S))
        Own = While->getCond();
      else if (const auto *For = dyn_cast<ForStmt>(S))
        Own = For->getCond();
      else if (const auto *Do = dyn_cast<DoStmt>(S))
        Own = Do->getCond();
      if (Own && mentions(Own, Condition))
        return true;
    }
    return false;
  }

  bool isShared(unsigned I) const {
    return Handovers[I].How != Handover::Moved;
  }

  static void forget(Marks &Value, unsigned I) {
    llvm::erase_if(Value, [I](unsigned Mark) { return Mark == I; });
  }

  /// Something may have waited until the receiver was done.
  void acknowledge(Marks &Value) const {
    llvm::erase_if(Value, [&](unsigned I) { return isShared(I); });
  }

  bool endWaits(const VarDecl &V) const {
    const TypeFact *Fact = Facts.vocabulary().type(V.getType());
    return Fact && (Fact->is(Role::Thread) || Fact->is(Role::Future) ||
                    Fact->is(Role::Scope) || Fact->is(Role::Executor) ||
                    Fact->is(Role::ThreadGroup) || Fact->is(Role::TaskGroup));
  }

  void statement(const Stmt &S, Marks &Value) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          llvm::erase_if(Value, [&](unsigned I) {
            return Handovers[I].Object.root() == V->getCanonicalDecl();
          });
      return;
    }
    const auto *E = dyn_cast<Expr>(&S);
    if (!E)
      return;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return capture(*Lambda, Value);
    llvm::erase_if(Value, [&](unsigned I) {
      return Uses.of(*E, Handovers[I]).What == SentUse::Renewal;
    });
    if (isa<CallExpr, CXXConstructExpr>(E))
      call(*E, Value);
    auto Sent = SentBy.find(E);
    if (Sent == SentBy.end())
      return;
    for (unsigned I : Sent->second)
      if (!llvm::is_contained(Value, I)) {
        Value.push_back(I);
        llvm::sort(Value);
      }
  }

  /// Code that runs later may renew what it captures by reference.
  void capture(const LambdaExpr &Lambda, Marks &Value) const {
    for (const LambdaCapture &Capture : Lambda.captures())
      llvm::erase_if(Value, [&](unsigned I) {
        const AccessPath &Object = Handovers[I].Object;
        if (Capture.capturesThis())
          return Object.isThisRooted();
        return Capture.capturesVariable() &&
               Capture.getCaptureKind() == LCK_ByRef &&
               Object.root() == Capture.getCapturedVar()->getCanonicalDecl();
      });
  }

  void call(const Expr &E, Marks &Value) {
    const KnownCall Known = Facts.call(&E);
    if (Known.Fact) {
      if (mayWait(Known.does()))
        acknowledge(Value);
      return;
    }
    const auto *Call = dyn_cast<CallExpr>(&E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(&E);
    const FunctionDecl *Callee =
        Call ? Call->getDirectCallee() : Construct->getConstructor();
    if (Callee && (isStandard(Callee) || Callee->getBuiltinID()))
      return;
    // Code of the project may renew all that is not the function's own.
    llvm::erase_if(Value, [&](unsigned I) {
      const auto *Root = dyn_cast_or_null<VarDecl>(Handovers[I].Object.root());
      return !Root || !Root->hasLocalStorage() ||
             (Root->getType()->isReferenceType() && !isShared(I));
    });
    if (const CallSummary *Summary = Facts.calleeSummary(&E)) {
      if (Summary->find(SummaryEffect::Blocks) ||
          Summary->find(SummaryEffect::Joins))
        acknowledge(Value);
    } else if (!Callee || saysWaits(*Callee) || saysEnds(*Callee)) {
      acknowledge(Value);
    }
  }

  /// A function that the unit does not show, whose name says that others are
  /// done when it returns.
  static bool saysEnds(const FunctionDecl &Callee) {
    if (!Callee.getIdentifier())
      return false;
    return llvm::any_of(llvm::ArrayRef<StringRef>{"stop", "shutdown", "finish",
                                                  "flush", "drain", "complete",
                                                  "done", "run", "process",
                                                  "exec", "poll", "reply"},
                        [&](StringRef Word) {
                          return Callee.getName().contains_insensitive(Word);
                        });
  }

  void judge(const Expr &E, unsigned I) {
    const Handover &Sent = Handovers[I];
    const SentUse Use = Uses.of(E, Sent);
    if (Use.What != SentUse::Read && Use.What != SentUse::Write)
      return;
    if (isShared(I)) {
      const LockState *Locks = Facts.locks(Function);
      if (Locks && (!Locks->complete() || !Locks->heldAt(&E).empty()))
        return;
      if (Use.What == SentUse::Read && !receiverMatters(Sent))
        return;
    }
    const SourceManager &Sources = Facts.context().getSourceManager();
    const bool InLoop =
        mentions(Sent.Send, &E) || Sources.isBeforeInTranslationUnit(
                                       E.getExprLoc(), Sent.Send->getExprLoc());
    if (InLoop && isConditional(Sent.Send))
      return;
    Done.insert(I);
    Found.push_back({Sent, Use.Whole, Use.What == SentUse::Write, InLoop});
  }

  bool receiverMatters(const Handover &Sent) {
    switch (receiversOf(Facts, Sent)) {
    case ReceiverUse::Changes:
      return true;
    case ReceiverUse::Reads:
      return false;
    case ReceiverUse::Unknown:
      return Sent.How == Handover::Address || Sent.How == Handover::Owner;
    }
    return false;
  }

  /// In a loop \p E may run only once: the way to it is conditional.
  bool isConditional(const Expr *E) const {
    const Stmt *Inner = E;
    for (const Stmt *S = Facts.parent(Function, E); S;
         Inner = S, S = Facts.parent(Function, S)) {
      if (const auto *If = dyn_cast<IfStmt>(S); If && If->getCond() != Inner)
        return true;
      if (isa<SwitchStmt, AbstractConditionalOperator>(S))
        return true;
      if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
        return false;
    }
    return false;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  llvm::ArrayRef<Handover> Handovers;
  SentUses Uses;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 1>> SentBy;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<unsigned, 1>> ResultOf;
  llvm::DenseSet<unsigned> Done;
};

} // namespace

static bool maySend(const FunctionInfo &Function) {
  return Function.does({Operation::Send, Operation::TrySend,
                        Operation::TimedSend, Operation::SetValue,
                        Operation::NotifyOne, Operation::NotifyAll,
                        Operation::Release});
}

std::vector<UseAfterSend> usesAfterSend(UnitFacts &Facts,
                                        const FunctionInfo &Function) {
  if (Function.Dependent || !Function.Body ||
      (!maySend(Function) &&
       llvm::none_of(Function.OtherCalls, [&](const Expr *Call) {
         const FunctionInfo *Callee = Facts.callee(Call);
         return Callee && maySend(*Callee);
       })))
    return {};
  const PointerAliases Aliases(Facts, Function);
  const std::vector<Handover> Handovers = handoversOf(Facts, Function, Aliases);
  if (Handovers.empty())
    return {};
  const std::unique_ptr<CFG> Graph =
      buildGraph(Facts.context(), Function.Function, Function.Body);
  if (!Graph)
    return {};
  SendFlow Flow(Facts, Function, *Graph, Handovers, Aliases);
  if (!Flow.run({}))
    return {};
  for (const CFGBlock *Block : llvm::reverse(*Graph))
    Flow.replay(
        *Block,
        [&](const CFGElement &Element, const SendFlow::Worlds &Paths) {
          Flow.judge(Element, Paths);
        },
        [](const SendFlow::Worlds &) {});
  const SourceManager &Sources = Facts.context().getSourceManager();
  llvm::sort(Flow.Found, [&](const UseAfterSend &A, const UseAfterSend &B) {
    return Sources.isBeforeInTranslationUnit(A.Use->getExprLoc(),
                                             B.Use->getExprLoc());
  });
  return std::move(Flow.Found);
}

} // namespace clang::tidy::concord
