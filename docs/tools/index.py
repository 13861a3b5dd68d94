#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps the generated parts of the documentation in step with Checks.def.

A generated part stands between `<!-- begin: NAME ... -->` and `<!-- end -->`:
the list of checks on each guideline page, the tables of the index pages, and
the words of vocabulary files. Without arguments the parts are written; with --check nothing is
written, and the exit code tells whether something was stale.
"""

import argparse
import re
import sys

from pages import DOCS, ROOT, first_sentence, pages, read_checks, read_page

REGION = re.compile(r"(<!-- begin: (\S+)(.*?) -->\n)(.*?)(<!-- end -->)", re.DOTALL)

TIERS = {
    "gate": "fit to fail a pull request",
    "review": "worth a reviewer's look",
    "advice": "style and design, off unless asked for",
}


# The enumerations of vocabulary files, by the key they are written under.
WORDS = {
    "Role": "roles",
    "Trait": "traits",
    "Operation": "does",
    "ClosedResult": "closed",
    "BlockingKind": "blocks",
    "DestructorKind": "destructor",
    "CapacityFact::Place": "where",
}


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


class Index:
    def __init__(self):
        self.checks = read_checks()
        self.guidelines = {page.path.stem: page for page in pages("guidelines")}
        self.check_pages = {page.path.stem: page for page in pages("checks")}
        self.problems = []

    def sentence(self, name):
        page = self.check_pages.get(name)
        return first_sentence(page.summary) if page else ""

    def listed(self, slug):
        """The checks that the page of a guideline names, in its order."""
        page = self.guidelines[slug]
        region = re.search(r"<!-- begin: checks(.*?) -->", page.text)
        return region[1].split() if region else []

    def checks_of(self, slug, listed):
        """The generated list under `## Checks` of a guideline page."""
        own = [c.name for c in self.checks.values() if c.guideline == slug]
        names = listed + [name for name in sorted(own) if name not in listed]
        lines, planned = [], []
        for name in names:
            if name not in self.checks:
                planned.append(f"`concord-{name}`")
                continue
            check = self.checks[name]
            label = f"`concord-{name}`"
            if name in self.check_pages:
                label = f"[{label}](../checks/{name}.md)"
            text = self.sentence(name)
            lines.append(f"- {label} ({check.tier}){': ' + text + '.' if text else ''}")
        if not names:
            return "This guideline is documentation only: no check enforces it.\n"
        if planned:
            if lines:
                lines.append("")
            else:
                lines.append("No check of this version enforces this guideline.")
            lines.append(f"Planned, not in this version: {', '.join(planned)}.")
        return "\n".join(lines) + "\n"

    def guideline_table(self):
        rows = []
        for slug, page in self.guidelines.items():
            names = [n for n in self.listed(slug) if n in self.checks]
            names += sorted(
                c.name
                for c in self.checks.values()
                if c.guideline == slug and c.name not in names
            )
            links = [
                f"[{n}](../checks/{n}.md)" if n in self.check_pages else n
                for n in names
            ]
            rows.append(
                [
                    f"[{slug}]({slug}.md)",
                    first_sentence(page.summary),
                    ", ".join(links) or "–",
                ]
            )
        return table(["Guideline", "In one sentence", "Checks"], rows)

    def check_table(self):
        if not self.checks:
            return "This version has no checks.\n"
        rows = []
        for name, check in sorted(self.checks.items()):
            label = f"[{name}]({name}.md)" if name in self.check_pages else name
            guideline = check.guideline
            if guideline in self.guidelines:
                guideline = f"[{guideline}](../guidelines/{guideline}.md)"
            rows.append(
                [
                    label,
                    self.sentence(name),
                    check.tier,
                    "yes" if check.fixes else "no",
                    guideline,
                ]
            )
        return table(["Check", "What it finds", "Tier", "Fix-it", "Guideline"], rows)

    def tiers(self):
        rows = [[f"**{tier}**", meaning] for tier, meaning in TIERS.items()]
        return table(["Tier", "Meaning"], rows)

    def tour_table(self):
        """Each file of the tour: its theme and its guidelines, which the first
        comment below the licence gives as `Theme: guideline, guideline.`
        """
        rows = []
        for path in sorted((DOCS / "tour").glob("*.cpp")):
            comment = re.search(r"\n\n((?://.*\n)+)", path.read_text())
            text = " ".join(line[2:].strip() for line in comment[1].splitlines())
            theme, _, slugs = text.rpartition(": ")
            slugs = re.findall(r"[a-z-]+-[a-z-]+", slugs)
            for slug in slugs:
                if slug not in self.guidelines:
                    self.problems.append(f"tour/{path.name}: no guideline '{slug}'")
            links = [f"[{slug}](../guidelines/{slug}.md)" for slug in slugs]
            rows.append([f"[{path.name}]({path.name})", theme, ", ".join(links)])
        return table(["File", "Theme", "Guidelines"], rows)

    def words(self):
        """The words of vocabulary files, from the source that reads them."""
        source = ROOT / "checks" / "vocabulary" / "Names.cpp"
        text = source.read_text() if source.exists() else ""
        rows = []
        for enumeration, key in WORDS.items():
            body = re.search(
                rf"names<{enumeration}>\(\) \{{(.*?)\n\}}", text, re.DOTALL
            )
            words = re.findall(r'\{"([a-z-]+)",', body[1] if body else "")
            rows.append([f"`{key}`", ", ".join(f"`{word}`" for word in words)])
        return table(["Key", "Words"], rows)

    def generate(self, path, name, arguments):
        if name == "checks":
            return self.checks_of(path.stem, arguments.split())
        if name == "guideline-table":
            return self.guideline_table()
        if name == "check-table":
            return self.check_table()
        if name == "tier-table":
            return self.tiers()
        if name == "tour-table":
            return self.tour_table()
        if name == "words":
            return self.words()
        self.problems.append(f"{path.relative_to(DOCS)}: unknown region '{name}'")
        return ""

    def refreshed(self, page):
        def replace(match):
            body = self.generate(page.path, match[2], match[3])
            return f"{match[1]}\n{body}\n{match[5]}"

        return REGION.sub(replace, page.text)

    def verify_links(self):
        """Links from page to page lead somewhere, also where Sphinx does not
        look and a forge shows the page as it is.
        """
        for path in sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")):
            prose = re.sub(r"```.*?```|<!--.*?-->", "", path.read_text(), flags=re.DOTALL)
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
                if not path.stem.startswith("_") and not (path.parent / target).exists():
                    place = path.relative_to(ROOT)
                    self.problems.append(f"{place}: the link to {target} is broken")

    def verify_vocabulary(self):
        """Every key of vocabulary files is described."""
        source = (ROOT / "checks" / "vocabulary" / "Library.cpp").read_text()
        text = (DOCS / "vocabulary.md").read_text()
        mapped = r'map[A-Z]\w*\((?:Map, )?"([a-z-]+)"'
        for key in sorted(set(re.findall(mapped, source))):
            if f"`{key}`" not in text:
                self.problems.append(f"vocabulary.md: the key '{key}' is missing")

    def verify(self):
        """What no generator can put right."""
        for slug, page in self.guidelines.items():
            place = page.path.relative_to(DOCS)
            expected = ["Why in C++", "Wrong", "Right", "Checks", "Sources"]
            if page.headings != expected and slug != "test-for-leaks":
                self.problems.append(f"{place}: headings are not {expected}")
            if not page.summary:
                self.problems.append(f"{place}: no summary under the title")
            if "<!-- begin: checks" not in page.text:
                self.problems.append(f"{place}: no list of checks")
        for check in self.checks.values():
            if check.guideline not in self.guidelines:
                self.problems.append(
                    f"Checks.def: '{check.name}' names guideline "
                    f"'{check.guideline}', which has no page"
                )
            if check.tier not in TIERS:
                self.problems.append(
                    f"Checks.def: '{check.name}' has unknown tier '{check.tier}'"
                )
        for name, page in self.check_pages.items():
            place = page.path.relative_to(DOCS)
            if name not in self.checks:
                self.problems.append(f"{place}: no such check in Checks.def")
            if page.title != f"concord-{name}":
                self.problems.append(f"{place}: the title is not 'concord-{name}'")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    arguments = parser.parse_args()

    index = Index()
    stale = []
    for path in sorted(DOCS.rglob("*.md")):
        page = read_page(path)
        text = index.refreshed(page)
        if text == page.text:
            continue
        stale.append(path.relative_to(DOCS))
        if not arguments.check:
            path.write_text(text)
    index.verify()
    index.verify_links()
    index.verify_vocabulary()
    for problem in index.problems:
        print(f"error: {problem}")
    if arguments.check:
        for path in stale:
            print(f"error: docs/{path} is stale; run docs/tools/index.py")
    else:
        for path in stale:
            print(f"updated docs/{path}")
    return 1 if index.problems or (arguments.check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
