//===--- CancelFunction.cpp - Who calls the function that cancels? --------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/StopHandOver.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::concord {

namespace {

/// An object that is called without arguments: `std::function<void()>`, a
/// lambda.
bool isCancelType(QualType Type) {
  const CXXRecordDecl *Record =
      Type.isNull() ? nullptr
                    : Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return false;
  return llvm::any_of(Record->methods(), [](const CXXMethodDecl *Method) {
    return Method->getOverloadedOperator() == OO_Call &&
           Method->getNumParams() == 0 && Method->getReturnType()->isVoidType();
  });
}

/// Finds out whether a function launches a task and returns what stops it.
class CancelMaker {
public:
  CancelMaker(UnitFacts &Facts, const FunctionInfo &Maker)
      : Facts(Facts), Maker(Maker) {}

  bool makesCancel() {
    bool Launches = llvm::any_of(Facts.launches(), [&](const auto &Launch) {
      return Launch.Launcher == &Maker && !Launch.Synchronous;
    });
    return Launches && returnsCancel(Maker.Body);
  }

private:
  bool returnsCancel(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Return = dyn_cast<ReturnStmt>(S))
      return hasCancel(Return->getRetValue());
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return returnsCancel(Child); });
  }

  bool hasCancel(const Stmt *S) const {
    if (!S)
      return false;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      return stops(*Lambda);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
          Variable && Variable->hasLocalStorage() && Variable->getInit() &&
          isCancelType(Variable->getType()))
        return hasCancel(Variable->getInit());
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return hasCancel(Child); });
  }

  bool stops(const LambdaExpr &Lambda) const {
    const CXXMethodDecl *Operator = Lambda.getCallOperator();
    if (Operator->getNumParams() != 0)
      return false;
    const FunctionInfo *Body = Facts.function(Operator);
    return Body &&
           Body->does({Operation::RequestStop, Operation::Close,
                       Operation::Abort, Operation::Set, Operation::SetValue,
                       Operation::AtomicStore, Operation::Interrupt,
                       Operation::Cancel, Operation::Stop});
  }

  UnitFacts &Facts;
  const FunctionInfo &Maker;
};

/// Follows one cancel function through the body of a function.
class CancelUse {
public:
  CancelUse(const FunctionInfo &Function, const ValueDecl &Whole,
            StopHandOver &Result)
      : Function(Function), Whole(Whole), Result(Result) {}

  /// \returns false if others may call it.
  bool find() {
    visit(Function.Body, {});
    return !Escapes;
  }

private:
  using Chain = llvm::SmallVector<const Stmt *, 4>;

  void visit(const Stmt *S, Chain Above) {
    if (!S || Escapes)
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && (Ref->getDecl() == Result.Source || Ref->getDecl() == &Whole))
      return use(*Ref, Above);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const LambdaCapture &Capture : Lambda->captures())
        Escapes |= Capture.capturesVariable() &&
                   (Capture.getCapturedVar() == Result.Source ||
                    Capture.getCapturedVar() == &Whole);
      for (const Expr *Init : Lambda->capture_inits())
        visit(Init, {Lambda});
      return;
    }
    if (!isa<ParenExpr, ImplicitCastExpr>(S)) {
      Above.insert(Above.begin(), S);
      if (Above.size() > 4)
        Above.pop_back();
    }
    for (const Stmt *Child : S->children())
      visit(Child, Above);
  }

  /// `cancel()`, `result.cancel()`, `result.second()`, `get<1>(result)()`.
  void use(const DeclRefExpr &Ref, const Chain &Above) {
    const Expr *Named = &Ref;
    size_t I = 0;
    if (!isCancelType(Ref.getType())) {
      const auto *Part =
          Above.empty() ? nullptr : dyn_cast<Expr>(Above.front());
      if (!Part || !isa<MemberExpr, CallExpr>(Part)) {
        Escapes = true;
        return;
      }
      // Another part of the result.
      if (!isCancelType(Part->getType())) {
        Escapes = !isa<MemberExpr>(Part) && !isGetter(*Part);
        return;
      }
      Named = Part;
      I = 1;
    }
    const auto *Call =
        I < Above.size() ? dyn_cast<CXXOperatorCallExpr>(Above[I]) : nullptr;
    if (!Call || Call->getOperator() != OO_Call ||
        Call->getArg(0)->IgnoreParenImpCasts() != Named) {
      Escapes = true;
      return;
    }
    Result.Triggers.insert(Call);
    if (!Result.Trigger)
      Result.Trigger = Call;
  }

  static bool isGetter(const Expr &E) {
    const auto *Call = dyn_cast<CallExpr>(&E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    return Callee && Callee->getIdentifier() && Callee->getName() == "get";
  }

  const FunctionInfo &Function;
  const ValueDecl &Whole;
  StopHandOver &Result;
  bool Escapes = false;
};

