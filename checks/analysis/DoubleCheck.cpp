//===--- DoubleCheck.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DoubleCheck.h"
#include "analysis/Decisions.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// A read of an object that decides which way a test goes.
struct TestedRead {
  const StateAccess *Access = nullptr;
  const Stmt *Statement = nullptr;
};

class Finder {
public:
  Finder(UnitFacts &Facts, const FunctionInfo &Function, const LockState &Locks)
      : Facts(Facts), Function(Function), Locks(Locks),
        Accesses(accessesOf(Facts, Function)), Tests(Facts, Function) {}

  std::vector<DoubleCheck> run() {
    std::vector<DoubleCheck> Found;
    addGetters();
    for (const StateAccess &Access : Accesses)
      if (Access.What == StateAccess::Read)
        if (const Stmt *Statement = Tests.testedBy(Access.Site);
            Statement && !isa<ForStmt>(Statement))
          Reads.push_back({&Access, Statement});
    for (const TestedRead &First : Reads) {
      if (!Locks.heldAt(First.Access->Site).empty() ||
          Locks.inWindow(First.Access->Site))
        continue;
      if (std::optional<DoubleCheck> Check = from(First))
        Found.push_back(std::move(*Check));
    }
    return Found;
  }

private:
  /// `if (!ready())`, where `ready` only returns a member.
  void addGetters() {
    for (const Expr *Call : Function.OtherCalls) {
      StateAccess Read;
      Read.Site = Read.Operation = Call;
      const auto *Getter = dyn_cast<CXXMemberCallExpr>(Call);
      if (!Getter || Getter->getNumArgs() != 0)
        continue;
      Read.Path = pathOfGetter(*Getter);
      if (isSharedPath(Function, Read.Path))
        Accesses.push_back(std::move(Read));
    }
  }

  AccessPath pathOfGetter(const CXXMemberCallExpr &Call) const {
    const FunctionInfo *Callee = Facts.callee(&Call);
    const auto *Body = Callee ? dyn_cast<CompoundStmt>(Callee->Body) : nullptr;
    if (!Body || Body->size() != 1 || Facts.locks(*Callee))
      return {};
    const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
    return Return && Return->getRetValue()
               ? Facts.translated(AccessPath::of(Return->getRetValue()), &Call)
               : AccessPath();
  }

  std::optional<DoubleCheck> from(const TestedRead &First) {
    for (const TestedRead &Second : Reads) {
      if (Second.Access->Path != First.Access->Path ||
          !Tests.before(First.Access->Site, Second.Access->Site))
        continue;
      const HeldLock *Lock = Locks.innermost(Second.Access->Site);
      // Taken between the two tests, because the first went this way.
      if (!Lock || !Lock->Site ||
          !Tests.before(First.Access->Site, Lock->Site) ||
          !Tests.decides(First.Statement, Lock->Site))
        continue;
      const Expr *Change = changeAfter(Second, *Lock);
      if (!Change)
        continue;
      return made(First, Second, *Lock, Change);
    }
    return std::nullopt;
  }

  DoubleCheck made(const TestedRead &First, const TestedRead &Second,
                   const HeldLock &Lock, const Expr *Change) {
    DoubleCheck Check;
    Check.Object = First.Access->Path;
    Check.FirstTest = First.Access->Site;
    Check.SecondTest = Second.Access->Site;
    Check.Change = Change;
    Check.Outer = First.Statement;
    Check.Inner = Second.Statement;
    Check.Lock = Lock;
    Check.Atomic = isAtomic(*First.Access);
    Check.Relaxed = Check.Atomic && !hasFence() &&
                    (isRelaxed(First.Access->Site) || isRelaxed(Change));
    Check.Publishes =
        isPointer(*First.Access) || hasPayload(Second, Lock, Check.Object);
    return Check;
  }

  /// The change of the object of \p Test that happens because of it, under the
  /// same lock: here, or in a function that is called.
  const Expr *changeAfter(const TestedRead &Test, const HeldLock &Lock) {
    auto Follows = [&](const Expr *E) {
      return Tests.before(Test.Access->Site, E) &&
             Tests.decides(Test.Statement, E) && Locks.held(E, Lock.Mutex);
    };
    for (const StateAccess &Access : Accesses)
      if (Access.changes() && Access.Path == Test.Access->Path &&
          Follows(Access.Site))
        return Access.Operation;
    for (const Expr *Call : Function.OtherCalls)
      if (Follows(Call) && changesInCallee(Call, Test.Access->Path))
        return Call;
    return nullptr;
  }

