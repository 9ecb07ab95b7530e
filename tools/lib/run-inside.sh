#!/bin/bash
# The inner half of tools/run: run-inside.sh FRESH [OPTIONS OF THE APPLICATION]
set -euo pipefail
. tools/lib/build.sh
fresh=$1; shift
build_project run
[ -z "$fresh" ] || rm -rf "${XDG_DATA_HOME:-$HOME/.local/share}/kabinets/demo"

session=()
[ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || session=(dbus-run-session --)
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  number=5
  while [ -e "/run/user/broadway$((number + 1)).socket" ]; do number=$((number + 1)); done
  port=$((8080 + number))
  gtk4-broadwayd --address 127.0.0.1 --port "$port" ":$number" >/dev/null 2>&1 &
  trap 'kill %1 2>/dev/null || true' EXIT
  export GDK_BACKEND=broadway BROADWAY_DISPLAY=":$number" GSK_RENDERER=cairo
  echo "No display here. Open  http://127.0.0.1:$port/  in a browser on this machine; Ctrl-C ends it."
fi
"${session[@]}" kabinets --demo "$@"
