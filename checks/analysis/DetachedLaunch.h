//===--- DetachedLaunch.h - Is a thread started detached? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_DETACHEDLAUNCH_H
#define CONCORD_ANALYSIS_DETACHEDLAUNCH_H

#include "vocabulary/Vocabulary.h"
#include <cstdint>

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

enum class DetachedLaunch : uint8_t {
  No,
  AtOnce,   ///< by an attribute
  ByItself, ///< the thread detaches itself
  Unknown,  ///< the attributes come from elsewhere
};

/// Whether the thread that \p Launch in \p Function starts is joinable.
DetachedLaunch detachedLaunch(UnitFacts &Facts, const FunctionInfo &Function,
                              const KnownCall &Launch);

/// True if \p Call detaches the thread it runs on: its object is the result of
/// a call without arguments.
bool detachesSelf(const KnownCall &Call);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_DETACHEDLAUNCH_H
