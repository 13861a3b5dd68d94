# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Manual pages name what programs can do: manuals.py BIN_DIR MAN_DIR"""

import re
import sys
from pathlib import Path

from journey import expect, run

COMMON = {"-h", "--help", "--help-hidden", "--help-list", "--help-list-hidden", "--version",
          "--print-options", "--print-all-options"}


def main():
    programs, manuals = map(Path, sys.argv[1:])
    for page in sorted(manuals.glob("*.1")):
        text = page.read_text().replace("\\-", "-")
        expect(f".TH {page.stem.upper()} 1" in text, f"the title of {page}")
        if page.stem in ("concord-tidy", "concord-clangd"):
            continue  # their options are those of clang-tidy and clangd
        options = set(re.findall(r"^ +(--?[a-z][a-z-]*)", run(programs / page.stem, "--help").stdout, re.M))
        expect(options, f"{page.stem} --help names options")
        for option in options - COMMON:
            expect(re.search(rf"(?<![\w-]){option}(?![\w-])", text), f"{page} does not name {option}")


main()
