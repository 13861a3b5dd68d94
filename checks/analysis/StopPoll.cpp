//===--- StopPoll.cpp - Which stop signal does a loop poll? ---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StopPoll.h"
#include "analysis/StateAccess.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::concord {

static constexpr unsigned MaxDepth = 2;

/// What the name of a flag says.
enum class Says : uint8_t { Nothing, Finished, Stop };

static Says nameSays(const ValueDecl &Flag) {
  if (!Flag.getDeclName().isIdentifier())
    return Says::Nothing;
  std::string Name = Flag.getName().lower();
  auto Has = [&](std::initializer_list<StringRef> Words) {
    return llvm::any_of(
        Words, [&](StringRef Word) { return StringRef(Name).contains(Word); });
  };
  if (Has({"stop", "quit", "exit", "shutdown", "shutting", "terminat", "cancel",
           "abort", "running", "keep", "alive", "closing", "interrupt", "kill",
           "halt", "disposed", "destroy"}))
    return Says::Stop;
  StringRef Word = StringRef(Name).trim('_');
  Word.consume_front("m_");
  if (Word == "run" || Word == "end" || Word == "dorun" || Word == "active" ||
      Word == "runflag")
    return Says::Stop;
  return Has({"done", "finish", "complete", "end"}) ? Says::Finished
                                                    : Says::Nothing;
}

/// C signal handlers set flags that wake a sleeping thread, and may not use
/// anything that would wake it better.
static bool isSignalHandler(const FunctionInfo &Function) {
  const FunctionDecl *F = Function.Function;
  if (!F || isa<CXXConstructorDecl>(F) || !F->getReturnType()->isVoidType() ||
      (isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F)->isInstance() &&
       !Function.Lambda))
    return false;
  if (F->getNumParams() != 1 && F->getNumParams() != 3)
    return false;
  return F->getParamDecl(0)->getType()->isSpecificBuiltinType(BuiltinType::Int);
}

static bool isSignalType(QualType Type) {
  while (const auto *Typedef = Type->getAs<TypedefType>()) {
    if (Typedef->getDecl()->getName() == "sig_atomic_t")
      return true;
    Type = Typedef->desugar();
  }
  return false;
}

static bool isAtomic(const Vocabulary &Words, QualType Type) {
  return Type->isAtomicType() || Words.is(Type, Role::Atomic);
}

StopPolls::StopPolls(UnitFacts &Facts) : Facts(Facts) {}

std::optional<StopPoll> StopPolls::of(const FunctionInfo &Function,
                                      const Stmt *Loop) {
  const Expr *Condition = nullptr;
  const Stmt *Body = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(Loop)) {
    Condition = While->getCond();
    Body = While->getBody();
  } else if (const auto *Do = dyn_cast<DoStmt>(Loop)) {
    Condition = Do->getCond();
    Body = Do->getBody();
  } else if (const auto *For = dyn_cast<ForStmt>(Loop)) {
    Condition = For->getCond();
    Body = For->getBody();
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop)) {
    Body = Range->getBody();
  }
  if (std::optional<StopPoll> Found = condition(Function, Condition, 0))
    return Found;
  return leavingBranch(Function, Body, /*Direct=*/true);
}

bool StopPolls::isTask(const FunctionInfo &Function) {
  collectTasks();
  for (const FunctionInfo *F = &Function; F; F = F->Enclosing) {
    if (Tasks.count(F))
      return true;
    if (!F->Lambda)
      break;
  }
  return Function.Function &&
         llvm::any_of(Function.Function->parameters(),
                      [&](const ParmVarDecl *Parameter) {
                        return Facts.vocabulary().is(
                            Parameter->getType().getNonReferenceType(),
                            Role::StopToken);
                      });
}

/// \p S ends the loop that it is directly in (`break`) or the function.
static bool leaves(const Stmt *S, bool Direct) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  if (const auto *Cleanups = dyn_cast_or_null<ExprWithCleanups>(S))
    S = Cleanups->getSubExpr();
  return S && (isa<ReturnStmt, CoreturnStmt, GotoStmt, CXXThrowExpr>(S) ||
               (Direct && isa<BreakStmt>(S)));
}

std::optional<StopPoll> StopPolls::leavingBranch(const FunctionInfo &Function,
                                                 const Stmt *S, bool Direct) {
  if (!S || isa<LambdaExpr, BlockExpr>(S))
    return std::nullopt;
  if (const auto *If = dyn_cast<IfStmt>(S))
    if (leaves(If->getThen(), Direct) || leaves(If->getElse(), Direct))
      if (std::optional<StopPoll> Found = condition(Function, If->getCond(), 0))
        return Found;
  Direct = Direct &&
           !isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, SwitchStmt>(S);
  for (const Stmt *Child : S->children())
    if (std::optional<StopPoll> Found = leavingBranch(Function, Child, Direct))
      return Found;
  return std::nullopt;
}

