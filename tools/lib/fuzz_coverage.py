"""How many lines of each parser its stored corpus reaches: fuzz_coverage.py BUILD, with clang's coverage in it."""
import os
import pathlib
import subprocess
import sys
import tempfile

LEAST = 85  # per cent of the lines of what is entered
PARSERS = {
    'client-records': ['client/kab-problem.c', 'client/kab-record.c'],
    'event-stream': ['client/kab-event-parser.c'],
    'form-definition': ['core/kab-form-condition.c', 'core/kab-form-definition.c', 'core/kab-form-evaluation.c',
                        'core/kab-form-field-load.c', 'core/kab-form-group-load.c', 'core/kab-form-operand.c',
                        'core/kab-form-reader.c', 'core/kab-form-resolve.c', 'core/kab-form-text.c',
                        'core/kab-form-value.c'],
    'helper-reply': ['app/preview/kab-document-reply.c'],
    'helper-request': ['helper/kab-helper-channel.c'],
    'http-request': ['server/http/kab-http-syntax.c', 'server/http/kab-peer.c', 'server/http/kab-request.c',
                     'server/http/kab-router.c', 'server/api/kab-api-page.c'],
    'json-body': ['core/kab-json.c', 'core/kab-json-members.c', 'core/kab-json-scan.c'],
    'registration-body': ['server/api/kab-api-registration-body.c'],
    'tus-headers': ['server/api/kab-tus-headers.c'],
    'webhook': ['server/providers/kab-sumsub-notice.c', 'server/providers/kab-sumsub-review.c'],
}


def read_functions(report):
    """Answers {file: [{line: count} of each function, in the file's order]} of a report in lcov's format."""
    files = {}
    for line in report.splitlines():
        kind, _, rest = line.partition(':')
        if kind == 'SF':
            starts, functions = [0], {0: {}}
            files[rest.rpartition('/src/')[2]] = functions
        elif kind == 'FN':
            starts.append(int(rest.split(',')[0]))
            functions[starts[-1]] = {}
        elif kind == 'DA':
            number, count = (int(word) for word in rest.split(',')[:2])
            functions[max(start for start in starts if start <= number)][number] = count
    return {file: [function for function in functions.values() if function] for file, functions in files.items()}


def measure(build, name, folder):
    """
    Replays a corpus; answers (file, functions, those that were entered, per cent of the lines of those, lines of
    those that nothing reached) for each of its parsers. What isn't entered isn't for outside bytes: it makes, sends
    or shows.
    """
    program, raw, merged = build / f'tests/fuzz/fuzz-{name}', folder / f'{name}.raw', folder / f'{name}.merged'
    subprocess.run([program, f'tests/fuzz/corpus/{name}'], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env=os.environ | {'LLVM_PROFILE_FILE': str(raw)})
    subprocess.run(['llvm-profdata', 'merge', '-o', merged, raw], check=True)
    files = read_functions(subprocess.run(
        ['llvm-cov', 'export', '-format=lcov', program, f'-instr-profile={merged}'],
        check=True, stdout=subprocess.PIPE, text=True).stdout)
    for parser in PARSERS[name]:
        entered = [function for function in files[parser] if any(function.values())]
        lines = {number: count for function in entered for number, count in function.items()}
        missed = [number for number, count in lines.items() if count == 0]
        yield parser, len(files[parser]), len(entered), 100 * (1 - len(missed) / len(lines)), missed


passed = failed = 0
with tempfile.TemporaryDirectory() as temporary:
    for target in PARSERS:
        for file, n, entered, share, missed in measure(pathlib.Path(sys.argv[1]), target, pathlib.Path(temporary)):
            print(f'{target:18} {file:45} {entered:2} of {n:2} functions, {share:5.1f} % of their lines')
            if share >= LEAST:
                passed += 1
            else:
                failed += 1
                print('  missed:', ' '.join(map(str, missed)))
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed or not passed else 0)
