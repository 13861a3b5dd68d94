//===--- PayloadType.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/PayloadType.h"
#include "analysis/MayWait.h"
#include "vocabulary/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

bool isNamed(const CXXRecordDecl *Record, StringRef Name) {
  return Record && Record->getIdentifier() && Record->getName() == Name;
}

bool isSmartPointer(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || !Record->getIdentifier() ||
      !(Record->getName().ends_with_insensitive("ptr") ||
        Record->getName().ends_with_insensitive("pointer")))
    return false;
  ASTContext &Context = Record->getASTContext();
  bool Found = false;
  auto Has = [&](const CXXRecordDecl *R) {
    return !R->lookup(Context.DeclarationNames.getCXXOperatorName(OO_Arrow))
                .empty();
  };
  Found = Has(Record);
  Record->forallBases([&](const CXXRecordDecl *Base) {
    Found |= Has(Base);
    return !Found;
  });
  return Found;
}

QualType pointeeOf(QualType Pointer) {
  if (Pointer->isPointerType())
    return Pointer->getPointeeType();
  const auto *Special = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Pointer->getAsCXXRecordDecl());
  if (!Special || Special->getTemplateArgs().size() == 0 ||
      Special->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  return Special->getTemplateArgs()[0].getAsType();
}

bool synchronises(QualType Type, const Vocabulary &Words, unsigned Depth) {
  constexpr unsigned MaxDepth = 3;
  if (Type.isNull())
    return true;
  Type = Type.getCanonicalType().getNonReferenceType();
  if (Type->isAtomicType() || Type.isVolatileQualified())
    return true;
  const Type::TypeClass Class = Type->getTypeClass();
  if (Class == Type::ConstantArray)
    return synchronises(Type->getAsArrayTypeUnsafe()->getElementType(), Words,
                        Depth + 1);
  const TypeFact *Fact = Words.type(Type);
  if (Fact && Fact->Roles)
    return true;
  const auto *Record = Type->getAs<RecordType>();
  if (!Record || isStandard(Record->getDecl()))
    return false;
  const RecordDecl *Definition = Record->getDecl()->getDefinition();
  if (!Definition)
    return true;
  if (Depth >= MaxDepth)
    return false;
  if (const auto *Derived = dyn_cast<CXXRecordDecl>(Definition))
    for (const CXXBaseSpecifier &Base : Derived->bases())
      if (synchronises(Base.getType(), Words, Depth + 1))
        return true;
  return llvm::any_of(Definition->fields(), [&](const FieldDecl *Field) {
    if (Words.pointee(Field->getType()))
      return true;
    return !Field->getType()->isPointerType() &&
           !Field->getType()->isReferenceType() &&
           synchronises(Field->getType(), Words, Depth + 1);
  });
}

bool movesAway(QualType Type, const ASTContext &Context) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition() || Type.isConstQualified() ||
      Type.isTriviallyCopyableType(Context))
    return false;
  return Record->hasMoveConstructor();
}

} // namespace clang::tidy::concord
