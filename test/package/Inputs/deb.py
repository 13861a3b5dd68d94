# Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The package of Debian: deb.py BUILD SOURCE TEMP LLVM_VERSION CMAKE CHROMIUM"""

import os
import re
import shutil
import sys
from pathlib import Path

from journey import CALLBACK, TITLE, expect, link_of, pack, run

# The system as it is, to write on without a trace: an overlay that only this
# process and its children see.
OVERLAY = """set -e
mount -t tmpfs concord "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount --bind /proc "$1/root/proc"
mount --bind /dev "$1/root/dev"
cp -r "$2" "$1/root/tmp/journey"
shift 2
exec chroot "${0%/}" "$@"
"""


class Root:
    """A copy of the system, in which commands run as root."""

    def __init__(self, folder, luggage):
        self.folder, self.luggage = folder, luggage
        folder.mkdir()
        self.script = luggage / "steps.sh"

    def prefix(self):
        return ["unshare", "-m", "sh", "-c", OVERLAY, self.folder / "root", self.folder, self.luggage]

    def works(self):
        return os.geteuid() == 0 and run(*self.prefix(), "true", code=None).returncode == 0

    def run(self, steps):
        self.script.write_text("set -ex\n" + steps)
        return run(*self.prefix(), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/tmp", "LC_ALL=C",
                   "sh", "/tmp/journey/steps.sh")


def field(package, name):
    return run("dpkg-deb", "-f", package, name).stdout.strip()


def judge_control(package, version):
    major, minor = version.split(".")
    expect(field(package, "Package") == f"concord-{major}", "the name")
    needs = field(package, "Depends")
    tidy = f"clang-tidy-{major}"
    expect(f"{tidy} (>= 1:{version}), {tidy} (<< 1:{major}.{int(minor) + 1}~)" in needs,
           f"the exact release: {needs}")
    expect("python3" in needs and f"libllvm{major}" in needs, f"what the programs need: {needs}")


def judge_names(package, major):
    """No path collides with that of another release."""
    for line in run("dpkg-deb", "-c", package).stdout.splitlines():
        mode, owner, *_, path = line.split(None, 5)
        expect(owner == "root/root", f"the owner of {path}")
        if not mode.startswith("d"):
            expect(f"concord-{major}" in path or re.search(rf"-{major}\.(1\.gz|so)$|-{major}$", path),
                   f"{path} could be one of another release")


def judge_lintian(package):
    if shutil.which("lintian"):
        result = run("lintian", "--allow-root", "--no-cfg", "--fail-on=error,warning", package, code=None)
        expect(result.returncode == 0 and not result.stdout, f"lintian: {result.stdout}{result.stderr}")


def others(build, major):
    """Packages for other releases that this test made in other builds."""
    for package in Path(build).parent.glob("llvm-*/test/package/Output/deb.test.tmp/packages/*.deb"):
        other = field(package, "Package").rpartition("-")[2]
        if other != major and shutil.which(f"clang-tidy-{other}"):
            yield other, package


def forge_steps(source):
    """What the files for GitHub and GitLab do to install the package."""
    text = Path(source, "docs/ci/github.yml").read_text()
    github = re.search(r"- name: Install\n +run: \|\n((?: {10}.*\n)+)", text)[1]
    text = Path(source, "docs/ci/gitlab-ci.yml").read_text()
    gitlab = re.search(r" before_script:\n((?:    - .*\n)+)", text)[1]
    steps = [re.sub(r"^ +(- )?", "", lines, flags=re.M) for lines in (github, gitlab)]
    expect(steps[0] == steps[1], f"both install the same way: {steps}")
    needed = re.search(r"--no-install-recommends (.*)", steps[0])[1].split()
    state = run("dpkg-query", "-W", "-f=${db:Status-Status}\n", *needed, code=None)
    return steps[0] if state.stdout.split() == ["installed"] * len(needed) else None


