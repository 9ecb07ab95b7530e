#!/bin/bash
# The inner half of tools/run --screenshot: screenshot-inside.sh LANGUAGE walks the journey unseen
# and leaves a picture of every page in $KABINETS_OUTPUT.
set -euo pipefail
. tools/lib/build.sh
build_project run
exec python3 tests/journey/desktop.py python3 tests/journey/journey.py --language "$1" \
  --pictures "$KABINETS_OUTPUT" --log build/journey.log
