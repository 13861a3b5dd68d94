//===--- Vocabulary.cpp - Which role does this type play? -------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Vocabulary.h"
#include "vocabulary/ClassShape.h"
#include "vocabulary/Implementation.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

Vocabulary::Vocabulary() : Impl(std::make_unique<Implementation>(*this)) {}
Vocabulary::~Vocabulary() = default;

llvm::Expected<std::unique_ptr<Vocabulary>>
Vocabulary::load(ArrayRef<UserFile> UserFiles) {
  std::unique_ptr<Vocabulary> Words(new Vocabulary);
  if (llvm::Error E = Words->Impl->Index.addFiles(UserFiles))
    return E;
  return Words;
}

bool Vocabulary::concerns(const ASTContext &Context) const {
  Impl->Index.prepare(Context);
  return Impl->Index.hasLibraries();
}

std::string Vocabulary::qualifiedName(const NamedDecl *D) {
  SmallVector<const NamedDecl *, 8> Parts{D};
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    if (const auto *Space = dyn_cast<NamespaceDecl>(C))
      if (Space->isInline() && !Space->isAnonymousNamespace())
        continue;
    if (const auto *Enum = dyn_cast<EnumDecl>(C); Enum && !Enum->isScoped())
      continue;
    if (const auto *Part = dyn_cast<NamedDecl>(C))
      Parts.push_back(Part);
  }
  std::string Name;
  for (const NamedDecl *Part : llvm::reverse(Parts)) {
    if (!Name.empty())
      Name += "::";
    if (const IdentifierInfo *Id = Part->getIdentifier())
      Name += Id->getName();
    else if (Part->getDeclName())
      Name += Part->getDeclName().getAsString();
    else
      Name += "(anonymous)";
  }
  return Name;
}

const CallFact *TypeFact::method(StringRef Name, unsigned Arguments) const {
  const CallFact *Best = nullptr;
  int BestLast = -1;
  for (const CallFact &Fact : Methods) {
    if (!llvm::is_contained(Fact.Names, Name))
      continue;
    int Last = -1;
    if (!Fact.accepts(Arguments, &Last) || Last < BestLast ||
        (Best && Last == BestLast))
      continue;
    Best = &Fact;
    BestLast = Last;
  }
  return Best;
}

bool CallFact::accepts(unsigned Count, int *Last) const {
  if (Arguments != NoArgument && unsigned(Arguments) != Count)
    return false;
  int Largest = Arguments == NoArgument ? -1 : Arguments;
  for (int Index : {Object, Lock, Predicate, Callable, Out, Data, this->Count,
                    Timeout, StopToken}) {
    if (Index == NoArgument || Index == AllArguments)
      continue;
    int Needed = Index < 0 ? -Index : Index + 1;
    if (unsigned(Needed) > Count)
      return false;
    Largest = std::max(Largest, Needed - 1);
  }
  if (Last)
    *Last = Largest;
  return true;
}

const TagDecl *tagOf(QualType T) {
  if (T.isNull())
    return nullptr;
  if (const TagDecl *Tag = T->getAsTagDecl())
    return Tag;
  TemplateName Name;
  if (const auto *Special = T->getAs<TemplateSpecializationType>())
    Name = Special->getTemplateName();
  else if (const auto *Deduced = T->getAs<DeducedTemplateSpecializationType>())
    Name = Deduced->getTemplateName();
  if (const TemplateDecl *Template = Name.getAsTemplateDecl())
    return dyn_cast_or_null<TagDecl>(Template->getTemplatedDecl());
  return nullptr;
}

const TypeFact *Vocabulary::type(QualType T) const {
  if (T.isNull())
    return nullptr;
  const clang::Type *Written = T.getTypePtr();
  auto Known = Impl->Types.find(Written);
  if (Known != Impl->Types.end())
    return Known->second;
  const TypeFact *Fact = nullptr;
  const clang::Type *Current = Written;
  while (!Fact) {
    if (const auto *Alias = dyn_cast<TypedefType>(Current)) {
      Impl->Index.prepare(Alias->getDecl()->getASTContext());
      Fact = Impl->Index.type(Alias->getDecl());
    }
    const clang::Type *Next =
        Current->getLocallyUnqualifiedSingleStepDesugaredType().getTypePtr();
    if (Next == Current)
      break;
    Current = Next;
  }
  if (!Fact && isa<AtomicType>(Current))
    Fact = Impl->Index.type("_Atomic");
  if (!Fact)
    if (const TagDecl *Tag = tagOf(QualType(Current, 0)))
      Fact = Impl->tag(Tag);
  // While a class is judged, its own type has no answer yet.
  if (Fact || !Impl->Judging)
    Impl->Types[Written] = Fact;
  return Fact;
}

const TypeFact *Vocabulary::record(const CXXRecordDecl *Record) const {
  return Record ? Impl->tag(Record) : nullptr;
}

bool Vocabulary::is(QualType Type, Role R) const {
  const TypeFact *Fact = type(Type);
  return Fact && Fact->is(R);
}

const TypeFact *Vocabulary::Implementation::tag(const TagDecl *D) {
  const Decl *Key = D->getCanonicalDecl();
  auto [Known, New] = Records.try_emplace(Key, nullptr);
  if (!New)
    return Known->second;
  Index.prepare(D->getASTContext());
  const NamedDecl *Named = D;
  if (!D->getIdentifier())
    Named = D->getTypedefNameForAnonDecl();
  const TypeFact *Fact = Named ? Index.type(Named) : nullptr;
  if (const auto *Record = dyn_cast<CXXRecordDecl>(D); Record && !Fact) {
    ++Judging;
    Fact = makeRecord(Record);
    --Judging;
  }
  return Records[Key] = Fact;
}