const CallExpr *callIn(const Expr *Init) {
  for (unsigned Depth = 0; Init && Depth < 6; ++Depth) {
    Init = Init->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Init))
      Init = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Init))
      Init = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Init))
      Init = Bound->getSubExpr();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
             Construct && Construct->getNumArgs() == 1)
      Init = Construct->getArg(0);
    else
      break;
  }
  return dyn_cast_or_null<CallExpr>(Init);
}

/// The variable or binding that holds the cancel function in \p Variable; null
/// if there is none, or more than one.
const ValueDecl *cancelIn(const VarDecl &Variable) {
  if (isCancelType(Variable.getType()))
    return &Variable;
  const ValueDecl *Found = nullptr;
  if (const auto *Parts = dyn_cast<DecompositionDecl>(&Variable)) {
    for (const BindingDecl *Binding : Parts->bindings())
      if (!Binding->getType().isNull() && isCancelType(Binding->getType())) {
        if (Found)
          return nullptr;
        Found = Binding;
      }
    return Found;
  }
  const CXXRecordDecl *Record = Variable.getType()->getAsCXXRecordDecl();
  if (!Record || !Record->hasDefinition())
    return nullptr;
  if (const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(Record)) {
    llvm::SmallVector<TemplateArgument, 4> Arguments;
    for (const TemplateArgument &Argument :
         Special->getTemplateArgs().asArray())
      if (Argument.getKind() == TemplateArgument::Pack)
        Arguments.append(Argument.pack_begin(), Argument.pack_end());
      else
        Arguments.push_back(Argument);
    return llvm::count_if(Arguments,
                          [](const TemplateArgument &Argument) {
                            return Argument.getKind() ==
                                       TemplateArgument::Type &&
                                   isCancelType(Argument.getAsType());
                          }) == 1
               ? &Variable
               : nullptr;
  }
  return llvm::count_if(Record->fields(),
                        [](const FieldDecl *Field) {
                          return isCancelType(Field->getType());
                        }) == 1
             ? &Variable
             : nullptr;
}

} // namespace

std::vector<StopHandOver> cancelFunctions(UnitFacts &Facts,
                                          const FunctionInfo &Function) {
  std::vector<StopHandOver> Found;
  for (const VarDecl *Variable : Function.Variables) {
    const CallExpr *Call =
        Variable->hasLocalStorage() ? callIn(Variable->getInit()) : nullptr;
    const FunctionInfo *Maker = Call ? Facts.callee(Call) : nullptr;
    if (!Maker || Maker == &Function)
      continue;
    StopHandOver Use;
    Use.Source = cancelIn(*Variable);
    Use.Maker = Call;
    if (Use.Source && CancelMaker(Facts, *Maker).makesCancel() &&
        CancelUse(Function,
                  isa<BindingDecl>(Use.Source) ? *Use.Source : *Variable, Use)
            .find())
      Found.push_back(std::move(Use));
  }
  return Found;
}

} // namespace clang::tidy::concord
