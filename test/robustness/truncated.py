# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every state of a file that somebody types: files of the tests, cut anywhere.

Usage: truncated.py SERVER DIRECTORY [SECONDS]. In one session of the editor,
files are opened and cut at the end of a token, until the time is over; the
server has to live. SECONDS of 0: every file, at every twelfth token.
"""

import pathlib
import random
import re
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "editor/Inputs"))
import lsp  # noqa: E402

CHECKS = pathlib.Path(__file__).parents[1] / "checks"


def session(command, directory, files, until):
    """The number of cuts that were survived."""
    cuts = 0
    for file in files:
        text = re.sub(r"//.*", "", file.read_text())
        copy = directory / file.name
        ends = [match.end() for match in re.finditer(r"\w+|[^\w\s]", text)]
        language = "c" if file.suffix == ".c" else "cpp"
        with lsp.Server(command, directory, log=directory / "log") as server:
            server.open(copy, text, language)
            for end in ends[::-12]:
                if until and time.monotonic() > until:
                    return cuts
                try:
                    server.change(copy, text[:end])
                except lsp.ServerDied as error:
                    copy.write_text(text[:end])
                    raise SystemExit(f"{file}: {error} at {end}, see {copy}") from error
                cuts += 1
    return cuts


def main():
    command, directory = [sys.argv[1]], pathlib.Path(sys.argv[2])
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    (directory / ".clang-tidy").write_text("Checks: '-*,concord-*'\n")
    (directory / "compile_flags.txt").write_text("")
    files = sorted([*CHECKS.rglob("*.cpp"), *CHECKS.rglob("*.c")])
    # Another part of them each day.
    random.Random(int(time.time()) // 86400).shuffle(files)
    until = time.monotonic() + seconds if seconds else 0
    print(session(command, directory, files, until), "cuts")


if __name__ == "__main__":
    main()
