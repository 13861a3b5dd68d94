# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the compiler and the plugin, and reads what they say."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

DIAGNOSTIC = re.compile(
    r"^(\S+?):(\d+):\d+: (warning|error|fatal error): (.*?)(?: \[([\w.,-]+)\])?$",
    re.MULTILINE,
)


class Diagnostic(NamedTuple):
    file: str  # without its directory
    line: int
    severity: str
    message: str
    check: str  # or the compiler's flag; empty for errors


def run(command, folder=None):
    """\\returns the exit code and all output."""
    result = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=folder,
    )
    return result.returncode, result.stdout


def diagnostics(output):
    found = []
    for file, line, severity, message, check in DIAGNOSTIC.findall(output):
        check = check.split(",")[0]
        found.append(Diagnostic(Path(file).name, int(line), severity, message, check))
    return found


def compiled(command, source):
    """Compiles \\p source.
    \\returns the diagnostics, and what kept the compiler from working, if
    anything did.
    """
    code, output = run(command + ["-fsyntax-only", "-ferror-limit=0", str(source)])
    found = diagnostics(output)
    return found, trouble(code, output, source) if code and not found else ""


def analyzed(tidy, plugin, source, flags, config="{}"):
    """Runs all checks of \\p plugin on \\p source, in the source's directory.
    \\returns as `compiled`.
    """
    command = [tidy, f"-load={Path(plugin).resolve()}", "-checks=-*,concord-*", f"-config={config}"]
    command += ["-header-filter=.*", "-quiet", str(source), "--"] + flags
    code, output = run(command, Path(source).parent)
    found = diagnostics(output)
    broken = "Error opening" in output or (code and not found)
    return found, trouble(code, output, source) if broken else ""


def trouble(code, output, source):
    lines = output.strip().split("\n")
    lines = [line for line in lines if re.search("^Error|error:", line)] or lines
    return f"{Path(source).name}: exit code {code}: " + "\n".join(lines[:3])
