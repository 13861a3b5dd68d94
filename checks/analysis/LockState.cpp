//===--- LockState.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockState.h"
#include "analysis/LockFlow.h"
#include "analysis/UnitFacts.h"
#include "vocabulary/ClassShape.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

bool isLockRole(const TypeFact *Type) {
  return Type && (Type->is(Role::Mutex) || Type->is(Role::Guard) ||
                  Type->is(Role::UnlockGuard));
}

bool hasLockAttributes(const FunctionDecl *F) {
  return F && (F->hasAttr<RequiresCapabilityAttr>() ||
               F->hasAttr<AcquireCapabilityAttr>() ||
               F->hasAttr<ReleaseCapabilityAttr>() ||
               F->hasAttr<AssertCapabilityAttr>());
}

/// True if a call in the template \p Function, or a variable, may hold or
/// release locks in a way that only the template's arguments tell.
bool locksByArguments(const FunctionInfo &Function) {
  auto IsLock = [](QualType Type) {
    return Type->isDependentType() && !Type->isPointerType();
  };
  for (const VarDecl *Variable : Function.Variables)
    if (IsLock(Variable->getType().getNonReferenceType()) &&
        Variable->getType()->getContainedAutoType() == nullptr &&
        Variable->getType()->getAs<TemplateSpecializationType>())
      return true;
  for (const KnownCall &Call : Function.Calls)
    if (Call.Object && IsLock(Call.Object->getType()) &&
        (isLockRole(Call.Type) || !Call.Type))
      return true;
  return llvm::any_of(Function.OtherCalls, [](const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call || Call->getDirectCallee())
      return false;
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    DeclarationName Name;
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
      Name = Member->getMember();
    else if (const auto *Overloads = dyn_cast<OverloadExpr>(Callee))
      Name = Overloads->getName();
    const IdentifierInfo *Id = Name.getAsIdentifierInfo();
    return Id && nameKind(Id->getName()) <= NameKind::UnlockShared &&
           nameKind(Id->getName()) != NameKind::Other;
  });
}

/// Statements that leave the function, or do not come back.
struct LastStatement {
  const Stmt *At = nullptr;
  bool IsThrow = false;
};

LastStatement lastOf(const CFGBlock &Block) {
  LastStatement Last;
  for (const CFGElement &Element : Block)
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
      if (!isa<ReturnStmt>(S->getStmt()) &&
          isa_and_nonnull<ReturnStmt>(Last.At))
        continue;
      Last.At = S->getStmt();
      Last.IsThrow = isa<CXXThrowExpr>(Last.At);
    }
  return Last;
}

} // namespace

struct LockState::Implementation {
  Implementation(UnitFacts &Facts, const FunctionInfo &Function)
      : Facts(Facts), Function(Function),
        Graph(Function.Dependent && locksByArguments(Function)
                  ? nullptr
                  : buildGraph(Facts.context(), Function.Function,
                               Function.Body, /*Dependent=*/true)) {
    if (!Graph)
      return;
    LockFlow Flow(Facts, Function, *Graph);
    if (!Flow.run(Flow.entryState(), MaxStates))
      return;
    Complete = true;
    collect(Flow);
  }

  /// Everything that holds between two changes of the lock state.
  struct Point {
    std::vector<HeldLock> Held;
    bool Window = false;
  };

  void collect(LockFlow &Flow) {
    Flow.Recording = true;
    const CFGBlock &Exit = Graph->getExit();
    for (const CFGBlock *Block : llvm::reverse(*Graph)) {
      bool Leaves = !Block->hasNoReturnElement() &&
                    llvm::any_of(Block->succs(), [&](const auto &Successor) {
                      return Successor.getReachableBlock() == &Exit;
                    });
      LockFlow::Worlds Last;
      std::optional<unsigned> LastPoint;
      size_t PathsBefore = 0;
      Flow.replay(
          *Block,
          [&](const CFGElement &Element, const LockFlow::Worlds &Paths) {
            mergeEvents(Flow, PathsBefore);
            PathsBefore = Paths.size();
            std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
            if (!S)
              return;
            if (!LastPoint || !same(Last, Paths)) {
              Last = Paths;
              LastPoint = Points.size();
              Points.push_back(pointOf(Flow, Paths));
            }
            PointOf.try_emplace(S->getStmt(), *LastPoint);
          },
          [&](const LockFlow::Worlds &Paths) {
            mergeEvents(Flow, PathsBefore);
            if (Leaves)
              Exits.push_back(exitOf(Flow, *Block, Paths));
          });
    }
    mergeExits();
  }

