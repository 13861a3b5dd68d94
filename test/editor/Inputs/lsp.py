# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A client of the Language Server Protocol, as an editor is one.

It speaks to a server over pipes, strictly: a byte out of place in what the
server writes is an error.
"""

import json
import os
import pathlib
import queue
import subprocess
import threading


class ServerDied(Exception):
    """The server ended, or what it wrote is no message."""


def read_message(stream):
    """The next message of a stream, or None at its end."""
    header = b""
    while not header.endswith(b"\r\n\r\n"):
        byte = stream.read(1)
        if not byte:
            if header:
                raise ServerDied(f"ended in a header: {header!r}")
            return None
        header += byte
    name, _, size = header.strip().partition(b": ")
    if name != b"Content-Length" or not size.isdigit():
        raise ServerDied(f"no header: {header!r}")
    body = stream.read(int(size))
    if len(body) != int(size):
        raise ServerDied("ended in a message")
    return json.loads(body)


def framed(message):
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def uri(path):
    return pathlib.Path(path).resolve().as_uri()


class Server:
    """A running server, initialised; ends with the `with` block."""

    def __init__(self, command, directory, log=None, capabilities=None):
        self.log = open(log, "wb") if log else subprocess.DEVNULL
        environment = dict(
            os.environ, HOME=str(directory),
            XDG_CONFIG_HOME=os.path.dirname(os.path.abspath(__file__)))
        self.process = subprocess.Popen(
            [*command], cwd=directory, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
        )
        self.ids = 0
        self.versions = {}
        self.answers = {}
        self.published = {}
        self.incoming = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        diagnostics = {
            "codeDescriptionSupport": True, "relatedInformation": True,
            "versionSupport": True,
        }
        self.capabilities = self.request("initialize", {
            "processId": os.getpid(),
            "rootUri": uri(directory),
            "capabilities": capabilities or {
                "textDocument": {
                    "publishDiagnostics": diagnostics,
                    "codeAction": {"codeActionLiteralSupport": {
                        "codeActionKind": {"valueSet": ["quickfix"]}}},
                },
            },
        })
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        if kind is None and self.process.poll() is None:
            code = self.stop()
            assert code == 0, f"the server ended with {code}"
        else:
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def _read(self):
        try:
            while (message := read_message(self.process.stdout)) is not None:
                self.incoming.put(message)
            self.incoming.put(ServerDied("the server ended"))
        except (ServerDied, OSError, ValueError) as error:
            self.incoming.put(ServerDied(str(error)))

    def send(self, message):
        try:
            self.process.stdin.write(framed({"jsonrpc": "2.0", **message}))
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise ServerDied("the server ended") from error

    def notify(self, method, parameters):
        self.send({"method": method, "params": parameters})

    def ask(self, method, parameters):
        """Sends a request and does not wait. The identifier to wait for."""
        self.ids += 1
        self.send({"id": self.ids, "method": method, "params": parameters})
        return self.ids

    def request(self, method, parameters, seconds=300):
        return self.answer(self.ask(method, parameters), seconds)

    def answer(self, identifier, seconds=300):
        self.wait(lambda: identifier in self.answers, seconds)
        answer = self.answers.pop(identifier)
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self, done, seconds=300):
        """Takes messages until `done()`."""
        while not done():
            try:
                message = self.incoming.get(timeout=seconds)
            except queue.Empty:
                raise TimeoutError(f"no message for {seconds} seconds") from None
            if isinstance(message, ServerDied):
                self.incoming.put(message)
                raise message
            self._take(message)

    def _take(self, message):
        if "method" not in message:
            self.answers[message["id"]] = message
        elif "id" in message:
            self.send({"id": message["id"], "result": None})
        elif message["method"] == "textDocument/publishDiagnostics":
            given = message["params"]
            self.published[given["uri"], given.get("version")] = given["diagnostics"]

    def open(self, path, text=None, language="cpp"):
        """Opens a file; the findings in it."""
        if text is None:
            text = pathlib.Path(path).read_text()
        self.versions[uri(path)] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri(path), "languageId": language, "version": 1, "text": text}})
        return self.findings(path)

    def change(self, path, text, wait=True):
        """Replaces the text of an open file; the findings in it."""
        self.versions[uri(path)] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri(path), "version": self.versions[uri(path)]},
            "contentChanges": [{"text": text}], "wantDiagnostics": True})
        return self.findings(path) if wait else None

    def save(self, path):
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri(path)}})

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri(path)}})
        self.published = {
            key: value for key, value in self.published.items() if key[0] != uri(path)}

    def findings(self, path, seconds=300):
        """The diagnostics of the newest version of an open file."""
        key = uri(path), self.versions[uri(path)]
        self.wait(lambda: key in self.published, seconds)
        return self.published[key]

    def fixes(self, path, finding):
        """The quick fixes that are offered for a finding."""
        actions = self.request("textDocument/codeAction", {
            "textDocument": {"uri": uri(path)}, "range": finding["range"],
            "context": {"diagnostics": [finding], "only": ["quickfix"]}})
        return [action for action in actions if action.get("kind") == "quickfix"]

    def stop(self):
        """Ends the session as an editor does; the exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=60)


def position(text, offset):
    """The place of an offset, in the protocol's terms, for ASCII text."""
    before = text[:offset]
    return {"line": before.count("\n"), "character": offset - (before.rfind("\n") + 1)}


def applied(text, edits):
    """A text with edits of the protocol applied."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(place):
        return starts[place["line"]] + place["character"]

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        begin, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:begin] + edit["newText"] + text[end:]
    return text
