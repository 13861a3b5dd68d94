//===--- SharedOwner.cpp --------------------------------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/SharedOwner.h"
#include "analysis/UnitFacts.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::concord {

namespace {

/// True if \p Type is a class template over \p Record or a base of it.
bool pointsTo(QualType Type, const CXXRecordDecl &Record) {
  const auto *Smart = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Smart || Smart->getTemplateArgs().size() == 0 ||
      Smart->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Pointee =
      Smart->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  return Pointee && (declaresSameEntity(Pointee, &Record) ||
                     (Record.hasDefinition() && Record.isDerivedFrom(Pointee)));
}

bool waits(const FunctionInfo &Function) {
  return Function.does(
      {Operation::Join, Operation::TimedJoin, Operation::Get, Operation::Wait,
       Operation::TimedWait, Operation::WaitAll, Operation::ConditionWait,
       Operation::AwaitCondition, Operation::ArriveAndWait, Operation::Acquire,
       Operation::Receive, Operation::Stop, Operation::Sleep});
}

bool mayWait(UnitFacts &Facts, const FunctionInfo &Function, unsigned Depth) {
  if (waits(Function))
    return true;
  for (const Expr *Call : Function.OtherCalls) {
    if (!isa<CallExpr>(Call))
      continue;
    const FunctionInfo *Callee = Facts.callee(Call);
    const FunctionDecl *Called = cast<CallExpr>(Call)->getDirectCallee();
    if (!Callee && Called && Facts.vocabulary().isLibrary(Called))
      continue;
    if (!Callee || Depth == 0 || mayWait(Facts, *Callee, Depth - 1))
      return true;
  }
  return false;
}

} // namespace

bool holdsOwner(const TaskLaunch &Launch, const CXXRecordDecl &Record) {
  for (const TaskReach &Reach : Launch.Reaches)
    if (Reach.How == TaskReach::Value && Reach.Variable &&
        pointsTo(Reach.Variable->getType(), Record))
      return true;
  if (!Launch.Lambda)
    return false;
  for (const LambdaCapture &Capture : Launch.Lambda->captures())
    if (Capture.capturesVariable() &&
        pointsTo(Capture.getCapturedVar()->getType(), Record))
      return true;
  return false;
}

bool mayWaitInDestructor(UnitFacts &Facts, const CXXRecordDecl &Record) {
  const CXXRecordDecl *Definition = Record.getDefinition();
  if (!Definition || Definition->getNumBases() != 0)
    return true;
  for (const FieldDecl *Field : Definition->fields()) {
    const TypeFact *Type = Facts.vocabulary().type(Field->getType());
    if (Type && (Type->is(Role::Scope) || Type->is(Role::TaskGroup)))
      return true;
  }
  const CXXDestructorDecl *Destructor = Definition->getDestructor();
  if (!Destructor || Destructor->isImplicit() || Destructor->isDefaulted())
    return false;
  const FunctionInfo *Body = Facts.function(Destructor);
  return !Body || mayWait(Facts, *Body, 2);
}

} // namespace clang::tidy::concord
