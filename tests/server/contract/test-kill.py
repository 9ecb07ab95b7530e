# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments under load: what was answered with success is there afterwards, what
wasn't answered is repeated under its key and happens once, and nothing is ever half there."""
import hashlib
import http.client
import json
import os
import pathlib
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time

import bank as banks
from bank import PASSWORD, SERVER, SOURCE, TUS, Client, Tap, await_

KILLS = int(os.environ.get('KAB_TEST_KILLS', '200'))
BUDGET = 100
N_CLIENTS = 3

CONFIG = '''[server]
mode=demo
port=0
public-url=http://127.0.0.1:1
workers=8
secret-key-file={folder}/key
[store]
url=sqlite:{folder}/bank.sqlite3
[mail]
host=127.0.0.1
port=1
starttls=false
from=bank@example.com
[sms]
url=http://127.0.0.1:1
token-file={folder}/token
sender=Bank
[sumsub]
base-url=http://127.0.0.1:1
token-file={folder}/token
secret-file={folder}/token
level-photo=photo
level-video=video
webhook-secret-file={folder}/token
[bank]
data-directory={bank}
[limits]
requests-per-minute=1000000
connections-per-peer=1000
password-memory=19
password-passes=2
'''


class Mortal(Client):
    """A server that is killed and started again on the same data, each time on another port."""

    # What `sql` and `another_session` of a bank need.
    sql = banks.Bank.sql
    begin_upload = banks.Bank.begin_upload
    append = banks.Bank.append
    registration_body = banks.Bank.registration_body

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / 'server.conf'
        self.config.write_text(CONFIG.format(folder=folder, bank=SOURCE / 'data' / 'bank'))
        for name in ('key', 'token'):
            (self.folder / name).write_text(secrets.token_hex(32))
            (self.folder / name).chmod(0o600)
        self.alive = threading.Event()
        self.complaints = []
        self.start()

    def start(self):
        self.process = subprocess.Popen([SERVER, '--config', self.config], stderr=subprocess.PIPE)
        for line in self.process.stderr:
            found = json.loads(line) if line.startswith(b'{') else {}
            if found.get('messageId') == 'listening':
                break
        else:
            raise AssertionError(f'the server ended with {self.process.wait()}')
        super().__init__(f"http://127.0.0.1:{found['port']}")
        threading.Thread(target=self.drain, args=(self.process.stderr,), daemon=True).start()
        self.alive.set()

    def drain(self, stream):
        for line in stream:
            if b'"level":"error"' in line or b'CRITICAL' in line or b'Sanitizer' in line:
                self.complaints.append(line.decode(errors='replace'))

    def kill(self):
        self.alive.clear()
        self.process.kill()
        self.process.wait()

    def end(self):
        self.process.terminate()
        return self.process.wait(banks.PATIENCE)

    def add_client(self, number):
        """Past the server, which isn't asked to register somebody whom a kill may meet."""
        user, session, token = (secrets.token_hex(16) for _ in range(3))
        token = 's' + token
        now = time.time_ns() // 1000
        self.sql('INSERT INTO users (id, role, client_type, email, email_key, phone, password_hash,'
                 " language, created_at) VALUES (?, 'client', 'natural', ?, ?, ?, '', 'lv', ?)",
                 user, f'k{number}@example.com', f'k{number}@example.com', f'+3712900000{number}',
                 now)
        self.sql('INSERT INTO sessions (id, token_hash, user_id, created_at, last_used_at,'
                 ' expires_at) VALUES (?, ?, ?, ?, ?, ?)', session, banks.hash_token(token), user,
                 now, now, now + 3600 * 10**6)
        return token


class Worker(threading.Thread):
    """Does one thing after the other until told to stop; a thing that wasn't answered is done
    again, in the same words, when the server is back."""

    def __init__(self, server, stop):
        super().__init__()
        self.server, self.stop, self.faults, self.n = server, stop, [], 0

    def run(self):
        try:
            while not self.stop.is_set():
                self.step()
        except Exception as error:  # a fault of any kind is told, not lost with the thread
            self.faults.append(f'{type(self).__name__}: {error!r}')

    def insist(self, *arguments, **named):
        """Asks until there is an answer that isn't of a server in trouble."""
        while True:
            self.server.alive.wait(banks.PATIENCE)
            try:
                answer = self.server.call(*arguments, **named)
                if answer.status not in (500, 503):
                    return answer
                if answer.status == 500:
                    self.faults.append(f'{arguments[:2]}: {answer}')
            except (OSError, http.client.HTTPException):
                if self.server.alive.is_set():
                    time.sleep(0.002)


