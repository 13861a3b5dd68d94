//===--- ConcordModule.cpp - Hands the checks to clang-tidy ---------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AllChecks.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "support/Compat.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace clang::tidy::concord {
namespace {

/// Ends a clang-tidy of another LLVM release as it loads the plugin.
///
/// Without it such a clang-tidy lists the checks, finds nothing and succeeds:
/// the C++ interface of LLVM differs between releases. The interface is kept
/// within one major.minor, so the patch number does not count.
struct LoadGuard {
  LoadGuard() {
    const std::string Host = hostVersion();
    if (Host == CONCORD_LLVM_VERSION)
      return;
    llvm::errs() << "error: concord is built for LLVM " CONCORD_LLVM_VERSION
                    " and cannot work in the clang-tidy of LLVM "
                 << Host
                 << "; run clang-tidy of LLVM " CONCORD_LLVM_VERSION
                    " or build concord for LLVM "
                 << Host << '\n';
    llvm::errs().flush();
    // Not exit(): the host is in the middle of dlopen.
    std::_Exit(EXIT_FAILURE);
  }

  /// The major.minor of the clang that runs, from its version text.
  static std::string hostVersion() {
    const std::string Text = getClangFullVersion();
    const StringRef Version =
        StringRef(Text).split("clang version ").second.take_while([](char C) {
          return C == '.' || (C >= '0' && C <= '9');
        });
    const auto [Major, Rest] = Version.split('.');
    return (Major + "." + Rest.split('.').first).str();
  }
};

const LoadGuard Guard;

/// What `concord-tidy` passes. A clang-tidy that cannot load a plugin says so,
/// goes on without it and succeeds; at a flag that it does not know it stops.
const llvm::cl::opt<bool>
    Loaded("concord-is-loaded", llvm::cl::Hidden,
           llvm::cl::desc("Stops a clang-tidy that could not load Concord."));

class ConcordModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    (void)Factories; // Unused while the list is empty.
#define CONCORD_CHECK(CLASS, NAME, FAMILY, TIER, GUIDELINE, FIX)               \
  Factories.registerCheck<CLASS>("concord-" NAME);
#include "Checks.def"
  }
};

const ClangTidyModuleRegistry::Add<ConcordModule>
    Registration("concord-module", "Finds concurrency anti-patterns.");

} // namespace
} // namespace clang::tidy::concord
