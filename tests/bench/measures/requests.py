"""Requests per second of GET /v1/documents, against memory and against a larger store."""
import pathlib
import subprocess
import tempfile
import urllib.request

from .bank import THREADS, TOKEN, Bank
from .figure import alternate, ratio

PATH = '/v1/documents'
PAIRS = 13
CONNECTIONS = 16
REQUESTS = 20000  # the reference answers them in a tenth of a second
AIM_SPEED = 0.3
AIM_SIZE = 1.3


def rate(build, port, *token):
    run = subprocess.run([pathlib.Path(build, 'tests/bench/load'), str(port), PATH,
                          str(CONNECTIONS), str(REQUESTS), *token], check=True,
                         stdout=subprocess.PIPE, text=True)
    return float(run.stdout)


def answer_of(bank):
    request = urllib.request.Request(f'http://127.0.0.1:{bank.port}{PATH}',
                                     headers={'Authorization': f'Bearer {TOKEN}'})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def measure_against_memory(build, bank, folder):
    """A bare libmicrohttpd that answers with the very same bytes."""
    answer = pathlib.Path(folder, 'answer.json')
    answer.write_bytes(answer_of(bank))
    with subprocess.Popen([pathlib.Path(build, 'tests/bench/reference-server'), answer,
                           str(THREADS)],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reference:
        port = int(reference.stdout.readline())
        rates = alternate(PAIRS, lambda: rate(build, bank.port, TOKEN), lambda: rate(build, port))
        reference.stdin.close()
    return ratio('GET /v1/documents against memory', *rates, 'requests/s', AIM_SPEED,
                 at_least=True)


def measure(build):
    with tempfile.TemporaryDirectory(dir='build') as folder:
        with Bank(build, f'{folder}/small', 100) as small, \
             Bank(build, f'{folder}/large', 10000) as large:
            for bank in (small, large):
                rate(build, bank.port, TOKEN)
            yield measure_against_memory(build, small, folder)
            # The time of one request is what a rate is turned into.
            times = alternate(PAIRS, lambda: 1e6 / rate(build, large.port, TOKEN),
                              lambda: 1e6 / rate(build, small.port, TOKEN))
            yield ratio('GET /v1/documents, 10 000 against 100 applications', *times, 'µs',
                        AIM_SIZE)
