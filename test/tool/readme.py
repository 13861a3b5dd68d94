#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The README's example finding is what concord-tidy prints for its code.

    readme.py CONCORD_TIDY README TEMP_DIR
"""

import re
import subprocess
import sys
from pathlib import Path


def main():
    tidy, readme, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    text = readme.read_text(encoding="utf-8")
    code = re.search(r"^```cpp\n(.*?)^```", text, re.M | re.S)[1]
    output = re.search(r"^```text\n(.*?)^```", text, re.M | re.S)[1]
    name = output.split(":")[0]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(code, encoding="utf-8")
    result = subprocess.run(
        [
            tidy,
            "-quiet",
            "-checks=-*,concord-*",
            "-config={CheckOptions: {concord.DocsUrl: 'https://docs.example.org'}}",
            name,
            "--",
            "-std=c++20",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    # The README leaves the directories and the source lines out.
    said = "".join(
        line.replace(f"{folder.resolve()}/", "").replace(f"{folder}/", "") + "\n"
        for line in result.stdout.splitlines()
        if re.match(r"\S.*:\d+:\d+: ", line)
    )
    if said != output:
        sys.exit(f"the README shows\n{output}\nbut concord-tidy says\n{said}")


if __name__ == "__main__":
    main()
