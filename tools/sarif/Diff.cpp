//===--- Diff.cpp - Lines that a change adds ------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diff.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>

using namespace llvm;

namespace concord {
namespace {

/// The added lines by file.
using Lines = StringMap<std::set<unsigned>>;

/// The name that git writes as \p Text: in quotes, with escapes, if it has
/// unusual characters.
std::string unquoted(StringRef Text) {
  if (!Text.consume_front("\"") || !Text.consume_back("\""))
    return Text.str();
  std::string Result;
  while (!Text.empty()) {
    if (!Text.consume_front("\\")) {
      Result += Text.front();
      Text = Text.drop_front();
      continue;
    }
    unsigned Code;
    if (!Text.take_front(3).getAsInteger(8, Code)) {
      Result += char(Code);
      Text = Text.drop_front(3);
      continue;
    }
    const char C = Text.empty() ? '\\' : Text.front();
    Result += C == 'n' ? '\n' : C == 't' ? '\t' : C;
    Text = Text.drop_front(Text.empty() ? 0 : 1);
  }
  return Result;
}

/// Reads `12,3` of a hunk's head; the count is 1 if it is left out.
bool readRange(StringRef Text, unsigned &First, unsigned &Count) {
  StringRef Start, Length;
  std::tie(Start, Length) = Text.split(',');
  Count = 1;
  return !Start.getAsInteger(10, First) &&
         (Length.empty() || !Length.getAsInteger(10, Count));
}

/// Reads a diff line by line.
class Reader {
public:
  /// False if \p Line does not belong into a diff.
  bool read(StringRef Line) {
    if (Old || New)
      return readHunkLine(Line);
    if (Line.consume_front("+++ ")) {
      // git ends a name that has blanks with a tab.
      const std::string Name = unquoted(Line.split('\t').first);
      StringRef Path = Name;
      Current = Name == "/dev/null" ? "" : Path.split('/').second.str();
      return true;
    }
    return !Line.starts_with("@@") || readHead(Line);
  }

  bool isComplete() const { return !Old && !New; }
  const Lines &added() const { return Added; }

private:
  bool readHead(StringRef Line) {
    SmallVector<StringRef, 5> Words;
    Line.split(Words, ' ', 4);
    unsigned Unused;
    return Words.size() >= 4 && Words[1].consume_front("-") &&
           Words[2].consume_front("+") && readRange(Words[1], Unused, Old) &&
           readRange(Words[2], At, New);
  }

  bool readHunkLine(StringRef Line) {
    const char Kind = Line.empty() ? ' ' : Line.front();
    if (Kind == '\\') // no newline at the end of the file
      return true;
    if (Kind != '+' && Kind != '-' && Kind != ' ')
      return false;
    if (Kind != '+' && !Old--)
      return false;
    if (Kind != '-' && !New--)
      return false;
    if (Kind == '+')
      Added[Current].insert(At);
    At += Kind != '-';
    return true;
  }

  Lines Added;
  std::string Current;
  unsigned At = 0;
  unsigned Old = 0; ///< lines of the hunk still to come
  unsigned New = 0;
};

} // namespace

Error keepChanged(StringRef Path, Report &R) {
  std::string Text;
  if (Path == "-") {
    auto Buffer = MemoryBuffer::getSTDIN();
    if (!Buffer)
      return failure("cannot read the diff: " + Buffer.getError().message());
    Text = (*Buffer)->getBuffer().str();
  } else {
    Expected<std::string> File = readRegularFile(Path);
    if (!File)
      return File.takeError();
    Text = std::move(*File);
  }
  Reader Diff;
  unsigned Number = 0;
  StringRef Rest = Text;
  while (!Rest.empty()) {
    StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    ++Number;
    if (!Diff.read(Line))
      return failure("line " + Twine(Number) +
                     " of the diff is not understood");
  }
  if (!Diff.isComplete())
    return failure("the diff ends too early");
  erase_if(R.Results, [&](const Result &Found) {
    const auto File = Diff.added().find(Found.Main.In.Path);
    const Source &Content = *Found.Main.In.Content;
    return File == Diff.added().end() ||
           !File->second.count(Content.position(Found.Main.Begin).Line);
  });
  return Error::success();
}

} // namespace concord
