# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The report shows what the SARIF has, escaped: report.py BIN_DIR TEMP_DIR [CHROMIUM]"""

import json
import os
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
    reader = read(page)
    words = " ".join(reader.words)
    for text in ("src/account.cpp:16", "order-locks", "release-with-raii", "Lock order", "Tasks",
                 "from.mutex", "std::lock_guard<std::mutex> second(to.mutex);"):
        expect(text in words, f"the page says {text}")
    expect(("href", "https://docs.example.org/guidelines/order-locks") in reader.attributes, "links")
    sarif = json.loads((project.folder / "a.sarif").read_text())
    spoilt = hostile(project, sarif)
    sarif["runs"][0]["results"] = []
    (project.folder / "none.sarif").write_text(json.dumps(sarif))
    project.run(project.bin / "concord-report", "none.sarif", "-o", "none.html")
    expect("0 findings" in (project.folder / "none.html").read_text(), "a page without findings")

    if len(sys.argv) > 3:
        picture = project.folder / "a.png"
        browser(sys.argv[3], sys.argv[2], page, f"--screenshot={picture}", "--window-size=1000,1600")
        width, rows = colours(picture)
        expect(width == 1000 and rows > 100, f"a picture with text: {rows}")
        title = browser(sys.argv[3], sys.argv[2], spoilt, "--dump-dom", "--virtual-time-budget=1000")
        expect("<title>Concord: " in title and "<script" not in title, "nothing ran")


main()
