//===--- SentUse.cpp ------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/SentUse.h"
#include "analysis/MayWait.h"
#include "analysis/ObjectNames.h"
#include "analysis/ObjectUse.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

using Step = AccessPath::Step;

static bool isRootMention(const Expr &E) {
  if (const auto *Reference = dyn_cast<DeclRefExpr>(&E))
    return isa<VarDecl, BindingDecl>(Reference->getDecl());
  const auto *Member = dyn_cast<MemberExpr>(&E);
  return Member && isa<FieldDecl>(Member->getMemberDecl()) &&
         isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
}

/// True if the way from \p Prefix to \p Path leads through a pointer.
static bool leadsThroughPointer(const AccessPath &Path, size_t Prefix) {
  return llvm::any_of(Path.steps().drop_front(Prefix),
                      [](const Step &S) { return S.What == Step::Deref; });
}

/// \p E is a class that may be empty, such as a smart pointer, and whose tests
/// are right after a move.
static bool isNullable(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->getIdentifier() &&
         (Record->getName().ends_with_insensitive("ptr") ||
          Record->getName().ends_with_insensitive("pointer"));
}

/// Observers that people ask of an object that was moved from.
static bool asksWhetherEmpty(const CXXMemberCallExpr *Call) {
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (!Method || !Method->getIdentifier())
    return false;
  const StringRef Name = Method->getName();
  return Name == "empty" || Name == "has_value" || Name == "valid" ||
         Name == "capacity" || Name == "isEmpty" || Name == "isNull";
}

/// `g_free` and its like.
static bool frees(const FunctionDecl &Callee) {
  return Callee.getIdentifier() && Callee.getNumParams() == 1 &&
         Callee.getReturnType()->isVoidType() &&
         Callee.getParamDecl(0)->getType()->isPointerType() &&
         Callee.getName().ends_with("free");
}

const Stmt *SentUses::around(const Expr &E) const {
  const Stmt *Up = Facts.parent(Function, &E);
  while (isa_and_nonnull<ParenExpr, CastExpr, MaterializeTemporaryExpr,
                         ExprWithCleanups, CXXBindTemporaryExpr>(Up))
    Up = Facts.parent(Function, Up);
  return Up;
}

const Expr *SentUses::wholeOf(const Expr &E) const {
  const Expr *Whole = &E;
  AccessPath Path = AccessPath::of(&E);
  const Stmt *Up = Facts.parent(Function, Whole);
  for (; isa_and_nonnull<Expr>(Up); Up = Facts.parent(Function, Up)) {
    const auto *Outer = cast<Expr>(Up);
    if (isa<ParenExpr, CastExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr>(Outer))
      continue;
    // The callee of a method call; whether that names something is seen next.
    if (const auto *Member = dyn_cast<MemberExpr>(Outer);
        Member && !isa<FieldDecl>(Member->getMemberDecl()))
      continue;
    const auto *Unary = dyn_cast<UnaryOperator>(Outer);
    const auto *Call = dyn_cast<CallExpr>(Outer);
    if ((Unary && Unary->getOpcode() == UO_AddrOf) ||
        (Call && Call->getBuiltinCallee()))
      break;
    const AccessPath Longer = AccessPath::of(Outer);
    if (Longer.empty() || !Longer.startsWith(Path))
      break;
    Whole = Outer;
    Path = Longer;
  }
  return Whole;
}

const SentUses::Mention &SentUses::mention(const Expr &E) {
  auto [Place, New] = Mentions.try_emplace(&E);
  Mention &M = Place->second;
  if (!New || !isRootMention(E))
    return M;
  M.Whole = wholeOf(E);
  M.Path = Aliases.of(M.Whole);
  const Expr *Value = nullptr;
  M.Access = accessKind(Facts, Function, M.Whole, M.Operation, Value);
  return M;
}

