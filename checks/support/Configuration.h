//===--- Configuration.h - What is wrong with the options -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_SUPPORT_CONFIGURATION_H
#define CONCORD_SUPPORT_CONFIGURATION_H

#include "clang-tidy/ClangTidyCheck.h"

namespace clang::tidy::concord {

/// Says what is wrong with the configuration. In clang-tidy it is an error
/// without a place, and the run fails. An editor shows nothing that has no
/// place: there it is a warning at the beginning of the file.
void reportConfiguration(ClangTidyCheck &Check, const ClangTidyContext &Run,
                         const SourceManager &Sources,
                         const llvm::Twine &Message);

/// The same where it is known that an editor asks.
void reportInEditor(ClangTidyCheck &Check, const SourceManager &Sources,
                    const llvm::Twine &Message);

} // namespace clang::tidy::concord

#endif // CONCORD_SUPPORT_CONFIGURATION_H
