"""The first page of 200: the confined helper against plain poppler-glib in process."""
import json
import os
import pathlib
import subprocess

from .figure import ratio

AIM = 1.3


def measure(build):
    env = os.environ | {
        'KABINETS_DOCUMENT_HELPER':
            str(pathlib.Path(build, 'src/helper/kabinets-document-helper').resolve()),
    }
    run = subprocess.run([pathlib.Path(build, 'tests/bench/bench-preview')], env=env, check=True,
                         stdout=subprocess.PIPE, text=True)
    times = json.loads(run.stdout)
    yield ratio('first page of a 200-page PDF', times['ours'], times['reference'], 'ms', AIM)
