//===--- ExposedPrimitiveCheck.h --------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_API_EXPOSEDPRIMITIVECHECK_H
#define CONCORD_API_EXPOSEDPRIMITIVECHECK_H

#include "analysis/ApiSurface.h"
#include "analysis/UnitFacts.h"
#include "support/NameList.h"

namespace clang::tidy::concord {

/// Finds mutexes, condition variables, channels and the like that a header
/// hands to every caller.
class ExposedPrimitiveCheck : public FactsCheck {
public:
  ExposedPrimitiveCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Options) override;
  void onEndOfTranslationUnit() override;

private:
  void checkMember(const ValueDecl *Member, UnitFacts &Facts);
  void checkGlobal(const VarDecl *Variable, UnitFacts &Facts);
  void checkFunction(const FunctionDecl *Function, UnitFacts &Facts);
  void checkParameters(const FunctionDecl *Function, UnitFacts &Facts);
  void checkBases(const CXXRecordDecl *Record, UnitFacts &Facts);
  void checkAlias(const TypedefNameDecl *Alias, UnitFacts &Facts);

  bool isApi(const Decl *D) const;
  bool isExempt(const CXXRecordDecl *Record, UnitFacts &Facts,
                bool AsDerived = false);
  bool isInternal(const Decl *D) const;

  const NameList HelperTypes, InternalNamespaces, InternalHeaders;
  const bool Strict, Protected, MainFile;
  std::optional<PrivateParts> Parts;
};

} // namespace clang::tidy::concord

#endif // CONCORD_API_EXPOSEDPRIMITIVECHECK_H