std::optional<StopPoll> StopPolls::condition(const FunctionInfo &Function,
                                             const Expr *E, unsigned Depth) {
  if (!E || E->isTypeDependent() || E->containsErrors())
    return std::nullopt;
  E = E->IgnoreParenImpCasts();
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
    return condition(Function, Cleanups->getSubExpr(), Depth);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return condition(Function, Cast->getSubExpr(), Depth);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot)
    return condition(Function, Not->getSubExpr(), Depth);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && (Binary->isLogicalOp() || Binary->isEqualityOp())) {
    std::optional<StopPoll> Left = condition(Function, Binary->getLHS(), Depth);
    return Left ? Left : condition(Function, Binary->getRHS(), Depth);
  }
  if (const auto *Atomic = dyn_cast<AtomicExpr>(E))
    return flag(Function, Atomic->getPtr());
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return call(Function, *Call, Depth);
  // A copy, made under a lock.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Copy = dyn_cast<VarDecl>(Ref->getDecl());
        Copy && Copy->hasLocalStorage() && Copy->getInit() &&
        Copy->getType()->isIntegralOrEnumerationType())
      return Depth < MaxDepth ? condition(Function, Copy->getInit(), Depth + 1)
                              : std::nullopt;
  return flag(Function, E);
}

std::optional<StopPoll> StopPolls::call(const FunctionInfo &Function,
                                        const CallExpr &Call, unsigned Depth) {
  const Vocabulary &Words = Facts.vocabulary();
  const KnownCall Known = Facts.call(&Call);
  auto Poll = [&](StopPoll::Kind What) {
    const ValueDecl *Signal =
        Known.Object ? AccessPath::ofObject(Known.Object).lastDecl() : nullptr;
    return StopPoll{What, &Call, Signal};
  };
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    if (Object && isAtomic(Words, Object->getType().getNonReferenceType()))
      return flag(Function, Object);
  }
  switch (Known.does()) {
  case Operation::QueryStop:
    return Poll(StopPoll::Token);
  case Operation::IsClosed:
    return Poll(StopPoll::Channel);
  case Operation::TryWait:
    return Poll(StopPoll::Event);
  case Operation::TimedWait: {
    // The usual signal before there were stop tokens: a promise of nothing.
    const TypeFact *Type = Known.Type;
    QualType Of = Known.Object ? Known.Object->getType() : QualType();
    const auto *Future =
        Of.isNull() ? nullptr
                    : dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                          Of.getNonReferenceType()->getAsCXXRecordDecl());
    if (Type && Type->is(Role::Future) && Future && isTask(Function) &&
        Future->getTemplateArgs().size() > 0 &&
        Future->getTemplateArgs().get(0).getKind() == TemplateArgument::Type &&
        Future->getTemplateArgs().get(0).getAsType()->isVoidType())
      return Poll(StopPoll::Event);
    return std::nullopt;
  }
  case Operation::None:
    break;
  default:
    return std::nullopt;
  }
  // A function that only returns the signal.
  const FunctionInfo *Getter = Depth < MaxDepth ? Facts.callee(&Call) : nullptr;
  const auto *Body =
      Getter ? dyn_cast_or_null<CompoundStmt>(Getter->Body) : nullptr;
  if (!Body || Body->body_empty() || Body->size() > 2)
    return std::nullopt;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
  if (!Return || (Body->size() == 2 && !isa<DeclStmt>(Body->body_front())))
    return std::nullopt;
  std::optional<StopPoll> Inner =
      condition(*Getter, Return->getRetValue(), Depth + 1);
  if (Inner)
    Inner->Site = &Call;
  return Inner;
}

std::optional<StopPoll> StopPolls::flag(const FunctionInfo &Function,
                                        const Expr *E) {
  const ValueDecl *D = AccessPath::ofObject(E).lastDecl();
  if (!D || D->isInvalidDecl())
    return std::nullopt;
  E = E->IgnoreParenImpCasts();
  QualType Type = E->getType().getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  bool Atomic = isAtomic(Facts.vocabulary(), Type);
  if (!Atomic && (D->getType().isConstQualified() ||
                  !Type->isIntegralOrEnumerationType() || isSignalType(Type)))
    return std::nullopt;
  D = cast<ValueDecl>(D->getCanonicalDecl());
  if (!isStopFlag(Function, *D, Atomic))
    return std::nullopt;
  return StopPoll{StopPoll::Flag, E, D};
}

