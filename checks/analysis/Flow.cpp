//===--- Flow.cpp ---------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/Flow.h"
#include "clang/AST/ASTContext.h"

namespace clang::tidy::concord {

std::unique_ptr<CFG> buildGraph(ASTContext &Context, const Decl *Function,
                                const Stmt *Body, bool Dependent) {
  if (!Body)
    return nullptr;
  if (const auto *Context = dyn_cast_or_null<DeclContext>(Function))
    if (Context->isDependentContext() && !Dependent)
      return nullptr;
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddImplicitDtors = true;
  // Variables without a destructor end too: tasks may still refer to them.
  Options.AddScopes = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  return CFG::buildCFG(Function, const_cast<Stmt *>(Body), &Context, Options);
}

} // namespace clang::tidy::concord