class Talker(Worker):
    """Messages, each with a key of its own."""

    def __init__(self, server, stop, token):
        super().__init__(server, stop)
        self.token, self.answered = token, {}

    def step(self):
        text = secrets.token_hex(8)
        answer = self.insist('POST', '/v1/messages', self.token, {'text': text},
                             key=secrets.token_hex(16))
        if answer.status != 201:
            self.faults.append(f'message: {answer}')
            return
        self.answered[answer.json['id']] = text
        self.n += 1

    def verify(self, server):
        stored = dict(server.sql('SELECT id, body FROM messages'))
        faults = [f'message {i} is lost' for i, text in self.answered.items()
                  if stored.get(i) != text]
        texts = list(stored.values())
        return faults + [f'{t} is there {texts.count(t)} times' for t in self.answered.values()
                         if texts.count(t) != 1]


class Drafter(Worker):
    """One draft, saved again and again."""

    def __init__(self, server, stop, token):
        super().__init__(server, stop)
        self.token, self.path, self.version, self.saved = token, None, 0, None

    def step(self):
        if self.path is None:
            made = self.insist('POST', '/v1/applications', self.token,
                               {'form': 'application-natural', 'answers': {}},
                               key=secrets.token_hex(16))
            self.path, self.version = f"/v1/applications/{made.json['id']}", made.json['version']
        name = f'Anna {secrets.token_hex(4)}'
        answer = self.insist('PUT', self.path, self.token, {'answers': {'full_name': name}},
                             version=self.version)
        if answer.status == 200:
            self.version, self.saved = answer.json['version'], name
            self.n += 1
        elif answer.status == 412:
            self.take_over(name)
        else:
            self.faults.append(f'draft: {answer}')

    def take_over(self, attempted):
        """The save that wasn't answered has happened; nothing else can have."""
        found = self.insist('GET', self.path, self.token).json
        if found['version'] != self.version + 1 or found['answers']['full_name'] != attempted:
            self.faults.append(f"draft: version {found['version']} after {self.version}")
        self.version, self.saved = found['version'], found['answers']['full_name']

    def verify(self, server):
        found = server.call('GET', self.path, self.token).json
        if (found['version'], found['answers'].get('full_name')) != (self.version, self.saved):
            return [f"draft {found['version']} {found['answers']}: {self.version} {self.saved}"]
        return []


class Uploader(Worker):
    """Files in pieces that are answered one by one; then read back."""

    SIZE, PIECE = 900_000, 150_000

    def __init__(self, server, stop, token):
        super().__init__(server, stop)
        self.token, self.finished = token, {}

    def step(self):
        data = b'%PDF-1.7\n' + random.randbytes(self.SIZE)
        made = self.insist('POST', '/v1/uploads', self.token, headers={
            **TUS, 'Upload-Length': str(len(data)), 'Upload-Metadata': 'filename YS5wZGY='},
            key=secrets.token_hex(16))
        path = made.headers['location']
        self.send(path, data)
        self.attach(path.rpartition('/')[2], data)

    def send(self, path, data):
        offset = 0
        while offset < len(data):
            piece = data[offset:offset + self.PIECE]
            answer = self.insist('PATCH', path, self.token, raw=piece, media_type=banks.OCTETS,
                                 headers={**TUS, 'Upload-Offset': str(offset)})
            if answer.status == 204:
                offset += len(piece)
                self.n += 1
                continue
            now = int(self.insist('HEAD', path, self.token, headers=TUS).headers['upload-offset'])
            if answer.status not in (409, 413) or not offset <= now <= offset + len(piece):
                self.faults.append(f'upload at {offset}, found {now}: {answer}')
            offset = now

    def attach(self, upload, data):
        """Keeps it, so that the next fits into the quota."""
        answer = self.insist('POST', '/v1/messages', self.token,
                             {'text': 'file', 'attachments': [upload]}, key=secrets.token_hex(16))
        if answer.status != 201:
            self.faults.append(f'attachment: {answer}')
        self.finished[upload] = hashlib.sha256(data).hexdigest()

    def verify(self, server):
        faults = []
        for upload, digest in self.finished.items():
            body = server.call('GET', f'/v1/files/{upload}', self.token).body
            if hashlib.sha256(body).hexdigest() != digest:
                faults.append(f'file {upload} of {len(body)} bytes is another')
        return faults


