# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The lit suite: how test files run and which libraries they may ask for.

Features: the libraries below; concord-clangd, neovim; llvm-22 for the release under test; tidy-19 for a
clang-tidy of another release; concord-x for every check; fuzzers.

Substitutions:
  %check_concord  runs the named checks on a file, see check_concord.py
  %check_debug    the same for the checks that print facts, see tool/debug
  %concord_tidy   clang-tidy with the plugin
  %clang_tidy     clang-tidy without it
  %run_clang_tidy run-clang-tidy of the same release
  %clang          clang of the same release
  %concord_clangd %stock_clangd clangd with the checks; that of the release
  %concord_filter what filters the messages of %concord_clangd
  %tidy_16 %tidy_19 %tidy_22   clang-tidy of these releases
  %plugin %llvm_version %llvm_include %llvm_definitions %source_dir %build_dir %python %cmake
  %qt5 %qt6 %glib %wx   compiler flags of the library
"""

import os
import re
import shlex
import shutil
import subprocess

import lit.formats

config.name = f"concord-llvm-{config.llvm_major}"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["Inputs", "debug", "filter", "fuzz"]
config.test_source_root = os.path.dirname(__file__)

config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools_dir, config.environment["PATH"]]
)
# clang must not read the user's configuration files.
config.environment["CLANG_NO_DEFAULT_CONFIG"] = "1"


def quoted(*words):
    return " ".join(shlex.quote(str(word)) for word in words)


here = config.test_source_root
concord_tidy = os.path.join(config.concord_build, "bin", "concord-tidy")

multiarch = subprocess.run(
    [config.clang, "-print-target-triple"], capture_output=True, text=True
).stdout.strip().replace("-pc-", "-")


def pkg_config(*names):
    """The flags of libraries, or None if pkg-config or one of them is missing."""
    try:
        found = subprocess.run(
            ["pkg-config", "--cflags", *names], capture_output=True, text=True
        )
    except OSError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def wx_flags():
    try:
        found = subprocess.run(
            ["wx-config", "--cxxflags"], capture_output=True, text=True
        )
    except OSError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None


def qt_flags(version):
    for base in (f"/usr/include/{multiarch}/qt{version}", f"/usr/include/qt{version}"):
        if os.path.exists(f"{base}/QtCore/QMutex"):
            return quoted(
                "-fPIC", f"-I{base}", f"-I{base}/QtCore", f"-I{base}/QtConcurrent"
            )
    return None


def has_header(name):
    places = ("/usr/include", f"/usr/include/{multiarch}", "/usr/local/include")
    return any(os.path.exists(os.path.join(place, name)) for place in places)


headers = {
    "boost": "boost/thread.hpp",
    "boost-fiber": "boost/fiber/all.hpp",
    "boost-channel": "boost/asio/experimental/channel.hpp",
    "asio": "asio.hpp",
    "abseil": "absl/synchronization/mutex.h",
    "tbb": "tbb/concurrent_queue.h",
    "moodycamel": "concurrentqueue/blockingconcurrentqueue.h",
    "readerwriterqueue": "readerwriterqueue/readerwriterqueue.h",
    "poco": "Poco/Mutex.h",
    "libuv": "uv.h",
    "rcu": "urcu.h",
}
for feature, header in headers.items():
    if has_header(header):
        config.available_features.add(feature)
if os.path.exists("/usr/x86_64-w64-mingw32/include/windows.h") or os.path.exists(
    "/usr/share/mingw-w64/include/windows.h"
):
    config.available_features.add("win32")
if os.path.exists(os.path.join(config.llvm_tools_dir, "../include/c++/v1/thread")):
    config.available_features.add("libc++")
config.available_features.add(f"llvm-{config.llvm_major}")

with open(os.path.join(config.concord_source, "checks/Checks.def")) as checks:
    for name in re.findall(r'^CONCORD_CHECK\(\w+, "([\w-]+)"', checks.read(), re.M):
        config.available_features.add(f"concord-{name}")

for release in (16, 19, 22):
    tidy = shutil.which(f"clang-tidy-{release}")
    if tidy:
        config.available_features.add(f"tidy-{release}")
    config.substitutions.append((f"%tidy_{release}", quoted(tidy or "false")))

flags = {
    "qt5": qt_flags(5),
    "qt6": qt_flags(6),
    "glib": pkg_config("glib-2.0"),
    "wx": wx_flags(),
}
for feature, found in flags.items():
    if found is not None:
        config.available_features.add(feature)


# The schema of SARIF is not packaged: -DCONCORD_SARIF_SCHEMA=<file> names one.
if subprocess.run([config.python, "-c", "import jsonschema"], capture_output=True).returncode == 0:
    config.available_features.add("jsonschema")
chromium = shutil.which("chromium")
if chromium:
    config.available_features.add("chromium")
if shutil.which("bazel") and os.path.isdir("/usr/share/bazel/rules"):
    config.available_features.add("bazel")
if shutil.which("pre-commit"):
    config.available_features.add("pre-commit")
if subprocess.run([config.python, "-c", "import yaml"], capture_output=True).returncode == 0:
    config.available_features.add("yaml")
if shutil.which("dpkg-shlibdeps"):
    config.available_features.add("dpkg")
if os.path.exists(os.path.join(config.concord_build, "docs/html/index.html")):
    config.available_features.add("site")

# It is built for some releases only.
concord_clangd = os.path.join(config.concord_build, "bin", "concord-clangd")
if os.path.exists(concord_clangd):
    config.available_features.add("concord-clangd")
if shutil.which("nvim"):
    config.available_features.add("neovim")


def check_command(plugin):
    return quoted(
        config.python,
        os.path.join(here, "check_concord.py"),
        "--clang-tidy", config.clang_tidy,
        "--clang", config.clang,
        "--filecheck", config.filecheck,
        "--plugin", plugin,
        "--inputs", os.path.join(here, "Inputs"),
    )


fuzzers = os.path.join(config.concord_build, "test", "bin")
if os.path.exists(os.path.join(fuzzers, "fuzz-vocabulary")):
    config.available_features.add("fuzzers")

debug_plugin = config.plugin.replace("concord-", "concord-debug-")
config.substitutions += [
    ("%check_concord", check_command(config.plugin)),
    ("%check_debug", check_command(debug_plugin)),
    ("%concord_tidy", quoted(concord_tidy)),
    ("%clang_tidy", quoted(config.clang_tidy)),
    ("%clang", quoted(config.clang)),
    ("%llvm_include", quoted(config.llvm_include)),
    ("%llvm_definitions", config.llvm_definitions),
    ("%debug_tidy", quoted(
        config.clang_tidy, f"-load={config.debug_plugin}", "-config={}", "-quiet"
    )),
    ("%plugin", quoted(config.plugin)),
    ("%source_dir", quoted(config.concord_source)),
    ("%build_dir", quoted(config.concord_build)),
    ("%python", quoted(config.python)),
    ("%cmake", quoted(config.cmake)),
    ("%llvm_version", config.llvm_version),
    ("%llvm_major", str(config.llvm_major)),
    ("%sarif_schema", quoted(config.sarif_schema) if config.sarif_schema else ""),
    ("%chromium", quoted(chromium or "false")),
    ("%fuzz_vocabulary", quoted(os.path.join(fuzzers, "fuzz-vocabulary"))),
    ("%fuzz_findings", quoted(os.path.join(fuzzers, "fuzz-findings"))),
    ("%concord_clangd", quoted(concord_clangd)),
    ("%concord_filter", quoted(
        os.path.join(config.concord_build, "test/editor/filter/concord-filter"))),
    ("%stock_clangd", quoted(f"clangd-{config.llvm_major}")),
    ("%run_clang_tidy", quoted(f"run-clang-tidy-{config.llvm_major}")),
]
config.substitutions += [(f"%{name}", found or "") for name, found in flags.items()]
