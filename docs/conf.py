# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sphinx configuration: the pages are plain Markdown that any forge renders.

Nothing in a page is meant for Sphinx only. What Sphinx needs besides, the
tables of contents, is added here while the pages are read.
"""

import re
from pathlib import Path

project = "Concord"
author = "The Concord authors"
copyright = author
version = release = re.search(
    r"project\(Concord VERSION (\S+)",
    (Path(__file__).parent.parent / "CMakeLists.txt").read_text(),
)[1]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_*", "**/_*", "tools"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = f"Concord {release}"
html_copy_source = False
html_show_copyright = False

CONTENTS = {
    "index": [
        "getting-started",
        "editors",
        "ci",
        "guidelines/index",
        "checks/index",
        "tour/index",
        "vocabulary",
        "support",
        "limits",
        "contributing",
        "releasing",
    ],
    "guidelines/index": ["*"],
    "checks/index": ["*"],
}


def add_contents(app, name, source):
    """Appends the table of contents that the page \\p name stands above."""
    entries = CONTENTS.get(name)
    if not entries:
        return
    folder = Path(app.srcdir) / Path(name).parent
    if entries == ["*"]:
        pages = [page.stem for page in sorted(folder.glob("*.md"))]
        entries = [p for p in pages if p != "index" and not p.startswith("_")]
    source[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(entries) + "\n```\n"


def setup(app):
    app.connect("source-read", add_contents)
    return {"parallel_read_safe": True}
