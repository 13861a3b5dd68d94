//===--- Clangd.h - The parts of clangd that are replaced -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The headers of clangd are not installed, only its archives. These are the
/// functions that we call or stand in for. The linker compares their names and
/// parameters with clangd's own: `--wrap` sends clangd's calls of `F` to our
/// `__wrap_F`, and our `__real_F` to clangd's `F`.
///
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CLANGD_CLANGD_H
#define CONCORD_CLANGD_CLANGD_H

#include "support/Compat.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <memory>
#include <optional>

namespace clang::clangd {

int clangdMain(int argc, char *argv[]);

/// Of these only pointers are passed on.
class SymbolIndex {
public:
  virtual ~SymbolIndex();
};
class Transport {
public:
  virtual ~Transport();
};
enum class JSONStreamStyle : int;

namespace remote {
/// clangd's own needs gRPC.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef Address,
                                       llvm::StringRef ProjectRoot);
} // namespace remote

} // namespace clang::clangd

#define CONCORD_NAME(PREFIX, MANGLED) __asm__(PREFIX MANGLED)
#define CONCORD_IS_FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define CONCORD_DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"
#define CONCORD_NEW_TRANSPORT                                                  \
  "_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_"     \
  "bNS0_15JSONStreamStyleE"

namespace clang::tidy::concord {

/// Whether a check is quick enough for an editor, if that is known.
std::optional<bool> realIsFastTidyCheck(llvm::StringRef Check)
    CONCORD_NAME("__real_", CONCORD_IS_FAST);
std::optional<bool> isFastTidyCheck(llvm::StringRef Check)
    CONCORD_NAME("__wrap_", CONCORD_IS_FAST);

/// The checks where no configuration names any.
ClangdOptionsProvider realDefaultChecks()
    CONCORD_NAME("__real_", CONCORD_DEFAULT_CHECKS);
ClangdOptionsProvider defaultChecks()
    CONCORD_NAME("__wrap_", CONCORD_DEFAULT_CHECKS);

/// The connection to the editor: reads \p In, writes \p Out.
std::unique_ptr<clangd::Transport>
realNewTransport(std::FILE *In, llvm::raw_ostream &Out,
                 llvm::raw_ostream *InMirror, bool Pretty,
                 clangd::JSONStreamStyle Style)
    CONCORD_NAME("__real_", CONCORD_NEW_TRANSPORT);
std::unique_ptr<clangd::Transport>
newTransport(std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror,
             bool Pretty, clangd::JSONStreamStyle Style)
    CONCORD_NAME("__wrap_", CONCORD_NEW_TRANSPORT);

} // namespace clang::tidy::concord

#undef CONCORD_NAME
#undef CONCORD_IS_FAST
#undef CONCORD_DEFAULT_CHECKS
#undef CONCORD_NEW_TRANSPORT

#endif // CONCORD_CLANGD_CLANGD_H
