//===--- Findings.cpp - What clang-tidy found -----------------------------===//
//
// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include <algorithm>

using namespace llvm;

namespace {

/// A unit's findings.
struct Unit {
  std::string MainFile;
  std::vector<concord::Finding> Findings;
};

} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(concord::Edit)
LLVM_YAML_IS_SEQUENCE_VECTOR(concord::Span)
LLVM_YAML_IS_SEQUENCE_VECTOR(concord::Remark)
LLVM_YAML_IS_SEQUENCE_VECTOR(concord::Finding)

template <> struct llvm::yaml::ScalarEnumerationTraits<concord::Severity> {
  static void enumeration(IO &Io, concord::Severity &Level) {
    Io.enumCase(Level, "Error", concord::Severity::Error);
    Io.enumCase(Level, "Warning", concord::Severity::Warning);
    Io.enumCase(Level, "Remark", concord::Severity::Remark);
  }
};

template <> struct llvm::yaml::MappingTraits<concord::Edit> {
  static void mapping(IO &Io, concord::Edit &E) {
    Io.mapRequired("FilePath", E.File);
    Io.mapRequired("Offset", E.Offset);
    Io.mapRequired("Length", E.Length);
    Io.mapRequired("ReplacementText", E.Text);
  }
};

template <> struct llvm::yaml::MappingTraits<concord::Span> {
  static void mapping(IO &Io, concord::Span &S) {
    Io.mapRequired("FilePath", S.File);
    Io.mapRequired("FileOffset", S.Offset);
    Io.mapRequired("Length", S.Length);
  }
};

template <> struct llvm::yaml::MappingTraits<concord::Remark> {
  static void mapping(IO &Io, concord::Remark &R) {
    Io.mapRequired("Message", R.Text);
    Io.mapOptional("FilePath", R.File);
    Io.mapOptional("FileOffset", R.Offset);
    Io.mapOptional("Replacements", R.Edits);
    Io.mapOptional("Ranges", R.Ranges);
  }
};

template <> struct llvm::yaml::MappingTraits<concord::Finding> {
  static void mapping(IO &Io, concord::Finding &F) {
    Io.mapRequired("DiagnosticName", F.Check);
    Io.mapRequired("DiagnosticMessage", F.Main);
    Io.mapOptional("Notes", F.Notes);
    Io.mapOptional("Level", F.Level);
    Io.mapOptional("BuildDirectory", F.Directory);
  }
};

template <> struct llvm::yaml::MappingTraits<Unit> {
  static void mapping(IO &Io, Unit &U) {
    Io.mapRequired("MainSourceFile", U.MainFile);
    Io.mapRequired("Diagnostics", U.Findings);
  }
};

namespace concord {
namespace {

/// More than clang-tidy ever nests. The parser recurses, so that a file made to
/// harm could exhaust the stack.
constexpr unsigned MaxNesting = 64;

/// True if \p Text cannot nest too deeply. Counts what may open a collection,
/// in a line for `- - -` and `? ? ?`, over all lines for brackets, and looks at
/// the indentation. Brackets inside quotes do not count.
bool nestsLittle(StringRef Text) {
  unsigned Open = 0;
  char Quote = 0;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    const StringRef Content = Line.ltrim(' ');
    if (!Quote) {
      const size_t Marks =
          std::min(Content.find_first_not_of("-?: \t"), Content.size());
      if (Line.size() - Content.size() + Marks > 2 * MaxNesting)
        return false;
    }
    for (size_t I = 0; I != Content.size(); ++I) {
      const char C = Content[I];
      if (Quote == '"' && C == '\\')
        ++I;
      else if (Quote && C == Quote)
        Quote = 0;
      else if (!Quote && (C == '[' || C == '{'))
        ++Open;
      else if (!Quote && (C == ']' || C == '}') && Open)
        --Open;
      else if (!Quote && (C == '"' || C == '\''))
        Quote = I == 0 || StringRef(" [{,:-").contains(Content[I - 1]) ? C : 0;
      if (Open > MaxNesting)
        return false;
      if (I >= Content.size())
        break;
    }
  }
  return true;
}

void keepFirst(const SMDiagnostic &Diag, void *Context) {
  auto &Text = *static_cast<std::string *>(Context);
  if (Text.empty())
    Text = ("line " + Twine(Diag.getLineNo()) + ": " + Diag.getMessage()).str();
}

Error readFile(StringRef Path, std::vector<Finding> &Result) {
  Expected<std::string> Text = readRegularFile(Path);
  if (!Text)
    return Text.takeError();
  if (StringRef(*Text).trim().empty())
    return Error::success();
  if (StringRef(*Text).contains('\0') || !nestsLittle(*Text))
    return failure(Path + ": not written by clang-tidy --export-fixes");

  std::string Problem;
  yaml::Input In(*Text, nullptr, keepFirst, &Problem);
  In.setAllowUnknownKeys(true);
  do {
    Unit U;
    In >> U;
    if (In.error() || !Problem.empty())
      return failure(Path + ": not written by clang-tidy --export-fixes: " +
                     (Problem.empty() ? In.error().message() : Problem));
    for (Finding &F : U.Findings) {
      if (F.Main.File.empty())
        F.Main.File = U.MainFile;
      Result.push_back(std::move(F));
    }
  } while (In.nextDocument());
  if (!Problem.empty())
    return failure(Path + ": " + Problem);
  return Error::success();
}

} // namespace

Error readFindings(StringRef Path, std::vector<Finding> &Result) {
  if (!sys::fs::exists(Path))
    return failure(Path + " does not exist; clang-tidy writes no file if it "
                          "finds nothing: let it write into a directory, and "
                          "name that");
  if (!sys::fs::is_directory(Path))
    return readFile(Path, Result);

  std::vector<std::string> Files;
  std::error_code EC;
  for (sys::fs::directory_iterator I(Path, EC), E; !EC && I != E;
       I.increment(EC))
    if (sys::path::extension(I->path()) == ".yaml")
      Files.push_back(I->path());
  if (EC)
    return failure(Path + ": " + EC.message());
  std::sort(Files.begin(), Files.end());
  for (const std::string &File : Files)
    if (Error E = readFile(File, Result))
      return E;
  return Error::success();
}

} // namespace concord
