#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles the tour and compares the plugin's findings with its comments.

The comment `// finding: concord-x` promises that finding on its line, or, where
it stands alone, in the statement below it (at most four lines). There must be
no other findings. Comments that name a check which Checks.def does not list yet
are not tested.
"""

import argparse
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from pages import DOCS, read_checks
from tidy import analyzed, compiled

TOUR = DOCS / "tour"
FLAGS = ["-std=c++20", "-pthread"]


class Promise:
    """A comment that promises a finding."""

    def __init__(self, file, line, code, check):
        self.file, self.line, self.check = file, line, check
        self.lines = [line] if code else range(line + 1, line + 5)

    def covers(self, finding):
        file, line, check = finding
        return (file, check) == (self.file, self.check) and line in self.lines


def promises(path, known):
    """What the comments of a file promise."""
    promised = []
    for number, line in enumerate(path.read_text().split("\n"), 1):
        code, mark, names = line.partition("// finding: ")
        for name in re.findall(r"concord-([a-z0-9-]+)", names if mark else ""):
            if name in known:
                promise = Promise(path.name, number, code.strip(), f"concord-{name}")
                promised.append(promise)
    return promised


def visit(source, arguments, analyze):
    """Compiles one file of the tour. Returns its problems and findings."""
    warnings = ["-Wall", "-Wextra", "-Werror"]
    found, trouble = compiled([arguments.clang] + warnings + FLAGS, source)
    if not found and not trouble and analyze:
        found, trouble = analyzed(
            arguments.clang_tidy, arguments.plugin, source, FLAGS
        )
    problems = [trouble] if trouble else []
    findings = set()
    for diagnostic in found:
        file, line, severity, message, check = diagnostic
        if severity == "warning" and check.startswith("concord-"):
            findings.add((file, line, check))
        else:
            problems.append(f"docs/tour/{file}:{line}: {severity}: {message}")
    return problems, findings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", help="without it the tour is only compiled")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()

    known = read_checks()
    analyze = bool(arguments.plugin and known)
    sources = sorted(TOUR.glob("*.cpp"))
    problems, found, promised = [], set(), []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for result in pool.map(lambda s: visit(s, arguments, analyze), sources):
            problems += result[0]
            found |= result[1]
    if analyze:
        for path in sorted(TOUR.glob("*.cpp")) + sorted(TOUR.glob("*.h")):
            promised += promises(path, known)
        for promise in promised:
            if not any(promise.covers(finding) for finding in found):
                place = f"docs/tour/{promise.file}:{promise.line}"
                problems.append(f"{place}: no finding of {promise.check}")
        for file, line, check in sorted(found):
            if not any(promise.covers((file, line, check)) for promise in promised):
                place = f"docs/tour/{file}:{line}"
                problems.append(f"{place}: unexpected finding of {check}")
    for problem in problems:
        print(problem)
    print(f"{len(sources)} files, {len(promised)} findings, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