  bool changesInCallee(const Expr *Call, const AccessPath &Object) {
    const FunctionInfo *Callee = Facts.callee(Call);
    if (!Callee)
      return false;
    return llvm::any_of(accessesOf(Facts, *Callee), [&](const StateAccess &A) {
      return A.changes() && Facts.translated(A.Path, Call) == Object;
    });
  }

  bool isAtomic(const StateAccess &Access) const {
    return Facts.vocabulary().is(Access.Site->getType().getNonReferenceType(),
                                 Role::Atomic);
  }

  /// The argument of \p Call that is a memory order, or null.
  static const Expr *memoryOrder(const CallExpr &Call) {
    for (const Expr *Argument : Call.arguments())
      if (Argument->getType()->isEnumeralType() &&
          !isa<CXXDefaultArgExpr>(Argument))
        return Argument;
    return nullptr;
  }

  /// True if the operation on an atomic that \p E is, or names the object of,
  /// has the weakest order.
  bool isRelaxed(const Expr *E) const {
    for (const Stmt *S = E; S; S = Facts.parent(Function, S)) {
      const auto *Call = dyn_cast<CallExpr>(S);
      if (!Call) {
        if (!isa<MemberExpr, ImplicitCastExpr, ParenExpr, DeclRefExpr>(S))
          return false;
        continue;
      }
      const Expr *Order = memoryOrder(*Call);
      Expr::EvalResult Value;
      return Order && !Order->isValueDependent() &&
             Order->EvaluateAsInt(Value, Facts.context()) &&
             Value.Val.getInt() == 0;
    }
    return false;
  }

  /// A free function that only takes a memory order.
  bool hasFence() const {
    auto IsFence = [](const Expr *E) {
      const auto *Call = dyn_cast<CallExpr>(E);
      return Call && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Call) &&
             Call->getNumArgs() == 1 && memoryOrder(*Call);
    };
    return llvm::any_of(Function.OtherCalls, IsFence) ||
           llvm::any_of(Function.Calls, [&](const KnownCall &Call) {
             return IsFence(Call.Site);
           });
  }

  static bool isPointer(const StateAccess &Access) {
    QualType Type = Access.Site->getType().getNonReferenceType();
    if (const auto *Atomic = Type->getAs<AtomicType>())
      Type = Atomic->getValueType();
    else if (const auto *Special =
                 dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                     Type->getAsCXXRecordDecl()))
      if (Special->getTemplateArgs().size() > 0 &&
          Special->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
        Type = Special->getTemplateArgs()[0].getAsType();
    return Type->isPointerType();
  }

  /// State that changes under the lock and is read here without it.
  bool hasPayload(const TestedRead &Test, const HeldLock &Lock,
                  const AccessPath &Object) const {
    return llvm::any_of(Accesses, [&](const StateAccess &Access) {
      return Access.changes() && !Access.Path.startsWith(Object) &&
             Tests.before(Test.Access->Site, Access.Site) &&
             Tests.decides(Test.Statement, Access.Site) &&
             Locks.held(Access.Site, Lock.Mutex) && isReadUnlocked(Access.Path);
    });
  }

  bool isReadUnlocked(const AccessPath &Path) const {
    return llvm::any_of(Accesses, [&](const StateAccess &Access) {
      return !Access.changes() && Access.Path == Path &&
             Locks.heldAt(Access.Site).empty();
    });
  }

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const LockState &Locks;
  std::vector<StateAccess> Accesses;
  Decisions Tests;
  std::vector<TestedRead> Reads;
};

} // namespace

std::vector<DoubleCheck> doubleChecksOf(UnitFacts &Facts,
                                        const FunctionInfo &Function) {
  const LockState *Locks = Facts.locks(Function);
  if (!Locks || !Locks->complete() || Function.Dependent)
    return {};
  return Finder(Facts, Function, *Locks).run();
}

} // namespace clang::tidy::concord
