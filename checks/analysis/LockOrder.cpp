//===--- LockOrder.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/LockOrder.h"
#include "analysis/Decisions.h"
#include "analysis/InnerCalls.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"
#include <map>
#include <set>

namespace clang::tidy::concord {

namespace {

using Step = AccessPath::Step;

/// The object is not shared yet, or no longer.
bool isOwnObject(const FunctionInfo &Function, const AccessPath &Path) {
  return Path.isThisRooted() && Function.Function &&
         isa<CXXConstructorDecl, CXXDestructorDecl>(Function.Function);
}

/// `this` or a parameter that leads to an object of the caller's.
bool isGiven(const AccessPath &Path) {
  if (Path.isThisRooted())
    return true;
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.root());
  return Parameter && (Parameter->getType()->isReferenceType() ||
                       Parameter->getType()->isPointerType());
}

llvm::SmallVector<Step, 3> withoutDerefs(const AccessPath &Path) {
  llvm::SmallVector<Step, 3> Steps(Path.steps());
  llvm::erase_if(Steps, [](const Step &S) { return S.What == Step::Deref; });
  return Steps;
}

/// The same member of two objects.
bool isSameMember(const AccessPath &A, const AccessPath &B) {
  llvm::SmallVector<Step, 3> Steps = withoutDerefs(A);
  return !Steps.empty() && Steps == withoutDerefs(B) &&
         llvm::all_of(Steps, [](const Step &S) {
           return S.What == Step::Field || S.What == Step::Call;
         });
}

/// Objects that have an order of their own: a parent before its children.
bool hasOrder(const AccessPath &Path) {
  if (!Path.root())
    return false;
  std::string Name = Path.root()->getNameAsString();
  for (StringRef Word : {"parent", "child", "owner", "next", "prev", "sub",
                         "inner", "outer", "nested", "root", "leaf"})
    if (StringRef(Name).contains_insensitive(Word))
      return true;
  return false;
}

const ValueDecl *rootIn(const Expr *E) {
  llvm::SmallVector<const Stmt *, 8> Work{E};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (isa<VarDecl>(Reference->getDecl()))
        return cast<ValueDecl>(Reference->getDecl()->getCanonicalDecl());
    Work.append(S->child_begin(), S->child_end());
  }
  return nullptr;
}

/// `if (&a < &b)`, `if (a.id < b.id)`: the function decides the order itself.
bool comparesObjects(const FunctionInfo &Function, const AccessPath &A,
                     const AccessPath &B) {
  llvm::SmallVector<std::pair<const Stmt *, bool>, 32> Work{
      {Function.Body, false}};
  while (!Work.empty()) {
    auto [S, Decides] = Work.pop_back_val();
    if (!S)
      continue;
    const Stmt *Condition = conditionOf(S);
    if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S))
      Condition = Choice->getCond();
    for (const Stmt *Child : S->children())
      Work.push_back({Child, Decides || (Child && Child == Condition)});
    if (!Decides)
      continue;
    const Expr *Left = nullptr, *Right = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isRelationalOp()) {
      Left = Binary->getLHS();
      Right = Binary->getRHS();
    } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S)) {
      // `std::less<>()(&a, &b)`, `a.id < b.id` of a class type.
      if (Call->getOperator() == OO_Call && Call->getNumArgs() == 3) {
        Left = Call->getArg(1);
        Right = Call->getArg(2);
      } else if (Call->getNumArgs() == 2 && Call->isComparisonOp()) {
        Left = Call->getArg(0);
        Right = Call->getArg(1);
      }
    }
    if (!Left)
      continue;
    const ValueDecl *Roots[] = {rootIn(Left), rootIn(Right)};
    if ((Roots[0] == A.root() && Roots[1] == B.root()) ||
        (Roots[0] == B.root() && Roots[1] == A.root()))
      return true;
  }
  return false;
}

} // namespace

LockOrder::LockOrder(UnitFacts &Facts) : Facts(Facts) {
  for (const auto &Function : Facts.functions())
    if (const LockState *Locks = Facts.locks(*Function))
      if (Locks->complete() && !Function->Dependent)
        ofFunction(*Function);
}

/// True if \p Root is the object itself, and not a way to one of the caller's.
static bool isObject(const ValueDecl &Root) {
  const auto *Variable = dyn_cast<VarDecl>(&Root);
  const QualType Type = Root.getType();
  return Variable && !isa<ParmVarDecl>(Variable) &&
         (Variable->hasGlobalStorage() ||
          !(Type->isReferenceType() || Type->isPointerType()));
}

