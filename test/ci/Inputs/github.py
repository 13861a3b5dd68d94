# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plays GitHub: github.py BIN_DIR TEMP_DIR WORKFLOW"""

import json
import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import yaml
from change import HARMFUL, HARMLESS, LINE, Change, suggested
from journey import expect, results


class Api(BaseHTTPRequestHandler):
    """Takes reviews, and refuses comments beside the change, as GitHub does."""

    reviews, change, problem = [], None, None

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        beside = [c for c in body["comments"] if (c["path"], c["line"]) not in self.change.added_lines()]
        if self.path != "/repos/me/accounts/pulls/7/reviews" or self.headers["Authorization"] != "Bearer secret":
            Api.problem = f"{self.path} {self.headers}"
        self.send_response(422 if beside else 200)
        self.end_headers()
        self.wfile.write(b"{}")
        if not beside:
            self.reviews.append(body)

    def log_message(self, *_):
        pass


class Runner:
    """Runs the job of a workflow: as much of GitHub's language as it uses."""

    def __init__(self, project, workflow, event, api):
        self.project, self.api = project, api
        self.workflow = yaml.safe_load(Path(workflow).read_text())
        (self.job,) = self.workflow["jobs"].values()
        self.context = {
            "github": {"event_name": "pull_request" if event else "push", "event": {"pull_request": event},
                       "repository": "me/accounts", "token": "secret", "api_url": api,
                       "sha": project.git("rev-parse", "HEAD").strip()},
        }
        self.failed, self.done = False, []

    def look_up(self, path):
        value = self.context
        for name in path.split("."):
            value = (value or {}).get(name)
        return value

    def value(self, expression):
        """An expression of operators, strings, two functions and paths."""
        words = re.findall(r"'[^']*'|[\w.]+\('[^']*'\)|\w+\(\)|&&|\|\||==|!=|!|[\w.]+", expression)
        python = []
        for word in words:
            if word in ("&&", "||", "!", "==", "!="):
                python.append({"&&": "and", "||": "or", "!": "not"}.get(word, word))
            elif word == "cancelled()":
                python.append("False")
            elif word.startswith("hashFiles("):
                python.append(repr("x" if (self.project.folder / word[11:-2]).exists() else ""))
            else:
                python.append(word if word[0] == "'" else repr(self.look_up(word)))
        return eval(" ".join(python))  # of our own file

    def filled(self, text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(self.value(m[1]) or ""), str(text))

    def run(self, bin_dir):
        bash = self.job["defaults"]["run"]["shell"]
        expect(bash == "bash", "the shell")
        for step in self.job["steps"]:
            condition = step.get("if", "").strip().removeprefix("${{").removesuffix("}}")
            if not (self.value(condition) if condition else not self.failed):
                continue
            self.done.append(step["name"])
            if "uses" in step:
                self.use(step["uses"], {k: self.filled(v) for k, v in step.get("with", {}).items()})
            elif step["name"] != "Install":  # the test of the package runs that
                self.shell(step, bin_dir)
        return not self.failed

    def shell(self, step, bin_dir):
        env = {k: self.filled(v) for k, v in {**self.workflow["env"], **step.get("env", {})}.items()}
        env["PATH"] = f"{bin_dir}:{os.environ['PATH']}"
        env["HOME"] = str(self.project.folder.parent)  # git config --global
        result = self.project.run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"],
                                  code=None, env=env)
        self.output = result.stdout + result.stderr
        self.failed = self.failed or result.returncode != 0

    def use(self, action, values):
        folder = self.project.folder
        if action == "actions/checkout@v4":
            expect(values["fetch-depth"] == "0", "the history, to see where the branch began")
            self.project.git("checkout", "-q", "--detach", values["ref"])
        elif action == "github/codeql-action/upload-sarif@v3":
            self.sarif = json.loads((folder / values["sarif_file"]).read_text())
        elif action == "actions/upload-artifact@v4":
            expect((folder / values["path"]).stat().st_size > 1000, "the report")
        else:
            expect(False, f"an action that nobody knows: {action}")


def pull_request(project, workflow, api, bin_dir, repository="me/accounts"):
    event = {"number": 7, "base": {"sha": project.base},
             "head": {"sha": project.git("rev-parse", "HEAD").strip(), "repo": {"full_name": repository}}}
    runner = Runner(project, workflow, event, api)
    return runner.run(bin_dir), runner


def main():
    bin_dir, temp, workflow = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    project = Change(temp / "project", bin_dir)
    Api.change = project
    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api = f"http://127.0.0.1:{server.server_port}"
    settings = yaml.safe_load(Path(workflow).read_text())
    expect(settings["permissions"]["pull-requests"] == "write", "the right to write the review")
    expect(settings["permissions"]["security-events"] == "write", "the right to upload SARIF")

    project.add(HARMLESS)
    good, runner = pull_request(project, workflow, api, bin_dir)
    expect(good and not Api.reviews, f"a harmless change passes: {runner.output}")
    expect(runner.done[-1] == "Review" and results(runner.sarif) == [], "all steps ran")

    project.add(HARMFUL)
    good, runner = pull_request(project, workflow, api, bin_dir)
    expect(not good, "a finding fails")
    (found,) = results(runner.sarif)
    expect(found["ruleId"] == "concord-ineffective-guard", "code scanning sees it")
    expect(not Api.problem and len(Api.reviews) == 1, f"one review: {Api.problem} {Api.reviews}")
    (comment,) = Api.reviews[0]["comments"]
    expect((comment["path"], comment["line"]) == ("src/audit.cpp", LINE), f"the place: {comment}")
    # The suggested change, taken as GitHub takes it, compiles and ends the finding.
    def take(text):
        lines = text.split("\n")
        lines[comment["line"] - 1] = suggested(comment["body"])
        return "\n".join(lines)
    project.edit("src/audit.cpp", take)
    project.commit("Apply suggestion")
    good, runner = pull_request(project, workflow, api, bin_dir)
    expect(good, f"the suggested change is the remedy: {runner.output}")
    project.run("cmake", "--build", "build")

    # From a fork: fails as well, and tries no review.
    project.add(HARMFUL)
    good, runner = pull_request(project, workflow, api, bin_dir, "you/accounts")
    expect(not good and "Review" not in runner.done and len(Api.reviews) == 1, "a fork")

    # Without the plugin at work it cannot pass.
    project.add(HARMLESS)
    for name in ("concord.sarif", "concord-review.json", "concord.html"):
        (project.folder / name).unlink()
    good, runner = pull_request(project, workflow, api, project.blind(temp / "blind"))
    expect(not good and runner.done[-1] == "Analyse", f"no accident: {runner.done}")

    # On the branch itself everything is looked at, and nothing fails.
    project.git("checkout", "-q", "main")
    runner = Runner(project, workflow, None, api)
    expect(runner.run(bin_dir) and len(results(runner.sarif)) == 2, "what is old")
    expect("Review" not in runner.done, "no review of a branch")
    server.shutdown()


main()
