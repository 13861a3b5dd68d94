# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The archive of the tree: archive.py BUILD TEMP CMAKE CHROMIUM"""

import sys
import tarfile
from pathlib import Path

from journey import CALLBACK, TITLE, dom, expect, link_of, pack, run


def main():
    build, temp, cmake, chromium = sys.argv[1:]
    temp = Path(temp)
    (temp / "packages").mkdir()
    archive = pack(cmake, build, "TGZ", temp / "packages")
    place = temp / "any place"
    with tarfile.open(archive) as file:
        file.extractall(place)
    (tree,) = place.iterdir()
    source = temp / "callback.cpp"
    source.write_text(CALLBACK)
    for name in ("concord-tidy", "concord-tidy-22"):
        out = run(tree / "bin" / name, "-checks=-*,concord-call-under-lock", "-config={}",
                  source, "--", "-std=c++17", cwd="/").stdout
    link = link_of(out)
    expect("/any%20place/" in link, f"the page of this tree: {link}")
    for name in ("LICENSE", "README.md", ".clang-tidy.example"):
        expect((tree / "share/doc/concord-22" / name).is_file(), name)
    if chromium != "false" and link.endswith(".html"):
        expect(f"<h1>{TITLE}" in dom(chromium, temp, link), f"the browser opens {link}")


main()
