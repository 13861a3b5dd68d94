# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The module of CMake in a project: cmake.py BIN_DIR TEMP_DIR MODULE CMAKE"""

import shutil
import sys
from pathlib import Path

from change import AUDIT, HARMFUL, Change
from journey import CONFIG, expect


def main():
    bin_dir, temp, module, cmake = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    project = Change(temp / "project", bin_dir)
    shutil.copy(module, project.folder / "Concord.cmake")
    project.edit("CMakeLists.txt", lambda t: t.replace("add_library", "include(Concord.cmake)\nadd_library"))
    (project.folder / "src/audit.cpp").write_text(AUDIT + HARMFUL)
    configure = [cmake, "-S", ".", "-B", "build"]
    project.run(*configure)
    result = project.run(cmake, "--build", "build")
    expect("src/audit.cpp:8:3: warning:" in result.stdout + result.stderr, f"a finding: {result.stdout}")
    (project.folder / ".clang-tidy").write_text(CONFIG + "WarningsAsErrors: 'concord-*'\n")
    project.run(cmake, "--build", "build", "--clean-first", code=2)
    # Without the plugin at work, nothing is configured.
    blind = project.blind(temp / "blind") / "concord-tidy"
    result = project.run(*configure, f"-DCONCORD_TIDY={blind}", code=1)
    expect("does not work" in result.stderr, result.stderr)
    project.run(*configure, "-DCONCORD=OFF")


main()