def journey(root, build, source, package, major, chromium):
    beside = list(others(build, major))
    for number, other in [*beside, (major, package)]:
        shutil.copy(other, root.luggage / f"{number}.deb")
    releases = [number for number, _ in beside] + [major]
    newest = max(releases, key=int)
    steps = "cd /tmp/journey\n"
    forge = forge_steps(source) if major == "22" else None
    if forge:  # apt has no network here, and needs none
        steps += "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*\nexport DEBIAN_FRONTEND=noninteractive\n"
        steps += f"export CONCORD_DEB=file:///tmp/journey/{major}.deb\n{forge}"
    steps += "dpkg -i *.deb\n"
    for release in releases:
        steps += f"concord-tidy-{release} -checks=-*,concord-call-under-lock -config={{}} callback.cpp -- -std=c++17\n"
    steps += f"""
concord-tidy --version | grep 'LLVM version {newest}'
concord-run --help >/dev/null
test "$(readlink -f /usr/bin/concord-report)" = /usr/bin/concord-report-{newest}
test -s /usr/share/man/man1/concord-sarif.1.gz
mkdir project && cd project && git init -q . && cp ../callback.cpp .
printf '[{{"directory":"%s","file":"callback.cpp","command":"c++ -c callback.cpp"}}]' "$PWD" >compile_commands.json
cp /usr/share/doc/concord-{major}/.clang-tidy.example .clang-tidy
concord-run-{major} -p . --fail-on=none --html=report.html --sarif=report.sarif
test -s report.html
"""
    if major == "22":  # takes its time
        steps += f"""
cd ..
python3 tools/demo.py --tidy /usr/bin/concord-tidy-{major} /usr/share/doc/concord-{major}/tour >demo
grep '^concord-detached-thread  *[0-9]' demo
"""
    if major == "22" and chromium != "false":
        steps += f"""
link=$(sed -n 's/.*(see \\(file:[^)]*concord-22[^)]*\\)).*/\\1/p' found)
case $link in *.html) # if the site is built
  {chromium} --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir=/tmp/profile --dump-dom "$link" >page
  grep '<h1>{TITLE}' page ;;
esac
"""
    steps = steps.replace("callback.cpp -- -std=c++17\n", "callback.cpp -- -std=c++17 | tee -a found\n")
    packages = " ".join(f"concord-{release}" for release in releases)
    steps += f"""
dpkg -r {packages}
for left in /usr/bin/concord-* /usr/lib/concord /usr/share/doc/concord-* /usr/share/man/man1/concord-* /etc/alternatives/concord-*; do
  if test -e "$left" || test -h "$left"; then echo "left behind: $left"; exit 1; fi
done
"""
    out = root.run(steps).stdout
    expect(out.count("[concord-call-under-lock]\n") >= len(releases), f"each release finds: {out}")
    expect(f"/usr/share/doc/concord-{major}/" in out, "the link leads into the package")


def unpacked(package, folder, major):
    """Without the right to make a system, at least the tree has to work."""
    run("dpkg-deb", "-x", package, folder)
    source = folder / "callback.cpp"
    source.write_text(CALLBACK)
    out = run(folder / f"usr/bin/concord-tidy-{major}", "-checks=-*,concord-call-under-lock", "-config={}",
              source, "--", "-std=c++17").stdout
    link = link_of(out)
    expect(os.path.exists(link.replace("file://", "").replace("%20", " ")), f"the page {link}")


def main():
    build, source, temp, version, cmake, chromium = sys.argv[1:]
    temp, major = Path(temp), version.split(".")[0]
    (temp / "packages").mkdir()
    package = pack(cmake, build, "DEB", temp / "packages")
    shutil.rmtree(temp / "packages/_CPack_Packages")
    judge_control(package, version)
    judge_names(package, major)
    judge_lintian(package)
    luggage = temp / "luggage"
    for name in ("tools/demo.py", "tools/checks_def.py", "checks/Checks.def"):
        (luggage / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(source, name), luggage / name)
    (luggage / "callback.cpp").write_text(CALLBACK)
    root = Root(temp / "system", luggage)
    if root.works():
        journey(root, build, source, package, major, chromium)
    else:
        print("no overlay can be made here: the package is only unpacked")
        unpacked(package, temp / "tree", major)


main()
