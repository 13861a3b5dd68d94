//===--- NameList.cpp -----------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/NameList.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace clang::tidy::concord {

NameList::NameList(llvm::StringRef Option) : Text(Option.str()) {
  llvm::SmallVector<llvm::StringRef, 8> Names;
  Option.split(Names, ';');
  for (llvm::StringRef Name : Names) {
    Name = Name.trim();
    if (Name.empty())
      continue;
    llvm::Regex Entry(("^(" + Name + ")$").str());
    std::string Error;
    if (Entry.isValid(Error))
      Entries.push_back(std::move(Entry));
    else
      Errors.push_back((Name + ": " + Error).str());
  }
}

bool NameList::matches(llvm::StringRef Name) const {
  return llvm::any_of(
      Entries, [&](const llvm::Regex &Entry) { return Entry.match(Name); });
}

} // namespace clang::tidy::concord