/// \p Function ends tasks: it waits for them, or destroys their object.
static bool endsTasks(const FunctionInfo &Function) {
  return isa_and_nonnull<CXXDestructorDecl>(Function.Function) ||
         Function.does({Operation::Join, Operation::TimedJoin,
                        Operation::WaitAll, Operation::Stop});
}

bool StopPolls::isStopFlag(const FunctionInfo &Poller, const ValueDecl &Flag,
                           bool Atomic) {
  const bool InTask = isTask(Poller);
  if (!InTask && (!Atomic || (Poller.Function && Poller.Function->isMain())))
    return false;
  collectWriters();
  auto Found = Writers.find(&Flag);
  bool SetOutside = false, Ends = false;
  if (Found != Writers.end())
    for (const Writer &Write : Found->second) {
      if (isSignalHandler(*Write.Function))
        return false;
      if (Write.Function == &Poller ||
          isa_and_nonnull<CXXConstructorDecl>(Write.Function->Function))
        continue;
      SetOutside = true;
      Ends |= endsTasks(*Write.Function) ||
              llvm::any_of(Facts.functions(), [&](const auto &Caller) {
                return endsTasks(*Caller) &&
                       llvm::any_of(Caller->OtherCalls, [&](const Expr *Call) {
                         return Facts.callee(Call) == Write.Function;
                       });
              });
    }
  const Says Name = nameSays(Flag);
  if (!SetOutside)
    return Atomic && Name == Says::Stop &&
           (Found == Writers.end() || Found->second.empty());
  return Ends || Name == Says::Stop || (InTask && Name == Says::Finished);
}

void StopPolls::collectTasks() {
  if (KnowsTasks)
    return;
  KnowsTasks = true;
  llvm::SmallVector<const FunctionInfo *, 16> Work;
  auto Add = [&](const FunctionInfo *Function) {
    if (Function && Tasks.insert(Function).second)
      Work.push_back(Function);
  };
  for (const TaskLaunch &Launch : Facts.launches())
    if (!Launch.Synchronous && Launch.Entry)
      Add(Facts.function(Launch.Entry));
  for (const CXXRecordDecl *Record : Facts.records())
    for (const CXXBaseSpecifier &Base : Record->bases()) {
      const TypeFact *Known = Facts.vocabulary().type(Base.getType());
      for (const CXXMethodDecl *Method : Record->methods())
        if (Known && Method->getDeclName().isIdentifier() &&
            llvm::is_contained(Known->Entries, Method->getName()))
          Add(Facts.function(Method));
    }
  while (!Work.empty()) {
    const FunctionInfo *Function = Work.pop_back_val();
    for (const Expr *Call : Function->OtherCalls)
      Add(Facts.callee(Call));
  }
}

void StopPolls::collectWriters() {
  if (KnowsWriters)
    return;
  KnowsWriters = true;
  for (const auto &Function : Facts.functions())
    collectWriters(*Function);
}

void StopPolls::collectWriters(const FunctionInfo &Function) {
  struct Place {
    const Stmt *S;
    bool InAtomic;
  };
  llvm::SmallVector<Place, 32> Work{{Function.Body, false}};
  while (!Work.empty()) {
    const auto [S, InAtomic] = Work.pop_back_val();
    if (!S || isa<LambdaExpr, BlockExpr>(S))
      continue;
    const auto *Builtin = dyn_cast<AtomicExpr>(S);
    for (const Stmt *Child : S->children())
      Work.push_back({Child, Builtin || (InAtomic && isa<Expr>(S))});
    const auto *E = dyn_cast<Expr>(S);
    if (!E || !isa<DeclRefExpr, MemberExpr>(E) || E->getType().isNull())
      continue;
    QualType Type = E->getType().getNonReferenceType();
    if (!Type->isIntegralOrEnumerationType() &&
        !isAtomic(Facts.vocabulary(), Type))
      continue;
    const ValueDecl *D = AccessPath::ofObject(E).lastDecl();
    if (!D)
      continue;
    const Expr *Operation = nullptr, *Value = nullptr;
    StateAccess::Kind What = accessKind(Facts, Function, E, Operation, Value);
    if (What == StateAccess::Write || What == StateAccess::Modify ||
        (What == StateAccess::Alias && InAtomic))
      Writers[cast<ValueDecl>(D->getCanonicalDecl())].push_back({&Function, E});
  }
}

} // namespace clang::tidy::concord
