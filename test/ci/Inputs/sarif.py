# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""concord-sarif says what concord-tidy found: sarif.py BIN_DIR TEMP_DIR SCHEMA..."""

import json
import os
import shutil
import sys

import jsonschema
from journey import Project, expect, fingerprints, results


def validate(document, schemas):
    for path in schemas:
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.validators.validator_for(schema)(schema).validate(document)


def judge_document(project, schemas):
    sarif = project.sarif(project.fixes())
    validate(sarif, schemas)
    run = sarif["runs"][0]
    order, guard = results(sarif)
    expect(order["ruleId"] == "concord-lock-order", "the first finding")
    expect(guard["ruleId"] == "concord-ineffective-guard", "the second finding")
    place = guard["locations"][0]["physicalLocation"]
    expect(place["artifactLocation"]["uri"] == "src/account.cpp", "a path from the root")
    expect(place["region"]["startLine"] == 16, "the line")
    # The comment before the first guard has a character of two code units.
    first = order["relatedLocations"][0]["physicalLocation"]["region"]
    expect((first["startLine"], first["startColumn"]) == (9, 41), f"a column in UTF-16: {first}")
    expect("(see" not in order["message"]["text"], "the link is no part of the text")
    rule = run["tool"]["driver"]["rules"][guard["ruleIndex"]]
    expect(rule["id"] == guard["ruleId"], "the index of the rule")
    expect(rule["helpUri"] == "https://docs.example.org/guidelines/release-with-raii", "the link")
    expect("## What it finds" in rule["help"]["markdown"], "the help")
    expect("<!--" not in rule["help"]["markdown"], "no marks of the docs' tests")
    expect(rule["properties"]["precision"] == "very-high", "the precision of a gate check")
    expect(guard["level"] == "error", "the level of a gate check")
    names = {r["id"]: r for r in run["tool"]["driver"]["rules"]}
    expect(names["concord-wide-lock"]["defaultConfiguration"]["level"] == "note", "advice")
    expect(run["invocations"][0]["executionSuccessful"], "the unit compiles")


def apply(lines, fix):
    """Applies a fix of SARIF to the text of its file."""
    text = "\n".join(lines)

    def offset(line, column):
        units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
        return sum(len(l) + 1 for l in lines[: line - 1]) + len(units.decode("utf-16-le"))

    edits = []
    for change in fix["artifactChanges"]:
        for edit in change["replacements"]:
            region = edit["deletedRegion"]
            edits.append((offset(region["startLine"], region["startColumn"]),
                          offset(region["endLine"], region["endColumn"]),
                          edit["insertedContent"]["text"]))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def judge_fixes(project):
    """The fixes of SARIF do what --fix does."""
    for check in ("concord-lock-order", "concord-ineffective-guard"):
        sarif = project.sarif(project.fixes(f"-checks=-*,{check}"))
        source = project.folder / "src/account.cpp"
        before = source.read_text()
        after = apply(before.split("\n"), results(sarif)[0]["fixes"][0])
        project.run(project.bin / "concord-tidy", "-p", "build", "-quiet", "--fix",
                    f"-checks=-*,{check}", "src/account.cpp", code=None)
        expect(source.read_text() == after, f"the fix of {check}")
        expect(before != after, f"{check} has a fix")
        source.write_text(before)


def judge_baseline(project):
    fixes = project.fixes()
    baseline = project.folder / "concord.baseline"
    before = fingerprints(project.sarif(fixes, f"--write-baseline={baseline}", "--fail-on=none"))
    project.sarif(fixes, "--fail-on=gate", code=1)
    project.sarif(fixes, f"--baseline={baseline}", "--fail-on=advice")
    # Lines move, and the code is formatted anew.
    project.edit("src/account.cpp", lambda t: "// One\n// Two\n" + t.replace("  std::", "      std::"))
    moved = project.sarif(project.fixes(), f"--baseline={baseline}", "--fail-on=advice")
    expect(fingerprints(moved) == before, "fingerprints survive moved lines")
    expect({r["baselineState"] for r in results(moved)} == {"unchanged"}, "known findings")
    # The same mistake once more is a new finding; nothing else is.
    project.edit("src/account.cpp", lambda t: t + "void again(Account &account) {\n"
                 "  std::lock_guard<std::mutex>{account.mutex};\n}\n")
    more = project.sarif(project.fixes(), f"--baseline={baseline}", "--fail-on=gate", code=1)
    states = [r["baselineState"] for r in results(more)]
    expect(states == ["unchanged", "unchanged", "new"], f"one new finding: {states}")
    project.git("checkout", "-q", "src/account.cpp")


def judge_other_forms(project):
    fixes = project.fixes()
    quality = project.sarif(fixes, "--format=gitlab")
    expect(len({entry["fingerprint"] for entry in quality}) == len(quality) == 2, "Code Quality")
    for entry in quality:
        expect(set(entry) == {"description", "check_name", "fingerprint", "severity", "location"},
               "the keys of Code Quality")
        expect(entry["severity"] == "critical" and entry["location"]["path"] == "src/account.cpp",
               "the values of Code Quality")
        expect("https://docs.example.org/guidelines/" in entry["description"], "the link")
    review = project.sarif(fixes, "--format=github-review")
    comment = next(c for c in review["comments"] if c["line"] == 16)
    expect("```suggestion\n  std::lock_guard<std::mutex> lock{account.mutex};\n```" in comment["body"],
           "a suggested change")


def judge_units(project):
    """A header's finding counts once; what lies elsewhere keeps its path."""
    fixes = project.fixes()
    folder = project.folder / "build/all"
    folder.mkdir()
    for name in ("a.yaml", "b.yaml"):
        shutil.copy(fixes, folder / name)
    expect(len(results(project.sarif(folder))) == 2, "findings that come twice count once")
    other = project.sarif(fixes, f"--root={project.folder}/build")
    uri = results(other)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    expect(uri == {"uri": f"file://{project.folder}/src/account.cpp"}, f"outside the root: {uri}")
    # Names relative to the directory of the build.
    text = fixes.read_text().replace(f"{project.folder}/src/", "../src/")
    relative = project.folder / "build/relative.yaml"
    relative.write_text(text.replace(f"BuildDirectory:  '{project.folder}'",
                                     f"BuildDirectory:  '{project.folder}/build'"))
    expect(fingerprints(project.sarif(relative)) == fingerprints(project.sarif(fixes)), "relative names")
    (folder / "a.yaml").unlink()
    (folder / "b.yaml").write_text("")
    expect(results(project.sarif(folder, "--fail-on=gate")) == [], "nothing found")


def judge_broken_unit(project, schemas):
    project.edit("src/account.cpp", lambda t: t + "int broken = nothing;\n")
    sarif = project.sarif(project.fixes(), "--fail-on=gate", code=1)
    validate(sarif, schemas)
    expect(not sarif["runs"][0]["invocations"][0]["executionSuccessful"], "a unit that does not compile")
    project.git("checkout", "-q", "src/account.cpp")


def main():
    project = Project(os.path.join(sys.argv[2], "project"), sys.argv[1])
    schemas = sys.argv[3:]
    judge_document(project, schemas)
    judge_fixes(project)
    judge_baseline(project)
    judge_other_forms(project)
    judge_units(project)
    judge_broken_unit(project, schemas)


main()
