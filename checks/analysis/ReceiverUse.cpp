//===--- ReceiverUse.cpp - What do receivers do to an object? -------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Handover.h"
#include "analysis/StateAccess.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

/// Looks at what one function does with a value that it received.
class Receiver {
public:
  Receiver(const UnitFacts &Facts, const FunctionInfo &Function,
           const VarDecl &Value)
      : Facts(Facts), Function(Function), Value(Value) {}

  ReceiverUse run() {
    visit(Function.Body);
    return Changes ? ReceiverUse::Changes
                   : (Passes ? ReceiverUse::Unknown : ReceiverUse::Reads);
  }

private:
  void visit(const Stmt *S) {
    if (!S)
      return;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (Reference->getDecl()->getCanonicalDecl() == Value.getCanonicalDecl())
        mention(*Reference);
    for (const Stmt *Child : S->children())
      visit(Child);
  }

  void mention(const DeclRefExpr &Reference) {
    const Expr *Top = &Reference;
    bool Through = false;
    for (const Stmt *Up = Facts.parent(Function, Top); Up;
         Up = Facts.parent(Function, Up)) {
      const auto *E = dyn_cast<Expr>(Up);
      if (!E)
        break;
      if (isa<CXXDeleteExpr>(E)) {
        Changes = true;
        return;
      }
      const AccessPath Path = AccessPath::of(E);
      if (!isa<CastExpr, ParenExpr>(E)) {
        if (Path.empty() || !Path.root())
          break;
        Top = E;
      }
      Through |= llvm::any_of(Path.steps(), [](const AccessPath::Step &Step) {
        return Step.What == AccessPath::Step::Deref;
      });
    }
    const Expr *Operation = nullptr, *Written = nullptr;
    const StateAccess::Kind Kind =
        accessKind(Facts, Function, Top, Operation, Written);
    if (Through && (Kind == StateAccess::Write || Kind == StateAccess::Modify))
      Changes = true;
    else if (Kind == StateAccess::Alias || isPassed(*Top))
      Passes = true;
  }

  /// The pointer itself goes on to other code.
  bool isPassed(const Expr &Top) const {
    if (!Top.getType()->isPointerType() && !Top.getType()->isRecordType())
      return false;
    const Stmt *Up = Facts.parent(Function, &Top);
    while (isa_and_nonnull<CastExpr, ParenExpr, MaterializeTemporaryExpr>(Up))
      Up = Facts.parent(Function, Up);
    const auto *Call = dyn_cast_or_null<CallExpr>(Up);
    return (Call && !Facts.call(Call).Fact) ||
           isa_and_nonnull<CXXConstructExpr, ReturnStmt, DeclStmt>(Up);
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  const VarDecl &Value;
  bool Changes = false, Passes = false;
};

const VarDecl *receivedBy(const FunctionInfo &F, const KnownCall &Call) {
  if (const Expr *Out = Call.argument(Call.Fact->Out)) {
    const AccessPath Path = AccessPath::ofObject(Out);
    return Path ? dyn_cast_or_null<VarDecl>(Path.root()) : nullptr;
  }
  for (const VarDecl *V : F.Variables)
    if (V->getInit() && V->getInit()->IgnoreImplicit() == Call.Site)
      return V;
  return nullptr;
}

QualType objectType(const Expr *E) {
  QualType Type = E->getType().getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  return Type.getCanonicalType().getUnqualifiedType();
}

} // namespace

ReceiverUse receiversOf(UnitFacts &Facts, const Handover &Sent) {
  if (!Sent.Channel)
    return ReceiverUse::Unknown;
  bool Any = false, Unclear = false;
  for (const auto &F : Facts.functions()) {
    for (const KnownCall &Call : F->Calls) {
      if ((Call.does() != Operation::Receive &&
           Call.does() != Operation::TryReceive &&
           Call.does() != Operation::TimedReceive) ||
          !Call.Object || F->Dependent ||
          objectType(Call.Object) != objectType(Sent.Channel))
        continue;
      Any = true;
      const VarDecl *Value = receivedBy(*F, Call);
      const ReceiverUse Use =
          Value ? Receiver(Facts, *F, *Value).run() : ReceiverUse::Unknown;
      if (Use == ReceiverUse::Changes)
        return Use;
      Unclear |= Use == ReceiverUse::Unknown;
    }
  }
  return Any && !Unclear ? ReceiverUse::Reads : ReceiverUse::Unknown;
}

} // namespace clang::tidy::concord
