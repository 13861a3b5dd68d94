//===--- SleepLength.cpp - How long is this sleep? ------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "analysis/SleepLength.h"
#include "analysis/StateAccess.h"
#include "analysis/Surroundings.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

namespace clang::tidy::concord {

namespace {

using Number = std::optional<double>;

constexpr unsigned MaxDepth = 12;

/// The seconds of the unit that \p Name, of a function or parameter, says.
Number unitIn(StringRef Name) {
  const std::string Lower = Name.lower();
  auto Has = [&](StringRef Word) { return StringRef(Lower).contains(Word); };
  if (Has("milli") || Has("msec") || Lower == "ms" ||
      StringRef(Lower).ends_with("_ms"))
    return 1e-3;
  if (Has("micro") || Has("usec") || Lower == "us" ||
      StringRef(Lower).ends_with("_us"))
    return 1e-6;
  if (Has("nano") || Has("nsec") || Lower == "ns")
    return 1e-9;
  if (Has("minute"))
    return 60;
  if (Has("hour"))
    return 3600;
  return Has("sec") ? Number(1) : std::nullopt;
}

/// The seconds of the unit that the number at \p Index of a call of the sleep
/// \p Callee counts: `usleep`, `Sleep(DWORD milliseconds)`.
Number unitOfSleep(const FunctionDecl &Callee, unsigned Index) {
  if (!Callee.getDeclName().isIdentifier())
    return std::nullopt;
  const StringRef Name = Callee.getName();
  const size_t At = Name.find("sleep");
  if (At != StringRef::npos && At != 0) {
    if (Name[At - 1] == 'u')
      return 1e-6;
    if (Name[At - 1] == 'm')
      return 1e-3;
  }
  if (Number Said = unitIn(Name))
    return Said;
  if (Index < Callee.getNumParams())
    if (Number Said = unitIn(Callee.getParamDecl(Index)->getName()))
      return Said;
  return Name == "sleep" ? Number(1) : std::nullopt;
}

/// The value of `ratio<N, D>`, or nothing.
Number ratioOf(const TemplateArgument &Argument) {
  if (Argument.getKind() != TemplateArgument::Type)
    return std::nullopt;
  const auto *Ratio = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Argument.getAsType()->getAsCXXRecordDecl());
  if (!Ratio || Ratio->getName() != "ratio")
    return std::nullopt;
  llvm::ArrayRef<TemplateArgument> Parts = Ratio->getTemplateArgs().asArray();
  if (Parts.size() != 2 || Parts[0].getKind() != TemplateArgument::Integral ||
      Parts[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  double Below = double(Parts[1].getAsIntegral().getExtValue());
  if (Below == 0)
    return std::nullopt;
  return double(Parts[0].getAsIntegral().getExtValue()) / Below;
}

/// The seconds of one tick of \p Type, a `duration<Rep, Period>`.
Number tickOf(QualType Type) {
  const auto *Record = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  if (!Record || Record->getName() != "duration" ||
      Record->getTemplateArgs().size() < 2)
    return std::nullopt;
  return ratioOf(Record->getTemplateArgs().get(1));
}

Number numberIn(const APValue &Value) {
  if (Value.isInt())
    return double(Value.getInt().getExtValue());
  // No copy of it: APFloat's inline functions name data of this release's LLVM,
  // and the plugin could not be loaded, and refuse, elsewhere.
  if (Value.isFloat())
    return Value.getFloat().convertToDouble();
  if (Value.isStruct() && Value.getStructNumBases() == 0 &&
      Value.getStructNumFields() == 1)
    return numberIn(Value.getStructField(0));
  return std::nullopt;
}

/// Wrappers that do not change the value.
const Expr *strip(const Expr *E) {
  for (unsigned Depth = 0; E && Depth < MaxDepth; ++Depth) {
    const Expr *Inner = E->IgnoreParenImpCasts();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Inner))
      Inner = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Bound->getSubExpr();
    else if (const auto *Constant = dyn_cast<ConstantExpr>(Inner))
      Inner = Constant->getSubExpr();
    if (Inner == E)
      break;
    E = Inner;
  }
  return E;
}

/// Reads the lengths of times in one function, and in its caller.
class Reader {
public:
  Reader(const UnitFacts &Facts, const FunctionInfo &Function,
         const Expr *Outer, const FunctionInfo *Caller)
      : Facts(Facts), Function(Function), Outer(Outer), Caller(Caller) {}

