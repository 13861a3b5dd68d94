//===--- Rules.h - The checks as rules ------------------------ -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_TOOLS_SARIF_RULES_H
#define CONCORD_TOOLS_SARIF_RULES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace concord {

/// How much a finding may cost. The order is that of weight.
enum class Tier { Gate, Review, Advice };

/// A check of Checks.def and its page.
struct Rule {
  llvm::StringRef Name; ///< with `concord-`
  llvm::StringRef Family;
  Tier Weight;
  llvm::StringRef Guideline;
  llvm::StringRef Page; ///< in Markdown
};

/// All checks of Concord, sorted by name.
llvm::ArrayRef<Rule> allRules();

/// The rule called \p Check, or null if it is not one of Concord.
const Rule *findRule(llvm::StringRef Check);

/// The sentence that says what \p R finds.
std::string sentenceOf(const Rule &R);

/// The text below heading \p Heading of the rule's page, or nothing.
std::string sectionOf(const Rule &R, llvm::StringRef Heading);

/// The rule's page without its title, as it can be shown elsewhere: links to
/// other pages lead to \p DocsUrl, or are plain text if that is empty.
std::string helpOf(const Rule &R, llvm::StringRef DocsUrl);

/// The page of \p Check: the guideline's below \p DocsUrl for a check of
/// Concord, LLVM's for another one of clang-tidy; nothing for a warning of
/// clang, or if \p DocsUrl is empty.
std::string helpUrl(llvm::StringRef Check, llvm::StringRef DocsUrl);

} // namespace concord

#endif // CONCORD_TOOLS_SARIF_RULES_H