/// Empty for what has no name that two functions share. Which object a pointer
/// or reference leads to is left out, for another function calls it otherwise;
/// what is embedded in what is not.
static std::string nameOf(const AccessPath &Path) {
  llvm::SmallVector<const ValueDecl *, 4> Parts;
  std::string Suffix;
  bool Leads = false;
  for (const Step &S : llvm::reverse(Path.steps())) {
    if ((S.What == Step::Call && Parts.empty()) ||
        (S.What == Step::Index && S.Decl))
      return "";
    if (S.What == Step::Index)
      Suffix += "#" + std::to_string(S.Constant);
    Leads |= S.What == Step::Call || (S.What == Step::Deref && !Parts.empty());
    if (S.What == Step::Field && !Leads)
      Parts.push_back(S.Decl);
  }
  if (!Leads && Path.root() && isObject(*Path.root()))
    Parts.push_back(Path.root());
  std::string Name;
  for (const ValueDecl *Part : llvm::reverse(Parts)) {
    llvm::SmallString<128> Symbol;
    if (index::generateUSRForDecl(Part, Symbol))
      return "";
    Name += Symbol;
  }
  return Parts.empty() ? "" : Name + Suffix;
}

void LockOrder::ofFunction(const FunctionInfo &Function) {
  for (const LockEvent &Event : Facts.locks(Function)->events())
    if (Event.What == LockEvent::Acquire && !Event.Try && Event.Site)
      add(Function, *Event.Site, Event.Mutex, {});
  for (const Expr *Call : Function.OtherCalls)
    ofCall(Function, *Call);
}

void LockOrder::ofCall(const FunctionInfo &Function, const Expr &Call) {
  if (Facts.locks(Function)->heldAt(&Call).empty())
    return;
  auto Through = [&](const FunctionInfo &Callee, bool Inside) {
    for (const SummaryEffect &Effect : Facts.summary(Callee).Effects) {
      if (Effect.What != SummaryEffect::Acquires)
        continue;
      AccessPath Second =
          Inside ? Effect.Mutex : Facts.translated(Effect.Mutex, &Call);
      if (!Second)
        continue;
      std::vector<LockNote> Way;
      if (Callee.Function && !Inside)
        Way.push_back(
            {Call.getExprLoc(), "then '" + Callee.Function->getNameAsString() +
                                    "' is called here"});
      for (LockNote &Note :
           traceOf(Effect, "which takes '" + Second.str() + "' here"))
        Way.push_back(std::move(Note));
      add(Function, Call, Second, Way);
    }
  };
  if (const FunctionInfo *Callee = Facts.callee(&Call))
    Through(*Callee, false);
  for (const FunctionInfo *Lambda : lambdasRunBy(Facts, &Call))
    Through(*Lambda, true);
}

void LockOrder::add(const FunctionInfo &Function, const Expr &Site,
                    const AccessPath &Second, llvm::ArrayRef<LockNote> Way) {
  llvm::ArrayRef<HeldLock> Held = Facts.locks(Function)->heldAt(&Site);
  std::string SecondName = nameOf(Second);
  for (const HeldLock &First : Held) {
    if (!First.Always || First.Mutex == Second || First.Site == &Site ||
        (First.Type && First.Type->has(Trait::Null)) ||
        isOwnObject(Function, First.Mutex) || isOwnObject(Function, Second))
      continue;
    std::vector<LockNote> Trace = originOf(First);
    Trace.insert(Trace.end(), Way.begin(), Way.end());
    if (Way.empty())
      Trace.push_back(
          {Site.getExprLoc(), "then '" + Second.str() + "' is taken here"});
    std::string FirstName = nameOf(First.Mutex);
    if (FirstName == SecondName) {
      addPair(Function, Site, First, Second, std::move(Trace));
      continue;
    }
    if (FirstName.empty() || SecondName.empty())
      continue;
    LockOrderEdge Edge{FirstName,
                       SecondName,
                       First.Mutex.str(),
                       Second.str(),
                       Site.getExprLoc(),
                       std::move(Trace),
                       {}};
    for (const HeldLock &Other : Held)
      if (Other.Always && &Other != &First)
        Edge.Under.push_back(nameOf(Other.Mutex));
    Edges.push_back(std::move(Edge));
  }
}

void LockOrder::addPair(const FunctionInfo &Function, const Expr &Site,
                        const HeldLock &First, const AccessPath &Second,
                        std::vector<LockNote> Trace) {
  if (!isGiven(First.Mutex) || !isGiven(Second) ||
      !isSameMember(First.Mutex, Second) || hasOrder(First.Mutex) ||
      hasOrder(Second) || comparesObjects(Function, First.Mutex, Second))
    return;
  LockPair Pair;
  Pair.First = First.Mutex;
  Pair.Second = Second;
  Pair.Held = &First;
  Pair.Function = &Function;
  Pair.Site = &Site;
  Pair.Trace = std::move(Trace);
  Pairs.push_back(std::move(Pair));
}

