//===--- Compat.cpp - What clang-tidy has under another name --------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// clang-tidy defines the access to boolean options out of line. Up to version
/// 13 gcc mangles their signature (`std::is_integral_v` without its `std`) in
/// another way than the clang that LLVM is built with, and the plugin would not
/// find them. So it has definitions of its own; weak ones, for a program that
/// has clang-tidy's beside them.
///
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyCheck.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/YAMLTraits.h"

namespace clang::tidy {
namespace {

/// Numbers are read as booleans too, as clang-tidy does.
std::optional<bool> parseBoolean(StringRef Text) {
  if (std::optional<bool> Value = llvm::yaml::parseBool(Text))
    return Value;
  long long Number;
  if (!Text.getAsInteger(10, Number))
    return Number != 0;
  return std::nullopt;
}

} // namespace

template <>
LLVM_ATTRIBUTE_WEAK std::optional<bool>
ClangTidyCheck::OptionsView::get<bool>(StringRef LocalName) const {
  const auto Text = get(LocalName);
  if (!Text)
    return std::nullopt;
  const std::optional<bool> Value = parseBoolean(*Text);
  if (!Value)
    diagnoseBadBooleanOption(NamePrefix + LocalName, *Text);
  return Value;
}

template <>
LLVM_ATTRIBUTE_WEAK std::optional<bool>
ClangTidyCheck::OptionsView::getLocalOrGlobal<bool>(StringRef LocalName) const {
  const auto Text = getLocalOrGlobal(LocalName);
  if (!Text)
    return std::nullopt;
  const std::optional<bool> Value = parseBoolean(*Text);
  if (!Value)
    diagnoseBadBooleanOption(NamePrefix + LocalName, *Text);
  return Value;
}

template <>
LLVM_ATTRIBUTE_WEAK void
ClangTidyCheck::OptionsView::store<bool>(ClangTidyOptions::OptionMap &Options,
                                         StringRef LocalName,
                                         bool Value) const {
  store(Options, LocalName, StringRef(Value ? "true" : "false"));
}

} // namespace clang::tidy
