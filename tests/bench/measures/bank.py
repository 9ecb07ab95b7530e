"""The bank's own server as a process of its own, with applications in its store."""
import hashlib
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import time

TOKEN = 'a-token-of-a-session-that-this-bench-has-made'
USER = 'user-0'
DOCUMENTS = 4  # of one application
# As docs/configuration.md advises where most requests read; the reference gets as many.
THREADS = max(2, os.cpu_count() - 1)

CONFIGURATION = """
[server]
mode=demo
port={port}
public-url=http://127.0.0.1:{port}
http-threads={threads}
workers={threads}
secret-key-file={folder}/secret
[store]
url=sqlite:{folder}/bank.sqlite3
[mail]
host=127.0.0.1
from=bank@kabinets.invalid
[sms]
url=http://127.0.0.1:9/
token-file={folder}/secret
sender=Kabinets
[sumsub]
base-url=http://127.0.0.1:9
token-file={folder}/secret
secret-file={folder}/secret
level-photo=photo
level-video=video
webhook-secret-file={folder}/secret
[bank]
data-directory={bank}
[limits]
connections-per-peer=1000
requests-per-minute=1000000
[session]
idle=3600
"""


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as server:
        return server.getsockname()[1]


def wait_until_open(port, process):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f'{process.args[0]} doesn\'t listen')


def rows_of(index, now):
    """What belongs to the application with this number, table by table."""
    user, application = f'user-{index}', f'application-{index}'
    title = json.dumps({'en': 'Tax residency of the client', 'lv': 'Klienta nodokļu rezidence',
                        'ru': 'Налоговое резидентство клиента'}, ensure_ascii=False)
    yield ('users', {'id': user, 'role': 'client', 'client_type': 'natural',
                     'email': f'{user}@example.lv', 'email_key': f'{user}@example.lv',
                     'phone': f'+3712{index:07}', 'name': 'Anna Kalniņa', 'password_hash': '-',
                     'language': 'lv', 'created_at': now})
    yield ('applications', {'id': application, 'user_id': user, 'form': 'application-natural',
                            'form_version': '1', 'services': '["new-client"]',
                            'answers': '{"/name": "Anna"}', 'state': 'documents',
                            'waiting_since': now + index, 'created_at': now, 'saved_at': now})
    for position in range(DOCUMENTS):
        yield ('documents', {'id': f'document-{index}-{position}', 'application_id': application,
                             'user_id': user, 'form': 'tax-residency', 'kind': 'questionnaire',
                             'title': title, 'position': position, 'state': 'opened',
                             'created_at': now, 'changed_at': now})


def seed(path, applications):
    """Clients with an application each; the first of them is signed in."""
    now = time.time_ns() // 1000
    with sqlite3.connect(path) as store:
        for index in range(applications):
            for table, row in rows_of(index, now):
                store.execute(f"INSERT INTO {table} ({', '.join(row)}) "
                              f"VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
        token_hash = hashlib.blake2b(TOKEN.encode(), digest_size=32).digest()
        store.execute('INSERT INTO sessions (id, token_hash, user_id, created_at, last_used_at,'
                      ' expires_at) VALUES (?, ?, ?, ?, ?, ?)',
                      ('session', token_hash, USER, now, now, now + 8 * 3600 * 10**6))
    store.close()


class Bank:
    """A context: the server runs inside it."""

    def __init__(self, build, folder, applications):
        self.folder = pathlib.Path(folder).resolve()
        self.folder.mkdir(parents=True)
        self.program = pathlib.Path(build, 'src/server/kabinets-server').resolve()
        self.port = free_port()
        secret = self.folder / 'secret'
        secret.write_text('0123456789abcdef' * 4, encoding='ascii')
        secret.chmod(0o600)
        (self.folder / 'bank.conf').write_text(
            CONFIGURATION.format(port=self.port, folder=self.folder, threads=THREADS,
                                 bank=pathlib.Path('data/bank').resolve()), encoding='utf-8')
        # The first start makes the tables.
        self.start()
        self.stop()
        seed(self.folder / 'bank.sqlite3', applications)

    def start(self):
        with open(self.folder / 'log', 'ab') as log:
            self.process = subprocess.Popen([self.program, '--config', self.folder / 'bank.conf'],
                                            stdout=log, stderr=log)
        wait_until_open(self.port, self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def forget_peak_memory(self):
        pathlib.Path(f'/proc/{self.process.pid}/clear_refs').write_text('5', encoding='ascii')

    def peak_memory(self):
        """Of resident memory, in MB."""
        for line in open(f'/proc/{self.process.pid}/status', encoding='ascii'):
            if line.startswith('VmHWM:'):
                return int(line.split()[1]) * 1024 / 1e6
        raise RuntimeError(f'{os.strerror(3)}: {self.process.pid}')
