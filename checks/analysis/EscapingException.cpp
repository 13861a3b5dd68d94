//===--- EscapingException.cpp --------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/EscapingException.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

QualType plain(QualType Type) {
  return Type.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

bool derives(QualType Type, QualType Base) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  const CXXRecordDecl *Other = Base->getAsCXXRecordDecl();
  return Record && Other && Record->hasDefinition() && Other->hasDefinition() &&
         Record->isDerivedFrom(Other);
}

/// In doubt yes.
bool catches(const CXXCatchStmt &Catch, QualType Thrown) {
  QualType Caught = Catch.getCaughtType();
  if (Caught.isNull())
    return true;
  if (Thrown.isNull())
    return false;
  Caught = plain(Caught);
  if (Caught->isDependentType() || Thrown->isDependentType() ||
      Caught == Thrown || derives(Thrown, Caught))
    return true;
  // Pointers convert.
  return Caught->isPointerType() && Thrown->isPointerType();
}

bool isNothrow(const FunctionDecl *Function) {
  const auto *Type = Function->getType()->getAs<FunctionProtoType>();
  return !Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) ||
         Type->isNothrow();
}

class Walk {
public:
  explicit Walk(UnitFacts &Facts) : Facts(Facts) {}

  /// The first throw that leaves \p Function, and its place there.
  std::optional<EscapingException> function(const FunctionInfo &Function) {
    constexpr unsigned MaxDepth = 4;
    if (!Function.Function || isNothrow(Function.Function) ||
        Active.size() > MaxDepth || llvm::is_contained(Active, &Function))
      return std::nullopt;
    Active.push_back(&Function);
    auto Outer = std::exchange(Handling, nullptr);
    std::optional<EscapingException> Result = statement(Function.Body);
    Handling = Outer;
    Active.pop_back();
    return Result;
  }

private:
  std::optional<EscapingException> statement(const Stmt *S) {
    if (!S || isa<LambdaExpr, BlockExpr, CXXNoexceptExpr, CXXTypeidExpr,
                  UnaryExprOrTypeTraitExpr>(S))
      return std::nullopt;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      return tryBlock(*Try);
    for (const Stmt *Child : S->children())
      if (std::optional<EscapingException> Found = statement(Child))
        return Found;
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S))
      return escapes(*Throw) ? std::optional(EscapingException{Throw, Throw})
                             : std::nullopt;
    if (isa<CallExpr, CXXConstructExpr>(S))
      return call(*cast<Expr>(S));
    return std::nullopt;
  }

  std::optional<EscapingException> tryBlock(const CXXTryStmt &Try) {
    Tries.push_back(&Try);
    std::optional<EscapingException> Found = statement(Try.getTryBlock());
    Tries.pop_back();
    for (unsigned I = 0; !Found && I < Try.getNumHandlers(); ++I) {
      auto Outer = std::exchange(Handling, Try.getHandler(I));
      Found = statement(Try.getHandler(I)->getHandlerBlock());
      Handling = Outer;
    }
    return Found;
  }

  std::optional<EscapingException> call(const Expr &Call) {
    // What a library's operation throws belongs to its protocol: a channel that
    // was closed.
    const FunctionInfo *Callee =
        Facts.call(&Call) ? nullptr : Facts.callee(&Call);
    if (!Callee)
      return std::nullopt;
    std::optional<EscapingException> Found = function(*Callee);
    if (Found)
      Found->Site = &Call;
    return Found;
  }

  bool escapes(const CXXThrowExpr &Throw) const {
    QualType Type;
    if (const Expr *Value = Throw.getSubExpr()) {
      Type = plain(Value->getType());
      const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
      if (Record && Facts.vocabulary().isLibrary(Record) &&
          !Record->isInStdNamespace())
        return false;
    } else if (!Handling) {
      return false; // whatever the caller is handling
    } else if (QualType Caught = Handling->getCaughtType(); !Caught.isNull()) {
      Type = plain(Caught);
    }
    return llvm::none_of(Tries, [&](const CXXTryStmt *Try) {
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        if (catches(*Try->getHandler(I), Type))
          return true;
      return false;
    });
  }

  UnitFacts &Facts;
  llvm::SmallVector<const FunctionInfo *, 6> Active;
  /// The `try` blocks around, those of callers first.
  llvm::SmallVector<const CXXTryStmt *, 4> Tries;
  /// The innermost handler of the function at hand.
  const CXXCatchStmt *Handling = nullptr;
};

} // namespace

std::optional<EscapingException>
findEscapingException(UnitFacts &Facts, const FunctionInfo &Function) {
  if (!Facts.context().getLangOpts().CXXExceptions)
    return std::nullopt;
  return Walk(Facts).function(Function);
}

} // namespace clang::tidy::concord
