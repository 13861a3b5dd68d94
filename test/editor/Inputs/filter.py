# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The filter on streams that are split anywhere, or no messages at all.

Usage: filter.py FILTER
"""

import json
import subprocess
import sys

BASE = "https://clang.llvm.org/extra/clang-tidy/checks/"


def frame(body, header=b"Content-Length: %d\r\n\r\n"):
    if not isinstance(body, bytes):
        body = json.dumps(body, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    return header % len(body) + body


def finding(code, link, message):
    return {"code": code, "codeDescription": {"href": link}, "message": message,
            "range": {"start": {"line": 3, "character": 2 ** 31}}}


def publish(*findings):
    return {"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
            "params": {"diagnostics": list(findings), "uri": "file:///a.cpp"}}


def message_with(name, site, made_up):
    text = f"\u00e4\u20ac\U0001f600 quote \" and \\; (see {site}/guidelines/no-fire-and-forget)"
    return finding(f"concord-{name}", made_up or f"{site}/checks/{name}", text)


def main():
    program = sys.argv[1]

    def through(data, argument):
        return subprocess.run([program, str(argument)], input=data, check=True,
                              stdout=subprocess.PIPE).stdout

    site = "https://docs.example.org/a"
    made_up = BASE + "concord/detached-thread.html"
    ours, right = (frame(publish(message_with("detached-thread", site, link)))
                   for link in (made_up, None))
    probe = through(ours, 7)
    assert probe == right, (probe, right)

    others = [
        frame({"id": 1, "jsonrpc": "2.0", "result": None}),
        frame(publish()),
        # Not ours: a check of clang-tidy; one of ours that does not exist; the
        # text of a link in the text of a file; no JSON at all.
        frame(publish(finding("bugprone-x", BASE + "bugprone/x.html", "m"))),
        frame(publish(finding("concord-none", BASE + "concord/none.html", "m"))),
        frame({"id": 2, "result": {"contents": '"codeDescription":{"href":"' + made_up + '"}'}}),
        frame(b'{"codeDescription":{"href":"' + made_up.encode()),
        # Spaced as nobody does, with another header.
        frame(b'{ "id" : 3 }', b"Content-Type: x\r\ncontent-length:%d\r\n\r\n"),
        frame(b""),
        frame({"result": "x" * 3_000_000}),
    ]
    action = {"id": 4, "jsonrpc": "2.0", "result": [{"title": "fix", "diagnostics": [
        message_with("detached-thread", site, made_up)]}]}
    action_right = {"id": 4, "jsonrpc": "2.0", "result": [{"title": "fix", "diagnostics": [
        message_with("detached-thread", site, None)]}]}

    sent = b"".join([*others, ours, frame(action), ours, *others])
    expected = b"".join([*others, right, frame(action_right), right, *others])
    for seed in (1, 2, -(1 << 30)):
        assert through(sent, seed) == expected, seed

    # Split at every byte; and nothing waits: with its last byte a message is out.
    small = [m for m in others if len(m) < 10_000]
    pairs = [(m, m) for m in small] + [(ours, right), (frame(action), frame(action_right))]
    pairs += pairs[::-1]
    sent = b"".join(m for m, _ in pairs)
    expected = b"".join(m for _, m in pairs)
    for size in (1, 2, 3, 7, 31, 64, 127, 259):
        assert through(sent, -size) == expected, size
    written = [int(line) for line in through(sent, "--each").split()]
    received, out = 0, 0
    for before, after in pairs:
        received, out = received + len(before), out + len(after)
        assert written[received - 1] == out, (before, written[received - 1], out)
        assert written[received - 2] <= out

    # What is no frame goes through, and so does all that follows.
    for stray in (b"\r\n\r\n", b"Content-Length: none\r\n\r\n", b"Content-Length: -1\r\n\r\n",
                  b"Content-Length: 99999999999999999999\r\n\r\n", b"x" * 10_000, b"\0" * 5000):
        for size in (1, 64):
            sent = ours + stray + b"and more"
            assert through(sent, -size) == right + stray + b"and more", (stray[:40], size)
    # The end of an unfinished message is not lost.
    for cut in (1, 15, 20, 21, 22, 100, len(ours) - 1):
        assert through(right + ours[:cut], 1) == right + ours[:cut], cut
    # Nothing but bytes.
    assert through(b"", 1) == b""


if __name__ == "__main__":
    main()
