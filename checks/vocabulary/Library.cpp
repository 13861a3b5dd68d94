//===--- Library.cpp - A vocabulary file, read ------------------*- C++ -*-===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vocabulary/Library.h"
#include "vocabulary/Names.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include <set>

using namespace clang::tidy::concord;
using llvm::StringRef;

namespace {

/// An argument position: a number, or `all`.
struct Position {
  int Value;
  bool operator==(const Position &Other) const { return Value == Other.Value; }
};

/// A call that must have a name, unlike the constructor of a type.
struct NamedCall {
  CallFact Fact;
};

/// What the reading functions share.
struct Reading {
  /// The method sets that types may use.
  std::set<std::string> Sets;
  /// The first error, complete with its place.
  std::string Error;
  /// The text that a scalar reader returns as an error must outlive it.
  std::string ScalarError;
};

} // namespace

LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(clang::tidy::concord::Role)
LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(clang::tidy::concord::Trait)
LLVM_YAML_IS_SEQUENCE_VECTOR(NamedCall)
LLVM_YAML_IS_SEQUENCE_VECTOR(clang::tidy::concord::MethodSet)
LLVM_YAML_IS_SEQUENCE_VECTOR(clang::tidy::concord::TypeEntry)
LLVM_YAML_IS_SEQUENCE_VECTOR(clang::tidy::concord::Rewrite)
LLVM_YAML_IS_SEQUENCE_VECTOR(clang::tidy::concord::Forwarder)
LLVM_YAML_IS_SEQUENCE_VECTOR(clang::tidy::concord::Wrapper)

