//===--- PointerAliases.h - Which object does it name? ----------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_POINTERALIASES_H
#define CONCORD_ANALYSIS_POINTERALIASES_H

#include "analysis/AccessPath.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::concord {

struct FunctionInfo;
class UnitFacts;

/// Local pointers that are set once, to what another path names.
class PointerAliases {
public:
  PointerAliases(const UnitFacts &Facts, const FunctionInfo &Function);

  /// Like `AccessPath::of` and `ofObject`, through those pointers.
  AccessPath of(const Expr *E) const { return resolved(AccessPath::of(E)); }
  AccessPath ofObject(const Expr *E) const {
    return resolved(AccessPath::ofObject(E));
  }

private:
  AccessPath resolved(AccessPath Path) const;

  llvm::DenseMap<const ValueDecl *, AccessPath> Targets;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_POINTERALIASES_H
