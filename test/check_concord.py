#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs checks on a test file and compares what they say and fix.

    check_concord.py FILE TEMP CHECK[,CHECK...] [--std=c++17,c++20]
        [--config={...}] [--suffix=NAME[,NAME...]] [-- compiler flags]

Comments of the file say what is expected:

    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: text [concord-check]
    // CHECK-FIXES: the whole fixed line

Messages are expected in the order of the output; a warning or error that no
comment expects fails the test, a note need not be expected. With CHECK-FIXES
the fix-its are applied to a copy; the result must have the lines, compile, and
give no finding but those that had no fix-it.

`--suffix=X` also uses CHECK-MESSAGES-X and CHECK-FIXES-X. The guideline link is
off unless the configuration speaks of it, so that comments need not repeat it.
"""

import argparse
import collections
import os
import re
import subprocess
import sys

EXCERPT = re.compile(r"^ *\d* \|.*\n?", re.M)
DIAGNOSTIC = re.compile(r"^(.*?):(\d+):(\d+): (warning|error): (.*)$")
EXPECTATION = re.compile(r"//\s*CHECK-(MESSAGES|FIXES)\S*:.*")


class Failure(Exception):
    pass


def arguments():
    words = sys.argv[1:]
    flags = []
    if "--" in words:
        cut = words.index("--")
        words, flags = words[:cut], words[cut + 1 :]
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--filecheck", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--inputs", required=True)
    parser.add_argument("--std")
    parser.add_argument("--config", default="{}")
    parser.add_argument("--suffix", default="")
    parser.add_argument("file")
    parser.add_argument("temp")
    parser.add_argument("checks")
    options = parser.parse_args(words)
    options.flags = flags
    if not options.std:
        options.std = "c17" if options.file.endswith(".c") else "c++20"
    return options


def without_link(config):
    """The configuration with the guideline link off, unless it sets it."""
    if "GuidelineLink" in config:
        return config
    for opening, entry in (
        ("{", "concord.GuidelineLink: none"),
        ("[", "{key: concord.GuidelineLink, value: none}"),
    ):
        start = re.search(r"CheckOptions:\s*" + re.escape(opening), config)
        if start:
            rest = config[start.end() :]
            comma = "" if rest.lstrip()[:1] in "]}" else ", "
            return config[: start.end()] + entry + comma + rest
    rest = config.strip()[1:]
    comma = "" if rest.lstrip()[:1] == "}" else ", "
    return "{CheckOptions: {concord.GuidelineLink: none}" + comma + rest


def compiler_flags(options, std):
    folder = os.path.dirname(os.path.abspath(options.file))
    # The spelling that every release knows: clang 16 has no c++23.
    std = std.replace("c++23", "c++2b")
    return [f"-std={std}", f"-I{folder}", "-isystem", options.inputs, *options.flags]


def run_tidy(options, std, file, *extra):
    command = [
        options.clang_tidy,
        f"-load={options.plugin}",
        f"-checks=-*,{options.checks}",
        f"-config={without_link(options.config)}",
        "-header-filter=.*",
        *extra,
        file,
        "--",
        *compiler_flags(options, std),
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    output = result.stdout + result.stderr
    if result.returncode < 0 or "PLEASE submit a bug report" in output:
        raise Failure(f"clang-tidy crashed:\n{output}")
    if "request ignored" in output:
        raise Failure(f"the plugin was not loaded:\n{output}")
    unknown = "no checks enabled" in output.lower()
    if unknown:
        raise Failure(f"no check is called {options.checks}:\n{output}")
    return result.stdout


def prefixes(kind, options, text):
    names = [f"CHECK-{kind}"]
    names += [f"CHECK-{kind}-{suffix}" for suffix in options.suffix.split(",") if suffix]
    return [name for name in names if re.search(re.escape(name) + r"(-NEXT|-SAME|-NOT|-DAG)?:", text)]


def file_check(options, names, input_file, *extra):
    result = subprocess.run(
        [
            options.filecheck,
            f"-check-prefixes={','.join(names)}",
            f"-input-file={input_file}",
            "-allow-unused-prefixes",
            *extra,
            options.file,
        ],
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise Failure(result.stdout + result.stderr)


def diagnostics(output):
    """(text, fixed) of every warning and error of the output, in order."""
    found = []
    for line in output.splitlines():
        match = DIAGNOSTIC.match(line)
        if match:
            found.append([f"{match[4]}: {match[5]}", False])
        elif "note: FIX-IT applied suggested code changes" in line and found:
            found[-1][1] = True
    return found


def check_messages(options, std, text):
    output = run_tidy(options, std, options.file)
    names = prefixes("MESSAGES", options, text)
    if not names:
        if diagnostics(output):
            raise Failure(f"nothing is expected, but clang-tidy says:\n{output}")
        return
    path = f"{options.temp}.{std}.messages"
    with open(path, "w", encoding="utf-8") as file:
        # The lines of source that clang-tidy shows may be expectations.
        file.write(EXCERPT.sub("", output))
    try:
        file_check(options, names, path, "-implicit-check-not={{warning|error}}:")
    except Failure as failure:
        raise Failure(f"{failure}\nclang-tidy says:\n{output}") from None


def check_fixes(options, std, text):
    names = prefixes("FIXES", options, text)
    if not names:
        return
    extension = os.path.splitext(options.file)[1]
    copy = f"{options.temp}.{std}.fixed{extension}"
    with open(copy, "w", encoding="utf-8") as file:
        # An expectation must not match itself.
        file.write(EXPECTATION.sub("//", text))
    first = diagnostics(run_tidy(options, std, copy, "-fix"))
    file_check(options, names, copy, "-match-full-lines")

    compiled = subprocess.run(
        [options.clang, "-fsyntax-only", *compiler_flags(options, std), copy],
        capture_output=True,
        text=True,
    )
    if compiled.returncode:
        raise Failure(f"the fixed file does not compile:\n{compiled.stderr}")

    output = run_tidy(options, std, copy)
    left = collections.Counter(message for message, fixed in first if not fixed)
    again = collections.Counter(message for message, _ in diagnostics(output))
    if again != left:
        raise Failure(f"the fixed file has other findings than those without a fix-it:\n{output}")


def main():
    options = arguments()
    with open(options.file, encoding="utf-8") as file:
        text = file.read()
    os.makedirs(os.path.dirname(os.path.abspath(options.temp)), exist_ok=True)
    for std in options.std.split(","):
        try:
            check_messages(options, std, text)
            check_fixes(options, std, text)
        except Failure as failure:
            sys.exit(f"{options.file} with -std={std}: {failure}")


if __name__ == "__main__":
    main()