  /// \p Unit is that of plain numbers.
  Number time(const Expr *E, Number Unit, unsigned Depth = 0) const {
    E = strip(E);
    if (!E || Depth > MaxDepth || E->isTypeDependent() ||
        E->isValueDependent() || E->containsErrors())
      return std::nullopt;
    if (E->getType()->isPointerType())
      return timespec(E, Depth);
    if (E->getType()->isArithmeticType()) {
      Number Length = Unit ? number(E, Depth) : std::nullopt;
      return Length ? Number(*Length * *Unit) : std::nullopt;
    }
    Number Tick = tickOf(E->getType());
    if (Tick)
      if (Number Count = constant(E))
        return *Count * *Tick;
    return parts(E, Tick, Depth);
  }

private:
  /// A duration or a point in time that is no constant, by what makes it.
  Number parts(const Expr *E, Number Tick, unsigned Depth) const {
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      return made(Cast->getSubExpr(), Tick, Depth);
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      return combined(*Operator, Depth);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      return Construct->getNumArgs() >= 1
                 ? made(Construct->getArg(0), Tick, Depth)
                 : std::nullopt;
    if (const auto *List = dyn_cast<InitListExpr>(E))
      return List->getNumInits() == 1 ? made(List->getInit(0), Tick, Depth)
                                      : std::nullopt;
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return called(*Call, Depth);
    return variable(E, [&](const Reader &In, const Expr *Init) {
      return In.time(Init, std::nullopt, Depth + 1);
    });
  }

  /// `seconds(n)`, `milliseconds(seconds(3))`.
  Number made(const Expr *Argument, Number Tick, unsigned Depth) const {
    Argument = strip(Argument);
    if (!Argument)
      return std::nullopt;
    if (!Argument->getType()->isArithmeticType())
      return time(Argument, std::nullopt, Depth + 1);
    Number Count = number(Argument, Depth + 1);
    return Count && Tick ? Number(*Count * *Tick) : std::nullopt;
  }

  /// `duration_cast<seconds>(x)`, `absl::Seconds(n)`.
  Number called(const CallExpr &Call, unsigned Depth) const {
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee || !Callee->getIdentifier() || Call.getNumArgs() != 1)
      return std::nullopt;
    if (strip(Call.getArg(0))->getType()->isArithmeticType())
      return time(Call.getArg(0), unitIn(Callee->getName()), Depth + 1);
    return Callee->getName() == "duration_cast"
               ? time(Call.getArg(0), std::nullopt, Depth + 1)
               : std::nullopt;
  }

  static bool isNow(const Expr *E) {
    const auto *Call = dyn_cast_or_null<CallExpr>(strip(E));
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    return Callee && Callee->getIdentifier() && Callee->getName() == "now";
  }

  /// `now() + 5s`, `2 * interval`.
  Number combined(const CXXOperatorCallExpr &E, unsigned Depth) const {
    if (E.getNumArgs() != 2)
      return std::nullopt;
    const Expr *Left = strip(E.getArg(0)), *Right = strip(E.getArg(1));
    if (E.getOperator() == OO_Plus) {
      if (isNow(Left))
        return time(Right, std::nullopt, Depth + 1);
      Number A = time(Left, std::nullopt, Depth + 1);
      Number B = time(Right, std::nullopt, Depth + 1);
      return A && B ? Number(*A + *B) : std::nullopt;
    }
    if (E.getOperator() != OO_Star)
      return std::nullopt;
    if (Left->getType()->isArithmeticType())
      std::swap(Left, Right);
    Number A = time(Left, std::nullopt, Depth + 1);
    Number B = number(Right, Depth + 1);
    return A && B ? Number(*A * *B) : std::nullopt;
  }

