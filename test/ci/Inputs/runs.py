# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""concord-run on whole projects and on changes: runs.py BIN_DIR TEMP_DIR"""

import json
import os
import shutil
import sys

from journey import Project, expect

HEADER = """#pragma once
#include <mutex>
inline void inHeader(std::mutex &m) {
  // later
}
"""
WRONG = "int added(std::mutex &m, int &n) {\n  std::lock_guard<std::mutex>{m};\n  return ++n;\n}\n"


def whole(project, run):
    result = project.run(*run, code=1)
    expect("src/account.cpp:16:3: error: " in result.stdout, result.stdout)
    expect("[1/1] 100 %  src/account.cpp: 2 findings" in result.stderr, result.stderr)
    expect("order-locks" in result.stderr and "release-with-raii" in result.stderr, "a summary")
    project.run(*run, "--fail-on=none")
    project.run(*run, "--write-baseline=concord.baseline")
    result = project.run(*run, "--baseline=concord.baseline", "--fail-on=advice")
    expect(result.stdout == "", "nothing new to print")
    project.run(*run, "--sarif=a.sarif", "--gitlab=q.json", "--github-review=r.json",
                "--html=a.html", "--docs-url=https://d.example.org", code=1)
    expect("https://d.example.org/guidelines/order-locks" in (project.folder / "a.html").read_text(), "report")
    expect(len(json.loads((project.folder / "q.json").read_text())) == 2, "Code Quality")
    expect(len(json.loads((project.folder / "r.json").read_text())["comments"]) == 2, "review")
    expect(project.git("status", "--porcelain", "src") == "", "the sources are as they were")


def changes(project, run):
    """Only the lines of the change count, also those in a header."""
    project.commit("Files of the first part")
    project.git("checkout", "-q", "-b", "change")
    result = project.run(*run, "--since=main")
    expect("concord-sarif: 0 findings" in result.stderr, "nothing changed")
    project.edit("src/account.cpp", lambda t: t.replace("balance = 0;\n}", "balance = 1;\n}"))
    project.run(*run, "--since=main")
    project.edit("src/account.cpp", lambda t: t + WRONG)
    result = project.run(*run, "--since=main", "--github-review=r.json", code=1)
    expect(result.stdout.count("\n") == 1 and ":20:3: error:" in result.stdout, result.stdout)
    comments = json.loads((project.folder / "r.json").read_text())["comments"]
    expect(len(comments) == 1 and "lock_guard<std::mutex> lock{m};" in comments[0]["body"], "suggestion")
    project.git("checkout", "-q", "src")
    # main goes on; its changes are not those of the branch.
    project.git("checkout", "-q", "main")
    project.edit("src/account.cpp", lambda t: t + WRONG)
    project.commit("Elsewhere")
    project.git("checkout", "-q", "change")
    project.run(*run, "--since=main")
    # A header, reached through another one, from a unit in a path with blanks.
    (project.folder / "src/ä b.h").write_text(HEADER)
    (project.folder / "src/outer.h").write_text('#include "ä b.h"\n')
    (project.folder / "src/user.cpp").write_text('#include "outer.h"\n')
    project.units("src/account.cpp", "src/user.cpp")
    project.commit("Header")
    project.git("branch", "-f", "base")
    project.edit("src/ä b.h", lambda t: t.replace("// later", "std::lock_guard<std::mutex>{m};"))
    result = project.run(*run, "--since=base", code=1)
    expect("[1/1] 100 %  src/user.cpp" in result.stderr, f"the unit that includes it: {result.stderr}")
    expect(result.stdout.startswith("src/%C3%A4%20b.h:4:3: error:"), result.stdout)
    # That shows in every release; what the configuration says of headers counts.
    config = project.folder / ".clang-tidy"
    config.write_text(config.read_text() + "HeaderFilterRegex: 'outer'\n")
    project.run(*run, "--since=base")
    project.run(*run, "--since=base", "--", "-header-filter=.*", code=1)
    project.git("checkout", "-q", ".")


def accidents(project, run):
    """What would let a gate pass without a look is an error."""
    project.run(*run, "nomatch", code=2)
    project.run(run[0], "-p", "nowhere", code=2)
    project.run(*run, "--since=nonsense", code=2)
    config = project.folder / ".clang-tidy"
    good = config.read_text()
    config.write_text("Checks: '-*,bugprone-*'\n")
    result = project.run(*run, code=2)
    expect("enables no check of Concord" in result.stderr, result.stderr)
    config.write_text(good + "  concord-relock.Nonsense: 1\n")
    result = project.run(*run, "--fail-on=advice", code=None)
    expect(result.returncode and ("not analysed" in result.stderr or "failed on" in result.stderr),
           f"an option that does not exist: {result.stderr}")
    config.write_text(good)
    # A unit that does not compile has no findings that could be relied on.
    project.edit("src/account.cpp", lambda t: "#include <no-such-header>\n" + t)
    result = project.run(*run, code=1)
    expect("not analysed, findings are missing" in result.stderr, result.stderr)
    project.git("checkout", "-q", "src")
    # A clang-tidy that crashes.
    fake = project.folder / "build/crash"
    fake.write_text('#!/bin/sh\ncase "$*" in *account.cpp*--list*|*--list*) ;; *src/account.cpp*) kill -SEGV $$ ;; esac\n'
                    f'exec {shutil.which("clang-tidy-" + sys.argv[3])} "$@"\n')
    fake.chmod(0o755)
    result = project.run(*run, code=2, env={"CONCORD_CLANG_TIDY": str(fake)})
    expect("concord-tidy failed on" in result.stderr, result.stderr)
    # A plugin that finds nothing: the wrapper is another clang-tidy.
    blind = project.folder / "build/bin"
    blind.mkdir()
    for name in ("concord-run", "concord-sarif", "concord-report"):
        shutil.copy(project.bin / name, blind / name)
    (blind / "concord-tidy").write_text(f'#!/bin/sh\nexec {shutil.which("clang-tidy-" + sys.argv[3])} "$@"\n')
    (blind / "concord-tidy").chmod(0o755)
    result = project.run(blind / "concord-run", "-p", "build", code=2)
    expect("the plugin is not at work" in result.stderr, result.stderr)


def main():
    project = Project(os.path.join(sys.argv[2], "project"), sys.argv[1])
    run = [project.bin / "concord-run", "-p", "build"]
    whole(project, run)
    changes(project, run)
    accidents(project, run)


main()
