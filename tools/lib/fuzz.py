"""Runs every fuzz target for a number of seconds on its corpus: fuzz.py BUILD SECONDS."""
import os
import pathlib
import subprocess
import sys
import tempfile

# A warning or undefined behaviour counts like a crash.
env = os.environ | {'G_DEBUG': 'fatal-warnings', 'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1'}
build, seconds = pathlib.Path(sys.argv[1]), sys.argv[2]
passed = failed = 0
for target in sorted((build / 'tests' / 'fuzz').glob('fuzz-*')):
    if not os.access(target, os.X_OK) or target.is_dir():
        continue
    name = target.name.removeprefix('fuzz-')
    found = build / 'fuzz-found' / name
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh:
        print(f'{name} …', flush=True)
        run = subprocess.run(
            [target, f'-max_total_time={seconds}', '-rss_limit_mb=2048', '-timeout=10',
             '-verbosity=0', '-print_final_stats=1', f'-artifact_prefix={found}/', fresh,
             f'tests/fuzz/corpus/{name}'],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace', env=env)
    for line in run.stdout.splitlines():
        if 'number_of_executed_units' in line:
            print('  executed', line.split()[-1], flush=True)
    if run.returncode == 0:
        passed += 1
    else:
        failed += 1
        print('\n'.join(run.stdout.splitlines()[-40:]))
        print(f'  what broke it is kept in {found}')
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not passed else 0)
