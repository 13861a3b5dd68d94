//===--- UnboundedQueue.cpp -----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/UnboundedQueue.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::concord {

namespace {

bool isOneOf(StringRef Name, llvm::ArrayRef<StringRef> Names) {
  return llvm::is_contained(Names, Name);
}

bool containsWord(StringRef Name, llvm::ArrayRef<StringRef> Words) {
  return llvm::any_of(
      Words, [&](StringRef Word) { return Name.contains_insensitive(Word); });
}

/// The name of the member function that \p E calls; empty if it calls none.
StringRef methodName(const Expr *E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  return Method && Method->getIdentifier() ? Method->getName() : StringRef();
}

/// What the unit does to one queue.
struct Uses {
  const Expr *Push = nullptr;
  bool Bounded = false; ///< some push comes after a look at the size
  bool Last = false;    ///< elements are taken from the end
  llvm::SmallPtrSet<const FunctionInfo *, 4> Fills, Drains;
};

class Finder {
public:
  explicit Finder(UnitFacts &Facts) : Facts(Facts), Words(Facts.vocabulary()) {}

  std::vector<UnboundedQueue> run() {
    for (const auto &F : Facts.functions()) {
      if (F->Dependent)
        continue;
      for (const KnownCall &Call : F->Calls)
        known(*F, Call);
      for (const Expr *Call : F->OtherCalls)
        other(*F, Call);
    }
    std::vector<UnboundedQueue> Found;
    for (const auto &[Queue, Use] : Queues)
      if (isUnbounded(Use))
        Found.push_back({Queue, Use.Push});
    return Found;
  }

private:
  static bool isUnbounded(const Uses &Use) {
    if (!Use.Push || Use.Bounded || Use.Last)
      return false;
    // One function that fills and drains needs no other thread.
    return Use.Drains.empty() ||
           llvm::any_of(Use.Drains, [&](const FunctionInfo *F) {
             return Use.Fills.size() != 1 || !Use.Fills.contains(F);
           });
  }

  //===--------------------------------------------------------------------===//
  // Libraries
  //===--------------------------------------------------------------------===//

  void known(const FunctionInfo &F, const KnownCall &Call) {
    const TypeFact *Type = Call.Type;
    if (!Type || !Call.Object || !Type->is(Role::Channel) || !Type->Capacity ||
        !Type->Capacity->Unbounded || Type->has(Trait::Structural) ||
        (Type->Capacity->Where != CapacityFact::None && !Type->Capacity->Hint))
      return;
    const AccessPath Path = AccessPath::ofObject(Call.Object);
    const ValueDecl *Queue = Path.lastDecl();
    if (!Queue || !isShared(F, Path))
      return;
    Uses &Use = Queues[cast<ValueDecl>(Queue->getCanonicalDecl())];
    switch (Call.does()) {
    case Operation::Send:
      push(F, Use, Call.Site, Queue);
      break;
    case Operation::TrySend:
      Use.Bounded |= Type->Capacity->Hint;
      break;
    case Operation::Receive:
    case Operation::TryReceive:
    case Operation::TimedReceive:
      Use.Drains.insert(&F);
      break;
    default:
      break;
    }
  }

  /// Not a variable of \p F that it alone uses, nor a parameter, which has an
  /// owner elsewhere.
  bool isShared(const FunctionInfo &F, const AccessPath &Path) const {
    const auto *Variable = dyn_cast_or_null<VarDecl>(Path.root());
    if (!Variable || !Path.isPlain() || !Variable->hasLocalStorage())
      return true;
    return !isa<ParmVarDecl>(Variable) &&
           Variable->getDeclContext() != F.Function;
  }

  void push(const FunctionInfo &F, Uses &Use, const Expr *Site,
            const ValueDecl *Queue) {
    if (!Use.Push)
      Use.Push = Site;
    Use.Fills.insert(&F);
    Use.Bounded |= F.does({Operation::Acquire, Operation::TryAcquire,
                           Operation::TimedAcquire}) ||
                   testsSize(F.Body, *Queue);
  }