namespace llvm::yaml {

template <> struct ScalarTraits<Position> {
  static void output(const Position &P, void *, raw_ostream &OS) {
    OS << P.Value;
  }
  static StringRef input(StringRef Text, void *, Position &P) {
    if (Text == "all") {
      P.Value = AllArguments;
      return {};
    }
    if (Text.getAsInteger(10, P.Value) || P.Value < -16 || P.Value > 64)
      return "expected an argument's position: 0 is the first, -1 the last, or "
             "'all'";
    return {};
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

/// Reads a word of the enumeration \p E.
template <typename E> struct WordTraits {
  static void output(const E &Value, void *, raw_ostream &OS) {
    OS << nameOf(Value);
  }
  static StringRef input(StringRef Text, void *Context, E &Value) {
    for (const Named<E> &N : names<E>())
      if (N.Name == Text) {
        Value = N.Value;
        return {};
      }
    std::string &Error = static_cast<Reading *>(Context)->ScalarError;
    Error = ("unknown word '" + Text + "'; expected one of: ").str();
    StringRef Separator;
    for (const Named<E> &N : names<E>()) {
      Error += (Separator + N.Name).str();
      Separator = ", ";
    }
    return Error;
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};
template <> struct ScalarTraits<Role> : WordTraits<Role> {};
template <> struct ScalarTraits<Trait> : WordTraits<Trait> {};
template <> struct ScalarTraits<Operation> : WordTraits<Operation> {};
template <> struct ScalarTraits<BlockingKind> : WordTraits<BlockingKind> {};
template <> struct ScalarTraits<ClosedResult> : WordTraits<ClosedResult> {};
template <> struct ScalarTraits<Keep> : WordTraits<Keep> {};
template <> struct ScalarTraits<DestructorKind> : WordTraits<DestructorKind> {};
template <>
struct ScalarTraits<CapacityFact::Place> : WordTraits<CapacityFact::Place> {};

static void mapPosition(IO &Map, const char *Key, int &Field) {
  Position P{Field};
  Map.mapOptional(Key, P);
  Field = P.Value;
}

static void mapCall(IO &Map, CallFact &Fact) {
  Map.mapRequired("does", Fact.Does);
  mapPosition(Map, "object", Fact.Object);
  mapPosition(Map, "lock", Fact.Lock);
  mapPosition(Map, "predicate", Fact.Predicate);
  mapPosition(Map, "callable", Fact.Callable);
  Map.mapOptional("callable-after", Fact.CallableAfter);
  mapPosition(Map, "out", Fact.Out);
  mapPosition(Map, "data", Fact.Data);
  mapPosition(Map, "count", Fact.Count);
  mapPosition(Map, "timeout", Fact.Timeout);
  mapPosition(Map, "stop-token", Fact.StopToken);
  mapPosition(Map, "arguments", Fact.Arguments);
  Map.mapOptional("timed", Fact.Timed);
  Map.mapOptional("shared", Fact.Shared);
  Map.mapOptional("either-mode", Fact.EitherMode);
  Map.mapOptional("success-is-zero", Fact.SuccessIsZero);
  Map.mapOptional("returns-future", Fact.ReturnsFuture);
  Map.mapOptional("returns-handle", Fact.ReturnsHandle);
  Map.mapOptional("result", Fact.Result);
  Map.mapOptional("inline-maybe", Fact.InlineMaybe);
  Map.mapOptional("detached", Fact.Detached);
  Map.mapOptional("cooperative", Fact.Cooperative);
  Map.mapOptional("blocks", Fact.Blocks);
  Map.mapOptional("weak", Fact.Weak);
  Map.mapOptional("non-blocking-if", Fact.NonBlockingIf);
  Map.mapOptional("closed", Fact.Closed);
}

template <> struct MappingTraits<CallFact> {
  static void mapping(IO &Map, CallFact &Fact) { mapCall(Map, Fact); }
};

template <> struct MappingTraits<NamedCall> {
  static void mapping(IO &Map, NamedCall &Call) {
    std::string Name;
    Map.mapOptional("name", Name);
    Map.mapOptional("names", Call.Fact.Names);
    if (!Name.empty())
      Call.Fact.Names.push_back(Name);
    mapCall(Map, Call.Fact);
  }
  static std::string validate(IO &, NamedCall &Call) {
    return Call.Fact.Names.empty() ? "expected 'name' or 'names'" : "";
  }
};

static void mapCalls(IO &Map, const char *Key, std::vector<CallFact> &Facts) {
  std::vector<NamedCall> Calls;
  Map.mapOptional(Key, Calls);
  for (NamedCall &Call : Calls)
    Facts.push_back(std::move(Call.Fact));
}

template <> struct MappingTraits<GuardFact> {
  static void mapping(IO &Map, GuardFact &Guard) {
    mapPosition(Map, "mutex", Guard.Mutex);
    Map.mapOptional("shared", Guard.Shared);
    Map.mapOptional("upgrade", Guard.Upgrade);
    mapPosition(Map, "mode-argument", Guard.ModeArgument);
    Map.mapOptional("adopt", Guard.AdoptTag);
    Map.mapOptional("defer", Guard.DeferTag);
    Map.mapOptional("try", Guard.TryTag);
    Map.mapOptional("acquires-nothing", Guard.AcquiresNothing);
    Map.mapOptional("fits", Guard.Fits);
  }
};

template <> struct MappingTraits<CapacityFact> {
  static void mapping(IO &Map, CapacityFact &Capacity) {
    Map.mapOptional("where", Capacity.Where);
    mapPosition(Map, "index", Capacity.Index);
    Map.mapOptional("method", Capacity.Method);
    Map.mapOptional("smallest", Capacity.Smallest);
    Map.mapOptional("holds-one-less", Capacity.HoldsOneLess);
    Map.mapOptional("power-of-two", Capacity.PowerOfTwo);
    Map.mapOptional("hint", Capacity.Hint);
    Map.mapOptional("unbounded", Capacity.Unbounded);
    Map.mapOptional("value", Capacity.Value);
  }
};

template <typename T>
static void mapPart(IO &Map, const char *Key, std::optional<T> &Part) {
  Map.mapOptional(Key, Part);
}

template <> struct MappingTraits<TypeEntry> {
  static void mapping(IO &Map, TypeEntry &Entry) {
    TypeFact &Fact = Entry.Fact;
    std::vector<Role> Roles;
    std::vector<Trait> Traits;
    Map.mapRequired("name", Fact.Name);
    Map.mapOptional("aka", Fact.Aka);
    Map.mapOptional("roles", Roles);
    Map.mapOptional("traits", Traits);
    Map.mapOptional("typedef", Fact.Typedef);
    Map.mapOptional("uses", Entry.Uses);
    mapCalls(Map, "methods", Fact.Methods);
    mapPart(Map, "constructor", Fact.Constructor);
    mapPart(Map, "guard", Fact.Guard);
    mapPart(Map, "capacity", Fact.Capacity);
    Map.mapOptional("destructor", Fact.Destructor);
    Map.mapOptional("recursive-if", Fact.RecursiveIf);
    Map.mapOptional("closed-value", Fact.ClosedValue);
    Map.mapOptional("entries", Fact.Entries);
    for (Role R : Roles)
      Fact.add(R);
    for (Trait T : Traits)
      Fact.add(T);
  }
  static std::string validate(IO &Map, TypeEntry &Entry) {
    const auto &Sets = static_cast<Reading *>(Map.getContext())->Sets;
    for (const std::string &Use : Entry.Uses)
      if (!Sets.count(Use))
        return "unknown set '" + Use +
               "'; expected one of: " + llvm::join(Sets, ", ");
    if (Entry.Fact.is(Role::Guard) && !Entry.Fact.Guard)
      return "expected 'guard', which says where a guard's mutex is";
    return "";
  }
};

template <> struct MappingTraits<MethodSet> {
  static void mapping(IO &Map, MethodSet &Set) {
    Map.mapRequired("name", Set.Name);
    mapCalls(Map, "methods", Set.Methods);
  }
};

static std::string regexError(StringRef Pattern) {
  std::string Error;
  if (llvm::Regex(Pattern).isValid(Error))
    return "";
  return ("'" + Pattern + "' is not a regular expression: ").str() + Error;
}

template <> struct MappingTraits<Rewrite> {
  static void mapping(IO &Map, Rewrite &R) {
    Map.mapRequired("from", R.From);
    Map.mapRequired("to", R.To);
  }
  static std::string validate(IO &, Rewrite &R) { return regexError(R.From); }
};

template <> struct MappingTraits<Forwarder> {
  static void mapping(IO &Map, Forwarder &F) {
    Map.mapRequired("name", F.Name);
    Map.mapOptional("methods", F.Methods);
    mapPosition(Map, "type", F.Type);
    mapPosition(Map, "first", F.First);
  }
};

template <> struct MappingTraits<Wrapper> {
  static void mapping(IO &Map, Wrapper &W) {
    Map.mapRequired("name", W.Name);
    mapPosition(Map, "callable", W.Callable);
    Map.mapOptional("copies", W.Copies);
  }
};

template <> struct MappingTraits<Library> {
  static void mapping(IO &Map, Library &L) {
    Map.mapRequired("library", L.Name);
    Map.mapOptional("title", L.Title);
    Map.mapOptional("requires", L.Requires);
    Map.mapOptional("namespaces", L.Namespaces);
    Map.mapOptional("c-linkage", L.CLinkage);
    Map.mapOptional("canonical", L.Canonical);
    Map.mapOptional("sets", L.Sets);
    // Types come later and may use them.
    for (const MethodSet &Set : L.Sets)
      static_cast<Reading *>(Map.getContext())->Sets.insert(Set.Name);
    Map.mapOptional("types", L.Types);
    mapCalls(Map, "functions", L.Functions);
    Map.mapOptional("forwarders", L.Forwarders);
    Map.mapOptional("wrappers", L.Wrappers);
    Map.mapOptional("helper-names", L.HelperNames);
    Map.mapOptional("signal-markers", L.SignalMarkers);
    Map.mapOptional("pointers", L.Pointers);
    Map.mapOptional("containers", L.Containers);
  }
  static std::string validate(IO &, Library &L) {
    for (const std::string &Pattern : L.HelperNames)
      if (std::string Error = regexError(Pattern); !Error.empty())
        return Error;
    return "";
  }
};

} // namespace llvm::yaml

namespace clang::tidy::concord {

static llvm::Error errorAt(StringRef Path, unsigned Line, unsigned Column,
                           const llvm::Twine &What) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 (Path + ":" + llvm::Twine(Line) + ":" +
                                  llvm::Twine(Column) + ": error: " + What)
                                     .str());
}

/// The parser recurses; so a file may not nest without end. Brackets in quotes
/// count too, which no honest file will notice.
static llvm::Error checkHarmless(StringRef Path, StringRef Text) {
  constexpr size_t MaxSize = 1 << 20;
  constexpr unsigned MaxBrackets = 32, MaxIndent = 80;
  if (Text.size() > MaxSize)
    return errorAt(Path, 1, 1, "the file is larger than 1 MiB");
  unsigned Line = 1, Column = 0, Brackets = 0;
  bool InIndent = true;
  for (char C : Text) {
    ++Column;
    if (C == '\n') {
      ++Line;
      Column = 0;
      InIndent = true;
      continue;
    }
    InIndent = InIndent && StringRef(" \t-?:").contains(C);
    if (C == '[' || C == '{')
      ++Brackets;
    else if ((C == ']' || C == '}') && Brackets)
      --Brackets;
    if (Brackets > MaxBrackets || (InIndent && Column > MaxIndent))
      return errorAt(Path, Line, Column, "the file nests too deeply");
    if (C == '\0')
      return errorAt(Path, Line, Column, "the file is not text");
  }
  return llvm::Error::success();
}

/// The set called \p Name; \p Common is asked first.
static const MethodSet *findSet(StringRef Name, const Library &Own,
                                const Library *Common) {
  for (const Library *L : {Common, &Own}) {
    if (!L)
      continue;
    for (const MethodSet &Set : L->Sets)
      if (Set.Name == Name)
        return &Set;
  }
  return nullptr;
}

llvm::Expected<std::unique_ptr<Library>>
readLibrary(StringRef Path, StringRef Text, const Library *Common) {
  if (llvm::Error E = checkHarmless(Path, Text))
    return E;
  struct Handler {
    Reading State;
    StringRef Path;
    static void handle(const llvm::SMDiagnostic &D, void *Context) {
      auto &Self = *static_cast<Handler *>(Context);
      if (!Self.State.Error.empty())
        return;
      unsigned Column = std::max(D.getColumnNo(), 0) + 1;
      StringRef Message = D.getMessage();
      if (Message == "unknown node kind")
        Message = "aliases are not supported";
      Self.State.Error = llvm::toString(
          errorAt(Self.Path, std::max(D.getLineNo(), 1), Column, Message));
    }
  } H{{}, Path};
  if (Common)
    for (const MethodSet &Set : Common->Sets)
      H.State.Sets.insert(Set.Name);
  auto Result = std::make_unique<Library>();
  llvm::yaml::Input Input(Text, &H.State, Handler::handle, &H);
  Input >> *Result;
  if (Input.error() && H.State.Error.empty())
    H.State.Error =
        llvm::toString(errorAt(Path, 1, 1, "expected 'library: <name>'"));
  if (!H.State.Error.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   H.State.Error);
  for (TypeEntry &Entry : Result->Types) {
    Entry.Fact.Library = Result->Name;
    for (const std::string &Use : Entry.Uses)
      if (const MethodSet *Set = findSet(Use, *Result, Common))
        llvm::append_range(Entry.Fact.Methods, Set->Methods);
  }
  return Result;
}

llvm::SmallVector<StringRef, 8> requiredIdentifiers(StringRef Text) {
  llvm::SmallVector<StringRef, 8> Names;
  size_t Start = Text.find("\nrequires: [");
  if (Start == StringRef::npos)
    return Names;
  StringRef List = Text.substr(Start).split('[').second.split(']').first;
  llvm::SplitString(List, Names, ", \n");
  return Names;
}

} // namespace clang::tidy::concord