/// A third lock is held at both places.
static bool areKeptApart(const LockOrderEdge &A, const LockOrderEdge &B) {
  return llvm::any_of(A.Under, [&](const std::string &Name) {
    return !Name.empty() && llvm::is_contained(B.Under, Name);
  });
}

std::vector<std::pair<const LockOrderEdge *, const LockOrderEdge *>>
LockOrder::reversals() const {
  std::vector<std::pair<const LockOrderEdge *, const LockOrderEdge *>> Result;
  std::multimap<std::pair<std::string, std::string>, const LockOrderEdge *>
      Known;
  std::map<std::pair<std::string, std::string>, bool> Done;
  const SourceManager &Sources = Facts.context().getSourceManager();
  for (const LockOrderEdge &Edge : Edges) {
    auto Key = std::make_pair(Edge.First, Edge.Second);
    auto Reverse = std::make_pair(Edge.Second, Edge.First);
    Known.emplace(Key, &Edge);
    auto [From, To] = Known.equal_range(Reverse);
    for (auto At = From; At != To; ++At) {
      if (areKeptApart(*At->second, Edge) || Done[std::min(Key, Reverse)])
        continue;
      Done[std::min(Key, Reverse)] = true;
      bool InOrder =
          Sources.isBeforeInTranslationUnit(At->second->Loc, Edge.Loc);
      Result.emplace_back(InOrder ? At->second : &Edge,
                          InOrder ? &Edge : At->second);
    }
  }
  return Result;
}

namespace {

/// Looks for circles in the part of the order that has any.
class CircleFinder {
public:
  using Circle = std::vector<const LockOrderEdge *>;

  explicit CircleFinder(llvm::ArrayRef<LockOrderEdge> Edges) {
    std::set<std::pair<std::string, std::string>> Seen;
    for (const LockOrderEdge &Edge : Edges)
      if (Seen.emplace(Edge.First, Edge.Second).second)
        Core.push_back(&Edge);
    // What is reversed is reported as such.
    llvm::erase_if(Core, [&](const LockOrderEdge *Edge) {
      return Seen.count({Edge->Second, Edge->First});
    });
    prune();
  }

  /// The shortest way from the end of \p Last back to its beginning, and \p
  /// Last.
  Circle through(const LockOrderEdge &Last) const {
    std::vector<Circle> Ways{{}};
    std::set<std::string> Reached{Last.Second};
    for (size_t I = 0; I < Ways.size(); ++I) {
      if (Ways[I].size() >= MaxLocks)
        continue;
      const std::string &End =
          Ways[I].empty() ? Last.Second : Ways[I].back()->Second;
      for (const LockOrderEdge *Edge : Core) {
        if (Edge->First != End || areKeptApart(*Edge, Last) ||
            !Reached.insert(Edge->Second).second)
          continue;
        Circle Next = Ways[I];
        Next.push_back(Edge);
        if (Edge->Second == Last.First) {
          Next.push_back(&Last);
          return Next;
        }
        Ways.push_back(std::move(Next));
      }
    }
    return {};
  }

  llvm::ArrayRef<const LockOrderEdge *> core() const { return Core; }

private:
  static constexpr size_t MaxLocks = 8;
  static constexpr size_t MaxEdges = 256;

  /// Leaves out what begins or ends nowhere.
  void prune() {
    for (size_t Before = Core.size() + 1; Before != Core.size();) {
      Before = Core.size();
      std::set<std::string> Firsts, Seconds;
      for (const LockOrderEdge *Edge : Core) {
        Firsts.insert(Edge->First);
        Seconds.insert(Edge->Second);
      }
      llvm::erase_if(Core, [&](const LockOrderEdge *Edge) {
        return !Firsts.count(Edge->Second) || !Seconds.count(Edge->First);
      });
    }
    if (Core.size() > MaxEdges)
      Core.clear();
  }

  std::vector<const LockOrderEdge *> Core;
};

} // namespace

std::vector<std::vector<const LockOrderEdge *>> LockOrder::circles() const {
  std::vector<std::vector<const LockOrderEdge *>> Result;
  std::set<std::set<std::string>> Done;
  CircleFinder Finder(Edges);
  std::vector<const LockOrderEdge *> Latest = Finder.core().vec();
  const SourceManager &Sources = Facts.context().getSourceManager();
  llvm::stable_sort(Latest,
                    [&](const LockOrderEdge *A, const LockOrderEdge *B) {
                      return Sources.isBeforeInTranslationUnit(B->Loc, A->Loc);
                    });
  for (const LockOrderEdge *Edge : Latest) {
    std::vector<const LockOrderEdge *> Circle = Finder.through(*Edge);
    std::set<std::string> Locks;
    for (const LockOrderEdge *Part : Circle)
      Locks.insert(Part->First);
    if (!Circle.empty() && Done.insert(Locks).second)
      Result.push_back(std::move(Circle));
  }
  return Result;
}

} // namespace clang::tidy::concord
