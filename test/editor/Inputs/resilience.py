# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What an editor may do to its server, and what may happen to either.

Usage: resilience.py SERVER STOCK DIRECTORY. Where the release's own clangd is
installed, ours must end as it does.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import lsp

FINDING = """#include <thread>
void run(int n) { std::thread([&n] { (void)n; }).detach(); }
"""


def pipelined(command, directory):
    """Fifty requests at once, between edits of another file: every answer, to its question."""
    source, other = directory / "pipelined.cpp", directory / "other.cpp"
    text = FINDING + "".join(f"int number{i} = {i};\n" for i in range(50))
    with lsp.Server(command, directory) as server:
        server.open(source, text)
        server.open(other, FINDING)
        asked = []
        for line in range(50):
            where = {"line": line + 2, "character": 5}
            asked.append(server.ask("textDocument/hover", {
                "textDocument": {"uri": lsp.uri(source)}, "position": where}))
            if line % 10 == 0:
                server.change(other, FINDING + "//" * line, wait=False)
        for line, identifier in enumerate(asked):
            value = server.answer(identifier)["contents"]["value"]
            assert f"number{line}" in value, value
        assert len(server.findings(other)) == 2


def large(command, directory):
    """Hundreds of findings, more than half a megabyte, in one message."""
    source = directory / "large.cpp"
    text = "#include <thread>\n" + "".join(
        f"void run{i}(int n) {{ std::thread([&n] {{ (void)n; }}).detach(); }}\n"
        for i in range(400))
    with lsp.Server(command, directory) as server:
        found = server.open(source, text)
        size = len(lsp.framed(found))
        assert size > 1 << 19, size
        ours = [f for f in found if f["code"].startswith("concord-")]
        assert len(ours) == 800, len(ours)
        for finding in ours:
            page = finding["code"].removeprefix("concord-")
            assert f"checks/{page}." in finding["codeDescription"]["href"], finding


def foreign(command, directory):
    """What looks like a link of ours in the text of a file stays as it is."""
    source = directory / "foreign.cpp"
    link = "https://clang.llvm.org/extra/clang-tidy/checks/concord/relock.html"
    message = '{"codeDescription":{"href":"' + link + '"}}'
    text = f"#include <thread>\n// {message} \u00e4\u20ac\nint named;\n"
    (directory / ".clang-tidy").write_text("Checks: 'concord-*,bugprone-integer-division'\n")
    text += "double d = 1 / 2;\nvoid f(int n) { std::thread([&n] { (void)n; }).detach(); }\n"
    with lsp.Server(command, directory) as server:
        found = server.open(source, text)
        hover = server.request("textDocument/hover", {
            "textDocument": {"uri": lsp.uri(source)},
            "position": {"line": 2, "character": 5}})
        # Escaped for Markdown, but there.
        value = hover["contents"]["value"].replace("\\", "")
        assert link in value and "\u00e4\u20ac" in value, value
    links = {f["code"]: f["codeDescription"]["href"] for f in found}
    # clangd's own links are right.
    assert links["bugprone-integer-division"].startswith("https://clang.llvm.org/"), links
    (directory / ".clang-tidy").unlink()


def orphaned(command, directory):
    """The part of an editor in `client_dies`: types until it is killed."""
    source = directory / "orphan.cpp"
    server = lsp.Server(command, directory)
    server.open(source, FINDING)
    print(server.process.pid, flush=True)
    while True:
        server.change(source, FINDING + "//" * server.versions[lsp.uri(source)], wait=False)
        time.sleep(0.01)


def is_running(process):
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def client_dies(command, directory):
    """Without its client the server ends."""
    client = subprocess.Popen([sys.executable, __file__, *command, "--client", directory],
                              stdout=subprocess.PIPE, text=True)
    server = int(client.stdout.readline())
    client.kill()
    client.wait()
    for _ in range(600):
        if not is_running(server):
            return
        time.sleep(0.1)
    os.kill(server, signal.SIGKILL)
    raise AssertionError("the server outlives its client")


def closes(command, directory):
    """The input ends without a goodbye."""
    server = lsp.Server(command, directory)
    server.open(directory / "closed.cpp", FINDING)
    server.process.stdin.close()
    return server.process.wait(timeout=60)


def server_dies(command, directory):
    """Whatever was written before its end is whole; the client sees the end."""
    source = directory / "crash.cpp"
    server = lsp.Server(command, directory)
    assert server.open(source, FINDING)
    os.kill(server.process.pid, signal.SIGKILL)
    try:
        server.change(source, FINDING + "\n")
        raise AssertionError("a dead server answered")
    except lsp.ServerDied as end:
        assert "ended" in str(end), end
    assert server.process.wait(timeout=60) == -signal.SIGKILL


def not_the_protocol(command, directory):
    """Nonsense is reported on the error output and harms nobody."""
    with lsp.Server(command, directory) as server:
        server.process.stdin.write(b"Content-Length: 7\r\n\r\nno json")
        server.process.stdin.flush()
        assert len(server.open(directory / "after.cpp", FINDING)) == 2


def pretty(command, directory):
    """For people who look at the messages."""
    with lsp.Server([*command, "--pretty"], directory) as server:
        found = server.open(directory / "pretty.cpp", FINDING)
        assert all("/checks/" in f["codeDescription"]["href"] for f in found), found


def main():
    command, stock, directory = sys.argv[1:]
    directory = pathlib.Path(directory)
    if stock == "--client":
        orphaned([command], directory)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    command = [command]
    for scene in (
        pipelined, large, foreign, pretty, not_the_protocol, server_dies, client_dies,
    ):
        started = time.monotonic()
        scene(command, directory)
        print(f"{scene.__name__}: {time.monotonic() - started:.1f} s")
    code = closes(command, directory)
    if shutil.which(stock):
        assert code == closes([stock], directory), code


if __name__ == "__main__":
    main()
