//===--- Baseline.cpp - Findings that are known ---------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Baseline.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace concord {

Expected<unsigned> applyBaseline(StringRef Path, Report &R) {
  Expected<std::string> Text = readRegularFile(Path);
  if (!Text)
    return Text.takeError();
  StringSet<> Known;
  unsigned Number = 0;
  for (const StringRef Line : split(*Text, '\n')) {
    ++Number;
    const StringRef Content = Line.split('#').first.trim();
    if (Content.empty())
      continue;
    const StringRef Fingerprint = Content.split(' ').first;
    if (Fingerprint.size() != 32 || !all_of(Fingerprint, isHexDigit))
      return failure(Path + ": line " + Twine(Number) +
                     " is not one of a baseline");
    Known.insert(Fingerprint);
  }
  size_t Gone = Known.size();
  for (Result &Found : R.Results) {
    Found.New = !Known.contains(Found.Fingerprint);
    Gone -= !Found.New;
  }
  return unsigned(Gone);
}

std::string baselineOf(const Report &R) {
  std::string Text = "# Findings that are known: fingerprint, check, file.\n"
                     "# Written by concord-sarif --write-baseline.\n";
  for (const Result &Found : R.Results)
    Text +=
        Found.Fingerprint + " " + Found.Check + " " + Found.Main.In.Path + "\n";
  return Text;
}

} // namespace concord
