//===--- Removal.cpp ------------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/Removal.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::concord {

FixItHint removalOfStatement(SourceRange Statement, const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Statement.isInvalid() || Statement.getBegin().isMacroID() ||
      Statement.getEnd().isMacroID())
    return {};
  SourceLocation End = Lexer::findLocationAfterToken(
      Statement.getEnd(), tok::semi, Sources, Context.getLangOpts(),
      /*SkipTrailingWhitespaceAndNewLine=*/false);
  // A block ends without one.
  if (End.isInvalid() && *Sources.getCharacterData(Statement.getEnd()) == '}')
    End = Statement.getEnd().getLocWithOffset(1);
  if (End.isInvalid())
    return {};
  auto [File, First] = Sources.getDecomposedLoc(Statement.getBegin());
  unsigned Last = Sources.getFileOffset(End);
  StringRef Text = Sources.getBufferData(File);
  unsigned LineStart = First;
  while (LineStart > 0 && isHorizontalWhitespace(Text[LineStart - 1]))
    --LineStart;
  unsigned LineEnd = Last;
  while (LineEnd < Text.size() && isHorizontalWhitespace(Text[LineEnd]))
    ++LineEnd;
  bool Alone = (LineStart == 0 || Text[LineStart - 1] == '\n') &&
               LineEnd < Text.size() && Text[LineEnd] == '\n';
  SourceLocation FileStart = Sources.getLocForStartOfFile(File);
  if (!Alone)
    return FixItHint::CreateRemoval(
        CharSourceRange::getCharRange(Statement.getBegin(), End));
  return FixItHint::CreateRemoval(
      CharSourceRange::getCharRange(FileStart.getLocWithOffset(LineStart),
                                    FileStart.getLocWithOffset(LineEnd + 1)));
}

} // namespace clang::tidy::concord
