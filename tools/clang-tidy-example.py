#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes .clang-tidy.example from Checks.def; with --check only compares."""

import sys

from checks_def import ROOT, read_checks

TEMPLATE = """\
# Concord's configuration for a project: copy it to the top of your sources as
# .clang-tidy, or merge it into the one that is there. It needs concord-tidy (or
# clang-tidy with -load=<plugin>): a plain clang-tidy knows none of these checks
# and stays silent.
#
# Checks come in three tiers. Gate checks are fit to fail a pull request, review
# checks are worth a reviewer's look, advice checks are style and design.

# Gate and review checks are on. To ask for advice too, append the names of
# {advice}.
Checks: >
  -*,
  clang-diagnostic-*,
{enabled}

# Findings of gate checks are errors: clang-tidy then exits with a failure.
WarningsAsErrors: >
{gate}

# Look into the project's headers; releases of clang-tidy before 22 do not by
# default. If third-party sources lie within your tree, narrow the expression to
# your own headers. No release looks into the system's headers unless it is told
# to, which the next line makes plain; LLVM 16 does not know the key.
HeaderFilterRegex: '.*'
# SystemHeaders: false

CheckOptions:
  # Where a finding shows the page of its guideline: in the message, in a note,
  # or none.
  concord.GuidelineLink: message
  # The docs that the link leads to, such as https://docs.example.org/concord.
  # Empty: the docs that are installed with the plugin.
  concord.DocsUrl: ''
"""


def names(checks):
    return ",\n".join(f"  concord-{check.name}" for check in checks) or "  ''"


def example():
    checks = read_checks()
    advice = [f"concord-{check.name}" for check in checks if check.tier == "advice"]
    gate = [check for check in checks if check.tier == "gate"]
    review = [check for check in checks if check.tier == "review"]
    return TEMPLATE.format(
        advice=",\n# ".join(advice) or "an advice check",
        enabled=names(gate + review),
        gate=names(gate),
    )


def main():
    path = ROOT / ".clang-tidy.example"
    if "--check" in sys.argv[1:]:
        if path.read_text(encoding="utf-8") != example():
            sys.exit(".clang-tidy.example is not current: run tools/clang-tidy-example.py")
    else:
        path.write_text(example(), encoding="utf-8")


if __name__ == "__main__":
    main()
