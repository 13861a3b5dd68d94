# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A repository to try the tools on, and judges of what they write."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

INPUTS = Path(__file__).parent
CONFIG = "Checks: '-*,concord-*,-concord-inconsistent-locking'\nCheckOptions:\n  concord.DocsUrl: 'https://docs.example.org'\n"


def expect(condition, text):
    if not condition:
        sys.exit(f"error: {text}")


class Project:
    """A git repository with one source and a compilation database."""

    def __init__(self, folder, bin_dir):
        self.folder, self.bin = Path(folder).resolve(), Path(bin_dir)
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "src").mkdir(parents=True)
        (self.folder / ".clang-tidy").write_text(CONFIG)
        (self.folder / ".gitignore").write_text("build/\n")
        shutil.copy(INPUTS / "account.cpp", self.folder / "src/account.cpp")
        self.units("src/account.cpp")
        self.git("init", "-q", "-b", "main")
        self.commit("Begin")

    def units(self, *names):
        build = self.folder / "build"
        build.mkdir(exist_ok=True)
        entries = [
            {"directory": str(build), "file": f"../{name}",
             "arguments": ["c++", "-std=c++20", "-c", f"../{name}"]}
            for name in names
        ]
        (build / "compile_commands.json").write_text(json.dumps(entries))

    def run(self, *words, code=0, **more):
        environment = {**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}", **more.pop("env", {})}
        result = subprocess.run(words, cwd=self.folder, capture_output=True, text=True,
                                env=environment, **more)
        expect(code is None or result.returncode == code,
               f"{' '.join(map(str, words))}: exit code {result.returncode} instead of {code}\n"
               f"{result.stdout}{result.stderr}")
        return result

    def git(self, *words):
        return self.run("git", "-c", "user.name=t", "-c", "user.email=t@example.org",
                        "-c", "commit.gpgsign=false", *words).stdout

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def edit(self, name, change):
        path = self.folder / name
        path.write_text(change(path.read_text()))

    def fixes(self, *extra):
        """Runs concord-tidy on the source; returns the exported findings."""
        path = self.folder / "build/fixes.yaml"
        path.unlink(missing_ok=True)
        self.run(self.bin / "concord-tidy", "-p", "build", "-quiet", f"--export-fixes={path}",
                 *extra, "src/account.cpp", code=None)
        return path

    def sarif(self, *words, code=0):
        result = self.run(self.bin / "concord-sarif", *map(str, words), code=code)
        return json.loads(result.stdout)


def results(sarif):
    return sarif["runs"][0]["results"]


def fingerprints(sarif):
    return [r["partialFingerprints"]["concordFinding/v1"] for r in results(sarif)]
