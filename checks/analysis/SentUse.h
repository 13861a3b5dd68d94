//===--- SentUse.h - What does this expression do to it? --------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef CONCORD_ANALYSIS_SENTUSE_H
#define CONCORD_ANALYSIS_SENTUSE_H

#include "analysis/Handover.h"
#include "analysis/StateAccess.h"

namespace clang::tidy::concord {

/// What one mention of a variable or field does to an object that was sent.
struct SentUse {
  enum Kind : uint8_t {
    None,
    Renewal, ///< from here on the name stands for something else
    Read,
    Write,
  };
  Kind What = None;
  /// The whole expression that names the part of the object.
  const Expr *Whole = nullptr;
};

/// Judges the mentions of one function.
class SentUses {
public:
  SentUses(UnitFacts &Facts, const FunctionInfo &Function,
           const PointerAliases &Aliases)
      : Facts(Facts), Function(Function), Aliases(Aliases) {}

  /// \p E is any expression; one that is no mention does nothing.
  SentUse of(const Expr &E, const Handover &Sent);

private:
  struct Mention {
    const Expr *Whole = nullptr;
    AccessPath Path;
    StateAccess::Kind Access = StateAccess::Read;
    const Expr *Operation = nullptr;
  };

  const Mention &mention(const Expr &E);
  const Expr *wholeOf(const Expr &E) const;
  SentUse::Kind ofMoved(const Mention &M, const Handover &Sent) const;
  SentUse::Kind ofShared(const Mention &M, const Handover &Sent);
  SentUse::Kind ofAccess(const Mention &M, bool ThroughPointer);
  SentUse::Kind ofCall(const CallExpr &Call, const Expr &Whole);
  SentUse::Kind ofCallee(const FunctionInfo &Callee, const ValueDecl *Root);
  const Stmt *around(const Expr &E) const;

  UnitFacts &Facts;
  const FunctionInfo &Function;
  const PointerAliases &Aliases;
  llvm::DenseMap<const Expr *, Mention> Mentions;
};

} // namespace clang::tidy::concord

#endif // CONCORD_ANALYSIS_SENTUSE_H
