//===--- ChannelCapacityCheck.h ---------------------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_CHANNEL_CHANNELCAPACITYCHECK_H
#define CONCORD_CHANNEL_CHANNELCAPACITYCHECK_H

#include "analysis/UnitFacts.h"

namespace clang::tidy::concord {

/// Finds channels and bounded queues whose capacity is a number that nothing
/// explains.
class ChannelCapacityCheck : public FactsCheck {
public:
  ChannelCapacityCheck(StringRef Name, ClangTidyContext *Context);
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void storeOptions(ClangTidyOptions::OptionMap &Options) override;

private:
  void checkCapacity(const Expr *Capacity, const TypeFact &Channel,
                     const FunctionInfo *Around, UnitFacts &Facts);
  bool isAccepted(uint64_t Value, const CapacityFact &Fact) const;

  const uint64_t MaxCapacity;
  const bool AllowNamedConstants;
};

} // namespace clang::tidy::concord

#endif // CONCORD_CHANNEL_CHANNELCAPACITYCHECK_H