  /// `&ts` of a `timespec ts = {5, 0}`, or a compound literal.
  Number timespec(const Expr *E, unsigned Depth) const {
    const auto *Address = dyn_cast<UnaryOperator>(E);
    if (!Address || Address->getOpcode() != UO_AddrOf)
      return std::nullopt;
    const Expr *Object = strip(Address->getSubExpr());
    if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Object))
      return fields(strip(Literal->getInitializer()), Depth);
    const auto *Ref = dyn_cast<DeclRefExpr>(Object);
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Variable || !Variable->hasLocalStorage())
      return std::nullopt;
    return assigned(*Variable, Depth);
  }

  Number fields(const Expr *Init, unsigned Depth) const {
    const auto *List = dyn_cast_or_null<InitListExpr>(Init);
    if (List && List->isSyntacticForm() && List->getSemanticForm())
      List = List->getSemanticForm();
    if (!List || List->getNumInits() < 1)
      return std::nullopt;
    Number Seconds = number(strip(List->getInit(0)), Depth + 1);
    if (!Seconds || List->getNumInits() < 2)
      return Seconds;
    Number Nanoseconds = number(strip(List->getInit(1)), Depth + 1);
    return Nanoseconds ? Number(*Seconds + *Nanoseconds * 1e-9) : Seconds;
  }

  /// The seconds of \p Variable, from its initialiser or from the one
  /// assignment to its first field.
  Number assigned(const VarDecl &Variable, unsigned Depth) const {
    Number Found;
    if (const Expr *Init = Variable.getInit())
      Found = fields(strip(Init), Depth);
    unsigned Writes = 0;
    for (const VariableUse &Use : usesOf(Function, Variable)) {
      const auto *Member =
          dyn_cast_or_null<MemberExpr>(Facts.parent(Function, Use.Ref));
      const auto *Field =
          Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
      if (!Field || Field->getFieldIndex() != 0)
        continue;
      const auto *Write =
          dyn_cast_or_null<BinaryOperator>(Facts.parent(Function, Member));
      if (!Write || Write->getOpcode() != BO_Assign ||
          strip(Write->getLHS()) != Member)
        return std::nullopt;
      Found = number(strip(Write->getRHS()), Depth + 1);
      if (++Writes > 1)
        return std::nullopt;
    }
    return Found;
  }

  Number number(const Expr *E, unsigned Depth) const {
    if (!E || Depth > MaxDepth || E->isValueDependent() ||
        !E->getType()->isArithmeticType())
      return std::nullopt;
    if (Number Value = constant(E))
      return Value;
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      return number(strip(Cast->getSubExpr()), Depth + 1);
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      Number A = number(strip(Binary->getLHS()), Depth + 1);
      Number B = number(strip(Binary->getRHS()), Depth + 1);
      if (!A || !B)
        return std::nullopt;
      switch (Binary->getOpcode()) {
      case BO_Add:
        return *A + *B;
      case BO_Mul:
        return *A * *B;
      case BO_Div:
        return *B == 0 ? Number() : Number(*A / *B);
      default:
        return std::nullopt;
      }
    }
    return variable(E, [&](const Reader &In, const Expr *Init) {
      return In.number(strip(Init), Depth + 1);
    });
  }

  Number constant(const Expr *E) const {
    Expr::EvalResult Result;
    if (!E->EvaluateAsRValue(Result, Facts.context()) || Result.HasSideEffects)
      return std::nullopt;
    return numberIn(Result.Val);
  }

  /// Reads the initialiser of the variable or field \p E, or the argument for
  /// a parameter, if nothing changes it.
  Number variable(
      const Expr *E,
      llvm::function_ref<Number(const Reader &, const Expr *)> Read) const {
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
      return Field && Field->getType().isConstQualified() &&
                     Field->getInClassInitializer()
                 ? Read(*this, Field->getInClassInitializer())
                 : std::nullopt;
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Variable ||
        (Variable->getType()->isReferenceType() && !isa<ParmVarDecl>(Variable)))
      return std::nullopt;
    bool Fixed = Variable->getType().getNonReferenceType().isConstQualified() ||
                 isOnlyRead(*Variable);
    if (!Fixed)
      return std::nullopt;
    if (const auto *Parameter = dyn_cast<ParmVarDecl>(Variable)) {
      const Expr *Argument = argumentFor(*Parameter);
      return Argument ? Read(Caller ? Reader(Facts, *Caller, nullptr, nullptr)
                                    : *this,
                             Argument)
                      : std::nullopt;
    }
    return Variable->getAnyInitializer()
               ? Read(*this, Variable->getAnyInitializer())
               : std::nullopt;
  }

  bool isOnlyRead(const VarDecl &Variable) const {
    if (!Variable.hasLocalStorage())
      return false;
    return llvm::all_of(
        usesOf(Function, Variable), [&](const VariableUse &Use) {
          const Expr *Operation = nullptr, *Value = nullptr;
          return !Use.Nested && accessKind(Facts, Function, Use.Ref, Operation,
                                           Value) == StateAccess::Read;
        });
  }

  const Expr *argumentFor(const ParmVarDecl &Parameter) const {
    const auto *Call = dyn_cast_or_null<CallExpr>(Outer);
    unsigned Index = Parameter.getFunctionScopeIndex();
    if (!Call || Parameter.getDeclContext() != Function.Function)
      return nullptr;
    unsigned Skip = isa<CXXOperatorCallExpr>(Call) &&
                    isa_and_nonnull<CXXMethodDecl>(Call->getCalleeDecl());
    if (Index + Skip >= Call->getNumArgs())
      return nullptr;
    const Expr *Argument = Call->getArg(Index + Skip);
    if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Argument))
      return Default->getExpr();
    return Argument;
  }

  const UnitFacts &Facts;
  const FunctionInfo &Function;
  const Expr *Outer;
  const FunctionInfo *Caller;
};

} // namespace

std::optional<double> secondsOf(const UnitFacts &Facts,
                                const FunctionInfo &Function,
                                const KnownCall &Wait, const Expr *Outer,
                                const FunctionInfo *Caller) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Wait.Site);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return std::nullopt;
  const int Index = Wait.Fact->Timeout == NoArgument ? 0 : Wait.Fact->Timeout;
  const Expr *Timeout = Wait.argument(Index);
  if (!Timeout || Index < 0)
    return std::nullopt;
  return Reader(Facts, Function, Outer, Caller)
      .time(Timeout, unitOfSleep(*Callee, unsigned(Index)));
}

std::string durationText(double Seconds) {
  auto Text = [](double Value, llvm::StringRef Unit) {
    bool Whole = std::fabs(Value - std::round(Value)) < 0.05;
    std::string Result;
    llvm::raw_string_ostream(Result)
        << llvm::format(Whole ? "%.0f" : "%.1f", Value) << ' ' << Unit;
    return Result;
  };
  if (Seconds < 1)
    return Text(Seconds * 1000, "ms");
  if (Seconds >= 3600 && std::fmod(Seconds, 3600) == 0)
    return Text(Seconds / 3600, "h");
  if (Seconds >= 60 && std::fmod(Seconds, 60) == 0)
    return Text(Seconds / 60, "min");
  return Text(Seconds, "s");
}

} // namespace clang::tidy::concord
