#!/usr/bin/env python3
# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every check of Checks.def has all that belongs to a check.

    completeness.py [ROOT]

Class, page, tests of wrong and right code and of the fix-it, the guideline's
page, the changelog's entry, one sentence in all places; and the files that
follow from Checks.def are current. Prints what is missing.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
sys.path.insert(0, str(ROOT / "tools"))
from checks_def import FAMILIES, TIERS, class_name, read_checks  # noqa: E402

HEADINGS = [
    "What it finds",
    "Why it matters",
    "Example",
    "Use instead",
    "Options",
    "When not to use it, and how to silence it",
    "Limits",
    "References",
]
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)
    return condition


def read(path):
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


def one_line(text):
    return " ".join(text.split())


def sentence_of(page):
    """The paragraph below the title."""
    return one_line(page.split("\n\n")[1]) if page.count("\n\n") > 1 else ""


def class_comment(header, name):
    found = re.search(r"((?:^///.*\n)+)(?:class|struct) " + name + r"\b", header, re.M)
    return one_line(re.sub(r"^///", "", found[1], flags=re.M)) if found else ""


def judge_class(check, sentence):
    path = f"checks/{check.family}/{check.cls}"
    header, source = read(f"{path}.h"), read(f"{path}.cpp")
    expect(source, f"no {path}.cpp")
    if expect(header, f"no {path}.h"):
        comment = class_comment(header, check.cls)
        expect(
            comment.startswith(sentence.rstrip(".")) if sentence else comment,
            f"{path}.h: the class comment does not begin with the page's sentence:\n"
            f"    {sentence}",
        )
    return source


def judge_page(check, page):
    where = f"docs/checks/{check.name}.md"
    if not expect(page, f"no {where}"):
        return
    expect(
        page.startswith(f"# concord-{check.name}\n"),
        f"{where}: the title is not concord-{check.name}",
    )
    prose = re.sub(r"^```.*?^```", "", page, flags=re.M | re.S)
    headings = re.findall(r"^## (.*)$", prose, re.M)
    expect(headings == HEADINGS, f"{where}: the headings are not {HEADINGS}")
    expect(
        f"../guidelines/{check.guideline}.md" in page,
        f"{where}: no link to the guideline {check.guideline}",
    )
    facts = page.split("## ")[0]
    expect(re.search(rf"\*?{check.tier}\*?", facts), f"{where}: the tier is not {check.tier}")
    expect(
        re.search(rf"fix-it: {'yes' if check.fixes else 'no'}", facts, re.I),
        f"{where}: the facts line differs from Checks.def about the fix-it",
    )
    sections = dict(zip(headings, re.split(r"^## .*$", page, flags=re.M)[1:]))
    for heading, body in sections.items():
        expect(body.strip(), f"{where}: '{heading}' is empty")


def judge_options(check, source, page):
    """The page names the options that the class reads, and no others."""
    read_options = set(re.findall(r'Options\.get(?:LocalOrGlobal)?(?:<[^>]*>)?\(\s*"(\w+)"', source))
    stored = set(re.findall(r'Options\.store\(\s*\w+\s*,\s*"(\w+)"', source))
    expect(
        read_options == stored,
        f"{check.cls}: options read and stored differ: {sorted(read_options ^ stored)}",
    )
    section = re.search(r"^## Options\n(.*?)^## ", page, re.M | re.S)
    for option in sorted(read_options):
        expect(
            section and f"`{option}`" in section[1].replace(f"concord-{check.name}.", ""),
            f"docs/checks/{check.name}.md: option `{option}` is not described",
        )


def judge_tests(check):
    folder = ROOT / "test/checks" / check.family / check.name
    name = f"concord-{check.name}"
    files = [f for f in sorted(folder.rglob("*")) if f.suffix in (".c", ".cpp")]
    texts = [f.read_text(encoding="utf-8") for f in files]
    if not expect(texts, f"no tests in test/checks/{check.family}/{check.name}"):
        return
    everything = "\n".join(texts)
    expect(
        re.search(r"CHECK-MESSAGES.*\[" + name + r"[\],]", everything),
        f"{name}: no test of wrong code",
    )
    # Right code stands beside the wrong: more functions than findings.
    findings = len(re.findall(r"CHECK-MESSAGES\S*: .*warning:", everything))
    bodies = len(re.findall(r"\)[^;{}()]*\{|^(?:struct|class) ", everything, re.M))
    expect(bodies > findings, f"{name}: no test of right code")
    if check.fixes:
        expect("CHECK-FIXES" in everything, f"{name}: no test of the fix-it")
    else:
        expect("CHECK-FIXES" not in everything, f"{name}: a fix-it that Checks.def denies")


def judge(check, changelog):
    page = read(f"docs/checks/{check.name}.md")
    sentence = sentence_of(page)
    label = f"concord-{check.name}"
    expect(check.cls == class_name(check.name), f"{label}: the class is not {class_name(check.name)}")
    expect(check.family in FAMILIES, f"{label}: unknown family {check.family}")
    expect(check.tier in TIERS, f"{label}: unknown tier {check.tier}")
    expect(
        read(f"docs/guidelines/{check.guideline}.md"),
        f"{label}: no page of its guideline {check.guideline}",
    )
    source = judge_class(check, sentence)
    judge_page(check, page)
    judge_options(check, source, page)
    judge_tests(check)
    entry = re.search(rf"^- .*{label}\b.*(?:\n  .*)*", changelog, re.M)
    if expect(entry, f"{label}: no entry in CHANGELOG.md"):
        expect(
            sentence.rstrip(".") in one_line(entry[0]),
            f"{label}: the changelog does not have the page's sentence",
        )


def judge_strays(checks):
    """Nothing that looks like a check but is not in the list."""
    names = {check.name for check in checks}
    classes = {f"{check.family}/{check.cls}" for check in checks}
    for family in FAMILIES:
        for header in (ROOT / "checks" / family).glob("*Check.h"):
            expect(f"{family}/{header.stem}" in classes, f"checks/{family}/{header.name} is not in Checks.def")
        for folder in (ROOT / "test/checks" / family).glob("*"):
            expect(folder.name in names, f"test/checks/{family}/{folder.name} tests no check")
    for page in (ROOT / "docs/checks").glob("*.md"):
        if page.stem != "index" and not page.stem.startswith("_"):
            expect(page.stem in names, f"docs/checks/{page.name} describes no check")


def judge_generated():
    for command in ("tools/clang-tidy-example.py", "docs/tools/index.py"):
        result = subprocess.run(
            [sys.executable, ROOT / command, "--check"], capture_output=True, text=True
        )
        expect(result.returncode == 0, (result.stdout + result.stderr).strip())


def main():
    checks = read_checks(ROOT)
    lines = re.findall(r"^CONCORD_CHECK.*$", read("checks/Checks.def"), re.M)
    expect(lines == [check.line for check in checks], "Checks.def: a line is not in the form that it asks for")
    names = [check.name for check in checks]
    expect(names == sorted(set(names)), "Checks.def is not sorted by name")
    changelog = read("CHANGELOG.md")
    for check in checks:
        judge(check, changelog)
    judge_strays(checks)
    judge_generated()
    for problem in problems:
        print(f"error: {problem}")
    print(f"{len(checks)} checks, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
