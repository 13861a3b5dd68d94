//===--- VocabularyFuzzer.cpp - Any bytes as a vocabulary file ------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Library.h"
#include "llvm/Support/Error.h"
#include <cstdlib>

/// Whatever the bytes, the reader returns a library or an error with its place.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  const std::string Text(reinterpret_cast<const char *>(Data), Size);
  auto Read = clang::tidy::concord::readLibrary("fuzz.yaml", Text);
  if (!Read && !llvm::StringRef(llvm::toString(Read.takeError()))
                    .starts_with("fuzz.yaml:"))
    std::abort();
  return 0;
}
