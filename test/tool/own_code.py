#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Concord's own code passes clang-tidy with the plugin, and clang-format.

    own_code.py --tidy CONCORD_TIDY --clang CLANG --format CLANG_FORMAT BUILD

Reads the compile commands of BUILD. The headers of clang are most of the work,
so they are precompiled once, as in the build.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tidy", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--format", required=True)
    parser.add_argument("build", type=Path)
    return parser.parse_args()


def run(*command):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def commands(build):
    """The flags of every source of the plugin, without the precompiled header."""
    result = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = Path(entry["file"])
        if ROOT / "checks" not in file.parents or file.suffix != ".cpp":
            continue
        words = shlex.split(entry["command"])[1:]
        flags, header = [], None
        while words:
            word = words.pop(0)
            if word in ("-o", "-MF", "-MT", "-c"):
                words.pop(0)
            elif word == "-include":
                header = words.pop(0)
            elif word == "-include-pch" or word == "-Xclang":
                words.pop(0)
            elif word not in ("-MD", "-Winvalid-pch") and not word.startswith("-O"):
                flags.append(word)
        result[file] = (flags, header)
    return result


def main():
    options = arguments()
    sources = commands(options.build)
    flags, header = next(iter(sources.values()))
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        pch = Path(folder) / "headers.pch"
        header = header or next(options.build.rglob("checks/**/cmake_pch.hxx"))
        code, output = run(options.clang, "-xc++-header", *flags, "-Wno-pragma-system-header-outside-header", header, "-o", pch)
        if code:
            sys.exit(output)

        def tidy(file):
            return run(options.tidy, "-quiet", file, "--", *sources[file][0], "-include-pch", pch)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for code, output in pool.map(tidy, sources):
                if code:
                    failures.append(output)

    files = sorted((ROOT / "checks").rglob("*.h")) + sorted(sources)
    code, output = run(options.format, "--dry-run", "-Werror", *files)
    if code:
        failures.append(output)
    for failure in failures:
        print(failure)
    print(f"{len(files)} files, {len(failures)} with problems")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
