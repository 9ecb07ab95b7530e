# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo bank as real processes: kabinets-sandbox and kabinets-server, and a client to ask it."""
import base64
import hashlib
import http.client
import itertools
import json
import os
import pathlib
import re
import secrets
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

SERVER = os.environ['KAB_TEST_SERVER']
SANDBOX = os.environ['KAB_TEST_SANDBOX']
ROUTES = os.environ['KAB_TEST_ROUTES']
SOURCE = pathlib.Path(os.environ['KAB_TEST_SOURCE'])
PATIENCE = 60
PASSWORD = 'Zaļa-mīkla-7'
TUS = {'Tus-Resumable': '1.0.0'}
OCTETS = 'application/offset+octet-stream'


def routes():
    """The route table, as the server has it."""
    return json.loads(subprocess.run([ROUTES], check=True, capture_output=True).stdout)


def await_(what, condition):
    """Waits until the condition holds, within a bound; gives what it gave."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f'{what} does not come')


class Tap:
    """Test Anything Protocol; a case is a name and what is wrong with it."""

    def __init__(self):
        self.n = self.failed = 0
        print('TAP version 14', flush=True)

    def case(self, name, faults=()):
        faults = [faults] if isinstance(faults, str) else list(faults)
        self.n += 1
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.n} {name.replace('#', '')}")
        for fault in faults[:20]:
            print('# ' + str(fault).replace('\n', '\n# ')[:2000])
        sys.stdout.flush()

    def end(self):
        print(f'1..{self.n}', flush=True)
        sys.exit(1 if self.failed else 0)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.json = None
        if 'json' in headers.get('content-type', ''):
            try:
                self.json = json.loads(body)
            except ValueError:
                pass

    @property
    def code(self):
        return self.json.get('code') if isinstance(self.json, dict) else None

    def __repr__(self):
        return f'{self.status} {self.body[:400]!r}'


class Client:
    """Asks a server; a connection for each thread, kept alive."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.local = threading.local()
        self.witness = None

    def call(self, method, path, token=None, body=None, *, raw=None, key=None, version=None,
             headers=None, media_type='application/json'):
        fields = dict(headers or {})
        if body is not None:
            raw = json.dumps(body, ensure_ascii=False).encode()
        if raw is not None:
            fields.setdefault('Content-Type', media_type)
        if token:
            fields['Authorization'] = f'Bearer {token}'
        if method == 'POST':
            fields.setdefault('Idempotency-Key', key or secrets.token_hex(16))
        if version is not None:
            fields['If-Match'] = f'"{version}"'
        answer = self._ask(method, path, raw, fields)
        if self.witness:
            self.witness(method, path, answer)
        return answer

    def _ask(self, method, path, raw, fields):
        connection = getattr(self.local, 'connection', None)
        if connection is None:
            connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
            self.local.connection = connection
        try:
            connection.request(method, path, raw, fields)
            response = connection.getresponse()
            fields = {k.lower(): v for k, v in response.getheaders()}
            is_endless = fields.get('content-type') == 'text/event-stream'
            answer = Answer(response.status, fields, b'' if is_endless else response.read())
            if is_endless:
                self.forget()
        except Exception:
            self.forget()
            raise
        if answer.headers.get('connection') == 'close':
            self.forget()
        return answer

    def forget(self):
        connection = getattr(self.local, 'connection', None)
        if connection is not None:
            connection.close()
        self.local.connection = None

    def expect(self, status, *arguments, **named):
        answer = self.call(*arguments, **named)
        if answer.status != status:
            raise AssertionError(f'{arguments[:2]}: {status} expected, got {answer}')
        return answer


