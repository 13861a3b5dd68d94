//===--- Compat.h - The differences between LLVM releases -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every place where LLVM 16 to 22 differ and Concord has to notice. No other
/// file of the product tests LLVM_VERSION_MAJOR.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_COMPAT_H
#define CONCORD_SUPPORT_COMPAT_H

#include "clang-tidy/ClangTidyOptions.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Config/llvm-config.h"

// LLVM 22 moved the registry into the module header and deprecated this one.
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#else
#include "clang-tidy/ClangTidyModule.h"
#endif

namespace clang::tidy::concord {

/// True for `extern "C"`. LLVM 18 gave the languages a scope.
inline bool isLinkageC(const LinkageSpecDecl &Linkage) {
#if LLVM_VERSION_MAJOR < 18
  return Linkage.getLanguage() == LinkageSpecDecl::lang_c;
#else
  return Linkage.getLanguage() == LinkageSpecLanguageIDs::C;
#endif
}

/// Renamed in LLVM 18.
inline bool isPureVirtual(const FunctionDecl &F) {
#if LLVM_VERSION_MAJOR < 18
  return F.isPure();
#else
  return F.isPureVirtual();
#endif
}

/// True for C++23 and later. LLVM 17 gave the standard its year.
inline bool isCPlusPlus23(const LangOptions &Options) {
#if LLVM_VERSION_MAJOR < 17
  return Options.CPlusPlus2b;
#else
  return Options.CPlusPlus23;
#endif
}

/// The form in which clangd hands round what adds to the options of a file if
/// it holds no state. Until LLVM 19 it was a reference to a function.
#if LLVM_VERSION_MAJOR < 22
using ClangdOptionsProvider =
    llvm::function_ref<void(ClangTidyOptions &, llvm::StringRef)>;
#else
using ClangdOptionsProvider =
    llvm::unique_function<void(ClangTidyOptions &, llvm::StringRef) const>;
#endif

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_COMPAT_H
