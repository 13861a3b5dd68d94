#!/bin/sh
# tidy.sh CONFIG FIXES SOURCE -- FLAG...: runs concord-tidy as one action of Bazel.
# It fails where the plugin is not at work, and where a finding is an error.
config=$1
fixes=$2
shift 2
: >"$fixes" # clang-tidy writes nothing if it finds nothing
output=$(concord-tidy --quiet --config-file="$config" --export-fixes="$fixes" "$@" 2>&1)
status=$?
# The sandbox is gone afterwards; names begin at the top of the workspace.
sed -i -e "s|$PWD/||" -e "s|^\( *BuildDirectory:\).*|\1 ''|" "$fixes"
[ -z "$output" ] || printf '%s\n' "$output" | sed "s|$PWD/||g"
exit $status
