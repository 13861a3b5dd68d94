#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles every code block of the documentation and runs the plugin on it.

Each block must compile. A block that shows a mistake must give the findings
its page promises, a block that shows the way out must give none. What a page
promises of a check that Checks.def does not list yet is not tested.

Many blocks share one translation unit, each in its own namespace, so that the
whole run takes seconds. Blocks in C, with a `main` or with options stand alone.
"""

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pages import DOCS, RIGHT, WRONG, pages, read_checks, read_page
from tidy import analyzed, compiled, run

STANDARD = {"cpp": "c++20", "c": "c17"}

# What a complete block includes for a name it uses. Every block of a guideline
# page is held to this: a reader may copy it as it stands.
HEADERS = {
    "atomic": "atomic atomic_flag memory_order_relaxed memory_order_acquire",
    "barrier": "barrier",
    "chrono": "chrono",
    "condition_variable": "condition_variable condition_variable_any",
    "deque": "deque",
    "exception": "exception exception_ptr current_exception rethrow_exception",
    "functional": "function move_only_function ref invoke",
    "future": "async future promise packaged_task shared_future launch",
    "latch": "latch",
    "map": "map",
    "memory": "unique_ptr shared_ptr weak_ptr make_unique make_shared",
    "mutex": "mutex recursive_mutex lock_guard unique_lock scoped_lock once_flag call_once",
    "optional": "optional nullopt",
    "queue": "queue",
    "semaphore": "counting_semaphore binary_semaphore",
    "shared_mutex": "shared_mutex shared_lock",
    "stop_token": "stop_token stop_source stop_callback",
    "string": "string to_string",
    "string_view": "string_view",
    "thread": "thread jthread this_thread",
    "unordered_map": "unordered_map",
    "utility": "move exchange",
    "vector": "vector",
}
HEADER_OF = {name: h for h, names in HEADERS.items() for name in names.split()}


class Snippet:
    """A block on its way into a translation unit."""

    def __init__(self, block, expected, silent):
        self.block = block
        self.expected = expected  # names of checks that must report
        self.silent = silent  # no check may report
        self.found = set()
        self.problems = []

    def fail(self, text, line=0):
        place = f"{self.block.page.relative_to(DOCS.parent)}:{self.block.line + line}"
        self.problems.append(f"{place}: {text}")

    @property
    def unit(self):
        """What blocks must have in common to share a translation unit."""
        alone = ""
        if (
            self.block.language == "c"
            or "options" in self.block.marker
            or re.search(r"\bmain\s*\(", self.block.code)
        ):
            alone = self.block.place
        standard = self.block.marker.get("std") or STANDARD[self.block.language]
        options = self.block.marker.get("options", "")
        return self.block.language, standard, options, alone


class Unit:
    """A generated file, and where each of its lines comes from."""

    def __init__(self, name, key, folder):
        self.language, self.standard, self.options, self.alone = key
        suffix = ".c" if self.language == "c" else ".cpp"
        self.path = folder / (name + suffix)
        self.lines = []
        self.origins = {}  # (file, line) -> (snippet, line of the block)
        self.includes = []

    def add(self, snippet, number):
        target, lines = self.path, self.lines
        header = "header" in snippet.block.marker
        if header:
            target = self.path.parent / f"{self.path.stem}_{number}.h"
            lines = ["#pragma once"]
        namespace = not self.alone
        body = []
        for offset, line in enumerate(snippet.block.code.split("\n")):
            if re.match(r"\s*#\s*(include|pragma once)", line):
                self.includes.append(line)
                line = ""
            body.append((offset, line))
        if namespace:
            lines.append(f"namespace snippet_{number} {{")
        for offset, line in body:
            lines.append(line)
            self.origins[(target.name, len(lines))] = (snippet, offset)
        if namespace:
            lines.append(f"}} // namespace snippet_{number}")
        if header:
            target.write_text("\n".join(lines) + "\n")
            self.lines.append(f'#include "{target.name}"')

    def write(self):
        # The includes go to a header of their own, so that their number does
        # not move any line.
        prelude = self.path.parent / f"{self.path.stem}_includes.h"
        includes = [i for i in dict.fromkeys(self.includes) if "include" in i]
        prelude.write_text("\n".join(includes) + "\n")
        self.path.write_text("\n".join(self.lines) + "\n")

    def flags(self):
        prelude = self.path.parent / f"{self.path.stem}_includes.h"
        return [f"-std={self.standard}", "-pthread", "-include", str(prelude)]

    def origin(self, diagnostic):
        """The block that a diagnostic is about, and the line in it."""
        return self.origins.get((diagnostic.file, diagnostic.line), (None, 0))


def compile_unit(unit, clang):
    """Compiles; attributes each error to its block."""
    language = ["-x", "c"] if unit.language == "c" else []
    warnings = ["-Wall", "-Wno-unused", "-Werror"]
    found, trouble = compiled(
        [clang] + language + warnings + unit.flags(), unit.path
    )
    failures = [trouble] if trouble else []
    for diagnostic in found:
        snippet, offset = unit.origin(diagnostic)
        if snippet:
            snippet.fail(f"{diagnostic.severity}: {diagnostic.message}", offset)
        else:
            failures.append(f"{diagnostic.file}: {diagnostic.message}")
    return failures


def analyze_unit(unit, tidy, plugin):
    """Runs the plugin; attributes each finding to its block."""
    options = ", ".join(
        "{}: '{}'".format(*(part.strip() for part in option.split("=", 1)))
        for option in unit.options.split(",")
        if option.strip()
    )
    config = f"{{CheckOptions: {{{options}}}}}"
    found, trouble = analyzed(tidy, plugin, unit.path, unit.flags(), config)
    failures = [trouble] if trouble else []
    for diagnostic in found:
        snippet, offset = unit.origin(diagnostic)
        if diagnostic.severity != "warning" or not snippet:
            failures.append(f"{diagnostic.file}: {diagnostic.message}")
            continue
        snippet.found.add(diagnostic.check)
        if snippet.silent:
            finding = f"{diagnostic.message} [{diagnostic.check}]"
            snippet.fail(f"unexpected finding: {finding}", offset)
    return failures


def check_includes(snippet):
    """A block of a guideline page must include what it uses."""
    code = snippet.block.code
    included = set(re.findall(r"#\s*include\s*<([\w/.]+)>", code))
    missing = {
        HEADER_OF[name]
        for name in re.findall(r"\bstd::(\w+)", code)
        if name in HEADER_OF and HEADER_OF[name] not in included
    }
    # These headers are documented to bring the others with them.
    if "thread" in included:
        missing.discard("stop_token")
    for header in sorted(missing):
        snippet.fail(f"the block does not include <{header}>")


def expectation(block, own_check, known):
    """The checks that must report on \\p block, and whether none may."""
    promised = block.marker.get("expect")
    if promised is None and block.heading in WRONG and own_check:
        promised = own_check
    if promised is None:
        return [], block.heading in RIGHT
    if promised == "none":
        return [], True
    names = [name.removeprefix("concord-") for name in promised.split()]
    return [f"concord-{name}" for name in names if name in known], False


def installed(header, clang, answers={}):
    """Whether the compiler finds \\p header."""
    if header not in answers:
        command = [clang, "-std=c++20", "-E", "-include", header, "-x", "c++"]
        answers[header] = run(command + ["/dev/null", "-o", "/dev/null"])[0] == 0
    return answers[header]


def collect(known, filters, clang, output):
    """The blocks to test, and how many are left out for want of a library.
    Blocks that are files are written to \\p folder.
    """
    snippets, left_out = [], 0
    groups = [
        ("guidelines", pages("guidelines")),
        ("checks", pages("checks")),
        ("", [read_page(path) for path in sorted(DOCS.glob("*.md"))]),
    ]
    for folder, found in groups:
        for page in found:
            if filters and not any(f in str(page.path) for f in filters):
                continue
            for block in page.blocks:
                if "file" in block.marker:
                    (output / block.marker["file"]).write_text(block.code + "\n")
                    continue
                if block.language not in STANDARD or "skip" in block.marker:
                    continue
                needed = block.marker.get("needs")
                if needed and not installed(needed, clang):
                    left_out += 1
                    continue
                own = page.path.stem if folder == "checks" else ""
                snippet = Snippet(block, *expectation(block, own, known))
                if folder == "guidelines" and block.language == "cpp":
                    check_includes(snippet)
                    if block.heading in WRONG and "expect" not in block.marker:
                        snippet.fail("the block under 'Wrong' names no check")
                snippets.append(snippet)
    return snippets, left_out


def build_units(snippets, folder, size):
    """Spreads the blocks over translation units of at most \\p size blocks.

    Mistakes and ways out go to different units: a finding may depend on the
    whole unit, and a page's two blocks declare the same names.
    """
    groups = defaultdict(list)
    for snippet in snippets:
        groups[(snippet.unit, snippet.silent)].append(snippet)
    units = []
    for (key, _), members in groups.items():
        for start in range(0, len(members), size):
            unit = Unit(f"unit_{len(units)}", key, folder)
            for number, snippet in enumerate(members[start : start + size]):
                unit.add(snippet, number)
            unit.write()
            units.append(unit)
    return units


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--plugin", help="without it the blocks are only compiled")
    parser.add_argument("--batch", type=int, default=40, help="blocks per unit")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="keep the generated files in this folder")
    parser.add_argument("filter", nargs="*", help="parts of paths of pages")
    arguments = parser.parse_args()

    known = read_checks()
    failures = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments.keep or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        snippets, left_out = collect(
            known, arguments.filter, arguments.clang, folder
        )
        units = build_units(snippets, folder, arguments.batch)
        with ThreadPoolExecutor(arguments.jobs) as pool:
            for result in pool.map(lambda u: compile_unit(u, arguments.clang), units):
                failures += result
            if arguments.plugin and known:
                analyses = pool.map(
                    lambda u: analyze_unit(u, arguments.clang_tidy, arguments.plugin),
                    units,
                )
                for result in analyses:
                    failures += result
                for snippet in snippets:
                    for check in snippet.expected:
                        if check not in snippet.found:
                            snippet.fail(f"no finding of {check}")

    for snippet in snippets:
        failures += snippet.problems
    for failure in failures:
        print(failure)
    promised = sum(len(s.expected) for s in snippets)
    silent = sum(s.silent for s in snippets)
    print(
        f"{len(snippets)} blocks in {len(units)} units: {promised} findings "
        f"promised, {silent} blocks promised silent, {left_out} left out for want "
        f"of a library, {len(failures)} problems"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
