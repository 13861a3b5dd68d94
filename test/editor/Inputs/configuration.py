# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which checks run under which configuration, and what errors in it look like.

Usage: configuration.py SERVER DIRECTORY
"""

import pathlib
import shutil
import sys

import lsp

HEADER = """#pragma once
#include <mutex>
#include <thread>
inline void inHeader(int n) { std::thread([&n] { (void)n; }).detach(); }
#define LAUNCH(N) std::thread([&N] { (void)N; }).detach()
"""
SOURCE = """#include "parts.h"
int unrelated;
void inSource(int n) { std::thread([&n] { (void)n; }).detach(); }
void byMacro(int n) { LAUNCH(n); }
"""


def lines(findings):
    """The line and code of every finding, and the line only for errors."""
    return sorted((f["range"]["start"]["line"], f.get("code", "")) for f in findings)


def session(command, directory, files, text=SOURCE):
    """The findings in a file beside `files`."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    for name, content in {"parts.h": HEADER, **files}.items():
        (directory / name).write_text(content)
    source = directory / "main.cpp"
    source.write_text(text)
    with lsp.Server(command, directory, log=directory / "log") as server:
        found = server.open(source)
        # With the preamble that is there now.
        again = server.change(source, text + "\n")
        assert lines(found) == lines(again), (found, again)
    return found


BOTH = [
    (2, "concord-detached-thread"), (2, "concord-escaping-capture"),
    (3, "concord-detached-thread"), (3, "concord-escaping-capture"),
]


def main():
    command, directory = [sys.argv[1]], pathlib.Path(sys.argv[2])

    def found(**files):
        return session(command, directory, {
            "." + name.replace("_", "-"): text for name, text in files.items()})

    # Without any configuration: gate and review, in this file only.
    default = found()
    assert lines(default) == BOTH, default
    # A finding in a macro has no quick fix, and its page.
    assert all("/checks/" in f["codeDescription"]["href"] for f in default)

    # Who names checks gets those.
    assert not found(clang_tidy="Checks: '-*,bugprone-*'\n")
    one = found(clang_tidy="Checks: '-*,concord-detached-thread'\n")
    assert [code for _, code in lines(one)] == ["concord-detached-thread"] * 2, one
    one = found(clangd="Diagnostics: {ClangTidy: {Add: concord-detached-thread}}\n")
    assert [code for _, code in lines(one)] == ["concord-detached-thread"] * 2, one
    rest = found(clang_tidy="Checks: '-*,concord-*'\n",
                 clangd="Diagnostics: {ClangTidy: {Remove: concord-detached-thread}}\n")
    assert [code for _, code in lines(rest)] == ["concord-escaping-capture"] * 2, rest
    assert not found(clangd="Diagnostics: {ClangTidy: {FastCheckFilter: Loose}, Suppress: '*'}\n")

    # Options, from either file; the code follows the address of the docs.
    for files in (
        {"clang_tidy": "Checks: '-*,concord-*'\n"
         "CheckOptions: {concord.DocsUrl: 'https://docs.example.org/c'}\n"},
        {"clangd": "Diagnostics: {ClangTidy: {Add: 'concord-*', CheckOptions: "
         "{concord.DocsUrl: 'https://docs.example.org/c/'}}}\n"},
        {"clang_tidy": "Checks: '-*,concord-*'\n"
         "CheckOptions: {concord.DocsUrl: 'https://docs.example.org/c',"
         " concord.GuidelineLink: note}\n"},
    ):
        # A note in a header is not shown, so a macro's finding may not tell.
        for finding in found(**files)[:2]:
            page = finding["code"].removeprefix("concord-")
            assert finding["codeDescription"]["href"] == (
                f"https://docs.example.org/c/checks/{page}"), (files, finding)

    # A mistake in the options is shown once, at the beginning of the file, and
    # nothing stops.
    for options, message in (
        ("{concord.GuidelineLink: nowhere}", "value 'nowhere' of option 'concord.GuidelineLink'"),
        ("{concord.GuidlineLink: none}", "nknown option 'concord.GuidlineLink'"),
        ("{concord-relocked.X: 1}", "'concord-relocked.X' belongs to no check"),
        ("{concord-detached-thread.Nothing: 1}", "nknown option 'concord-detached-thread.Nothing'"),
        ("{concord.Vocabulary: missing.yaml}", "cannot read the vocabulary file"),
    ):
        shown = found(clang_tidy=f"Checks: '-*,concord-*'\nCheckOptions: {options}\n")
        at_top = [f for f in shown if f["range"]["start"]["line"] == 0]
        assert len(at_top) == 1 and message in at_top[0]["message"], (options, shown)
        if "Vocabulary" not in options:
            assert set(BOTH) <= set(lines(shown)), (options, shown)


if __name__ == "__main__":
    main()