/// A class that no file names: by its bases, then by its structure. Only an
/// instantiation knows its members' types; one that the unit does not complete
/// is judged by its pattern.
const TypeFact *Vocabulary::Implementation::makeRecord(const CXXRecordDecl *D) {
  if (const CXXRecordDecl *Pattern = D->getTemplateInstantiationPattern())
    if (Pattern != D && Pattern->getDefinition() && !D->getDefinition())
      return tag(Pattern);
  const CXXRecordDecl *Definition = D->getDefinition();
  if (!Definition || Definition->isLambda() || Definition->isInvalidDecl())
    return nullptr;
  if (const TypeFact *Base = derivedFact(Definition))
    return Base;
  if (std::optional<TypeFact> Found = Structure.find(Definition)) {
    MadeTypes.push_back(std::move(*Found));
    return &MadeTypes.back();
  }
  return nullptr;
}

/// The destructor of a class that derives from a thread may wait for it.
DestructorKind
Vocabulary::Implementation::derivedDestructor(const CXXRecordDecl *D,
                                              const TypeFact &Base) {
  BodyFacts Body = bodyFacts(D->getDestructor(), Words);
  if (Body.Joins)
    return DestructorKind::Join;
  return Body.Visible && !Body.Opaque ? Base.Destructor
                                      : DestructorKind::Unknown;
}

/// The fact that a class gets from its bases: the same, except that the class
/// has constructors and a destructor of its own.
const TypeFact *
Vocabulary::Implementation::derivedFact(const CXXRecordDecl *D) {
  for (const CXXBaseSpecifier &Base : D->bases()) {
    if (Base.getAccessSpecifier() == AS_private)
      continue;
    const TagDecl *Tag = tagOf(Base.getType());
    const TypeFact *Fact = Tag ? tag(Tag) : nullptr;
    if (!Fact || !Fact->Roles)
      continue;
    TypeFact Derived = *Fact;
    Derived.Aka.clear();
    Derived.Constructor.reset();
    if (D->hasUserDeclaredDestructor())
      Derived.Destructor = derivedDestructor(D, *Fact);
    MadeTypes.push_back(std::move(Derived));
    return &MadeTypes.back();
  }
  return nullptr;
}

static const TemplateSpecializationType *writtenSpecialization(QualType T) {
  const auto *Special = T->getAs<TemplateSpecializationType>();
  while (Special && Special->isTypeAlias())
    Special = Special->desugar()->getAs<TemplateSpecializationType>();
  return Special;
}

/// The type arguments of \p T's template, as written where that is known
/// (`std::vector<pthread_t>` keeps the typedef).
static SmallVector<QualType, 4> typeArguments(QualType T) {
  SmallVector<QualType, 4> Types;
  ArrayRef<TemplateArgument> Arguments;
  if (const auto *Special = writtenSpecialization(T))
    Arguments = Special->template_arguments();
  else if (const auto *Record =
               dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                   T->getAsCXXRecordDecl()))
    Arguments = Record->getTemplateArgs().asArray();
  for (const TemplateArgument &Argument : Arguments)
    if (Argument.getKind() == TemplateArgument::Type)
      Types.push_back(Argument.getAsType());
  return Types;
}

const TypeFact *Vocabulary::pointee(QualType Type,
                                    bool ThroughContainers) const {
  if (Type.isNull())
    return nullptr;
  SmallVector<QualType, 4> Inner;
  if (Type->isReferenceType() || Type->isAnyPointerType())
    Inner.push_back(Type->getPointeeType());
  else if (const ArrayType *Array =
               ThroughContainers ? Type->getAsArrayTypeUnsafe() : nullptr)
    Inner.push_back(Array->getElementType());
  else if (const TagDecl *Tag = tagOf(Type)) {
    Impl->Index.prepare(Tag->getASTContext());
    if (Impl->Index.isPointer(Tag) ||
        (ThroughContainers && Impl->Index.isContainer(Tag)))
      Inner = typeArguments(Type);
  }
  for (QualType Element : Inner) {
    if (const TypeFact *Fact = type(Element))
      return Fact;
    if (const TypeFact *Fact = pointee(Element, ThroughContainers))
      return Fact;
  }
  return nullptr;
}

bool Vocabulary::isSignalMarker(StringRef Word) const {
  return Impl->Index.isSignalMarker(Word);
}

bool Vocabulary::isContainer(QualType Type) const {
  if (Type.isNull() || Type->isArrayType())
    return !Type.isNull();
  const TagDecl *Tag = tagOf(Type);
  if (!Tag)
    return false;
  Impl->Index.prepare(Tag->getASTContext());
  return Impl->Index.isContainer(Tag);
}

bool Vocabulary::isHelperName(StringRef Name) const {
  return Impl->Index.isHelperName(Name);
}

bool Vocabulary::isLibrary(const Decl *D) const {
  Impl->Index.prepare(D->getASTContext());
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    const auto *Space = dyn_cast<NamespaceDecl>(C);
    if (!Space || Space->isInline() || Space->isAnonymousNamespace())
      continue;
    auto [Known, New] =
        Impl->LibraryNamespaces.try_emplace(Space->getCanonicalDecl(), false);
    if (New)
      Known->second = Impl->Index.isNamespace(Space);
    if (Known->second)
      return true;
  }
  return false;
}

} // namespace clang::tidy::concord
