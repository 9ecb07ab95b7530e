"""A file of 150 MB from the client's library to the bank, against curl and nginx's DAV."""
import json
import os
import pathlib
import subprocess
import tempfile
import time

from .bank import TOKEN, Bank, free_port, wait_until_open
from .figure import Figure, alternate, ratio

PAIRS = 7
SIZE = 150 * 1024 * 1024
AIM_MEMORY = 8
AIM_SPEED = 0.6

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_max_body_size 200m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/files;
    location / {{ dav_methods PUT DELETE; }}
  }}
}}
"""


class Nginx:
    """A context: nginx takes files inside it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.folder.mkdir(parents=True)
        (self.folder / 'files').mkdir()
        # Its workers are another user than root.
        self.folder.chmod(0o777)
        (self.folder / 'files').chmod(0o777)
        self.port = free_port()

    def __enter__(self):
        configuration = self.folder / 'nginx.conf'
        configuration.write_text(
            ('user root;' if os.getuid() == 0 else '') +
            NGINX.format(folder=self.folder, port=self.port), encoding='utf-8')
        self.process = subprocess.Popen(['nginx', '-c', configuration], env=os.environ |
                                        {'PATH': f"{os.environ['PATH']}:/usr/sbin"})
        wait_until_open(self.port, self.process)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def make_file(folder):
    """A PDF file by its content; what the pages would be doesn't compress."""
    path = pathlib.Path(folder, 'large.pdf')
    block = os.urandom(1024 * 1024)
    with open(path, 'wb') as file:
        file.write(b'%PDF-1.7\n')
        for _ in range(SIZE // len(block) - 1):
            file.write(block)
    return path


def settle_disk():
    """What the one before has left to be written isn't the next one's: nginx waits for no disk, and
    its file is on its way there when it has answered, in front of what the bank waits for."""
    os.sync()


def upload(build, bank, file):
    settle_disk()
    run = subprocess.run([pathlib.Path(build, 'tests/bench/bench-upload'),
                          f'http://127.0.0.1:{bank.port}', TOKEN, file],
                         check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout)


def put(nginx, file):
    settle_disk()
    started = time.monotonic()
    subprocess.run(['curl', '-sSf', '-T', file, f'http://127.0.0.1:{nginx.port}/large.pdf'],
                   check=True)
    return time.monotonic() - started


def measure(build):
    with tempfile.TemporaryDirectory(dir='build') as folder:
        file = make_file(folder)
        with Bank(build, f'{folder}/bank', 1) as bank, Nginx(f'{folder}/nginx') as nginx:
            upload(build, bank, file)
            put(nginx, file)
            bank.forget_peak_memory()
            before = bank.peak_memory()
            growth = upload(build, bank, file)['growth'] * 1024 / 1e6
            yield Figure('memory of the application while it sends 150 MB', growth, 'MB',
                         AIM_MEMORY)
            yield Figure('memory of the server while it takes 150 MB',
                         bank.peak_memory() - before, 'MB', AIM_MEMORY)
            rates = alternate(PAIRS, lambda: SIZE / 1e6 / upload(build, bank, file)['seconds'],
                              lambda: SIZE / 1e6 / put(nginx, file))
            yield ratio('150 MB against curl to nginx', *rates, 'MB/s', AIM_SPEED, at_least=True)
