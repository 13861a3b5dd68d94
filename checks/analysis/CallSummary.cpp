//===--- CallSummary.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/CallSummary.h"
#include "analysis/UnitFacts.h"
#include "analysis/UnknownCall.h"

namespace clang::tidy::concord {

const SummaryEffect *CallSummary::find(SummaryEffect::Kind What) const {
  auto At = llvm::find_if(
      Effects, [&](const SummaryEffect &E) { return E.What == What; });
  return At == Effects.end() ? nullptr : &*At;
}

namespace {

/// Bounds what one function passes on to its callers.
constexpr size_t MaxEffects = 64;
constexpr size_t MaxChain = 8;

class Summarizer {
public:
  Summarizer(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function), Locks(Facts.locks(Function)) {}

  CallSummary run() {
    if (Locks && Locks->complete())
      ofLocks();
    for (const KnownCall &Call : Function.Calls) {
      ofKnown(Call);
      // The project's own channel may take locks inside.
      if (Call.Type && Call.Type->has(Trait::Structural) &&
          Call.Type->is(Role::Channel))
        ofCallee(Call.Site);
    }
    for (const Expr *Call : Function.OtherCalls)
      ofOther(Call);
    ofParameters();
    return std::move(Result);
  }

private:
  void add(SummaryEffect Effect) {
    if (Result.Effects.size() >= MaxEffects || Effect.Chain.size() > MaxChain)
      return;
    for (SummaryEffect &Other : Result.Effects)
      if (Other.What == Effect.What && Other.Mutex == Effect.Mutex &&
          Other.Mode == Effect.Mode && Other.Call.Fact == Effect.Call.Fact) {
        Other.Always |= Effect.Always;
        return;
      }
    if (Locks)
      if (const HeldLock *Own = Locks->innermost(Effect.Site))
        Effect.UnderOwnLock |= Own->Site != nullptr;
    Result.Effects.push_back(std::move(Effect));
  }

  /// The caller's lock is not held there: the function has released it.
  bool inWindow(const Expr *Site) const {
    return Locks && Locks->complete() && Locks->inWindow(Site);
  }

  bool onEveryExit(const AccessPath &Mutex) const {
    return llvm::none_of(Locks->exits(), [&](const LockExit &Exit) {
      return !Exit.IsThrow && llvm::is_contained(Exit.Untouched, Mutex);
    });
  }

  void ofLocks() {
    for (const LockEvent &Event : Locks->events()) {
      if (Event.What != LockEvent::Acquire || Event.Try || inWindow(Event.Site))
        continue;
      SummaryEffect Effect;
      Effect.What = SummaryEffect::Acquires;
      Effect.Mutex = Event.Mutex;
      Effect.Mode = Event.Mode;
      Effect.Type = Event.Type;
      Effect.Site = Event.Site;
      Effect.Always = onEveryExit(Event.Mutex);
      add(std::move(Effect));
    }
    ofExits();
  }

  void ofExits() {
    bool First = true;
    for (const LockExit &Exit : Locks->exits()) {
      if (Exit.IsThrow)
        continue;
      if (First) {
        for (const HeldLock &Held : Exit.Held)
          if (Held.Always)
            Result.LeavesHeld.push_back(Held);
        Result.LeavesReleased = Exit.Released;
        First = false;
      }
      llvm::erase_if(Result.LeavesHeld, [&](const HeldLock &Held) {
        return llvm::none_of(Exit.Held, [&](const HeldLock &Other) {
          return Other.Always && Other.Mutex == Held.Mutex;
        });
      });
      llvm::erase_if(Result.LeavesReleased, [&](const AccessPath &Path) {
        return !llvm::is_contained(Exit.Released, Path) ||
               llvm::is_contained(Exit.Untouched, Path);
      });
    }
    ofReturnedGuard();
  }

  void ofReturnedGuard() {
    const TypeFact *Type =
        Function.Function
            ? Facts.vocabulary().type(Function.Function->getReturnType())
            : nullptr;
    if (!Type || !Type->is(Role::Guard))
      return;
    for (const LockEvent &Event : Locks->events())
      if (Event.What == LockEvent::Acquire && isa<CXXConstructExpr>(Event.Site))
        Result.ReturnsGuardOf = Event.Mutex;
    // The caller's guard owns it: it is not left behind by hand.
    llvm::erase_if(Result.LeavesHeld, [&](const HeldLock &Held) {
      return Held.Mutex == Result.ReturnsGuardOf;
    });
  }

