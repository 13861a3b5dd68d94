//===--- FindingsFuzzer.cpp - Any bytes as exported findings --------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

/// Whatever the bytes, they are read or refused with an error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  static const std::string Path = [] {
    llvm::SmallString<128> Name;
    if (llvm::sys::fs::createTemporaryFile("concord-fuzz", "yaml", Name))
      std::abort();
    return std::string(Name);
  }();
  std::error_code Failed;
  llvm::raw_fd_ostream File(Path, Failed);
  if (Failed)
    std::abort();
  File.write(reinterpret_cast<const char *>(Data), Size);
  File.close();
  std::vector<concord::Finding> Findings;
  llvm::consumeError(concord::readFindings(Path, Findings));
  return 0;
}
