# SPDX-License-Identifier: GPL-3.0-or-later
"""What data/server has for running a bank: the configuration is good; nginx in front gives TLS and HTTP/2,
and lets uploads and events pass as they come."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import tempfile

from bank import OCTETS, PATIENCE, SERVER, SOURCE, TUS, Bank, Tap, await_

PDF_BYTES = 8 * 1024 * 1024
ENVIRONMENT = os.environ | {'PATH': f"{os.environ['PATH']}:/usr/sbin:/sbin"}
MAIN = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def replace(text, pattern, value):
    """The one place that a bank changes."""
    changed, n = re.subn(pattern, value, text)
    assert n == 1, pattern
    return changed


def make_certificate(folder):
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
                    '-nodes', '-days', '1', '-subj', '/CN=bank.example', '-keyout', folder / 'key.pem',
                    '-out', folder / 'certificate.pem'], check=True, capture_output=True)


def write_configuration(folder, bank, port):
    site = (SOURCE / 'data' / 'server' / 'nginx.conf').read_text()
    site = replace(site, r'127\.0\.0\.1:8080', f'127.0.0.1:{bank.port}')
    site = replace(site, r'listen 443', f'listen 127.0.0.1:{port}')
    site = site.replace('/etc/kabinets/tls', str(folder))
    (folder / 'site.conf').write_text(site)
    (folder / 'nginx.conf').write_text(
        MAIN.format(folder=folder, user='user root;' if os.getuid() == 0 else ''))


@contextlib.contextmanager
def nginx(folder, bank):
    """Gives its port."""
    port = free_port()
    make_certificate(folder)
    write_configuration(folder, bank, port)
    process = subprocess.Popen(['nginx', '-c', folder / 'nginx.conf', '-e', folder / 'nginx.log'],
                               env=ENVIRONMENT)
    try:
        await_('nginx', lambda: process.poll() is not None or is_open(port))
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def is_open(port):
    with socket.socket() as one:
        return one.connect_ex(('127.0.0.1', port)) == 0


class Front:
    """Asks through nginx."""

    def __init__(self, folder, port, token):
        self.context = ssl.create_default_context(cafile=folder / 'certificate.pem')
        self.context.check_hostname = False
        self.port, self.token = port, token

    def connect(self):
        return http.client.HTTPSConnection('127.0.0.1', self.port, timeout=PATIENCE,
                                           context=self.context)

    def ask(self, method, path, body=None, **headers):
        connection = self.connect()
        connection.request(method, path, body, {'Authorization': f'Bearer {self.token}', **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), content


def check_wire(tap, port):
    said = subprocess.run(['curl', '-sk', '--http2', '-o', '/dev/null', '-w',
                           '%{http_version} %{http_code}', f'https://127.0.0.1:{port}/v1/bank'],
                          check=True, capture_output=True, text=True).stdout
    tap.case('/proxy/http2', [] if said == '2 200' else said)


def check_limits(tap, front):
    for path in ('/metrics', '/readyz'):
        status, _, _ = front.ask('GET', path)
        tap.case(f'/proxy/hidden{path}', [] if status == 404 else f'{status}')
    status, headers, _ = front.ask('GET', '/v1/profile')
    tap.case('/proxy/token', [] if status == 200 and 'strict-transport-security' in headers
             else f'{status} {headers}')
    status, _, _ = front.ask('POST', '/v1/messages', b'x' * (2 << 20),
                             **{'Content-Type': 'application/json', 'Idempotency-Key': 'k' * 20})
    tap.case('/proxy/too-large', [] if status == 413 else f'{status}')


def check_upload(tap, front):
    """Half a file is durable before the other half is sent; the rest goes the same way."""
    status, headers, _ = front.ask('POST', '/v1/uploads', **TUS, **{
        'Idempotency-Key': 'u' * 20, 'Upload-Length': str(PDF_BYTES),
        'Upload-Metadata': 'filename YS5wZGY='})
    path = headers['location']
    file = b'%PDF-1.7\n' + bytes(PDF_BYTES - 9)
    connection = front.connect()
    connection.putrequest('PATCH', path)
    for name, value in {**TUS, 'Authorization': f'Bearer {front.token}', 'Content-Type': OCTETS,
                        'Upload-Offset': '0', 'Content-Length': str(PDF_BYTES)}.items():
        connection.putheader(name, value)
    connection.endheaders(file[:PDF_BYTES // 2])
    await_('half a file', lambda: int(front.ask('HEAD', path, **TUS)[1]['upload-offset']) > 0)
    connection.send(file[PDF_BYTES // 2:])
    answer = connection.getresponse()
    tap.case('/proxy/upload', [] if (status, answer.status) == (201, 204) else f'{answer.status}')
    connection.close()
    download = '/v1/files/' + path.rpartition('/')[2]
    status, _, whole = front.ask('GET', download)
    tap.case('/proxy/download', [] if status == 200 and whole == file else f'{status}')
    status, _, part = front.ask('GET', download, Range='bytes=8388600-')
    tap.case('/proxy/part', [] if status == 206 and part == file[8388600:] else f'{status}')


def check_events(tap, front):
    """An event comes while the answer goes on."""
    connection = front.connect()
    connection.request('GET', '/v1/events', headers={'Authorization': f'Bearer {front.token}'})
    stream = connection.getresponse()
    status, _, _ = front.ask('POST', '/v1/messages', json.dumps({'text': 'Labdien'}).encode(), **{
        'Content-Type': 'application/json', 'Idempotency-Key': 'm' * 20})
    lines = iter(stream.readline, b'')
    tap.case('/proxy/events', [] if status == 201 and any(
        line == b'event: message-created\n' for line in lines) else f'{status}')
    connection.close()


def check_configuration(tap, folder):
    """server.conf, with the credentials that the unit loads."""
    unit = (SOURCE / 'data' / 'server' / 'kabinets-server.service.in').read_text()
    for name in re.findall(r'^LoadCredential=([a-z-]+):', unit, re.MULTILINE):
        (folder / name).write_text(name + '-' + 's' * 32)
        (folder / name).chmod(0o600)
    text = (SOURCE / 'data' / 'server' / 'server.conf').read_text()
    file = folder / 'server.conf'
    file.write_text(replace(text, '/etc/kabinets/bank', str(SOURCE / 'data' / 'bank')))
    done = subprocess.run([SERVER, '--config', file, '--check-config'], capture_output=True, text=True,
                          env=os.environ | {'CREDENTIALS_DIRECTORY': str(folder)})
    tap.case('/proxy/configuration', [] if done.returncode == 0 else done.stderr)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / 'bank').mkdir()
        check_configuration(tap, folder)
        # nginx' workers are another user than root.
        folder.chmod(0o755)
        bank = Bank(folder / 'bank')
        try:
            token, _ = bank.register()
            with nginx(folder, bank) as port:
                front = Front(folder, port, token)
                check_wire(tap, port)
                check_limits(tap, front)
                check_upload(tap, front)
                check_events(tap, front)
        finally:
            bank.stop()
        tap.case('/proxy/log', bank.complaints())
    tap.end()


main()
