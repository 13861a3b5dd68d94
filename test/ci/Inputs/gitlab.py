# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plays GitLab: gitlab.py BIN_DIR TEMP_DIR JOBS"""

import json
import os
import sys
from pathlib import Path

import yaml
from change import HARMFUL, HARMLESS, LINE, Change
from journey import expect


def run_job(project, job, bin_dir):
    """Runs the script as a runner does: one shell, which stops at an error."""
    env = {**{k: str(v) for k, v in job["variables"].items()},
           "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": project.base,
           "PATH": f"{bin_dir}:{os.environ['PATH']}"}
    result = project.run("bash", "-eo", "pipefail", "-c", "\n".join(job["script"]), code=None, env=env)
    kept = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["codequality"]]
    missing = [name for name in kept if not (project.folder / name).is_file()]
    return result, missing


def main():
    bin_dir, temp = sys.argv[1], Path(sys.argv[2])
    (job,) = yaml.safe_load(Path(sys.argv[3]).read_text()).values()
    expect(job["artifacts"]["when"] == "always", "reports of a job that fails")
    expect(job["variables"]["GIT_DEPTH"] == "0", "the history")
    project = Change(temp / "project", bin_dir)

    project.add(HARMLESS)
    result, missing = run_job(project, job, bin_dir)
    expect(result.returncode == 0 and not missing, f"a harmless change passes: {missing} {result.stderr}")
    expect(json.loads((project.folder / "gl-code-quality-report.json").read_text()) == [], "nothing found")

    project.add(HARMFUL)
    result, missing = run_job(project, job, bin_dir)
    expect(result.returncode == 1 and not missing, f"a finding fails: {missing} {result.stderr}")
    (found,) = json.loads((project.folder / "gl-code-quality-report.json").read_text())
    expect(found["location"] == {"path": "src/audit.cpp", "lines": {"begin": LINE}}, f"the place: {found}")

    project.add(HARMLESS)
    result, _ = run_job(project, job, project.blind(temp / "blind"))
    expect(result.returncode == 2 and "not at work" in result.stderr, f"no accident: {result.stderr}")


main()
