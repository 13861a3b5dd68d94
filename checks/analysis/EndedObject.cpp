//===--- EndedObject.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/EndedObject.h"
#include "analysis/Flow.h"
#include "analysis/UnitFacts.h"
#include "support/CaptureFix.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::concord {

namespace {

/// A promise ends twice over: its value is set, its future is taken.
enum class Facet : uint8_t { None, Life, Future };

/// What \p Call ends of its object.
Facet endsOf(const KnownCall &Call) {
  const TypeFact *Type = Call.Type;
  if (!Type || !Call.Object)
    return Facet::None;
  switch (Call.does()) {
  case Operation::Join:
  case Operation::Detach:
    // Threads that can be asked twice whether they are done have no joinable().
    return Type->is(Role::Thread) &&
                   (Type->Destructor == DestructorKind::Never ||
                    llvm::any_of(Type->Methods,
                                 [](const CallFact &Method) {
                                   return Method.Does == Operation::Joinable;
                                 }))
               ? Facet::Life
               : Facet::None;
  case Operation::Get:
    return Type->is(Role::Future) && !isCopyable(Call.Object->getType())
               ? Facet::Life
               : Facet::None;
  case Operation::SetValue:
    return Type->is(Role::Promise) ? Facet::Life : Facet::None;
  case Operation::Run:
    return Type->is(Role::PackagedTask) ? Facet::Life : Facet::None;
  case Operation::GetFuture:
    return Type->is(Role::Promise) || Type->is(Role::PackagedTask)
               ? Facet::Future
               : Facet::None;
  case Operation::Close:
    return Type->is(Role::Channel) ? Facet::Life : Facet::None;
  default:
    return Facet::None;
  }
}

/// What \p Call needs of its object.
Facet needsOf(const KnownCall &Call) {
  switch (Call.does()) {
  case Operation::Send:
  case Operation::TrySend:
  case Operation::TimedSend:
    return Call.Type && Call.Type->is(Role::Channel) ? Facet::Life
                                                     : Facet::None;
  case Operation::Wait:
  case Operation::TimedWait:
  case Operation::Then:
    return Call.Type && Call.Type->is(Role::Future) && Call.Object &&
                   !isCopyable(Call.Object->getType())
               ? Facet::Life
               : Facet::None;
  default:
    return endsOf(Call);
  }
}

/// True for the tests that say whether there is something left to end.
bool asks(const KnownCall &Call) {
  return Call.does() == Operation::Joinable ||
         Call.does() == Operation::Valid || Call.does() == Operation::IsClosed;
}

struct Mark {
  unsigned Object = 0;
  enum Kind : uint8_t { Ended, Moved, Unknown } What = Unknown;
  const Expr *Site = nullptr;
  bool operator==(const Mark &O) const {
    return Object == O.Object && What == O.What && Site == O.Site;
  }
};

/// Objects without a mark are as they were at the start.
using Marks = llvm::SmallVector<Mark, 2>;

class EndFlow : public Flow<Marks> {
public:
  EndFlow(UnitFacts &Facts, const FunctionInfo &Function, const CFG &Graph)
      : Flow(
            Facts.context(), Graph,
            [&Facts](const CallExpr &Call) { return asks(Facts.call(&Call)); }),
        Facts(Facts), Function(Function) {
    for (const KnownCall &Call : Function.Calls)
      enter(Call);
  }

  bool hasEnds() const { return !Objects.empty(); }

  void judge(const CFGElement &Element, const Worlds &Paths) {
    const std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
    auto Known = E ? Calls.find(E) : Calls.end();
    if (Known == Calls.end())
      return;
    const KnownCall &Call = *Known->second;
    const Facet Needed = needsOf(Call);
    if (Needed == Facet::None)
      return;
    const int Object = find(AccessPath::ofObject(Call.Object), Needed);
    if (Object < 0)
      return;
    const Mark *Worst = nullptr;
    for (const World<Marks> &Path : Paths)
      if (const Mark *M = markOf(Path.Value, Object)) {
        if (M->What == Mark::Unknown)
          return;
        Worst = M;
      }
    if (!Worst || (Worst->Site == E && isConditional(E)))
      return;
    UseAfterEnd Use{Call, Objects[Object].Path, Worst->Site};
    if (Worst->What == Mark::Ended)
      Use.How = Facts.call(Worst->Site).does();
    if (Seen.insert(E).second)
      Found.push_back(Use);
  }

  std::vector<UseAfterEnd> Found;

protected:
  void transfer(const CFGElement &Element, Worlds &Paths) override {
    const std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    for (World<Marks> &Path : Paths)
      statement(*S->getStmt(), Path.Value);
  }

  bool branch(const Expr *Condition, bool Value, World<Marks> &Path) override {
    const KnownCall Call = Facts.call(Condition->IgnoreParenImpCasts());
    if (!asks(Call) || !Call.Object)
      return true;
    if (Value != (Call.does() == Operation::IsClosed))
      forget(AccessPath::ofObject(Call.Object), Path.Value);
    return true;
  }

