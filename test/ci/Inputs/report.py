# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The report shows what the SARIF has, escaped: report.py BIN_DIR TEMP_DIR [CHROMIUM]"""

import json
import os
import re
import struct
import subprocess
import sys
import zlib
from html.parser import HTMLParser

from journey import Project, expect

HOSTILE = "</pre><script>document.title='taken'</script><img src=x onerror=alert(1)>\"'&"


class Reader(HTMLParser):
    """Collects the text and the tags of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_data(self, data):
        self.words.append(data)


def read(path):
    reader = Reader()
    reader.feed(path.read_text())
    return reader


def hostile(project, sarif):
    """Puts hostile text into every string of the SARIF."""
    def spoil(value):
        if isinstance(value, dict):
            return {k: v if k in ("ruleId", "id", "level", "baselineState") else spoil(v) for k, v in value.items()}
        if isinstance(value, list):
            return [spoil(v) for v in value]
        return value + HOSTILE if isinstance(value, str) else value

    spoilt = spoil(sarif)
    for rule in spoilt["runs"][0]["tool"]["driver"]["rules"]:
        rule["helpUri"] = "javascript:alert(1)"
    (project.folder / "hostile.sarif").write_text(json.dumps(spoilt))
    page = project.folder / "hostile.html"
    project.run(project.bin / "concord-report", "hostile.sarif", "-o", page)
    reader = read(page)
    expect(not reader.tags & {"script", "img"}, "text stays text")
    expect(not any(k.startswith("on") or "javascript:" in (v or "") for k, v in reader.attributes), "no scripts")
    return page


def browser(chromium, folder, page, *words):
    result = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--user-data-dir={folder}/profile", *words, page.as_uri()],
        capture_output=True, text=True, timeout=120)
    expect(result.returncode == 0, result.stderr)
    return result.stdout


def colours(path):
    """The number of different rows of a picture, enough to tell it is not blank."""
    data, at, pixels = path.read_bytes(), 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            pixels += data[at + 8 : at + 8 + size]
        at += size + 12
    width, height = struct.unpack(">II", data[16:24])
    rows = zlib.decompress(pixels)
    step = len(rows) // height
    return width, len({rows[i * step + 1 : (i + 1) * step] for i in range(height)})


def judge_page(page):
    reader = read(page)
    words = "".join(reader.words)
    for text in ("src/account.cpp:16", "order-locks", "release-with-raii", "By folder", "Lock order", "Tasks",
                 "std::lock_guard<std::mutex> second(to.mutex);", "lock both at once", "'from.mutex' is taken here",
                 "std::thread worker([&result] { ++result; });"):
        expect(text in words, f"the page says {text}")
    expect(("href", "https://docs.example.org/guidelines/order-locks") in reader.attributes, "links")
    # Links within the page lead somewhere, and places are named once.
    content = page.read_text()
    names = re.findall(r' id="([^"]+)"', content)
    expect(len(names) == len(set(names)), "each place has its own name")
    for target in re.findall(r'href="#([^"]+)"', content):
        expect(target in names, f"the link to {target}")
    # The picture: both orders of the two locks, and where the first stands.
    for text in ("from.mutex before to.mutex: src/account.cpp:10", "to.mutex before from.mutex: with the objects swapped"):
        expect(text in words, f"the picture has {text}")
    # What is marked is the place, also behind characters of several code units.
    expect(re.search(r"<u>second</u>\(to\.mutex\)", content), "the word is marked")


def judge_other_orders(project, sarif):
    """Three locks in a ring, a unit that was not analysed, and findings that are known."""
    def note(text, line):
        return {"physicalLocation": {"artifactLocation": {"uri": "src/a.cpp"}, "region": {"startLine": line}},
                "message": {"text": text}}
    found = sarif["runs"][0]["results"][0]
    locks = ("a", "b", "c")
    rings = []
    for at in range(3):
        first, second, before = locks[at], locks[(at + 1) % 3], locks[at - 1]
        notes = [note(f"'{first}' is taken here", at + 1), note(f"then '{second}' is taken here", at + 2),
                 note(f"the other order: '{first}' after '{before}'", 9),
                 note(f"'{before}' is taken here", 8), note(f"then '{first}' is taken here", 9)]
        rings.append({**found, "relatedLocations": notes, "baselineState": "unchanged"})
    sarif = {**sarif, "runs": [{**sarif["runs"][0], "results": rings, "invocations": [
        {"executionSuccessful": False, "toolExecutionNotifications": [
            {"message": {"text": "no such header"}, "locations": [note("", 3)]}]}]}]}
    (project.folder / "ring.sarif").write_text(json.dumps(sarif))
    page = project.folder / "ring.html"
    project.run(project.bin / "concord-report", "ring.sarif", "-o", page)
    words = "".join(read(page).words)
    for text in ("a before b: ", "b before c: ", "c before a: ", "no such header (src/a.cpp:3)", "0 new", "known"):
        expect(text in words, f"the page says {text}")
    expect(page.read_text().count('<svg role="img"') == 1, "one picture for what hangs together")


def main():
    project = Project(os.path.join(sys.argv[2], "project"), sys.argv[1])
    project.edit("src/account.cpp", lambda t: t + """
#include <thread>
void later() {
  int result = 0;
  std::thread worker([&result] { ++result; });
  worker.detach();
}
""")
    run = [project.bin / "concord-run", "-p", "build", "--fail-on=none"]
    project.run(*run, "--sarif=a.sarif", "--html=a.html")
    page = project.folder / "a.html"
    judge_page(page)
    sarif = json.loads((project.folder / "a.sarif").read_text())
    spoilt = hostile(project, sarif)
    judge_other_orders(project, sarif)
    sarif["runs"][0]["results"] = []
    (project.folder / "none.sarif").write_text(json.dumps(sarif))
    project.run(project.bin / "concord-report", "none.sarif", "-o", "none.html")
    expect("0 findings" in (project.folder / "none.html").read_text(), "a page without findings")

    if len(sys.argv) > 3:
        picture = project.folder / "a.png"
        browser(sys.argv[3], sys.argv[2], page, f"--screenshot={picture}", "--window-size=1000,1600")
        width, rows = colours(picture)
        expect(width == 1000 and rows > 100, f"a picture with text: {rows}")
        browser(sys.argv[3], sys.argv[2], page, f"--screenshot={picture}", "--window-size=500,3000",
                "--blink-settings=preferredColorScheme=0")
        width, dark_rows = colours(picture)
        expect(width == 500 and dark_rows > 100, f"a narrow picture, in dark: {dark_rows}")
        title = browser(sys.argv[3], sys.argv[2], spoilt, "--dump-dom", "--virtual-time-budget=1000")
        expect("<title>Concord: " in title and "<script" not in title, "nothing ran")


main()
