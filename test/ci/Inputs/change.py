# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A change to a CMake project, as a pull request brings it."""

import re

from journey import Project, expect

CMAKE = """cmake_minimum_required(VERSION 3.16)
project(Accounts CXX)
set(CMAKE_CXX_STANDARD 20)
add_library(accounts STATIC src/account.cpp src/audit.cpp)
"""
AUDIT = "int audited();\n\nint audited() { return 0; }\n"
HARMLESS = "\nint twice() { return 2 * audited(); }\n"
HARMFUL = """
#include <mutex>

int counted(std::mutex &mutex, int &count) {
  std::lock_guard<std::mutex>{mutex};
  return ++count;
}
"""
LINE = 8  # of the guard, in src/audit.cpp


class Change(Project):
    """main has known findings; the branch `change` adds what it is told to."""

    def __init__(self, folder, bin_dir):
        super().__init__(folder, bin_dir)
        (self.folder / "CMakeLists.txt").write_text(CMAKE)
        (self.folder / "src/audit.cpp").write_text(AUDIT)
        self.commit("A project of CMake")
        self.base = self.git("rev-parse", "HEAD").strip()
        self.git("checkout", "-q", "-b", "change")

    def add(self, text):
        self.git("reset", "-q", "--hard", self.base)
        (self.folder / "src/audit.cpp").write_text(AUDIT + text)
        self.commit("The change")
        return self.git("rev-parse", "HEAD").strip()

    def added_lines(self):
        """(path, line) of all that the change adds, as the forge counts it."""
        path, number, lines = "", 0, set()
        for line in self.git("diff", "-U0", self.base, "HEAD").splitlines():
            if line.startswith("+++ b/"):
                path = line[6:]
            elif line.startswith("@@"):
                number = int(re.search(r"\+(\d+)", line)[1])
            elif line.startswith("+"):
                lines.add((path, number))
                number += 1
        return lines

    def blind(self, folder):
        """The programs, with a clang-tidy that has no plugin in the wrapper's place."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in self.bin.iterdir():
            if path.name.startswith("concord-") and not (folder / path.name).exists():
                (folder / path.name).write_bytes(path.read_bytes())
                (folder / path.name).chmod(0o755)
        (folder / "concord-tidy").write_text('#!/bin/sh\nexec clang-tidy-22 "$@"\n')
        return folder


def suggested(body):
    found = re.search(r"```suggestion\n(.*)\n```", body, re.S)
    expect(found, f"a suggested change: {body}")
    return found[1]
