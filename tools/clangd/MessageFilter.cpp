//===--- MessageFilter.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MessageFilter.h"

using namespace llvm;

namespace clang::tidy::concord {
namespace {

constexpr StringRef HeaderEnd = "\r\n\r\n";
/// More than any header has; clangd's has 30.
constexpr size_t LongestHeader = 4096;
/// What clangd itself takes.
constexpr uint64_t LongestMessage = uint64_t(1) << 30;

/// The size that a header, without its empty line, names.
std::optional<uint64_t> namedSize(StringRef Header) {
  while (!Header.empty()) {
    StringRef Line;
    std::tie(Line, Header) = Header.split("\r\n");
    uint64_t Size;
    if (Line.consume_front_insensitive("Content-Length:") &&
        !Line.trim().getAsInteger(10, Size))
      return Size;
  }
  return std::nullopt;
}

} // namespace

MessageFilter::~MessageFilter() {
  Under << Held;
  Under.flush();
}

void MessageFilter::write_impl(const char *Data, size_t Size) {
  Position += Size;
  Held.append(Data, Size);
  advance();
}

void MessageFilter::advance() {
  while (Framed && !Held.empty()) {
    if (HeaderSize == 0 && !readHeader())
      break;
    const size_t Whole = HeaderSize + MessageSize;
    if (Held.size() < Whole)
      return;
    const StringRef Message = StringRef(Held).substr(HeaderSize, MessageSize);
    if (const std::optional<std::string> New = Replace(Message))
      Under << "Content-Length: " << New->size() << HeaderEnd << *New;
    else
      Under << StringRef(Held).take_front(Whole);
    Under.flush();
    Held.erase(0, Whole);
    HeaderSize = MessageSize = 0;
  }
  if (!Framed)
    passOn();
}

bool MessageFilter::readHeader() {
  const StringRef Start = StringRef(Held).take_front(LongestHeader);
  const size_t End = Start.find(HeaderEnd);
  if (End == StringRef::npos) {
    Framed = Held.size() < LongestHeader;
    return false;
  }
  const std::optional<uint64_t> Size = namedSize(Start.take_front(End));
  if (!Size || *Size > LongestMessage) {
    Framed = false;
    return false;
  }
  HeaderSize = End + HeaderEnd.size();
  MessageSize = *Size;
  return true;
}

void MessageFilter::passOn() {
  Under << Held;
  Under.flush();
  Held.clear();
}

} // namespace clang::tidy::concord
