"""How many lines of each parser its stored corpus reaches: fuzz_coverage.py BUILD, with clang's coverage in it."""
import os
import pathlib
import subprocess
import sys
import tempfile

LEAST = 85  # per cent of a parser's lines
PARSERS = {
    'client-records': ['client/kab-problem.c', 'client/kab-record.c', 'client/kab-json-copy.c'],
    'event-stream': ['client/kab-event-parser.c'],
    'form-definition': ['core/kab-form-condition.c', 'core/kab-form-definition.c', 'core/kab-form-evaluation.c',
                        'core/kab-form-field-load.c', 'core/kab-form-group-load.c', 'core/kab-form-operand.c',
                        'core/kab-form-reader.c', 'core/kab-form-resolve.c', 'core/kab-form-text.c',
                        'core/kab-form-value.c'],
    'helper-reply': ['app/preview/kab-document-reply.c', 'app/preview/kab-pdf-field.c',
                     'app/preview/kab-pdf-page.c'],
    'helper-request': ['helper/kab-helper-channel.c'],
    'http-request': ['server/http/kab-http-syntax.c', 'server/http/kab-peer.c', 'server/http/kab-request.c',
                     'server/http/kab-router.c', 'server/api/kab-api-page.c'],
    'json-body': ['core/kab-json.c', 'core/kab-json-members.c', 'core/kab-json-scan.c'],
    'registration-body': ['server/api/kab-api-registration-body.c'],
    'tus-headers': ['server/api/kab-tus-headers.c'],
    'webhook': ['server/providers/kab-sumsub-notice.c', 'server/providers/kab-sumsub-review.c'],
}


def measure(build, name, folder):
    """Replays a corpus; answers (file, per cent, lines that nothing reached) for each of its parsers."""
    program, raw, merged = build / f'tests/fuzz/fuzz-{name}', folder / f'{name}.raw', folder / f'{name}.merged'
    subprocess.run([program, f'tests/fuzz/corpus/{name}'], check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | {'LLVM_PROFILE_FILE': str(raw)})
    subprocess.run(['llvm-profdata', 'merge', '-o', merged, raw], check=True)
    report = subprocess.run(
        ['llvm-cov', 'export', '-format=lcov', program, f'-instr-profile={merged}'],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = {}
    for line in report.splitlines():
        kind, _, rest = line.partition(':')
        if kind == 'SF':
            current = lines.setdefault(rest.rpartition('/src/')[2], {})
        elif kind == 'DA':
            number, count = rest.split(',')[:2]
            current[int(number)] = int(count)
    for parser in PARSERS[name]:
        missed = [number for number, count in lines[parser].items() if count == 0]
        yield parser, 100 * (1 - len(missed) / len(lines[parser])), missed


passed = failed = 0
with tempfile.TemporaryDirectory() as temporary:
    for target in PARSERS:
        for file, share, missed in measure(pathlib.Path(sys.argv[1]), target, pathlib.Path(temporary)):
            print(f'{target:18} {file:45} {share:5.1f} %')
            if share >= LEAST:
                passed += 1
            else:
                failed += 1
                print('  missed:', ' '.join(map(str, missed)))
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not passed else 0)
