# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads checks/Checks.def, the list that all tools follow."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ("api", "capture", "channel", "lifetime", "lock", "once")
TIERS = ("gate", "review", "advice")
ENTRY = re.compile(
    r'^CONCORD_CHECK\((\w+), "([a-z-]+)", (\w+), (\w+), "([a-z-]+)", (yes|no)\)$', re.M
)


class Check(NamedTuple):
    cls: str
    name: str  # without `concord-`
    family: str
    tier: str
    guideline: str
    fixes: bool

    @property
    def line(self):
        fixes = "yes" if self.fixes else "no"
        return (
            f'CONCORD_CHECK({self.cls}, "{self.name}", {self.family}, {self.tier}, '
            f'"{self.guideline}", {fixes})'
        )


def read_checks(root=ROOT):
    """All checks, in the order of the file."""
    text = (root / "checks/Checks.def").read_text(encoding="utf-8")
    return [Check(*entry[:5], entry[5] == "yes") for entry in ENTRY.findall(text)]


def class_name(name):
    """`unjoined-thread` is checked by `UnjoinedThreadCheck`."""
    return "".join(word.capitalize() for word in name.split("-")) + "Check"
