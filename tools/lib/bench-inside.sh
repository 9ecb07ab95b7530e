#!/bin/bash
# The inner half of tools/bench.
set -euo pipefail
. tools/lib/build.sh
build_project bench -Dbuildtype=release
# Not exec: an X server whose parent is process 1 never tells that it is ready.
xvfb-run -a -s '-screen 0 1400x1000x24' dbus-run-session -- \
  python3 tests/bench/bench.py "$build" "$@"
exit $?
