# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The site of the docs, opened as files: site.py SITE TEMP CHROMIUM"""

import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from journey import dom, expect


class Links(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.targets, self.names = path, [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.targets.append(value)
            elif name == "id":
                self.names.add(value)


def judge_links(site):
    """Every file and place that a page names is there; nothing is loaded from elsewhere."""
    pages = {path: Links(path) for path in site.rglob("*.html")}
    expect(len(pages) > 60, f"all pages: {len(pages)}")
    for path, page in pages.items():
        for target in page.targets:
            address = urlsplit(target)
            if address.scheme or address.netloc:
                continue
            there = path if not address.path else Path(os.path.normpath(path.parent / unquote(address.path)))
            expect(there.exists(), f"{path}: {target} is missing")
            if address.fragment and there in pages and pages[there].names:
                expect(unquote(address.fragment) in pages[there].names or address.fragment == "",
                       f"{path}: {target} names no place")
        text = path.read_text(encoding="utf-8")
        expect(not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', text),
               f"{path} loads something from elsewhere")


def main():
    site, temp, chromium = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    judge_links(site)
    page = dom(chromium, temp, f"{(site / 'search.html').as_uri()}?q=nodiscard+future")
    expect('href="checks/discarded-future.html' in page, "the search finds pages without a server")


main()
