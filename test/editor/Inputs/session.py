# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One session of a user: type a function, read the finding, take the quick fix.

Usage: session.py SERVER STOCK CLANG DIRECTORY. STOCK is the release's own
clangd, for comparison; it may be missing.
"""

import pathlib
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse

import lsp

ABOVE = """#include <cstdio>
#include <thread>

void greet(int times) {
"""
TYPED = r"""  std::thread worker([&times] {
    std::printf("hello, %d\n", times);
  });
  worker.detach();
"""
BELOW = "}\n"

CAPTURE = "concord-escaping-capture"
DETACH = "concord-detached-thread"


def codes(findings):
    return sorted(f["code"] for f in findings if f.get("code", "").startswith("concord-"))


def type_text(server, path):
    """Types a character at a time; seconds from a keystroke to its findings."""
    seconds = []
    text = ABOVE
    server.open(path, ABOVE + BELOW)
    for count, character in enumerate(TYPED, 1):
        text += character
        started = time.monotonic()
        # Mostly the next key is pressed before the findings are there.
        waits = count % 6 == 0
        server.change(path, text + BELOW, wait=waits)
        if waits:
            seconds.append(time.monotonic() - started)
    return text + BELOW, seconds


def page_of(finding):
    address = finding["codeDescription"]["href"]
    parts = urllib.parse.urlsplit(address)
    assert parts.scheme == "file", address
    page = pathlib.Path(urllib.parse.unquote(parts.path))
    name = finding["code"].removeprefix("concord-")
    assert page.stem == name and page.parent.name == "checks", address
    assert name in page.read_text(), address
    return page


def journey(command, clang, directory):
    source = directory / "greet.cpp"
    source.write_text(ABOVE + BELOW)
    with lsp.Server(command, directory, log=directory / "log") as server:
        text, seconds = type_text(server, source)
        found = server.findings(source)
        assert codes(found) == [DETACH, CAPTURE], found
        source.write_text(text)
        server.save(source)

        for finding in found:
            page_of(finding)
        capture = next(f for f in found if f["code"] == CAPTURE)
        assert capture["source"] == "clang-tidy", capture
        begin = capture["range"]["start"]
        assert text.splitlines()[begin["line"]][begin["character"]:].startswith("times]")
        assert capture["relatedInformation"], capture

        fixes = server.fixes(source, capture)
        assert fixes, "no quick fix"
        (edits,) = fixes[0]["edit"]["changes"].values()
        fixed = lsp.applied(text, edits)
        assert "[times]" in fixed, fixed
        # A thread with a copy of its own may be detached.
        assert not codes(server.change(source, fixed))

        # While half of it is gone again, nothing breaks.
        for end in range(len(fixed), len(ABOVE), -7):
            server.change(source, fixed[:end], wait=False)
        assert codes(server.change(source, text)) == [DETACH, CAPTURE]
    source.write_text(fixed)
    subprocess.run([clang, "-fsyntax-only", "-std=c++17", source], check=True)
    return seconds


def compare(stock, directory):
    source = directory / "greet.cpp"
    with lsp.Server([stock], directory, log=directory / "log") as server:
        return type_text(server, source)[1]


def report(name, seconds):
    milliseconds = sorted(second * 1000 for second in seconds)
    print(f"{name}: keystroke to findings, median "
          f"{statistics.median(milliseconds):.0f} ms, most {milliseconds[-1]:.0f} ms")


def main():
    command, stock, clang, directory = sys.argv[1:]
    directory = pathlib.Path(directory)
    for part in ("ours", "stock"):
        shutil.rmtree(directory / part, ignore_errors=True)
        (directory / part).mkdir(parents=True)
    report("concord-clangd", journey([command], clang, directory / "ours"))
    if shutil.which(stock):
        report("clangd", compare(stock, directory / "stock"))


if __name__ == "__main__":
    main()