  static bool same(const LockFlow::Worlds &A, const LockFlow::Worlds &B) {
    if (A.size() != B.size())
      return false;
    for (size_t I = 0; I < A.size(); ++I)
      if (!(A[I].Value == B[I].Value))
        return false;
    return true;
  }

  static HeldLock heldLock(const LockFlow &Flow, const LockOnPath &L) {
    HeldLock Held;
    Held.Mutex = Flow.Table.Locks[L.Lock].Path;
    Held.Type = Flow.Table.Locks[L.Lock].Type;
    Held.Mode = L.Mode;
    Held.Site = L.Site;
    if (L.Guard != LockOnPath::NoGuard)
      Held.Guard = Flow.Table.Guards[L.Guard].Variable;
    return Held;
  }

  static Point pointOf(const LockFlow &Flow, const LockFlow::Worlds &Paths) {
    Point Result;
    std::vector<size_t> Count;
    for (const auto &Path : Paths)
      for (const LockOnPath &L : Path.Value.Locks) {
        if (!L.Held) {
          Result.Window |= L.AtEntry;
          continue;
        }
        HeldLock New = heldLock(Flow, L);
        auto At = llvm::find_if(Result.Held, [&](const HeldLock &H) {
          return H.Mutex == New.Mutex;
        });
        if (At == Result.Held.end()) {
          Result.Held.push_back(New);
          Count.push_back(1);
        } else {
          ++Count[At - Result.Held.begin()];
        }
      }
    for (size_t I = 0; I < Result.Held.size(); ++I)
      Result.Held[I].Always = Count[I] == Paths.size();
    return Result;
  }

  /// Joins what the paths recorded at one element into one event a kind.
  void mergeEvents(LockFlow &Flow, size_t Paths) {
    std::vector<LockFlow::PathEvent> New;
    New.swap(Flow.Events);
    for (size_t I = 0; I < New.size(); ++I) {
      size_t Same = 1;
      for (size_t J = New.size(); J-- > I + 1;)
        if (New[J].Event.What == New[I].Event.What &&
            New[J].Lock == New[I].Lock &&
            New[J].Event.Site == New[I].Event.Site) {
          ++Same;
          New.erase(New.begin() + J);
        }
      New[I].Event.Always = Same >= Paths;
      Events.push_back(New[I].Event);
    }
  }

  static LockExit::Way wayOf(LockFlow &Flow, unsigned Lock,
                             const World<LocksOnPath> &Path,
                             const Expr *Returned) {
    LockExit::Way Way;
    Way.What = LockExit::Way::Nothing;
    Way.Mutex = Flow.Table.Locks[Lock].Path;
    if (Returned)
      Way.Returns = Flow.truth(*Returned, Path);
    const auto *L = llvm::find_if(
        Path.Value.Locks, [&](const LockOnPath &O) { return O.Lock == Lock; });
    if (L == Path.Value.Locks.end())
      return Way;
    Way.Site = L->Site;
    if (L->Held && L->Guard != LockOnPath::NoGuard)
      Way.What = LockExit::Way::Guarded;
    else if (L->AtEntry)
      Way.What = L->Held ? LockExit::Way::Entry : LockExit::Way::Gone;
    else
      Way.What = L->Held ? LockExit::Way::Keeps : LockExit::Way::GivesBack;
    return Way;
  }

  LockExit exitOf(LockFlow &Flow, const CFGBlock &Block,
                  const LockFlow::Worlds &Paths) {
    LastStatement Last = lastOf(Block);
    LockExit Exit;
    Exit.IsThrow = Last.IsThrow;
    if (isa_and_nonnull<ReturnStmt, CXXThrowExpr, CoreturnStmt>(Last.At)) {
      Exit.At = Last.At;
      Exit.Loc = Last.At->getBeginLoc();
    } else {
      Exit.Loc = Function.Body->getEndLoc();
    }
    const auto *Return = dyn_cast_or_null<ReturnStmt>(Last.At);
    for (const auto &Path : Paths)
      for (unsigned I = 0; I < Flow.Table.Locks.size(); ++I)
        Exit.Ways.push_back(
            wayOf(Flow, I, Path, Return ? Return->getRetValue() : nullptr));
    LockFlow::Worlds Left = Paths;
    for (auto &Path : Left)
      llvm::erase_if(Path.Value.Locks, [&](const LockOnPath &L) {
        return L.Held && L.Guard != LockOnPath::NoGuard &&
               (Last.IsThrow || Flow.Table.Guards[L.Guard].Variable);
      });
    Point AtEnd = pointOf(Flow, Left);
    // What was held at entry is not taken here: a window, an adopted lock.
    for (HeldLock &Held : AtEnd.Held)
      if (Held.Site && llvm::none_of(Exit.Ways, [&](const LockExit::Way &Way) {
            return Way.What == LockExit::Way::Entry && Way.Mutex == Held.Mutex;
          }))
        Exit.Held.push_back(Held);
    for (unsigned I = 0; I < Flow.Table.Locks.size(); ++I) {
      bool Released = false, Untouched = false;
      for (const auto &Path : Left) {
        auto At = llvm::find_if(
            Path.Value.Locks, [&](const LockOnPath &L) { return L.Lock == I; });
        if (At == Path.Value.Locks.end())
          Untouched = true;
        else if (!At->Held && At->AtEntry)
          Released = true;
      }
      if (Released)
        Exit.Released.push_back(Flow.Table.Locks[I].Path);
      if (Untouched)
        Exit.Untouched.push_back(Flow.Table.Locks[I].Path);
    }
    return Exit;
  }

