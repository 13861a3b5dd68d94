#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the plugin on the tour and sums up: check, findings, guideline."""

import argparse
import collections
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from checks_def import read_checks

FINDING = re.compile(r"^(.+:\d+:\d+): warning: .* \[(concord-[\w-]+)\]$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

def guidelines():
    """Guideline by check name."""
    return {f"concord-{check.name}": check.guideline for check in read_checks()}


def run(tidy, source):
    command = [tidy, "-checks=-*,concord-*", "-config={}", "-quiet"]
    command += ["-header-filter=.*/tour/.*"]
    if sys.stdout.isatty():
        command.append("-use-color")
    command += [str(source), "--", "-std=c++20", "-pthread"]
    return subprocess.run(command, capture_output=True, text=True)


def table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for check, count, guideline in rows:
        print(f"{check:<{widths[0]}}  {count:>{widths[1]}}  {guideline}".rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidy", required=True, help="concord-tidy")
    parser.add_argument("tour", type=Path)
    options = parser.parse_args()

    sources = sorted(options.tour.glob("*.cpp")) + sorted(options.tour.glob("*.c"))
    findings = collections.defaultdict(set)
    failed = not sources
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda source: run(options.tidy, source), sources):
            print(result.stdout, end="")
            if result.returncode:
                failed = True
                print(result.stderr, end="", file=sys.stderr)
            for line in COLOUR.sub("", result.stdout).splitlines():
                match = FINDING.match(line)
                if match:
                    findings[match[2]].add(match[1])
    if failed:
        sys.exit(f"error: the tour in {options.tour} could not be read")

    page = guidelines()
    print()
    table(
        [("check", "findings", "guideline")]
        + [(name, str(len(at)), page.get(name, "")) for name, at in sorted(findings.items())]
    )


if __name__ == "__main__":
    main()
