#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests of the documentation's own tools."""

import tempfile
import unittest
from pathlib import Path

import pages
import snippets

PAGE = """\
# A title

One sentence. And
another.

## Wrong

<!-- expect: concord-known concord-future; header -->
```cpp
int wrong;
```

Text with a fence of another language:

```sh
ls
```

## Right

```cpp
int right;
int more;
```
"""

class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, text):
        path = Path(self.folder.name) / "page.md"
        path.write_text(text)
        return path

    def test_page(self):
        page = pages.read_page(self.write(PAGE))
        self.assertEqual(page.title, "A title")
        self.assertEqual(page.summary, "One sentence. And another.")
        self.assertEqual(pages.first_sentence(page.summary), "One sentence")
        self.assertEqual(page.headings, ["Wrong", "Right"])
        wrong, shell, right = page.blocks
        self.assertEqual((wrong.language, wrong.heading), ("cpp", "Wrong"))
        self.assertEqual(wrong.code, "int wrong;")
        self.assertEqual(wrong.line, 10)
        self.assertEqual(shell.language, "sh")
        self.assertEqual(right.code, "int right;\nint more;")

    def test_marker(self):
        page = pages.read_page(self.write(PAGE))
        marker = page.blocks[0].marker
        self.assertEqual(marker["expect"], "concord-known concord-future")
        self.assertIn("header", marker)
        self.assertEqual(page.blocks[2].marker, {})

    def test_open_fence(self):
        with self.assertRaises(pages.PageError):
            pages.read_page(self.write("# T\n\n```cpp\nint x;\n"))


class Expectations(unittest.TestCase):
    def block(self, heading, **marker):
        return pages.Block(Path("p.md"), 1, "cpp", heading, "", marker)

    def expect(self, block, own=""):
        return snippets.expectation(block, own, {"known"})

    def test_wrong_names_its_checks(self):
        block = self.block("Wrong", expect="concord-known concord-future")
        self.assertEqual(self.expect(block), (["concord-known"], False))

    def test_example_of_a_check_page_means_that_check(self):
        block = self.block("Example")
        self.assertEqual(self.expect(block, "known"), (["concord-known"], False))
        self.assertEqual(self.expect(block, "future"), ([], False))

    def test_right_is_silent(self):
        self.assertEqual(self.expect(self.block("Right")), ([], True))
        self.assertEqual(self.expect(self.block("Use instead"), "known"), ([], True))

    def test_marker_wins_over_heading(self):
        block = self.block("Use instead", expect="concord-known")
        self.assertEqual(self.expect(block), (["concord-known"], False))
        self.assertEqual(self.expect(self.block("Limits", expect="none")), ([], True))


if __name__ == "__main__":
    unittest.main()
