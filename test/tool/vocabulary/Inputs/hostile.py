"""Writes vocabulary files that would overflow a recursive parser."""

import sys

folder = sys.argv[1]


def write(name, text):
    with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
        file.write(text)


write("deep.yaml", "library: a\ntypes: " + "[" * 100000)
write("indent.yaml", "library: a\ntypes:\n" + "- " * 100000 + "x\n")
write("large.yaml", "# " + "x" * (1 << 20) + "\nlibrary: a\n")
