#!/bin/bash
# The inner half of tools/test.
set -euo pipefail
. tools/lib/build.sh

suite= name=test options=() fuzz=
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=${2:?--suite needs a name}; shift 2 ;;
    --sanitize) name=sanitize; options=(-Db_sanitize=address,undefined -Db_lundef=false); shift ;;
    --fuzz) fuzz=${2:?--fuzz needs seconds}; shift 2 ;;
    --fuzz-coverage) name=fuzz-coverage; shift ;;
    *) echo "tools/test: unknown option $1" >&2; exit 2 ;;
  esac
done

if [ -n "$fuzz" ]; then
  CC=clang build_targets fuzz fuzz-targets -Dfuzzing=true -Db_sanitize=address,undefined -Db_lundef=false
  exec python3 tools/lib/fuzz.py "$build" "$fuzz"
elif [ "$name" = fuzz-coverage ]; then
  CC=clang build_targets fuzz-coverage fuzz-targets -Dc_link_args=-fprofile-instr-generate \
    -Dc_args='-fprofile-instr-generate -fcoverage-mapping'
  exec python3 tools/lib/fuzz_coverage.py "$build"
fi
build_project "$name" "${options[@]}"

export ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0:detect_stack_use_after_return=0
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
# Bounds are against hanging, not a measure: slow machines get what they need.
multiplier=4
[ "$name" != sanitize ] || multiplier=10
set +e
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier "$multiplier" \
  ${suite:+--suite "$suite"}
set -e
python3 tools/lib/count.py "$build/meson-logs"
