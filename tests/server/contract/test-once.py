# SPDX-License-Identifier: GPL-3.0-or-later
"""64 identical posts at once, with one key: one effect, and whoever is answered gets one answer."""
import secrets
import tempfile
import threading

from bank import TUS, Bank, Tap
from world import World

N = 64


def post_at_once(bank, path, token, body, headers):
    answers = [None] * N
    start = threading.Barrier(N)
    key = secrets.token_hex(16)

    def run(i):
        start.wait()
        answers[i] = bank.call('POST', path, token, body, key=key, headers=headers)
        bank.forget()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(N)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def check(tap, bank, table, path, token, body, headers=None):
    before = bank.sql(f'SELECT COUNT(*) FROM {table}')[0][0]
    answers = post_at_once(bank, path, token, body, headers)
    effects = bank.sql(f'SELECT COUNT(*) FROM {table}')[0][0] - before
    made = [a for a in answers if a.status == 201]
    faults = [f'{a}' for a in answers if a.status not in (201, 409, 503)]
    if len({(a.body, a.headers.get('location')) for a in made}) != 1:
        faults.append(f'{len(made)} answers differ')
    if effects != 1:
        faults.append(f'{effects} rows in {table}')
    first = [a for a in made if 'idempotent-replayed' not in a.headers]
    if len(first) != 1:
        faults.append(f'{len(first)} of {len(made)} claim to be the first')
    tap.case(f'/once{path}', faults)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(folder)
        try:
            world = World(bank)
            talk = f'/v1/staff/conversations/{world.anna_id}/messages'
            check(tap, bank, 'messages', '/v1/messages', world.anna, {'text': 'once'})
            check(tap, bank, 'messages', talk, world.clerk, {'text': 'once'})
            check(tap, bank, 'applications', '/v1/applications', world.boriss,
                  {'form': 'application-natural', 'answers': {}})
            check(tap, bank, 'files', '/v1/uploads', world.anna, None,
                  {**TUS, 'Upload-Length': '6', 'Upload-Metadata': 'filename YS50eHQ='})
            check(tap, bank, 'recoveries', '/v1/recoveries', None,
                  {'login': world.anna_details['phone']})
        finally:
            bank.stop()
        tap.case('/once/log', bank.complaints())
    tap.end()


main()
