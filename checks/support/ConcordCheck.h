//===--- ConcordCheck.h - Base class of all checks --------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_CONCORDCHECK_H
#define CONCORD_SUPPORT_CONCORDCHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "llvm/ADT/DenseSet.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clang::tidy::concord {

class ConcordCheck;

/// Where a finding shows the link to its guideline (option
/// `concord.GuidelineLink`).
enum class GuidelineLink { Message, Note, None };

/// One finding while it is put together: stream arguments, ranges and fix-its
/// into it, add notes. It is printed when it goes out of scope: the warning,
/// its notes in the order they were added, the link.
///
/// A finding at a place that the check has reported before (another
/// instantiation of the same template, another unit's view of the same header)
/// swallows everything and prints nothing.
class Finding {
public:
  Finding(Finding &&) = default;
  Finding &operator=(Finding &&) = delete;
  ~Finding();

  template <typename T> Finding &operator<<(const T &Argument) {
    if (Builder)
      *Builder << Argument;
    return *this;
  }

  /// Adds a note that points at the second place. \p Message is plain text, no
  /// placeholders. An invalid \p Loc adds nothing.
  Finding &note(SourceLocation Loc, const llvm::Twine &Message);

  /// Like `note`, with a fix-it that is one of several alternatives.
  Finding &note(SourceLocation Loc, const llvm::Twine &Message,
                ArrayRef<FixItHint> FixIts);

  /// False if this place was reported before and nothing will be printed.
  explicit operator bool() const { return Builder.has_value(); }

private:
  friend class ConcordCheck;
  Finding(ConcordCheck &Check) : Check(&Check) {}

  struct Note {
    SourceLocation Loc;
    std::string Message;
    std::vector<FixItHint> FixIts;
  };

  ConcordCheck *Check;
  SourceLocation Loc;
  std::optional<DiagnosticBuilder> Builder;
  std::vector<Note> Notes;
};

/// The base of every check: it reports findings in the product's one form,
/// `<what goes wrong>; <the way out> (see <link>)`, and reads the options that
/// all checks share.
class ConcordCheck : public ClangTidyCheck {
public:
  ConcordCheck(StringRef Name, ClangTidyContext *Context);

protected:
  /// Starts a finding at \p Loc (where the reader must act).
  ///
  /// \p Message is one line of lower case ASCII without '[': what goes wrong, a
  /// semicolon, the way out. It may contain clang's placeholders (`%0`); the
  /// link is appended here.
  Finding finding(SourceLocation Loc, StringRef Message);

private:
  friend class Finding;

  GuidelineLink Link;
  /// The page of the check's guideline.
  std::string Url;
  llvm::DenseSet<SourceLocation> Reported;
};

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_CONCORDCHECK_H
