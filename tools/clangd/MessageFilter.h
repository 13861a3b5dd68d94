//===--- MessageFilter.h - What goes out to the editor ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CLANGD_MESSAGEFILTER_H
#define CONCORD_CLANGD_MESSAGEFILTER_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <optional>
#include <string>

namespace clang::tidy::concord {

/// A stream of framed messages (`Content-Length: <n>`, an empty line, n bytes),
/// each of which may be replaced on its way.
///
/// The bytes may come in pieces of any size. A message is written, and flushed,
/// with its last byte: nothing waits for the message after it. What is not
/// replaced is written as it came, header included. Bytes that are no framed
/// message, and all that follow them, are written as they come. What is left of
/// an unfinished message when the stream ends is written then.
class MessageFilter : public llvm::raw_ostream {
public:
  /// The text to write instead of a message, or nothing to leave it.
  using Replacement =
      llvm::function_ref<std::optional<std::string>(llvm::StringRef Message)>;

  /// Both \p Under and what \p Replace refers to outlive the filter.
  MessageFilter(llvm::raw_ostream &Under, Replacement Replace)
      : llvm::raw_ostream(/*unbuffered=*/true), Under(Under), Replace(Replace) {
  }
  ~MessageFilter() override;

private:
  void write_impl(const char *Data, size_t Size) override;
  uint64_t current_pos() const override { return Position; }

  /// Writes the messages that are complete.
  void advance();
  /// Reads the header at the front of `Held`. False if more is needed.
  bool readHeader();
  /// Gives up on frames.
  void passOn();

  llvm::raw_ostream &Under;
  Replacement Replace;
  uint64_t Position = 0;
  /// What is not written yet; begins with a header.
  std::string Held;
  /// Sizes of the header at the front of `Held`, with its empty line, and of
  /// the message after it; 0 while the header is not complete.
  size_t HeaderSize = 0;
  size_t MessageSize = 0;
  bool Framed = true;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CLANGD_MESSAGEFILTER_H
