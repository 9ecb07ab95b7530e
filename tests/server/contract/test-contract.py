# SPDX-License-Identifier: GPL-3.0-or-later
"""The server and docs/openapi.yaml agree: every route, and every answer of a scripted session."""
import fnmatch
import json
import os
import pathlib
import re
import tempfile

from bank import Bank, Tap, routes
from openapi import CALLERS, Description
from world import World

DOCS = pathlib.Path(__file__).resolve().parents[3] / 'docs'

# What the demo bank never grants.
NEVER_GRANTED = {'approveDocument', 'confirmSignature'}

# What a session that has to change its password may do; see the description's head.
OPEN_FOR_CHANGE = {'changePassword', 'signOut'}


def route_faults(description, route):
    """What the table says of a route, against the description."""
    operation = description.operations.get((route['method'], route['path']))
    if operation is None:
        return ['docs/openapi.yaml lacks it']
    faults = []
    expected = set(CALLERS[operation['x-caller']])
    if route['operation'] in OPEN_FOR_CHANGE:
        expected.add('password-change')
    if set(route['access']) != expected:
        faults.append(f"callers {sorted(route['access'])}, described {sorted(expected)}")
    if operation['operationId'] != route['operation']:
        faults.append(f"operation {operation['operationId']}")
    if ('security' in operation) != (expected == {'public'}):
        faults.append('security')
    parameters = {p['name']: p for p in description.parameters(operation)}
    for header, flag in (('Idempotency-Key', 'needsKey'), ('If-Match', 'needsIfMatch')):
        described = parameters.get(header, {}).get('required', False)
        if described != route[flag]:
            faults.append(f'{header}: route {route[flag]}, described {described}')
    if ('id' in parameters) != ('{id}' in route['path']):
        faults.append('the parameter id')
    for status, is_due in (('404', 'id' in parameters), ('412', route['needsIfMatch'])):
        if is_due and status not in operation['responses']:
            faults.append(f'{status} is not described')
    if (description.body_schema(operation) is not None) != (route['body'] == 'json'):
        faults.append(f"body {route['body']}")
    answers = [description.resolve(r).get('content', {})
               for status, r in operation['responses'].items() if status < '400']
    if any('application/json' in a for a in answers) != (route['answer'] == 'json'):
        if not route['path'].endswith('z'):
            faults.append(f"answer {route['answer']}")
    return faults


def compare_tables(tap, description, table):
    for route in table:
        tap.case(f"/contract/route/{route['operation']}", route_faults(description, route))
    known = {(r['method'], r['path']) for r in table}
    for method, path in sorted(set(description.operations) - known):
        tap.case(f'/contract/described/{method} {path}', 'there is no such route')


def value_codes():
    """The codes of values in `errors`, as the sources name them."""
    source = DOCS.parent / 'src'
    found = set()
    for path in ('core/kab-check.c', 'core/kab-json-error.c'):
        found |= set(re.findall(r'\] = "([a-z0-9-]+)"', (source / path).read_text()))
    found |= set(re.findall(r'KAB_FORM_CODE_\w+ "([a-z-]+)"',
                            (source / 'core/kab-form-evaluation.h').read_text()))
    calls = r'(?:set_field|add_field|json_refuse|refuse) \([^;]*?"([a-z]+-[a-z-]+)"'
    for path in [*source.glob('server/domain/*.c'), *source.glob('server/api/*.c')]:
        found |= set(re.findall(calls, path.read_text()))
    return found - {'ok'}


def document_faults():
    """docs/errors.md has a row for each code of a value; a code of a reason stands in its problem."""
    text = (DOCS / 'errors.md').read_text()
    return [f'{code} is not described' for code in sorted(value_codes()) if f'`{code}`' not in text]


def named_tests():
    """What the tables of docs/architecture.md name: suite, program, cases."""
    tables = (DOCS / 'architecture.md').read_text().partition('Where each part is tested\n')[2]
    for cell in re.findall(r'^\|.*\| ([^|]+) \|$', tables, re.MULTILINE):
        if ' / ' not in cell.replace('suite / ', ''):
            continue
        suite = None
        for part in re.sub(r' \([^)]*\)', '', cell).split(';'):
            named, _, programs = part.rpartition(' / ')
            suite = named.strip() or suite
            programs, _, cases = programs.partition(':')
            for name in programs.split(','):
                yield suite, name.strip(), [c.strip() for c in cases.split(',') if c.strip()]


