# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""pre-commit with our hook: pre_commit.py BIN_DIR TEMP_DIR CONFIG"""

import shutil
import sys
from pathlib import Path

from change import AUDIT, HARMFUL, HARMLESS, Change
from journey import expect


def main():
    bin_dir, temp = sys.argv[1], Path(sys.argv[2])
    project = Change(temp / "project", bin_dir)
    shutil.copy(sys.argv[3], project.folder / ".pre-commit-config.yaml")
    project.commit("Hooks")
    project.run("cmake", "-S", ".", "-B", "build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON")
    env = {"PRE_COMMIT_HOME": str(temp / "home"), "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org",
           "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org"}
    project.run("pre-commit", "install", env=env)
    source = project.folder / "src/audit.cpp"

    def commit(code):
        project.git("add", "-u")
        return project.run("git", "-c", "commit.gpgsign=false", "commit", "-m", "x", code=code, env=env)

    source.write_text(AUDIT + HARMLESS)
    result = commit(0)
    expect("Concord" in result.stderr + result.stdout and "Passed" in result.stderr + result.stdout, result.stderr)
    source.write_text(AUDIT + HARMFUL)
    result = commit(1)
    expect("[concord-ineffective-guard]" in result.stderr + result.stdout, result.stderr)
    # What is not to be committed does not count, and a commit without C++ does not wait.
    project.git("reset", "-q")
    (project.folder / "notes.md").write_text("notes\n")
    project.git("add", "notes.md")
    result = commit_only_notes(project, env)
    expect("Skipped" in result.stderr + result.stdout, result.stderr)


def commit_only_notes(project, env):
    return project.run("git", "-c", "commit.gpgsign=false", "commit", "-m", "notes", env=env)


main()
