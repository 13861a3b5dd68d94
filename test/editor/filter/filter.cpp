//===--- filter.cpp - Runs the message filter on its input ----------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// concord-filter <seed>: copies the input to the output in pieces of random
// sizes, or for a negative seed of that many bytes.
//
// concord-filter --each: how many bytes are written after every byte.

#include "MessageFilter.h"
#include "PageLinks.h"
#include "llvm/Support/MemoryBuffer.h"
#include <random>

using namespace llvm;
using namespace clang::tidy::concord;

int main(int argc, char **argv) {
  auto Input = MemoryBuffer::getSTDIN();
  if (argc != 2 || !Input)
    return 2;
  StringRef Rest = (*Input)->getBuffer();
  if (StringRef(argv[1]) == "--each") {
    std::string Written;
    raw_string_ostream Under(Written);
    MessageFilter Filter(Under, withPageLinks);
    for (const char Byte : Rest) {
      Filter << Byte;
      outs() << Under.str().size() << '\n';
    }
    return 0;
  }
  int Seed = 0;
  if (StringRef(argv[1]).getAsInteger(10, Seed))
    return 2;
  std::minstd_rand Random(Seed < 0 ? 1 : Seed);
  MessageFilter Filter(outs(), withPageLinks);
  while (!Rest.empty()) {
    const size_t Size = Seed < 0 ? size_t(-Seed) : Random() % 200 + 1;
    Filter << Rest.take_front(Size);
    Rest = Rest.drop_front(std::min(Size, Rest.size()));
  }
  return 0;
}
