# Where the project is built and run: the host itself when it has every
# package of tools/packages, else a Debian 13 development root made once in
# the user's cache folder. Sourced by tools/shell; nothing here runs by itself.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
packages=$project/tools/packages
cache=${XDG_CACHE_HOME:-$HOME/.cache}/kabinets
release=trixie
locales='en_US lv_LV ru_RU'

say () { printf '%s\n' "$*" >&2; }
die () { say "$0: $*"; exit 1; }

debian_like () { [ -e /etc/debian_version ] && command -v apt-get >/dev/null; }

# Whether this host can build and run the project as it is.
host_is_complete () {
  [ -z "${KABINETS_FORCE_ROOT:-}" ] || return 1
  if command -v dpkg-query >/dev/null; then
    [ "$(sort -u "$packages" | xargs dpkg-query -W -f '${db:Status-Abbrev}\n' 2>/dev/null |
      grep -c '^ii')" -ge "$(sort -u "$packages" | wc -l)" ] || return 1
  fi
  command -v meson ninja blueprint-compiler Xvfb >/dev/null &&
    pkg-config --exists 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'libmicrohttpd >= 1.0' \
      libsoup-3.0 json-glib-1.0 poppler-glib libsecret-1 libsodium sqlite3 libpq libcurl \
      libqrencode gmime-3.0 libseccomp gnutls nettle 2>/dev/null
}

refuse_other_distribution () {
  die "this distribution has no package list here. Install GTK >= 4.18, libadwaita >= 1.7 and
  the development packages of the libraries named in README.md with its own tool, for example
    dnf builddep kabinets   or   dnf install gtk4-devel libadwaita-devel libsoup3-devel …
  and call this again."
}

# The mirror that the host's own apt configuration uses for Debian.
mirror () {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 == "Debian" { print $1; exit }'
}

root_key () { { cat "$packages"; echo "$release $locales"; } | sha256sum | cut -c1-16; }
root_path () { echo "$cache/root-$(root_key)"; }

need_mmdebstrap () {
  command -v mmdebstrap >/dev/null && return
  [ "$(id -u)" = 0 ] || die "mmdebstrap is needed once: sudo apt-get install mmdebstrap"
  say "Installing mmdebstrap …"
  apt-get install -y -qq mmdebstrap >/dev/null || {
    apt-get update -qq && apt-get install -y -qq mmdebstrap >/dev/null
  } || die "mmdebstrap can't be installed; see the lines above"
}

# Makes the root, visibly, and removes those of older package lists.
make_root () {
  local root=$1 making=$1.making mode=unshare from include
  need_mmdebstrap
  [ "$(id -u)" = 0 ] && mode=root
  from=$(mirror)
  [ -n "$from" ] || die "apt has no Debian source configured (see /etc/apt/sources.list.d)"
  include=$(sort -u "$packages" | paste -sd,)
  say "Making the development root ($(wc -l <"$packages") packages, 2 to 4 minutes, once) …"
  mkdir -p "$cache"
  remove_root "$making"
  mmdebstrap --mode=$mode --variant=minbase --include="$include" \
    --customize-hook="for l in $locales; do chroot \"\$1\" localedef -i \$l -f UTF-8 \$l.UTF-8; done" \
    --customize-hook='mkdir -p "$1/src" "$1/out" "$1/cache"' \
    "$release" "$making" "$from" >"$cache/root.log" 2>&1 &
  show_progress $! "$cache/root.log" || die "the root could not be made; see $cache/root.log"
  mv "$making" "$root"
  local old
  for old in "$cache"/root-*; do
    [ "$old" = "$root" ] || [ ! -d "$old" ] || remove_root "$old"
  done
  say "The development root is ready."
}

show_progress () {
  local pid=$1 log=$2 started=$SECONDS
  while kill -0 "$pid" 2>/dev/null; do
    sleep 2
    [ -t 2 ] && printf '\r  %3d s  %-70.70s' $((SECONDS - started)) "$(tail -n1 "$log" | tr -d '\r')" >&2
  done
  [ -t 2 ] && printf '\r%80s\r' '' >&2
  wait "$pid"
}

remove_root () {
  [ -e "$1" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    rm -rf --one-file-system "$1"
  else
    unshare --map-auto --map-root-user rm -rf --one-file-system "$1"
  fi
}

# enter_root ROOT COMMAND…: runs it with the project on /src. Mounts and
# processes live in namespaces of their own and end with the command.
enter_root () {
  local root=$1; shift
  local flags=(--mount --pid --fork --kill-child --propagation private)
  [ "$(id -u)" = 0 ] || flags+=(--map-auto --map-root-user)
  [ -z "${KABINETS_LOOPBACK_ONLY:-}" ] || flags+=(--net)
  mkdir -p "$cache/home"
  exec unshare "${flags[@]}" bash "$project/tools/lib/enter.sh" "$root" "$project" "$cache/home" \
    "${KABINETS_OUTPUT:-}" "$@"
}

# run_in_environment COMMAND…: replaces this process.
run_in_environment () {
  if host_is_complete; then
    cd "$project"
    exec "$@"
  fi
  debian_like || refuse_other_distribution
  local root; root=$(root_path)
  if [ ! -d "$root" ]; then
    mkdir -p "$cache"
    exec 9>"$cache/root.lock"
    flock 9
    [ -d "$root" ] || make_root "$root"
    exec 9>&-
  fi
  enter_root "$root" "$@"
}