SentUse SentUses::of(const Expr &E, const Handover &Sent) {
  const Mention &M = mention(E);
  if (!M.Whole || M.Path.empty() || M.Path.root() != Sent.Object.root() ||
      M.Path.isThisRooted() != Sent.Object.isThisRooted())
    return {};
  return {Sent.How == Handover::Moved ? ofMoved(M, Sent) : ofShared(M, Sent),
          M.Whole};
}

//===----------------------------------------------------------------------===//
// Objects whose value was moved
//===----------------------------------------------------------------------===//

SentUse::Kind SentUses::ofMoved(const Mention &M, const Handover &Sent) const {
  const bool Changes = M.Access != StateAccess::Read;
  const Stmt *Up = around(*M.Whole);
  const auto *Call = dyn_cast_or_null<CallExpr>(Up);
  if (!M.Path.startsWith(Sent.Object)) {
    // What contains it, or the variable that leads to it.
    const bool Contains = Sent.Object.startsWith(M.Path);
    return Contains && Changes ? SentUse::Renewal : SentUse::None;
  }
  const size_t Length = Sent.Object.steps().size();
  if (M.Path.steps().size() > Length) {
    const bool Element = M.Path.steps()[Length].What != Step::Field;
    if (M.Access == StateAccess::Alias && !Element)
      return SentUse::Renewal;
    if (Element && Sent.Object.root() &&
        !Sent.Object.root()->getType()->isRecordType() &&
        Sent.Object.root()->getType()->isPointerType())
      return SentUse::None;
    return Changes ? (Element ? SentUse::Write : SentUse::Renewal)
                   : SentUse::Read;
  }
  if (Call && Call->isCallToStdMove())
    return SentUse::Read;
  if (Changes)
    return SentUse::Renewal;
  if (isNullable(M.Whole->getType()))
    return SentUse::None;
  const auto *Cast =
      dyn_cast_or_null<CastExpr>(Facts.parent(Function, M.Whole));
  if (Cast && Cast->getCastKind() == CK_ToVoid)
    return SentUse::None;
  const auto *Member = dyn_cast_or_null<MemberExpr>(Up);
  const auto *Method =
      Member
          ? dyn_cast_or_null<CXXMemberCallExpr>(Facts.parent(Function, Member))
          : nullptr;
  return asksWhetherEmpty(Method) ? SentUse::None : SentUse::Read;
}

//===----------------------------------------------------------------------===//
// Objects whose address was sent
//===----------------------------------------------------------------------===//

SentUse::Kind SentUses::ofShared(const Mention &M, const Handover &Sent) {
  const AccessPath &Object = Sent.Object;
  const size_t Length = M.Path.steps().size();
  if (M.Path.startsWith(Object))
    return ofAccess(M, /*ThroughPointer=*/false);
  if (!Object.startsWith(M.Path))
    return SentUse::None;
  if (!leadsThroughPointer(Object, Length))
    return ofAccess(M, /*ThroughPointer=*/false);
  if (M.Access == StateAccess::Write)
    return SentUse::Renewal;
  const bool Points = Object.steps()[Length].What == Step::Deref &&
                      Object.steps().size() == Length + 1;
  if (Points && M.Whole->getType()->isPointerType() &&
      !isa_and_nonnull<UnaryOperator>(M.Operation))
    return ofAccess(M, /*ThroughPointer=*/true);
  return M.Access == StateAccess::Read ? SentUse::None : SentUse::Renewal;
}