class Registrar(Worker):
    """Registrations; an answer carries the token that opens it."""

    def __init__(self, server, stop):
        super().__init__(server, stop)
        self.tokens = []

    def step(self):
        body = self.server.registration_body(random.randrange(10**7))
        assert body['password'] == PASSWORD
        answer = self.insist('POST', '/v1/registrations', None, body, key=secrets.token_hex(16))
        if answer.status == 201:
            self.tokens.append(answer.json['token'])
            self.n += 1
        else:
            self.faults.append(f'registration: {answer}')

    def verify(self, server):
        return [f'registration {i} is lost' for i, token in enumerate(self.tokens)
                if server.call('GET', '/v1/registrations/current', token).status != 200]


def look_for_halves(server):
    """What one transaction wrote is there together."""
    checks = {
        'PRAGMA integrity_check': [('ok',)],
        'PRAGMA foreign_key_check': [],
        'SELECT id FROM messages WHERE id NOT IN (SELECT object_id FROM history'
        " WHERE action = 'message-sent')": [],
        "SELECT object_id FROM history WHERE action = 'message-sent' AND object_id NOT IN"
        ' (SELECT id FROM messages)': [],
        'SELECT object_id FROM history GROUP BY sequence HAVING COUNT(*) > 1': [],
        "SELECT id FROM messages WHERE id NOT IN (SELECT object_id FROM events"
        " WHERE type = 'message-created')": [],
        'SELECT id FROM files WHERE received <> (SELECT COALESCE (SUM (LENGTH (data)), 0)'
        ' FROM file_chunks WHERE file_id = files.id)': [],
        'SELECT file_id FROM message_files JOIN files ON files.id = file_id'
        " WHERE state <> 'complete'": [],
        'SELECT key FROM idempotency WHERE status = 0': [],
        'SELECT MAX (sequence) - COUNT(*) FROM history': [(0,)],
    }
    return [f'{statement}: {found[:3]}' for statement, expected in checks.items()
            if (found := server.sql(statement)) != expected]


def kill_many(server, workers):
    """Returns: how many kills the time allowed."""
    end = time.monotonic() + BUDGET
    for n in range(KILLS):
        if time.monotonic() > end or any(w.faults for w in workers):
            return n
        time.sleep(random.uniform(0.01, 0.2))
        server.kill()
        server.start()
    return KILLS


def main():
    seed = int(os.environ.get('KAB_TEST_SEED', time.time_ns() % 10**6))
    random.seed(seed)
    tap = Tap()
    print(f'# KAB_TEST_SEED={seed}', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Mortal(folder)
        tokens = [server.add_client(i) for i in range(2 * N_CLIENTS)]
        server.information = server.call('GET', '/v1/bank').json
        stop = threading.Event()
        workers = [Talker(server, stop, t) for t in tokens[:N_CLIENTS]]
        workers += [Uploader(server, stop, tokens[3]), Drafter(server, stop, tokens[4]),
                    Drafter(server, stop, tokens[5]), Registrar(server, stop)]
        for worker in workers:
            worker.start()
        done = kill_many(server, workers)
        await_('an answer to each', lambda: all(w.n > 0 or w.faults for w in workers))
        stop.set()
        for worker in workers:
            worker.join(banks.PATIENCE)
        tap.case('/kill/often', [] if done >= KILLS else f'{done} kills of {KILLS}')
        for i, worker in enumerate(workers):
            name = f'/kill/{type(worker).__name__.lower()}/{i}'
            print(f'# {name}: {worker.n} answered')
            tap.case(name, worker.faults + (worker.verify(server) if not worker.faults else []))
        status = server.end()
        tap.case('/kill/halves', look_for_halves(server))
        tap.case('/kill/clean-end', [] if status == 0 else f'status {status}')
        tap.case('/kill/log', server.complaints)
    tap.end()


sys.exit(main())
