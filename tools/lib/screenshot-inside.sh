#!/bin/bash
# The inner half of tools/run --screenshot: the journey, unseen, with a picture of every page in /out.
set -euo pipefail
. tools/lib/build.sh
build_project run
exec python3 tests/journey/desktop.py python3 tests/journey/journey.py --language "${LANGUAGE:-en}" \
  --pictures "${KABINETS_OUTPUT:+/out}" --log build/journey.log