class Bank(Client):
    """Sandbox and server in a folder; `stop` ends both, however far they came."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.numbers = itertools.count(1)
        # The clerk of the sandbox has no hurry: employees are played by the tests.
        self.sandbox = subprocess.Popen(
            [SANDBOX, '--directory', folder, '--exit-with-stdin', '--clerk-pause', '600000',
             '--review-delay', '0'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.sandbox_says = json.loads(self.sandbox.stdout.readline())
        self.log = open(self.folder / 'server.log', 'ab')
        self.server = subprocess.Popen(
            [SERVER, '--demo', folder, '--bank', SOURCE / 'data' / 'bank', '--exit-with-stdin'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        address = json.loads(self.server.stdout.readline())['address']
        super().__init__(address)
        self.sandbox.stdin.write(f'bank {address}\n'.encode())
        self.sandbox.stdin.flush()

    def stop(self):
        """Returns: how the server ended."""
        for process in (self.server, self.sandbox):
            process.stdin.close()
        status = self.server.wait(PATIENCE)
        self.sandbox.wait(PATIENCE)
        self.log.close()
        return status

    def sql(self, statement, *values):
        """Past the server: lets time pass, or makes what only time makes."""
        with sqlite3.connect(self.folder / 'bank.sqlite3', timeout=PATIENCE) as database:
            return database.execute(statement, values).fetchall()

    def upkeep(self, option):
        """Runs the server's program on the data for an errand: its status and what it says."""
        done = subprocess.run([SERVER, '--demo', self.folder, option], capture_output=True,
                              text=True, timeout=PATIENCE)
        return done.returncode, done.stdout + done.stderr

    def journal(self):
        return (self.folder / 'server.log').read_text()

    def complaints(self):
        """Lines of the log that no request may cause."""
        return [line for line in self.journal().splitlines()
                if '"level":"error"' in line or 'CRITICAL' in line or 'AddressSanitizer' in line]

    def phone(self):
        url = self.sandbox_says['phone']['baseUrl'] + '/phone/messages'
        with urllib.request.urlopen(url, timeout=PATIENCE) as response:
            return json.load(response)

    def code_for(self, address, after=0):
        """The newest six digits that reached an address."""
        def look():
            found = [m for m in self.phone() if m['to'] == address and m['id'] > after]
            codes = [re.search(r'(?<!\d)\d{6}(?!\d)', m['text']) for m in found]
            return [c.group() for c in codes if c][-1:]
        return await_(f'a code for {address}', look)[0]

    def last_message(self):
        return max([m['id'] for m in self.phone()], default=0)

    # --- people ---

    def registration_body(self, number):
        bank = getattr(self, 'information', None) or self.call('GET', '/v1/bank').json
        self.information = bank
        return {'clientType': 'natural', 'citizenships': ['LV'],
                'consents': [{'document': d['id'], 'version': d['version']}
                             for d in bank['legalDocuments']],
                'email': f'person{number}@example.com', 'phone': f'+3712{number:07}',
                'password': PASSWORD, 'language': 'lv'}

    def register(self):
        """Returns: the token of a new client, through all of it."""
        body = self.registration_body(next(self.numbers))
        token = self.expect(201, 'POST', '/v1/registrations', None, body).json['token']
        codes = {'emailCode': self.code_for(body['email']),
                 'phoneCode': self.code_for(body['phone'])}
        answer = self.expect(201, 'POST', '/v1/registrations/current/confirmation', token, codes)
        return answer.json['token'], body

    def clerk(self):
        login = json.loads((self.folder / 'clerk.json').read_text())
        return self.expect(201, 'POST', '/v1/sessions', None, login).json['token']

    def another_session(self, token, must_change_password=False):
        """Returns: token and id of a second session of the same user."""
        made = 's' + secrets.token_urlsafe(32)
        session, now = secrets.token_hex(16), time.time_ns() // 1000
        self.sql('INSERT INTO sessions (id, token_hash, user_id, must_change_password, created_at,'
                 ' last_used_at, expires_at) SELECT ?, ?, user_id, ?, ?, ?, ? FROM sessions'
                 ' WHERE token_hash = ?', session, hash_token(made), int(must_change_password), now,
                 now, now + 3600 * 10**6, hash_token(token))
        return made, session

    # --- things ---

    def begin_upload(self, token, name='a.txt', length=6):
        metadata = 'filename ' + base64.b64encode(name.encode()).decode()
        answer = self.expect(201, 'POST', '/v1/uploads', token,
                             headers={**TUS, 'Upload-Length': str(length),
                                      'Upload-Metadata': metadata})
        return answer.headers['location'].rpartition('/')[2]

    def append(self, token, upload, data, offset=0):
        return self.call('PATCH', f'/v1/uploads/{upload}', token, raw=data, media_type=OCTETS,
                         headers={**TUS, 'Upload-Offset': str(offset)})

    def upload(self, token, name='a.txt', data=b'hello\n'):
        upload = self.begin_upload(token, name, len(data))
        assert self.append(token, upload, data).status == 204
        return upload


def hash_token(token):
    return hashlib.blake2b(token.encode(), digest_size=32).digest()
