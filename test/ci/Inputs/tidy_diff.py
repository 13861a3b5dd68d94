# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""clang-tidy-diff with concord-tidy: tidy_diff.py BIN_DIR TEMP_DIR LLVM_MAJOR"""

import os
import re
import sys
from pathlib import Path

from journey import Project, expect


def main():
    project = Project(os.path.join(sys.argv[2], "project"), sys.argv[1])
    text = Path(__file__).parents[3].joinpath("docs/ci.md").read_text()
    recipe = re.search(r"```sh\n(git diff -U0.*?)```", text, re.S)[1]
    recipe = recipe.replace("diff-22", f"diff-{sys.argv[3]}").replace("origin/main", "main")
    project.git("checkout", "-q", "-b", "change")
    project.edit("src/account.cpp", lambda t: t.replace("account.balance = 0", "account.balance = 1"))
    project.commit("Harmless")
    project.run("sh", "-c", recipe)
    project.edit("src/account.cpp", lambda t: t + "void again(Account &account) {\n"
                 "  std::lock_guard<std::mutex>{account.mutex};\n  ++account.balance;\n}\n")
    project.commit("Harmful")
    result = project.run("sh", "-c", recipe, code=1)
    expect("concord-sarif: 1 finding\n" in result.stderr, result.stderr)


main()
