#!/bin/bash
# Runs inside the new namespaces: enter.sh ROOT PROJECT HOME OUTPUT COMMAND…
set -euo pipefail
root=$1 project=$2 home=$3 output=$4; shift 4

bind () { mkdir -p "$root$2"; mount --rbind "$1" "$root$2"; }

bind "$project" /src
bind "$home" /cache
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
if [ -n "$output" ]; then bind "$output" /out; fi
if [ -d /tmp/.X11-unix ]; then bind /tmp/.X11-unix /tmp/.X11-unix; fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
# A private network has loopback only, so nothing in it can reach further.
if [ "$(ls /sys/class/net 2>/dev/null)" = lo ] || ! ip route 2>/dev/null | grep -q .; then
  ip link set lo up 2>/dev/null || chroot "$root" ip link set lo up
fi

keep=(HOME=/cache PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      LANG=C.UTF-8 TERM="${TERM:-dumb}" XDG_RUNTIME_DIR=/run/user PYTHONDONTWRITEBYTECODE=1)
mkdir -p -m 700 "$root/run/user"
if [ -n "${DISPLAY:-}" ]; then keep+=(DISPLAY="$DISPLAY"); fi
if [ -n "${XAUTHORITY:-}" ] && [ -e "$XAUTHORITY" ]; then
  cp "$XAUTHORITY" "$root/run/user/xauthority"; keep+=(XAUTHORITY=/run/user/xauthority)
fi
if [ -n "${WAYLAND_DISPLAY:-}" ] && [ -S "${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ]; then
  touch "$root/run/user/wayland-0"
  mount --bind "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "$root/run/user/wayland-0"
  keep+=(WAYLAND_DISPLAY=wayland-0)
fi
for name in $(compgen -v KABINETS_ || true) CI; do
  if [ -n "${!name:-}" ]; then keep+=("$name=${!name}"); fi
done
if [ -n "$output" ]; then keep+=(KABINETS_OUTPUT=/out); fi
exec env -i "${keep[@]}" chroot "$root" bash -c 'cd /src && exec "$@"' bash "$@"
