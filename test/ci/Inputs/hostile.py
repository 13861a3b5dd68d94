# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is not of clang-tidy is an error with words: hostile.py BIN_DIR TEMP_DIR"""

import os
import sys

from journey import Project, expect

GOOD = """---
MainSourceFile: '{file}'
Diagnostics:
  - DiagnosticName: concord-relock
    DiagnosticMessage:
      Message: 'text'
      FilePath: '{path}'
      FileOffset: {offset}
      Replacements: []
...
"""


def main():
    project = Project(os.path.join(sys.argv[2], "hostile"), sys.argv[1])
    source = project.folder / "src/account.cpp"
    os.mkfifo(project.folder / "pipe.cpp")

    def good(path=source, offset=0):
        return GOOD.format(file=source, path=path, offset=offset)

    inputs = {
        "no YAML": "}{",
        "a list": "- 1\n- 2\n",
        "a scalar": "hello\n",
        "other keys": "---\nA: 1\n...\n",
        "binary": "\0\1\2" * 100,
        "brackets": "[" * 200000,
        "braces": "{a: " * 200000,
        "dashes": "- " * 200000,
        "indentation": "".join(" " * n + "a:\n" for n in range(2000)),
        "an offset that is no number": good(offset="many"),
        "a negative offset": good(offset=-1),
        "a huge offset": good(offset=2**32 - 1),
        "an offset beyond 32 bits": good(offset=2**80),
        "an offset beyond the file": good(offset=source.stat().st_size + 1),
        "a file that is not there": good(path="/nowhere/x.cpp"),
        "a directory": good(path=project.folder),
        "a device": good(path="/dev/zero"),
        "a pipe": good(path=project.folder / "pipe.cpp"),
        "an anchor of itself": "---\nMainSourceFile: &a [*a]\nDiagnostics: *a\n",
    }
    path = project.folder / "fixes.yaml"
    for name, text in inputs.items():
        path.write_text(text)
        result = project.run(project.bin / "concord-sarif", path, code=None, timeout=60)
        expect(result.returncode == 2 and not result.stdout, f"{name}: exit code {result.returncode}")
        lines = result.stderr.strip().splitlines()
        expect(len(lines) == 1 and lines[0].startswith("concord-sarif: error: "), f"{name}: {lines}")

    # Odd but not wrong: the text is passed on so that it is valid JSON.
    path.write_text(good().replace("text", "a ]] <b> \u2028"))
    expect(len(project.sarif(path)["runs"][0]["results"]) == 1, "odd text")
    source.write_bytes(b"\xff\xfe\x80 \xf0\n" + source.read_bytes())
    expect(len(project.sarif(path)["runs"][0]["results"]) == 1, "a source that is not UTF-8")

    path.write_text(good())
    sarif = [project.bin / "concord-sarif", path]
    (project.folder / "bad.baseline").write_text("# fine\nnonsense\n")
    (project.folder / "bad.diff").write_text("+++ b/x\n@@ -1 +1 @@\nnonsense\n")
    for words, said in (
        (["--baseline=bad.baseline"], "line 2 is not one of a baseline"),
        (["--baseline=nowhere"], "cannot read nowhere"),
        (["--diff=bad.diff"], "line 3 of the diff is not understood"),
        (["--root=nowhere"], "the root nowhere is not a directory"),
        (["--fail-on=everything"], "not 'everything'"),
        (["-o", "/nowhere/x"], "cannot write /nowhere/x"),
        (["no-such.yaml"], "no-such.yaml does not exist"),
        (["--nonsense"], "Unknown command line argument"),
    ):
        result = project.run(*sarif, *words, code=2)
        expect(said in result.stderr, f"{words}: {result.stderr}")

    report = project.bin / "concord-report"
    for text in ("", "[]", "{}", '{"runs": []}', "[" * 100000, '{"runs": [{"tool": 1}]}'):
        path.write_text(text)
        result = project.run(report, path, "-o", "report.html", code=1)
        expect(result.stderr.startswith("concord-report: error: ") and result.stderr.count("\n") == 1,
               f"{text[:20]}: {result.stderr}")
    project.run(report, "nowhere", "-o", "report.html", code=1)


main()