SentUse::Kind SentUses::ofAccess(const Mention &M, bool ThroughPointer) {
  const QualType Type = M.Whole->getType();
  const TypeFact *Fact = Facts.vocabulary().type(Type);
  if ((Fact && Fact->Roles) || Type->isAtomicType() ||
      Type.isVolatileQualified())
    return SentUse::None;
  const Stmt *Up = around(*M.Whole);
  if (ThroughPointer && isa_and_nonnull<CXXDeleteExpr>(Up))
    return SentUse::Write;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Up)) {
    const auto *Call =
        dyn_cast_or_null<CXXMemberCallExpr>(Facts.parent(Function, Member));
    return Call ? ofCall(*Call, *M.Whole) : SentUse::None;
  }
  const auto *Call = dyn_cast_or_null<CallExpr>(Up);
  if (ThroughPointer)
    return Call ? ofCall(*Call, *M.Whole) : SentUse::None;
  switch (M.Access) {
  case StateAccess::Write:
  case StateAccess::Modify:
    return Call && Call->isCallToStdMove() ? SentUse::None : SentUse::Write;
  case StateAccess::Alias:
    if (const auto *Address = dyn_cast_or_null<UnaryOperator>(Up)) {
      Call = dyn_cast_or_null<CallExpr>(around(*Address));
      return Call ? ofCall(*Call, *Address) : SentUse::None;
    }
    return Call ? ofCall(*Call, *M.Whole) : SentUse::None;
  case StateAccess::Read:
    break;
  }
  const auto *Cast =
      dyn_cast_or_null<CastExpr>(Facts.parent(Function, M.Whole));
  const bool Loads = Cast && Cast->getCastKind() == CK_LValueToRValue;
  if (Call && !Loads && !isa<CXXOperatorCallExpr>(Call))
    return ofCall(*Call, *M.Whole);
  return Cast && Cast->getCastKind() == CK_ToVoid ? SentUse::None
                                                  : SentUse::Read;
}

/// What a call does to the object that it gets by \p Whole: its own object, or
/// an argument.
SentUse::Kind SentUses::ofCall(const CallExpr &Call, const Expr &Whole) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || Facts.call(&Call).Fact)
    return SentUse::None;
  const FunctionInfo *Seen = Facts.callee(&Call);
  const ParmVarDecl *Parameter = nullptr;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  const bool IsObject =
      Member && ObjectNames::plain(Member->getImplicitObjectArgument()) ==
                    ObjectNames::plain(&Whole);
  if (!IsObject) {
    for (unsigned I = 0; I < Call.getNumArgs() && I < Callee->getNumParams();
         ++I)
      if (ObjectNames::plain(Call.getArg(I)) == ObjectNames::plain(&Whole))
        Parameter = Callee->getParamDecl(I);
    if (!Parameter)
      return SentUse::None;
  }
  if (Seen &&
      (IsObject || !Seen->Function ||
       Parameter->getFunctionScopeIndex() < Seen->Function->getNumParams()))
    return ofCallee(*Seen, IsObject ? nullptr
                                    : Seen->Function->getParamDecl(
                                          Parameter->getFunctionScopeIndex()));
  if (IsObject) {
    if (!isStandard(Callee))
      return SentUse::None;
    return Member->getMethodDecl()->isConst() ||
                   ObjectNames::growsNever(*Member->getMethodDecl())
               ? SentUse::Read
               : SentUse::Write;
  }
  const QualType Type = Parameter->getType();
  const bool Refers = Type->isReferenceType() || Type->isPointerType();
  const bool Constant = !Refers || Type->getPointeeType().isConstQualified();
  if (isStandard(Callee) || Callee->getBuiltinID())
    return Call.isCallToStdMove() || !Refers ? SentUse::None
           : Constant                        ? SentUse::Read
                                             : SentUse::Write;
  if (frees(*Callee))
    return SentUse::Write;
  // What the unit does not show may wait for the receiver.
  if (!Type->isReferenceType() || saysWaits(*Callee))
    return SentUse::None;
  return Constant ? SentUse::Read : SentUse::Write;
}

SentUse::Kind SentUses::ofCallee(const FunctionInfo &Callee,
                                 const ValueDecl *Root) {
  SentUse::Kind What = SentUse::None;
  for (const ObjectUse &Use : usesOfObject(Facts, Callee, Root)) {
    if (!Use.Held.empty() || Use.HoldsUnnamed || Use.AfterWait || Use.Polls)
      continue;
    if (Use.Writes)
      return SentUse::Write;
    What = SentUse::Read;
  }
  return What;
}

} // namespace clang::tidy::concord
