# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the documentation: pages, their code blocks, and the list of checks."""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent

sys.path.append(str(ROOT / "tools"))
import checks_def  # noqa: E402

# A block under one of these headings shows a mistake, or the way out of it.
WRONG = {"Example", "Wrong"}
RIGHT = {"Use instead", "Right"}


KEYS = {"expect", "header", "std", "options", "needs", "file", "skip"}


class PageError(Exception):
    """A page that breaks a rule of the documentation."""


@dataclass
class Block:
    """A fenced block of code and what its page says about it.

    The comment `<!-- key: value; key -->` just above the fence is the block's
    marker. Keys: `expect` (names of checks, or `none`), `header` (the code
    stands in a header), `std` (a language standard), `options` (check options,
    `concord-x.Option=value`), `needs` (a header of a library: left out where it
    is not installed), `file` (the block is no code, but a file of this name that
    the options of other blocks may refer to), `skip` (not code on its own; says
    why).
    """

    page: Path
    line: int  # of the first line of code, counted from 1
    language: str
    heading: str
    code: str
    marker: dict = field(default_factory=dict)

    @property
    def place(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass
class Page:
    path: Path
    title: str
    summary: str  # the first paragraph, on one line
    blocks: list
    headings: list
    text: str


def read_checks():
    """The registered checks by name."""
    return {check.name: check for check in checks_def.read_checks()}


def parse_marker(comment):
    marker = {}
    for part in comment.split(";"):
        key, _, value = part.strip().partition(":")
        if key not in KEYS:
            return {}  # an ordinary comment
        marker[key] = value.strip()
    return marker


def read_page(path):
    """Parses \\p path; raises PageError if a fence is left open."""
    text = path.read_text()
    lines = text.split("\n")
    title, summary, heading = "", [], ""
    blocks, headings = [], []
    block, comment, fence = None, "", ""
    summary_open = False
    for number, line in enumerate(lines, 1):
        if fence:
            if line.strip() == fence:
                if block:
                    block.code = "\n".join(lines[block.line - 1 : number - 1])
                    blocks.append(block)
                block, fence = None, ""
            continue
        opening = re.match(r"^(`{3,})\s*(\S*)", line)
        if opening:
            fence = opening[1]
            block = Block(
                path, number + 1, opening[2], heading, "", parse_marker(comment)
            )
            comment = ""
            summary_open = False
            continue
        remark = re.match(r"^<!--\s*(.*?)\s*-->$", line)
        if remark:
            comment = remark[1]
            continue
        if line.strip():
            comment = ""
        if line.startswith("# ") and not title:
            title = line[2:].strip()
            summary_open = True
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
            headings.append(heading)
            summary_open = False
        elif summary_open:
            if line.strip():
                summary.append(line.strip())
            elif summary:
                summary_open = False
    if fence:
        raise PageError(f"{path}: a fence is not closed")
    return Page(path, title, " ".join(summary), blocks, headings, text)


def first_sentence(text):
    """The first sentence of a paragraph, without its full stop."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0].rstrip(".")


def pages(folder):
    """The pages of a folder of the documentation, without index and templates."""
    found = sorted((DOCS / folder).glob("*.md"))
    return [
        read_page(path)
        for path in found
        if path.stem != "index" and not path.stem.startswith("_")
    ]
