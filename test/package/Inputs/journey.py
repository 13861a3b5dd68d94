# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests of packages share."""

import re
import subprocess
import sys
from pathlib import Path

CALLBACK = """#include <functional>
#include <mutex>
std::mutex m;
void notify(const std::function<void()> &callback) {
  std::lock_guard<std::mutex> lock(m);
  callback();
}
"""
TITLE = "No unknown call under a lock"


def expect(condition, text):
    if not condition:
        sys.exit(f"error: {text}")


def run(*command, code=0, **more):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, **more)
    expect(code is None or result.returncode == code,
           f"{' '.join(map(str, command))}: exit code {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def pack(cmake, build, generator, folder):
    """Makes the package of that kind; returns its path."""
    cpack = Path(cmake).with_name("cpack")
    run(cpack, "-G", generator, "-B", folder, "--config", Path(build, "CPackConfig.cmake"), cwd=folder)
    (package,) = [p for p in Path(folder).iterdir() if p.is_file()]
    return package


def link_of(output):
    found = re.search(r"\(see (file://\S+)\) \[concord-call-under-lock\]", output)
    expect(found, f"a finding with a link to a file: {output}")
    return found[1]


def dom(chromium, folder, url, *prefix):
    """The page as the browser has it when its scripts have run."""
    return run(*prefix, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
               f"--user-data-dir={folder}/profile", "--virtual-time-budget=5000", "--dump-dom", url,
               timeout=120).stdout