  void enterHandler(const CXXCatchStmt &, Marks &Value) override {
    for (unsigned I = 0; I != Objects.size(); ++I)
      set(Value, {I, Mark::Unknown, nullptr});
  }

private:
  struct Object {
    AccessPath Path;
    Facet What;
  };

  static const ValueDecl *keyOf(const AccessPath &Path) {
    if (Path.root())
      return Path.root();
    return Path.steps().empty() ? nullptr : Path.steps().front().Decl;
  }

  void enter(const KnownCall &Call) {
    Calls[Call.Site] = &Call;
    if (Call.Object)
      markBenign(Call.Object);
    const Facet What = endsOf(Call);
    add(Call, What);
    if (What == Facet::None)
      add(Call, needsOf(Call));
  }

  void add(const KnownCall &Call, Facet What) {
    if (What == Facet::None)
      return;
    AccessPath Path = AccessPath::ofObject(Call.Object);
    if (!Path || !keyOf(Path) || find(Path, What) >= 0 || Objects.size() > 24)
      return;
    // Another index, another object; what a getter gives may be another.
    for (const AccessPath::Step &Step : Path.steps())
      if ((Step.What == AccessPath::Step::Index && Step.Decl) ||
          Step.What == AccessPath::Step::Call)
        return;
    Objects.push_back({Path, What});
  }

  void markBenign(const Stmt *S) {
    if (!S)
      return;
    Benign.insert(S);
    for (const Stmt *Child : S->children())
      markBenign(Child);
  }