def registered_tests():
    """Suite and name of every test that the build knows."""
    tests = pathlib.Path(os.environ['KAB_TEST_BUILD'], 'meson-info', 'intro-tests.json')
    return {(suite.rpartition(':')[2], test['name'])
            for test in json.loads(tests.read_text()) for suite in test['suite']}


def case_faults(program, cases):
    """A case is found by its name in the source of its program."""
    tests = DOCS.parent / 'tests'
    files = [*tests.glob(f'**/test-{program.removeprefix("server-").removeprefix("test-")}.*'),
             *tests.glob(f'**/{program}.py')]
    if program == 'test-store':
        files = tests.glob('server/store/*.c')
    text = ''.join(f.read_text() for f in files)
    return [f'{program} has no {case}' for case in cases
            if case != 'all' and not re.search(rf'[/"\']{case}["\'/{{]', text)]


def architecture_faults():
    """A test that docs/architecture.md names is there and is run."""
    registered, named = registered_tests(), [*named_tests()]
    faults = [] if len(named) > 100 else [f'only {named}']
    for suite, program, cases in named:
        patterns = ['*'] if program == 'all' else [program, f'{suite}-{program}']
        if not any(s == suite and fnmatch.fnmatch(name, pattern)
                   for s, name in registered for pattern in patterns):
            faults.append(f'no {suite} / {program}')
        faults += case_faults(program, cases)
    return faults


def link_faults():
    """A link of a document to another file leads somewhere."""
    root = DOCS.parent
    files = [*root.glob('*.md'), *root.glob('docs/*.md'), *root.glob('data/**/*.md')]
    links = [(f, link) for f in files
             for link in re.findall(r'\]\(([^)#:]+)(?:#[^)]*)?\)', f.read_text())]
    faults = [] if len(links) > 5 else [f'only {links}']
    return faults + [f'{f.name}: {link}' for f, link in links if not (f.parent / link).exists()]


def history_faults(bank):
    """What the session left in the history of cases, against docs/history-actions.md."""
    described = dict(re.findall(r'^\| `([a-z-]+)` \| ([a-z]+)',
                                (DOCS / 'history-actions.md').read_text(), re.MULTILINE))
    written = bank.sql("SELECT DISTINCT action, object_kind FROM history"
                       " WHERE object_kind IN ('application', 'document', 'identification')")
    faults = [f'{action} of {kind}' for action, kind in written if described.get(action) != kind]
    return faults if len(written) > 10 else [f'only {written}']


def check_upkeep(tap, bank):
    """What operations do beside a running server, on what the session has left."""
    status, text = bank.upkeep('--check-history')
    tap.case('/contract/upkeep/history', [] if status == 0 and ', good' in text else text)
    bank.sql("UPDATE outbox SET state = 'failed' WHERE id = 1")
    status, text = bank.upkeep('--retry-outbox')
    tap.case('/contract/upkeep/outbox', [] if status == 0 and ' 1 messages' in text else text)
    bank.sql('DROP TRIGGER history_is_never_updated')
    bank.sql("UPDATE history SET action = 'invented' WHERE sequence = 5")
    status, text = bank.upkeep('--check-history')
    tap.case('/contract/upkeep/changed', [] if status == 1 and 'Record 5 ' in text else text)


def follow_session(tap, description, table):
    faults, succeeded = {}, set()

    def witness(method, path, answer):
        key = description.operations.get((method, description.template(path)), {}).get(
            'operationId', path)
        found = faults.setdefault(key, [])
        found += [f'{method} {path}: {answer.status}: {f}'
                  for f in description.faults(method, path, answer)]
        if answer.status < 400:
            succeeded.add(key)

    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(folder)
        bank.witness = witness
        try:
            World(bank).finish()
            tap.case('/contract/history', history_faults(bank))
        finally:
            status = bank.stop()
        tap.case('/contract/clean-end', [] if status == 0 else f'status {status}')
        tap.case('/contract/log', bank.complaints())
        check_upkeep(tap, bank)
    for operation, found in sorted(faults.items()):
        tap.case(f'/contract/answers/{operation}', found)
    for route in table:
        if route['answer'] == 'json' and route['operation'] not in succeeded | NEVER_GRANTED:
            tap.case(f"/contract/visited/{route['operation']}", 'the session never succeeds in it')


def main():
    tap = Tap()
    description, table = Description(), routes()
    compare_tables(tap, description, table)
    tap.case('/contract/errors-document', document_faults())
    tap.case('/contract/architecture', architecture_faults())
    tap.case('/contract/links', link_faults())
    follow_session(tap, description, table)
    tap.end()


main()
