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
#include <type_traits>
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
///
/// Fix-its are all or nothing: if one of a finding's (or of a note's) touches a
/// macro or a system header, none of them is offered.
class Finding {
public:
  Finding(Finding &&Other) noexcept
      : Check(std::exchange(Other.Check, nullptr)), Loc(Other.Loc),
        Builder(std::move(Other.Builder)), FixIts(std::move(Other.FixIts)),
        Notes(std::move(Other.Notes)) {}
  Finding &operator=(Finding &&) = delete;
  ~Finding();

  /// Adds an argument of the message, a range, or fix-its.
  template <typename T> Finding &operator<<(const T &Argument) {
    if (!Builder)
      return *this;
    if constexpr (std::is_same_v<T, std::optional<FixItHint>>) {
      if (Argument)
        FixIts.push_back(*Argument);
    } else if constexpr (std::is_convertible_v<const T &,
                                               ArrayRef<FixItHint>>) {
      const ArrayRef<FixItHint> Hints = Argument;
      FixIts.insert(FixIts.end(), Hints.begin(), Hints.end());
    } else {
      *Builder << Argument;
    }
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
  std::vector<FixItHint> FixIts;
  std::vector<Note> Notes;
};

/// The base of every check: it reports findings in the product's one form,
/// `<what goes wrong>; <the way out> (see <link>)`, and reads the options that
/// all checks share: `concord.GuidelineLink` and `concord.DocsUrl`.
///
/// An option that no check knows, or whose value its check cannot read, is an
/// error. For that a check must write every option it reads in `storeOptions`.
class ConcordCheck : public ClangTidyCheck {
public:
  ConcordCheck(StringRef Name, ClangTidyContext *Context);

  /// Judges the user's options. A check that overrides this calls it first.
  void registerPPCallbacks(const SourceManager &SM, Preprocessor *PP,
                           Preprocessor *ModuleExpanderPP) override;
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;

protected:
  /// Starts a finding at \p Loc (where the reader must act).
  ///
  /// \p Message is one line of lower case ASCII without '[': what goes wrong, a
  /// semicolon, the way out. It may contain clang's placeholders (`%0`); the
  /// link is appended here.
  Finding finding(SourceLocation Loc, StringRef Message);

private:
  friend class Finding;

  void judgeOptions();
  void judgeOption(StringRef Key, StringRef Given,
                   const ClangTidyOptions::OptionMap &Known);
  /// False if one of \p FixIts touches what must not be edited.
  bool editable(ArrayRef<FixItHint> FixIts) const;

  const std::string Name;
  const ClangTidyContext &Run;
  GuidelineLink Link;
  std::string LinkOption;
  std::string DocsUrl;
  /// The page of the check's guideline.
  std::string Url;
  const SourceManager *Sources = nullptr;
  llvm::DenseSet<SourceLocation> Reported;
};

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_CONCORDCHECK_H