  int find(const AccessPath &Path, Facet What) const {
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].What == What && Objects[I].Path == Path)
        return I;
    return -1;
  }

  static const Mark *markOf(const Marks &Value, unsigned Object) {
    for (const Mark &M : Value)
      if (M.Object == Object)
        return &M;
    return nullptr;
  }

  static void clear(Marks &Value, unsigned Object) {
    llvm::erase_if(Value, [&](const Mark &M) { return M.Object == Object; });
  }

  static void set(Marks &Value, Mark New) {
    clear(Value, New.Object);
    auto At = llvm::find_if(
        Value, [&](const Mark &M) { return M.Object > New.Object; });
    Value.insert(At, New);
  }

  void forget(const AccessPath &Path, Marks &Value) const {
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path == Path)
        set(Value, {I, Mark::Unknown, nullptr});
  }

  void forgetKey(const ValueDecl *Key, Marks &Value, bool Anew = false) const {
    for (unsigned I = 0; I != Objects.size(); ++I) {
      if (keyOf(Objects[I].Path)->getCanonicalDecl() != Key->getCanonicalDecl())
        continue;
      if (Anew)
        clear(Value, I);
      else
        set(Value, {I, Mark::Unknown, nullptr});
    }
  }

  /// Code that the unit does not follow may renew all that is not the
  /// function's own.
  void forgetShared(Marks &Value) const {
    for (unsigned I = 0; I != Objects.size(); ++I) {
      const auto *Root = dyn_cast_or_null<VarDecl>(Objects[I].Path.root());
      if (!Root || !Root->hasLocalStorage() || !Objects[I].Path.isPlain() ||
          Root->getType()->isReferenceType() || Escaped.contains(Root))
        set(Value, {I, Mark::Unknown, nullptr});
    }
  }

  void statement(const Stmt &S, Marks &Value) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
      for (const Decl *D : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          forgetKey(Variable, Value, /*Anew=*/true);
      return;
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable() &&
            Capture.getCaptureKind() == LCK_ByRef) {
          Escaped.insert(Capture.getCapturedVar());
          forgetKey(Capture.getCapturedVar(), Value);
        } else if (Capture.capturesThis()) {
          forgetShared(Value);
        }
      return;
    }
    const auto *E = dyn_cast<Expr>(&S);
    if (!E)
      return;
    if (const ValueDecl *Named = namedBy(*E))
      return mention(*E, *Named, Value);
    auto Known = Calls.find(E);
    if (Known != Calls.end())
      return call(*Known->second, Value);
    if (const auto *Call = dyn_cast<CallExpr>(E))
      otherCall(*Call, Value);
    else if (const auto *Construction = dyn_cast<CXXConstructExpr>(E);
             Construction && !isSystem(Construction->getConstructor()))
      forgetShared(Value);
  }

  static const ValueDecl *namedBy(const Expr &E) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(&E))
      return dyn_cast<VarDecl>(Reference->getDecl());
    const auto *Member = dyn_cast<MemberExpr>(&E);
    if (Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()))
      return dyn_cast<FieldDecl>(Member->getMemberDecl());
    return nullptr;
  }

  bool isSystem(const FunctionDecl *Callee) const {
    return Callee && Facts.context().getSourceManager().isInSystemHeader(
                         Callee->getLocation());
  }

  void call(const KnownCall &Call, Marks &Value) {
    if (const Expr *Out = Call.argument(Call.Fact->Out))
      forget(AccessPath::ofObject(Out), Value);
    const Facet What = endsOf(Call);
    if (What == Facet::None) {
      if (Call.does() == Operation::Start || Call.does() == Operation::Swap ||
          Call.does() == Operation::Reset)
        if (const Expr *Object = Call.Object)
          forget(AccessPath::ofObject(Object), Value);
      return;
    }
    const int Object = find(AccessPath::ofObject(Call.Object), What);
    const Mark *Known = Object < 0 ? nullptr : markOf(Value, Object);
    if (Object >= 0 && (!Known || Known->What == Mark::Unknown))
      set(Value, {unsigned(Object), Mark::Ended, Call.Site});
  }

  void otherCall(const CallExpr &Call, Marks &Value) {
    if (!isSystem(Call.getDirectCallee()))
      forgetShared(Value);
  }

  /// The variable or field \p Named is mentioned by \p E; what is around it
  /// says whether it stays as it is.
  void mention(const Expr &E, const ValueDecl &Named, Marks &Value) {
    if (Benign.contains(&E))
      return;
    const Stmt *Inner = &E;
    const Stmt *Outer = Facts.parent(Function, Inner);
    while (isa_and_nonnull<ParenExpr, CastExpr, MemberExpr>(Outer)) {
      const auto *Cast = dyn_cast<CastExpr>(Outer);
      if (Cast && Cast->getCastKind() == CK_LValueToRValue)
        return;
      Inner = Outer;
      Outer = Facts.parent(Function, Inner);
    }
    if (const auto *Method = dyn_cast_or_null<CXXMemberCallExpr>(Outer))
      if (Method->getCallee() == Inner && Method->getMethodDecl() &&
          Method->getMethodDecl()->isConst())
        return;
    const auto *Call = dyn_cast_or_null<CallExpr>(Outer);
    if (Call && Call->isCallToStdMove() && isTaken(*Call)) {
      const AccessPath Path = AccessPath::ofObject(Call->getArg(0));
      for (unsigned I = 0; I != Objects.size(); ++I)
        if (Objects[I].Path == Path)
          set(Value, {I, Mark::Moved, Call});
      return;
    }
    if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Outer))
      if (Address->getOpcode() == UO_AddrOf)
        Escaped.insert(&Named);
    if (isa_and_nonnull<DeclStmt>(Outer))
      Escaped.insert(&Named);
    forgetKey(&Named, Value);
  }

  /// The result of the move \p Call gets a new owner by construction.
  bool isTaken(const CallExpr &Call) const {
    const Stmt *Outer = Facts.parent(Function, &Call);
    while (isa_and_nonnull<ParenExpr, CastExpr>(Outer))
      Outer = Facts.parent(Function, Outer);
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer))
      return Operator->getOperator() == OO_Equal;
    const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(Outer);
    return isa_and_nonnull<CXXConstructExpr>(Outer) ||
           (Member && isSystem(Member->getMethodDecl()));
  }

  /// In a loop \p E may run only once: the way to it is conditional.
  bool isConditional(const Expr *E) const {
    for (const Stmt *S = Facts.parent(Function, E); S;
         S = Facts.parent(Function, S)) {
      if (isa<IfStmt, SwitchStmt, AbstractConditionalOperator>(S))
        return true;
      if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
        return false;
    }
    return true;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  std::vector<Object> Objects;
  llvm::DenseMap<const Expr *, const KnownCall *> Calls;
  llvm::DenseSet<const Stmt *> Benign;
  llvm::DenseSet<const ValueDecl *> Escaped;
  llvm::DenseSet<const Expr *> Seen;
};

} // namespace

std::vector<UseAfterEnd> usesAfterEnd(UnitFacts &Facts,
                                      const FunctionInfo &Function) {
  if (Function.Dependent || !Function.Body ||
      llvm::none_of(Function.Calls, [](const KnownCall &Call) {
        return needsOf(Call) != Facet::None;
      }))
    return {};
  const std::unique_ptr<CFG> Graph =
      buildGraph(Facts.context(), Function.Function, Function.Body);
  if (!Graph)
    return {};
  EndFlow Flow(Facts, Function, *Graph);
  if (!Flow.hasEnds() || !Flow.run({}))
    return {};
  for (const CFGBlock *Block : *Graph)
    Flow.replay(
        *Block,
        [&](const CFGElement &Element, const EndFlow::Worlds &Paths) {
          Flow.judge(Element, Paths);
        },
        [](const EndFlow::Worlds &) {});
  const SourceManager &Sources = Facts.context().getSourceManager();
  llvm::sort(Flow.Found, [&](const UseAfterEnd &A, const UseAfterEnd &B) {
    return Sources.isBeforeInTranslationUnit(A.Use.Site->getExprLoc(),
                                             B.Use.Site->getExprLoc());
  });
  return std::move(Flow.Found);
}

} // namespace clang::tidy::concord
