//===--- JoiningThread.h - May this thread join by itself? ------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_JOININGTHREAD_H
#define CONCORD_ANALYSIS_JOININGTHREAD_H

#include "analysis/HandleState.h"

namespace clang::tidy::concord {

/// The edits that make the threads of a variable join by themselves.
struct JoiningThreadEdits {
  /// Where the name of the thread's type is written: in the declaration, and in
  /// what is assigned or pushed.
  llvm::SmallVector<SourceRange, 2> TypeNames;
  /// Statements that are superfluous then, their semicolon not included: joins
  /// directly before the variable dies anyway.
  llvm::SmallVector<SourceRange, 2> Superfluous;
};

/// Judges whether \p Handle, a variable of \p Function whose type is written as
/// the language's thread, may have the type of its joining sibling instead:
/// every use of it compiles with that type, and the task means the same (it
/// takes no stop token that it would be given now).
/// \returns nothing if not, or if the language has no such type.
std::optional<JoiningThreadEdits>
joiningThreadEdits(UnitFacts &Facts, const FunctionInfo &Function,
                   const LocalHandle &Handle);

/// Like above, for a member whose class only this unit uses: its last data
/// member, so that what the task uses lives until it has ended. A task that
/// loops must have a destructor that may end it.
std::optional<JoiningThreadEdits> joiningThreadEdits(UnitFacts &Facts,
                                                     const FieldDecl &Member,
                                                     const MemberEnd &End);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_JOININGTHREAD_H
