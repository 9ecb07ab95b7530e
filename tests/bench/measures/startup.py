"""From the start of the program to its first frame, against a bare libadwaita window."""
import os
import pathlib
import re
import subprocess
import tempfile
import time

from .figure import Figure, alternate, ratio

PAIRS = 21
AIM = 1.25
# Port 9 of this computer: nobody listens, as with a bank that is down.
NO_BANK = 'http://127.0.0.1:9'


def environment(home):
    """As the tests have it: settings and folders of its own, the same renderer everywhere."""
    return os.environ | {
        'GSETTINGS_BACKEND': 'memory', 'GDK_DEBUG': 'no-portals', 'GSK_RENDERER': 'cairo',
        'GTK_A11Y': 'none', 'LC_ALL': 'C.UTF-8', 'XDG_CONFIG_HOME': f'{home}/config',
        'XDG_DATA_HOME': f'{home}/data', 'XDG_CACHE_HOME': f'{home}/cache',
    }


def seconds(command, env):
    started = time.monotonic()
    subprocess.run(command, env=env, check=True)
    return time.monotonic() - started


def instructions(command, env, folder):
    """Counted by callgrind; the lower of two, as the first may fill caches on disk."""
    counts = []
    for _ in range(2):
        run = subprocess.run(
            ['valgrind', '--tool=callgrind', f'--callgrind-out-file={folder}/callgrind.out',
             *command], env=env, check=True, stderr=subprocess.PIPE, text=True)
        counts.append(int(re.search(r'Collected : (\d+)', run.stderr)[1]))
    return min(counts) / 1e6


def measure(build):
    ours = ['kabinets', '--exit-after-startup', '--server', NO_BANK]
    unconfigured = ['kabinets', '--exit-after-startup']
    reference = [str(pathlib.Path(build, 'tests/bench/reference-window'))]
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        for command in (ours, unconfigured, reference):
            seconds(command, env)
        for name, command in (('bank that is down', ours), ('no bank yet', unconfigured)):
            times = alternate(PAIRS, lambda c=command: seconds(c, env) * 1000,
                              lambda: seconds(reference, env) * 1000)
            yield ratio(f'start-up to first frame, {name}', *times, 'ms', AIM)
        counted = instructions(ours, env, home)
        bare = instructions(reference, env, home)
        yield Figure('instructions of the start-up', counted / bare, '×', AIM, ours=counted,
                     reference=bare, measured_in='million', pairs=2)
