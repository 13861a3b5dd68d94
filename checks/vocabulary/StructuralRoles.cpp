//===--- StructuralRoles.cpp - Roles of a project's own classes -*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/StructuralRoles.h"

namespace clang::tidy::concord {

std::optional<TypeFact>
StructuralRoles::find(const CXXRecordDecl *Definition) const {
  (void)Words;
  (void)Definition;
  return std::nullopt;
}

} // namespace clang::tidy::concord
