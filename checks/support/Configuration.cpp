//===--- Configuration.cpp ------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "support/Configuration.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::concord {

void reportInEditor(ClangTidyCheck &Check, const SourceManager &Sources,
                    const llvm::Twine &Message) {
  Check.diag(Sources.getLocForStartOfFile(Sources.getMainFileID()), "%0")
      << Message.str();
}

void reportConfiguration(ClangTidyCheck &Check, const ClangTidyContext &Run,
                         const SourceManager &Sources,
                         const llvm::Twine &Message) {
  if (Run.areDiagsSelfContained())
    reportInEditor(Check, Sources, Message);
  else
    Check.configurationDiag("%0", DiagnosticIDs::Error) << Message.str();
}

} // namespace clang::tidy::concord
