//===--- MutexKind.cpp ----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/MutexKind.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/ASTContext.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

namespace {

/// True if an enumerator, macro or function in \p E speaks of recursion.
bool saysRecursive(const ASTContext &Context, const Stmt *E) {
  const SourceManager &Sources = Context.getSourceManager();
  llvm::SmallVector<const Stmt *, 16> Work{E};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      if (StringRef(Reference->getDecl()->getNameAsString())
              .contains_insensitive("recursive"))
        return true;
    for (SourceLocation Loc = S->getBeginLoc(); Loc.isMacroID();
         Loc = Sources.getImmediateMacroCallerLoc(Loc))
      if (Lexer::getImmediateMacroName(Loc, Sources, Context.getLangOpts())
              .contains_insensitive("recursive"))
        return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

/// What the unit shows of how one mutex is made.
class Initialisations {
public:
  Initialisations(const UnitFacts &Facts, const ValueDecl &Mutex)
      : Facts(Facts), Mutex(Mutex) {}

  bool mayBeRecursive() {
    ofDeclaration();
    for (const auto &Function : Facts.functions()) {
      for (const KnownCall &Call : Function->Calls)
        if (Call.does() == Operation::Initialize && isMutex(Call.Object))
          ofCall(*Call.Site);
      for (const Expr *Other : Function->OtherCalls)
        setsRecursive(*Other);
    }
    return Recursive || !Seen || (ByAttribute && AttributeIsRecursive);
  }

private:
  bool isMutex(const Expr *E) const {
    return E && AccessPath::ofObject(E).lastDecl() ==
                    cast<ValueDecl>(Mutex.getCanonicalDecl());
  }

  void ofDeclaration() {
    const Expr *Init = nullptr;
    if (const auto *Variable = dyn_cast<VarDecl>(&Mutex)) {
      // A static mutex without initialiser may be made anywhere.
      Init = Variable->getAnyInitializer();
    } else if (const auto *Field = dyn_cast<FieldDecl>(&Mutex)) {
      Init = Field->getInClassInitializer();
      if (!Init && Field->getType()->isRecordType() &&
          isa<CXXRecordDecl>(Field->getParent()))
        if (const auto *Record = Field->getType()->getAsCXXRecordDecl())
          Seen |= Record->hasUserDeclaredConstructor();
    }
    if (!Init)
      return;
    Seen = true;
    Recursive |= saysRecursive(Facts.context(), Init);
  }

  /// `pthread_mutex_init(&m, attributes)`, `mtx_init(&m, kind)`.
  void ofCall(const Expr &Site) {
    Seen = true;
    const auto *Call = dyn_cast<CallExpr>(&Site);
    if (!Call)
      return;
    const FunctionDecl *Callee = Call->getDirectCallee();
    Recursive |=
        Callee &&
        StringRef(Callee->getNameAsString()).contains_insensitive("recursive");
    for (const Expr *Argument : llvm::drop_begin(Call->arguments())) {
      if (Argument->isNullPointerConstant(Facts.context(),
                                          Expr::NPC_ValueDependentIsNotNull))
        continue;
      if (Argument->getType()->isPointerType())
        ByAttribute = true;
      Recursive |= saysRecursive(Facts.context(), Argument);
    }
  }

  /// `pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE)`.
  void setsRecursive(const Expr &Site) {
    const auto *Call = dyn_cast<CallExpr>(&Site);
    if (!Call || AttributeIsRecursive)
      return;
    for (const Expr *Argument : Call->arguments())
      if (Argument->getType()->isIntegerType())
        AttributeIsRecursive |= saysRecursive(Facts.context(), Argument);
  }

  const UnitFacts &Facts;
  const ValueDecl &Mutex;
  bool Seen = false;
  bool Recursive = false;
  bool ByAttribute = false;
  bool AttributeIsRecursive = false;
};

} // namespace

bool mayBeRecursive(const UnitFacts &Facts, const AccessPath &Mutex,
                    const TypeFact *Type) {
  if (!Type || Type->has(Trait::Null))
    return true;
  if (Type->has(Trait::Recursive))
    return true;
  if (!Type->has(Trait::MaybeRecursive))
    return false;
  const ValueDecl *Named = Mutex.lastDecl();
  return !Named || Initialisations(Facts, *Named).mayBeRecursive();
}

} // namespace clang::tidy::concord
