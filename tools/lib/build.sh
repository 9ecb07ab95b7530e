# Builds into build/NAME and installs under build/NAME/install, so that every
# program finds its data where it was told at compile time. Sourced inside the
# environment; $PWD is the project.

# build_project NAME [MESON-OPTION…]
build_project () {
  build_targets "$1" '' "${@:2}"
  quietly "Installing" "$log" meson install -C "$build" --no-rebuild --only-changed
  export PATH="$PWD/$build/install/bin:$PATH"
  export XDG_DATA_DIRS="$PWD/$build/install/share:/usr/local/share:/usr/share"
}

# build_targets NAME TARGET [MESON-OPTION…]: without installing
build_targets () {
  local name=$1 target=$2; shift 2
  build=build/$name
  log=build/$name.log
  mkdir -p build
  [ -f "$build/build.ninja" ] ||
    quietly "Configuring" "$log" meson setup "$build" --prefix="$PWD/$build/install" "$@"
  quietly "Building" "$log" ninja -C "$build" $target
}

# One line on a terminal, the whole log only when it fails.
quietly () {
  local what=$1 log=$2 started=$SECONDS; shift 2
  printf '%s … ' "$what" >&2
  if "$@" >"$log" 2>&1; then
    printf '%d s\n' $((SECONDS - started)) >&2
  else
    printf 'failed\n' >&2
    tail -n 60 "$log" >&2
    exit 1
  fi
}
