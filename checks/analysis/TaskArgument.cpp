//===--- TaskArgument.cpp -------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/TaskArgument.h"
#include "analysis/Callable.h"
#include "clang/AST/DeclCXX.h"

namespace clang::tidy::concord {

namespace {

bool contains(const Stmt *Tree, const Stmt *S) {
  if (!Tree || Tree == S)
    return Tree != nullptr;
  return llvm::any_of(Tree->children(),
                      [&](const Stmt *Child) { return contains(Child, S); });
}

/// True if what \p Launch hands its task to runs several at a time, by its role
/// or its name.
bool isPool(const TaskLaunch &Launch) {
  const Expr *Object = Launch.Call.Object;
  if (!Object && !writtenArguments(Launch.Site).empty())
    Object = writtenArguments(Launch.Site).front();
  if (!Object || Object->getType().isNull())
    return false;
  if (Launch.Call.Type && Launch.Call.Type->is(Role::TaskGroup))
    return true;
  QualType Type = Object->IgnoreParenImpCasts()->getType();
  if (!Type->getPointeeType().isNull())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record && Record->getName().contains_insensitive("pool");
}

} // namespace

const ParmVarDecl *entryParameter(const TaskLaunch &Launch,
                                  const Expr *Argument) {
  const FunctionDecl *Entry = Launch.Entry;
  if (const Expr *Data = Launch.Call.argument(Launch.Call.Fact->Data))
    return Entry->getNumParams() == 1 &&
                   contains(Data, Argument->IgnoreParenImpCasts())
               ? Entry->getParamDecl(0)
               : nullptr;
  llvm::ArrayRef<const Expr *> Written = writtenArguments(Launch.Site);
  int Callable = -1, Given = -1;
  for (unsigned I = 0; I < Written.size(); ++I) {
    if (Written[I] == Launch.Callable ||
        (Launch.Callable &&
         contains(Written[I], Launch.Callable->IgnoreParenImpCasts())))
      Callable = I;
    else if (contains(Written[I], Argument->IgnoreParenImpCasts()))
      Given = I;
  }
  if (Callable < 0 || Given <= Callable)
    return nullptr;
  // A stop token that the thread puts in front shifts all others.
  unsigned Passed =
      Written.size() - Callable - 1 - (Launch.EntryObject ? 1 : 0);
  if (Entry->isVariadic() || Entry->getNumParams() < Passed)
    return nullptr;
  unsigned Index = Given - Callable - 1 - (Launch.EntryObject ? 1 : 0) +
                   (Entry->getNumParams() - Passed);
  return Index < Entry->getNumParams() ? Entry->getParamDecl(Index) : nullptr;
}

bool runsBesideLauncher(const TaskLaunch &Launch) {
  if (Launch.Cooperative || Launch.InlineMaybe || !Launch.Entry ||
      Launch.Handle.Where == TaskHandle::Joined || isDeferred(Launch.Call))
    return false;
  bool Thread = Launch.Call.Type && Launch.Call.Type->is(Role::Thread);
  bool Free = isa<CallExpr>(Launch.Site) && !Launch.Call.Object &&
              !isa<CXXMemberCallExpr>(Launch.Site) &&
              Launch.Call.Fact->ReturnsFuture;
  bool Plain = Launch.Call.Fact->Data != NoArgument;
  return Thread || Free || Plain || Launch.Synchronous || isPool(Launch) ||
         isa<CXXConstructExpr>(Launch.Site);
}

} // namespace clang::tidy::concord
