"""Runs every fuzz target for a number of seconds on its corpus: fuzz.py BUILD SECONDS."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# A warning or undefined behaviour counts like a crash.
ENVIRONMENT = os.environ | {'G_DEBUG': 'fatal-warnings',
                            'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1'}


def fuzz(target, seconds, found):
    """Fuzzes with a corpus of its own beside the stored one; what breaks the target is kept in `found`."""
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh:
        return subprocess.run(
            [target, f'-max_total_time={seconds}', '-rss_limit_mb=2048', '-timeout=10',
             '-print_final_stats=1', f'-artifact_prefix={found}/', fresh,
             f'tests/fuzz/corpus/{found.name}'],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace', env=ENVIRONMENT)


def figure(pattern, output):
    """The last number that `pattern` finds, or a question mark."""
    return (re.findall(pattern, output) or ['?'])[-1]


build, seconds = pathlib.Path(sys.argv[1]), sys.argv[2]
targets = [path for path in sorted((build / 'tests' / 'fuzz').glob('fuzz-*'))
           if path.is_file() and os.access(path, os.X_OK)]
passed = failed = 0
# One processor is left to those who work beside this.
with concurrent.futures.ThreadPoolExecutor(max(1, len(os.sched_getaffinity(0)) - 1)) as pool:
    folders = [build / 'fuzz-found' / target.name.removeprefix('fuzz-') for target in targets]
    runs = pool.map(fuzz, targets, [seconds] * len(targets), folders)
    for folder, run in zip(folders, runs):
        print(f'{folder.name:18} {figure(r"number_of_executed_units: *([0-9]+)", run.stdout):>9} inputs, '
              f'{figure(r"average_exec_per_sec: *([0-9]+)", run.stdout):>6}/s, '
              f'{figure(r" cov: ([0-9]+)", run.stdout):>5} edges', flush=True)
        if run.returncode == 0:
            passed += 1
        else:
            failed += 1
            print('\n'.join(run.stdout.splitlines()[-40:]))
            print(f'  what broke it is kept in {folder}')
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not passed else 0)
