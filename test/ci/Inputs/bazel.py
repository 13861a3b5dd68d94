# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The aspect of Bazel on a workspace: bazel.py BIN_DIR TEMP_DIR ASPECT_DIR"""

import os
import shutil
import sys
from pathlib import Path

from journey import Project, expect, results

# Bazel would download its rules. Debian has them, but those for C++ are for a later
# Bazel than its own, so here are the ones that are built in.
RULES = Path("/usr/share/bazel")
NATIVE = ["cc_library", "cc_binary", "cc_test", "cc_import", "cc_toolchain", "cc_toolchain_suite",
          "cc_proto_library", "objc_library", "fdo_prefetch_hints", "fdo_profile"]


def rules_cc(folder):
    (folder / "cc").mkdir(parents=True)
    (folder / "WORKSPACE").touch()
    (folder / "cc/BUILD").touch()
    lines = [f"{name} = native.{name}" for name in NATIVE]
    lines += ["cc_libc_top_alias = None", "def compiler_flag(**_):", "    pass"]
    (folder / "cc/defs.bzl").write_text("\n".join(lines) + "\n")


def main():
    bin_dir, temp, aspect = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    project = Project(temp / "project", bin_dir)
    folder = project.folder
    shutil.copytree(aspect, folder / "tools/concord")
    (folder / "WORKSPACE").touch()
    (folder / "BUILD.bazel").write_text('exports_files([".clang-tidy"])\n')
    (folder / ".clang-tidy").write_text(
        "Checks: '-*,concord-*'\nWarningsAsErrors: 'concord-ineffective-guard'\n")
    (folder / "src/BUILD.bazel").write_text(
        'cc_library(name = "account", srcs = ["account.cpp"], copts = ["-std=c++20"])\n')
    shutil.rmtree(temp / "rules", ignore_errors=True)
    rules_cc(temp / "rules/rules_cc")
    places = {"rules_cc": temp / "rules/rules_cc", "rules_java": RULES / "rules/java",
              "rules_proto": RULES / "rules/proto", "platforms": RULES / "tools/platforms",
              "bazel_skylib": RULES / "tools/skylib"}
    bazel = ["bazel", f"--output_user_root={temp}/root", "--max_idle_secs=20"]
    build = [*bazel, "build", *(f"--override_repository={name}={place}" for name, place in places.items()),
             "--aspects=//tools/concord:concord.bzl%concord", "--output_groups=concord", "--color=no", "//..."]
    try:
        failed = project.run(*build, code=1)
        expect("src/account.cpp:16:3: error: the guard of 'account.mutex'" in failed.stdout + failed.stderr,
               f"the finding, with the path in the workspace: {failed.stderr}")
        expect("clang-diagnostic-error" not in failed.stderr, failed.stderr)
        (folder / ".clang-tidy").write_text("Checks: '-*,concord-*,-concord-inconsistent-locking'\n")
        project.run(*build)
        fixes = [str(path) for path in Path(folder, "bazel-bin").rglob("*.concord.yaml")]
        found = results(project.sarif(*fixes))
        expect([r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in found]
               == ["src/account.cpp"] * 2, f"findings for reports: {found}")
        # A plugin that is not at work fails the build.
        project.edit("src/account.cpp", lambda t: t + "\n")
        failed = project.run(*build, "--action_env=CONCORD_CLANG_TIDY=/bin/true-is-missing", code=1)
        expect("concord-tidy: error:" in failed.stdout + failed.stderr, failed.stderr)
    finally:
        project.run(*bazel, "shutdown", code=None)
        os.system(f"chmod -R u+w {temp}/root")
        shutil.rmtree(temp / "root", ignore_errors=True)


main()
