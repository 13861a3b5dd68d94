//===--- MutexKind.h - Can a mutex be taken twice? --------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_MUTEXKIND_H
#define CONCORD_ANALYSIS_MUTEXKIND_H

#include "analysis/AccessPath.h"
#include "vocabulary/Vocabulary.h"

namespace clang::tidy::concord {

class UnitFacts;

/// True if a thread may take \p Mutex again while it holds it: its type is
/// recursive, or only its initialisation decides (pthread_mutex_t, QMutex) and
/// the unit shows a recursive one or none at all.
bool mayBeRecursive(const UnitFacts &Facts, const AccessPath &Mutex,
                    const TypeFact *Type);

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_MUTEXKIND_H
