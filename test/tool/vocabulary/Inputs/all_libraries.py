"""Prints a source that has an identifier of every embedded library."""

import pathlib
import re
import sys

names = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    text = file.read_text(encoding="utf-8")
    found = re.search(r"^requires: \[([^\]]*)\]", text, re.MULTILINE)
    if found:
        names.setdefault(found[1].split(",")[0].strip(), None)
    else:
        assert file.name == "common.yaml", f"{file} has no 'requires'"
for name in names:
    print(f"struct {name};")
print("struct Mutex; Mutex *Pointer;")
