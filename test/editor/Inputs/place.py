# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls the server by path, by a relative path and by name.

Usage: place.py DIRECTORY WORK
"""

import os
import pathlib
import sys
import urllib.parse

import lsp

FINDING = """#include <thread>
void run(int n) { std::thread([&n] { (void)n; }).detach(); }
"""


def main():
    programs, work = map(pathlib.Path, sys.argv[1:])
    work.mkdir(parents=True, exist_ok=True)
    program = programs / "concord-clangd"
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    pages = programs.parent / "share/doc"
    for command in (str(program), os.path.relpath(program, work), program.name):
        with lsp.Server([command], work) as server:
            found = server.open(work / "place.cpp", FINDING)
        assert len(found) == 2, found
        for finding in found:
            address = finding["codeDescription"]["href"]
            page = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
            assert pages.resolve() in pathlib.Path(page).parents, (command, address)
            assert pathlib.Path(page).exists(), page


if __name__ == "__main__":
    main()