  void ofKnown(const KnownCall &Call) {
    SummaryEffect Effect;
    Effect.Call = Call;
    Effect.Site = Call.Site;
    Effect.Type = Call.Type;
    // Taking a lock is `Acquires`, which `ofLocks` adds.
    bool TakesLock =
        Call.Type && (Call.Type->is(Role::Mutex) || Call.Type->is(Role::Guard));
    if (inWindow(Call.Site) || TakesLock)
      return;
    Effect.Always = alwaysRuns(Call.Site);
    switch (Call.does()) {
    case Operation::Launch:
      Effect.What = SummaryEffect::Launches;
      break;
    case Operation::Join:
    case Operation::WaitAll:
      Effect.What = SummaryEffect::Joins;
      Effect.Mutex = AccessPath::ofObject(Call.Object);
      break;
    case Operation::ConditionWait:
      Effect.What = SummaryEffect::Blocks;
      Effect.Mutex = AccessPath::ofObject(Call.argument(Call.Fact->Lock));
      break;
    default:
      if (!Facts.vocabulary().mayBlock(Call))
        return;
      Effect.What = SummaryEffect::Blocks;
    }
    bool Blocks = Effect.What != SummaryEffect::Blocks &&
                  Facts.vocabulary().mayBlock(Call);
    add(Effect);
    if (Blocks) {
      Effect.What = SummaryEffect::Blocks;
      add(std::move(Effect));
    }
  }

  void ofOther(const Expr *Call) {
    if (std::optional<UnknownCall> Unknown =
            unknownCallAt(Facts, Function, Call)) {
      SummaryEffect Effect;
      Effect.What = SummaryEffect::Unknown;
      Effect.Site = Call;
      Effect.Mutex = Unknown->Path;
      if (!inWindow(Call))
        add(std::move(Effect));
    }
    ofCallee(Call);
  }

  void ofCallee(const Expr *Call) {
    const FunctionInfo *Callee = Facts.callee(Call);
    const CallSummary *Summary = Callee ? Facts.calleeSummary(Call) : nullptr;
    if (!Summary || Summary->Effects.empty() || inWindow(Call))
      return;
    bool Always = alwaysRuns(Call);
    for (const SummaryEffect &Inner : Summary->Effects) {
      SummaryEffect Effect = Inner;
      Effect.Mutex = Facts.translated(Inner.Mutex, Call);
      // A lock that has no name here cannot be told from another.
      if (Inner.What == SummaryEffect::Acquires && Effect.Mutex.empty())
        continue;
      Effect.Chain.insert(Effect.Chain.begin(), {Call, Callee->Function});
      Effect.Always = Inner.Always && Always;
      add(std::move(Effect));
    }
  }

  /// True if \p E is evaluated on every way through the function: no branch,
  /// loop or handler around it, no return before it.
  bool alwaysRuns(const Expr *E) const {
    for (const Stmt *S = E, *Up = Facts.parent(Function, S); Up;
         S = Up, Up = Facts.parent(Function, S)) {
      if (isa<IfStmt, ForStmt, WhileStmt, CXXForRangeStmt, SwitchStmt,
              CXXCatchStmt, AbstractConditionalOperator, CaseStmt>(Up))
        return false;
      if (const auto *Binary = dyn_cast<BinaryOperator>(Up))
        if (Binary->isLogicalOp() && Binary->getRHS() == S)
          return false;
      if (const auto *Block = dyn_cast<CompoundStmt>(Up))
        for (const Stmt *Before : Block->body()) {
          if (Before == S)
            break;
          if (mayLeave(Before))
            return false;
        }
    }
    return true;
  }

  static bool mayLeave(const Stmt *S) {
    llvm::SmallVector<const Stmt *, 16> Work{S};
    while (!Work.empty()) {
      const Stmt *Part = Work.pop_back_val();
      if (!Part || isa<LambdaExpr>(Part))
        continue;
      if (isa<ReturnStmt, GotoStmt, CXXThrowExpr, CoreturnStmt>(Part))
        return true;
      Work.append(Part->child_begin(), Part->child_end());
    }
    return false;
  }

  void ofParameters() {
    if (!Function.Function)
      return;
    for (const ParmVarDecl *Parameter : Function.Function->parameters())
      Result.Parameters.push_back(
          Parameter->getType()->isRecordType() ||
                  Parameter->getType()->isReferenceType() ||
                  Parameter->getType()->isFunctionPointerType()
              ? useOfCallable(Facts, Function, *Parameter)
              : ParameterUse::Unused);
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const LockState *Locks;
  CallSummary Result;
};

} // namespace

CallSummary summarize(UnitFacts &Facts, const FunctionInfo &Function) {
  return Summarizer(Facts, Function).run();
}

} // namespace clang::tidy::concord
