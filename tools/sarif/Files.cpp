//===--- Files.cpp - Paths, and lines of sources --------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Files.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;

namespace concord {
namespace {

constexpr uint64_t MaxFileSize = uint64_t(256) << 20;

/// Escapes what may not stand in a reference.
std::string encoded(StringRef Path) {
  std::string Result;
  for (const char C : Path) {
    if (isAlnum(C) || StringRef("/-_.~+@").contains(C))
      Result += C;
    else
      Result += "%" + toHex(StringRef(&C, 1));
  }
  return Result;
}

/// The part of \p Path below \p Root, or nothing.
StringRef below(StringRef Path, StringRef Root) {
  if (!Path.consume_front(Root))
    return {};
  return Root.ends_with("/") || Path.consume_front("/") ? Path : StringRef();
}

bool isWordByte(char C) {
  return isAlnum(C) || C == '_' || (unsigned char)C >= 0x80;
}

} // namespace

Error failure(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

Expected<std::string> readRegularFile(StringRef Path) {
  sys::fs::file_status Status;
  if (const std::error_code EC = sys::fs::status(Path, Status))
    return failure("cannot read " + Path + ": " + EC.message());
  if (Status.type() != sys::fs::file_type::regular_file)
    return failure("cannot read " + Path + ": not a file");
  if (Status.getSize() > MaxFileSize)
    return failure("cannot read " + Path + ": too large");
  auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return failure("cannot read " + Path + ": " + Buffer.getError().message());
  return (*Buffer)->getBuffer().str();
}

Error writeText(StringRef Path, StringRef Text) {
  std::error_code EC;
  raw_fd_ostream Out(Path, EC);
  if (!EC) {
    Out << Text;
    Out.flush();
    EC = Out.error();
    Out.clear_error();
  }
  return EC ? failure("cannot write " + Path + ": " + EC.message())
            : Error::success();
}

Source::Source(std::string Content) : Text(std::move(Content)), Starts{0} {
  for (size_t I = 0; I != Text.size(); ++I)
    if (Text[I] == '\n')
      Starts.push_back(unsigned(I + 1));
}

StringRef Source::lineRange(unsigned First, unsigned Last) const {
  const size_t Begin = Starts[First - 1];
  const size_t End = Last < lines() ? Starts[Last] : Text.size();
  return StringRef(Text).slice(Begin, End).rtrim("\r\n");
}

StringRef Source::line(unsigned Number) const {
  return lineRange(Number, Number);
}

Position Source::position(unsigned Offset) const {
  const auto Next = std::upper_bound(Starts.begin(), Starts.end(), Offset);
  Position Result;
  Result.Line = unsigned(Next - Starts.begin());
  for (const char C : StringRef(Text).slice(Starts[Result.Line - 1], Offset)) {
    const auto Byte = (unsigned char)C;
    if ((Byte & 0xC0) != 0x80) // the first byte of a code point
      Result.Column += Byte >= 0xF0 ? 2 : 1;
  }
  return Result;
}

unsigned Source::endOfWord(unsigned Offset) const {
  unsigned End = Offset;
  while (End < Text.size() && isWordByte(Text[End]))
    ++End;
  if (End == Offset && End < Text.size() && Text[End] != '\n')
    ++End;
  return End;
}

Expected<Repository> Repository::open(StringRef Root) {
  SmallString<256> Path(Root);
  if (Root.empty()) {
    if (const std::error_code EC = sys::fs::current_path(Path))
      return failure("cannot find the working directory: " + EC.message());
    for (StringRef At = Path; !At.empty(); At = sys::path::parent_path(At)) {
      if (sys::fs::exists(At + "/.git")) {
        Path.resize(At.size());
        break;
      }
    }
  }
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real) || !sys::fs::is_directory(Real))
    return failure("the root " + Path + " is not a directory");
  Repository Result;
  Result.Root = std::string(Real);
  return Result;
}

Expected<File> Repository::file(StringRef Name, StringRef Directory) {
  SmallString<256> Path(Name);
  if (sys::path::is_relative(Path)) {
    Path = Directory.empty() ? StringRef(Root) : Directory;
    sys::path::append(Path, Name);
  }
  File &Result = Known[Path];
  if (Result.Content)
    return Result;

  Expected<std::string> Text = readRegularFile(Path);
  if (!Text)
    return Text.takeError();
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real))
    Real = Path;
  const StringRef Inside = below(Real, Root);
  Result.Inside = !Inside.empty();
  Result.Path = (Result.Inside ? Inside : StringRef(Real)).str();
  Result.Uri = (Result.Inside ? "" : "file://") + encoded(Result.Path);
  Result.Content = std::make_shared<Source>(std::move(*Text));
  return Result;
}

} // namespace concord
