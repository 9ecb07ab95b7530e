"""The demo bank's two programs, as the application starts them, and a client of the bank's API."""
import base64
import json
import os
import pathlib
import secrets
import subprocess
import time
import urllib.error
import urllib.request


class DemoBank:
    def __init__(self, folder, server, sandbox, sandbox_options=()):
        self.folder = pathlib.Path(folder)
        self.sandbox = self._start([sandbox, '--directory', folder, '--exit-with-stdin',
                                    *sandbox_options])
        self.addresses = json.loads(self.sandbox.stdout.readline())
        self.server = self._start([server, '--demo', folder, '--exit-with-stdin'])
        self.address = json.loads(self.server.stdout.readline())['address']
        self.sandbox.stdin.write(f'bank {self.address}\n')
        self.sandbox.stdin.flush()

    @staticmethod
    def _start(command):
        return subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)

    def end(self):
        for process in (self.server, self.sandbox):
            process.stdin.close()
        for process in (self.server, self.sandbox):
            status = process.wait(60)
            assert status == 0, f'{process.args[0]} ended with {status}'

    def phone(self):
        """Everything that arrived on the demo phone, oldest first."""
        with urllib.request.urlopen(self.addresses['phone']['baseUrl'] + '/phone/messages') as reply:
            return json.load(reply)


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f'{status} {problem}')
        self.status, self.problem = status, problem


class Client:
    def __init__(self, address):
        self.address = address
        self.token = None

    def call(self, method, path, body=None, etag=None, headers=None, data=None):
        headers = dict(headers or {})
        if self.token:
            headers['Authorization'] = f'Bearer {self.token}'
        if method == 'POST':
            headers.setdefault('Idempotency-Key', secrets.token_hex(16))
        if etag is not None:
            headers['If-Match'] = f'"{etag}"'
        if body is not None:
            data = json.dumps(body).encode()
            headers['Content-Type'] = 'application/json'
        request = urllib.request.Request(self.address + path, data=data, method=method,
                                         headers=headers)
        try:
            with urllib.request.urlopen(request) as reply:
                raw = reply.read()
                self.reply_headers = reply.headers
                is_json = reply.headers.get_content_type() == 'application/json'
                return json.loads(raw) if is_json else raw
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode(errors='replace')) from None

    def upload(self, name, data):
        metadata = f'filename {base64.b64encode(name.encode()).decode()}'
        self.call('POST', '/v1/uploads', headers={
            'Tus-Resumable': '1.0.0', 'Upload-Length': str(len(data)), 'Upload-Metadata': metadata})
        location = self.reply_headers['Location']
        path = location if location.startswith('/') else location[len(self.address):]
        self.call('PATCH', path, data=data, headers={
            'Tus-Resumable': '1.0.0', 'Upload-Offset': '0',
            'Content-Type': 'application/offset+octet-stream'})
        return path.rsplit('/', 1)[1]


def until(condition, what, patience=60):
    """Polls until `condition` gives something true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f'{what} did not happen')


def programs():
    """The installed programs, or those that the build names."""
    folder = os.environ.get('KABINETS_LIBEXECDIR')
    if folder:
        return pathlib.Path(folder) / 'kabinets-server', pathlib.Path(folder) / 'kabinets-sandbox'
    return os.environ['KAB_TEST_SERVER'], os.environ['KAB_TEST_SANDBOX']