  /// A lock that was held at entry and is again is no lock taken here.
  void mergeExits() {
    llvm::SmallVector<AccessPath, 4> Entered;
    for (const LockEvent &Event : Events)
      if (Event.What == LockEvent::UnlockEntry)
        Entered.push_back(Event.Mutex);
    for (LockExit &Exit : Exits)
      llvm::erase_if(Exit.Held, [&](const HeldLock &Held) {
        return llvm::is_contained(Entered, Held.Mutex);
      });
  }

  const Point *pointAt(const Stmt *S) const {
    // A compound statement is no element: its first part is.
    for (unsigned Depth = 0; S && Depth < 64; ++Depth) {
      auto At = PointOf.find(S);
      if (At != PointOf.end())
        return &Points[At->second];
      auto Children = S->children();
      S = Children.begin() == Children.end() ? nullptr : *Children.begin();
    }
    return nullptr;
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  std::unique_ptr<CFG> Graph;
  bool Complete = false;
  std::vector<Point> Points;
  llvm::DenseMap<const Stmt *, unsigned> PointOf;
  std::vector<LockEvent> Events;
  std::vector<LockExit> Exits;
};

bool LockState::concerns(UnitFacts &Facts, const FunctionInfo &Function) {
  if (llvm::any_of(Function.Calls, [](const KnownCall &Call) {
        return isLockRole(Call.Type) ||
               (Call.does() >= Operation::Lock &&
                Call.does() <= Operation::Swap) ||
               Call.does() == Operation::ConditionWait;
      }))
    return true;
  if (hasLockAttributes(Function.Function))
    return true;
  return llvm::any_of(Function.OtherCalls, [&](const Expr *E) {
    if (const auto *Call = dyn_cast<CallExpr>(E))
      if (hasLockAttributes(Call->getDirectCallee()))
        return true;
    const CallSummary *Summary = Facts.calleeSummary(E);
    return Summary &&
           (!Summary->LeavesHeld.empty() || !Summary->LeavesReleased.empty() ||
            Summary->ReturnsGuardOf);
  });
}

LockState::LockState(UnitFacts &Facts, const FunctionInfo &Function)
    : Impl(std::make_unique<Implementation>(Facts, Function)) {}

LockState::~LockState() = default;

bool LockState::complete() const { return Impl->Complete; }

llvm::ArrayRef<HeldLock> LockState::heldAt(const Stmt *S) const {
  const Implementation::Point *At = Impl->pointAt(S);
  return At ? llvm::ArrayRef<HeldLock>(At->Held) : llvm::ArrayRef<HeldLock>();
}

const HeldLock *LockState::held(const Stmt *S, const AccessPath &Mutex) const {
  for (const HeldLock &Held : heldAt(S))
    if (Held.Mutex == Mutex)
      return &Held;
  return nullptr;
}

const HeldLock *LockState::innermost(const Stmt *S) const {
  for (const HeldLock &Held : llvm::reverse(heldAt(S)))
    if (Held.Always)
      return &Held;
  return nullptr;
}

bool LockState::inWindow(const Stmt *S) const {
  const Implementation::Point *At = Impl->pointAt(S);
  return At && At->Window;
}

llvm::ArrayRef<LockEvent> LockState::events() const { return Impl->Events; }

llvm::ArrayRef<LockExit> LockState::exits() const { return Impl->Exits; }

const CFG *LockState::cfg() const { return Impl->Graph.get(); }

} // namespace clang::tidy::concord
