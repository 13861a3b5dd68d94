//===--- Blocking.cpp - May this call block the thread? ---------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Implementation.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::concord {

static bool blocks(Operation Does) {
  switch (Does) {
  case Operation::Lock:
  case Operation::TimedLock:
  case Operation::LockShared:
  case Operation::TimedLockShared:
  case Operation::LockUpgrade:
  case Operation::LockMultiple:
  case Operation::LockWhen:
  case Operation::AwaitCondition:
  case Operation::AcquireGuard:
  case Operation::WithLock:
  case Operation::Join:
  case Operation::TimedJoin:
  case Operation::WaitAll:
  case Operation::Get:
  case Operation::Wait:
  case Operation::TimedWait:
  case Operation::ConditionWait:
  case Operation::Send:
  case Operation::TimedSend:
  case Operation::Receive:
  case Operation::TimedReceive:
  case Operation::ArriveAndWait:
  case Operation::Acquire:
  case Operation::TimedAcquire:
  case Operation::Sleep:
  case Operation::Block:
    return true;
  default:
    return false;
  }
}

namespace {

/// Looks for a name among the enumerators and macros of an expression.
class NameSearch : public RecursiveASTVisitor<NameSearch> {
public:
  NameSearch(const ASTContext &Context, StringRef Name)
      : Context(Context), Name(Name) {}

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const IdentifierInfo *Id = E->getDecl()->getIdentifier();
    Found |= Id && Id->getName() == Name;
    return !Found;
  }

  bool VisitIntegerLiteral(IntegerLiteral *E) {
    const SourceManager &Sources = Context.getSourceManager();
    for (SourceLocation Loc = E->getBeginLoc(); Loc.isMacroID();
         Loc = Sources.getImmediateMacroCallerLoc(Loc))
      Found |= Lexer::getImmediateMacroName(Loc, Sources,
                                            Context.getLangOpts()) == Name;
    return !Found;
  }

  bool Found = false;

private:
  const ASTContext &Context;
  StringRef Name;
};

} // namespace

bool namesWord(const ASTContext &Context, const Expr *E, StringRef Name) {
  NameSearch Search(Context, Name);
  Search.TraverseStmt(const_cast<Expr *>(E));
  return Search.Found;
}

/// Evaluates `<position> has <NAME>`, `<position> is <NAME or number>`,
/// `<position> is not <NAME or number>`.
static bool holds(StringRef Condition, const KnownCall &Call,
                  const ASTContext &Context) {
  SmallVector<StringRef, 4> Words;
  llvm::SplitString(Condition, Words);
  int Position;
  if (Words.size() < 3 || Words[0].getAsInteger(10, Position))
    return false;
  const Expr *E = Call.argument(Position);
  if (!E || E->isValueDependent())
    return false;
  bool Negated = Words[2] == "not" && Words.size() > 3;
  StringRef Wanted = Words.back();
  int64_t Number;
  if (Wanted.getAsInteger(10, Number))
    return namesWord(Context, E, Wanted) != Negated;
  Expr::EvalResult Value;
  return E->EvaluateAsInt(Value, Context) &&
         (Value.Val.getInt() == Number) != Negated;
}

/// True for `0s`; its value is an argument of its operator, or its digits are
/// template arguments.
static bool isZeroLiteral(const UserDefinedLiteral *E) {
  if (E->getLiteralOperatorKind() == UserDefinedLiteral::LOK_Integer) {
    const auto *Value = dyn_cast<IntegerLiteral>(E->getCookedLiteral());
    return Value && Value->getValue() == 0;
  }
  const FunctionDecl *Callee = E->getDirectCallee();
  const TemplateArgumentList *Digits =
      Callee ? Callee->getTemplateSpecializationArgs() : nullptr;
  if (!Digits || Digits->size() != 1 ||
      Digits->get(0).getKind() != TemplateArgument::Pack ||
      Digits->get(0).pack_size() != 1)
    return false;
  const TemplateArgument &Digit = *Digits->get(0).pack_begin();
  return Digit.getKind() == TemplateArgument::Integral &&
         Digit.getAsIntegral() == '0';
}

/// True for a timeout that is surely zero: `0`, `0s`,
/// `std::chrono::seconds(0)`, `milliseconds::zero()`.
static bool isZeroTime(const Expr *E, const ASTContext &Context) {
  for (unsigned Depth = 0; E && Depth < 8; ++Depth) {
    E = withoutImplicit(E);
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Literal = dyn_cast<UserDefinedLiteral>(E))
      return isZeroLiteral(Literal);
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      E = writtenArguments({Construct->getArgs(), Construct->getNumArgs()}) == 1
              ? Construct->getArg(0)
              : nullptr;
    else
      break;
  }
  if (!E || E->isValueDependent())
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *Callee = Call->getDirectCallee())
      return Callee->getIdentifier() && Callee->getName() == "zero";
  Expr::EvalResult Value;
  return E->getType()->isIntegerType() && E->EvaluateAsInt(Value, Context) &&
         Value.Val.getInt() == 0;
}

static const ASTContext *contextOf(const KnownCall &Call) {
  if (const auto *E = dyn_cast_or_null<CallExpr>(Call.Site))
    if (const Decl *Callee = E->getCalleeDecl())
      return &Callee->getASTContext();
  return nullptr;
}

/// A queue without a bound takes everything at once.
static bool isUnboundedSend(const KnownCall &Call) {
  bool Sends =
      Call.does() == Operation::Send || Call.does() == Operation::TimedSend;
  return Sends && Call.Type && Call.Type->Capacity &&
         Call.Type->Capacity->Unbounded;
}

bool Vocabulary::mayBlock(const KnownCall &Call) const {
  if (!Call || Call.Fact->Cooperative || isUnboundedSend(Call))
    return false;
  if (Call.Type &&
      (Call.Type->has(Trait::Fiber) || Call.Type->has(Trait::Coroutine) ||
       Call.Type->has(Trait::Null)))
    return false;
  if (Call.Type && Call.Type->Guard && !isa<CallExpr>(Call.Site))
    return guardStart(Call) == GuardStart::Locks;
  if (Call.Fact->Blocks == BlockingKind::No && !blocks(Call.does()))
    return false;
  const ASTContext *Context = contextOf(Call);
  if (!Context)
    return true;
  if (!Call.Fact->NonBlockingIf.empty() &&
      holds(Call.Fact->NonBlockingIf, Call, *Context))
    return false;
  const Expr *Timeout = Call.argument(Call.Fact->Timeout);
  return !Timeout || !isZeroTime(Timeout, *Context);
}

} // namespace clang::tidy::concord
