//===--- DetachedLaunch.cpp -----------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/DetachedLaunch.h"
#include "analysis/Callable.h"
#include "analysis/HandleKey.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::concord {

namespace {

/// The argument of a C launch that is neither handle, callable nor data: its
/// attributes. Null if it has none or passes a null pointer.
const Expr *attributesOf(const KnownCall &Launch, ASTContext &Context) {
  const CallFact &Fact = *Launch.Fact;
  for (const Expr *Argument : writtenArguments(Launch.Site)) {
    if (Argument == Launch.argument(Fact.Out) ||
        Argument == Launch.argument(Fact.Callable) ||
        Argument == Launch.argument(Fact.Data) ||
        !Argument->getType()->isPointerType())
      continue;
    return Argument->isNullPointerConstant(Context,
                                           Expr::NPC_ValueDependentIsNull)
               ? nullptr
               : Argument;
  }
  return nullptr;
}

/// What \p Call, which gets the attributes \p Key, says of being detached.
std::optional<DetachedLaunch> ofSetter(const Vocabulary &Words,
                                       const CallExpr &Call,
                                       const HandleKey &Key,
                                       const ASTContext &Context) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  if (!Callee || !Callee->getDeclName().isIdentifier() ||
      Call.getNumArgs() < 2 || !(handleKeyOf(Words, Call.getArg(0)) == Key) ||
      !Callee->getName().contains_insensitive("detach"))
    return std::nullopt;
  Expr::EvalResult Value;
  if (!Call.getArg(1)->EvaluateAsInt(Value, Context))
    return DetachedLaunch::Unknown;
  return Value.Val.getInt().getBoolValue() ? DetachedLaunch::AtOnce
                                           : DetachedLaunch::No;
}

} // namespace

bool detachesSelf(const KnownCall &Call) {
  if (Call.does() != Operation::Detach)
    return false;
  const auto *Self = dyn_cast_or_null<CallExpr>(stripToCore(Call.Object));
  return Self && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Self) &&
         Self->getNumArgs() == 0;
}

DetachedLaunch detachedLaunch(UnitFacts &Facts, const FunctionInfo &Function,
                              const KnownCall &Launch) {
  if (Launch.Fact->Detached)
    return DetachedLaunch::AtOnce;
  if (const TaskLaunch *Task = Facts.launchAt(Launch.Site))
    if (const FunctionInfo *Entry = Facts.function(Task->Entry))
      if (llvm::any_of(Entry->Calls, detachesSelf))
        return DetachedLaunch::ByItself;
  if (Launch.Fact->Out == NoArgument)
    return DetachedLaunch::No;
  const Expr *Attributes = attributesOf(Launch, Facts.context());
  if (!Attributes)
    return DetachedLaunch::No;
  HandleKey Key = handleKeyOf(Facts.vocabulary(), Attributes);
  const auto *Variable = dyn_cast_or_null<VarDecl>(Key.Root);
  if (!Variable || !Variable->isLocalVarDecl())
    return DetachedLaunch::Unknown;
  for (const Expr *Other : Function.OtherCalls)
    if (const auto *Call = dyn_cast<CallExpr>(Other))
      if (std::optional<DetachedLaunch> Answer =
              ofSetter(Facts.vocabulary(), *Call, Key, Facts.context()))
        return *Answer;
  return DetachedLaunch::No;
}

} // namespace clang::tidy::concord