  /// A condition that asks for the size of \p Queue, or for a limit.
  bool testsSize(const Stmt *S, const ValueDecl &Queue) const {
    if (!S)
      return false;
    if (const auto *E = dyn_cast<Expr>(S)) {
      const StringRef Name = methodName(E);
      if (containsWord(Name, {"size", "full", "count", "length", "room",
                              "capacity", "limit", "throttle", "pressure"}) &&
          isAbout(*cast<CXXMemberCallExpr>(E), Queue))
        return true;
      if (const auto *Binary = dyn_cast<BinaryOperator>(E))
        if (Binary->isRelationalOp() && namesLimit(Binary))
          return true;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return testsSize(Child, Queue);
    });
  }

  static bool isAbout(const CXXMemberCallExpr &Call, const ValueDecl &Queue) {
    const AccessPath Path =
        AccessPath::ofObject(Call.getImplicitObjectArgument());
    return !Path.lastDecl() || Path.lastDecl() == &Queue ||
           Path.lastDecl()->getCanonicalDecl() == Queue.getCanonicalDecl() ||
           (Path.isThisRooted() && Path.steps().empty());
  }

  static bool namesLimit(const Stmt *S) {
    if (!S)
      return false;
    StringRef Name;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      Name = Reference->getDecl()->getIdentifier()
                 ? Reference->getDecl()->getName()
                 : "";
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Name = Member->getMemberDecl()->getIdentifier()
                 ? Member->getMemberDecl()->getName()
                 : "";
    return containsWord(Name, {"max", "limit", "capacity", "bound", "depth"}) ||
           llvm::any_of(S->children(), namesLimit);
  }

  //===--------------------------------------------------------------------===//
  // Classes of the project
  //===--------------------------------------------------------------------===//

  void other(const FunctionInfo &F, const Expr *E) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    const StringRef Name = methodName(E);
    if (Name.empty())
      return;
    const AccessPath Path =
        AccessPath::ofObject(Call->getImplicitObjectArgument());
    const auto *Field = dyn_cast_or_null<FieldDecl>(Path.lastDecl());
    if (!Field || !isQueue(Call->getObjectType()) || !isGuarded(*Field))
      return;
    const bool Queue = isNamedQueue(Call->getObjectType());
    const auto Entry = [&]() -> Uses & {
      return Queues[cast<ValueDecl>(Field->getCanonicalDecl())];
    };
    if (isOneOf(Name, {"push", "emplace", "push_back", "emplace_back",
                       "enqueue", "append"})) {
      Uses &Use = Entry();
      push(F, Use, Call, Field);
      Use.Bounded |= F.does({Operation::ConditionWait});
    } else if (isOneOf(Name, {"pop_front", "front", "dequeue", "takeFirst",
                              "swap", "splice", "begin"}) ||
               (Queue && Name == "pop")) {
      Entry().Drains.insert(&F);
    } else if (isOneOf(Name, {"pop_back", "back", "takeLast"})) {
      Entry().Last = true;
    }
  }

  static StringRef className(QualType Type) {
    const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
    return Record && Record->getIdentifier() ? Record->getName() : StringRef();
  }

  static bool isNamedQueue(QualType Type) {
    return className(Type).ends_with_insensitive("queue");
  }

  bool isQueue(QualType Type) const {
    return Words.isContainer(Type) &&
           (isNamedQueue(Type) ||
            isOneOf(className(Type), {"deque", "list", "QList"}));
  }

  /// The class of \p Field has a lock and lets its threads wait.
  bool isGuarded(const FieldDecl &Field) {
    const auto *Record = dyn_cast<CXXRecordDecl>(Field.getParent());
    if (!Record)
      return false;
    auto [Place, New] = Guarded.try_emplace(Record, false);
    if (!New)
      return Place->second;
    bool Locks = false, Waits = false;
    for (const FieldDecl *Other : Record->fields()) {
      const TypeFact *Fact = Words.type(Other->getType());
      if (!Fact)
        Fact = Words.pointee(Other->getType());
      Locks |= Fact && Fact->is(Role::Mutex);
      Waits |= Fact && Fact->is(Role::ConditionVariable);
    }
    Place->second = Locks && Waits;
    return Place->second;
  }

  UnitFacts &Facts;
  const Vocabulary &Words;
  llvm::MapVector<const ValueDecl *, Uses> Queues;
  llvm::DenseMap<const CXXRecordDecl *, bool> Guarded;
};

} // namespace

std::vector<UnboundedQueue> unboundedQueues(UnitFacts &Facts) {
  return Finder(Facts).run();
}

} // namespace clang::tidy::concord
