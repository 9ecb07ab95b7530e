"""A person at the real application, with a bank and a line of the test's own that can break."""
import argparse
import contextlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from demo_bank import Client, DemoBank, programs, until
from desktop import fresh_environment
from driver import Application, Atspi, FIELDS, NotFound, editable_of, has_state, text_of, walk
from line import Line

PASSWORD = 'Zaļais-mežs-7'
NAME = 'Name and surname'


class BreakableBank(DemoBank):
    """A demo bank whose server is killed and started anew, behind one address."""

    def __init__(self, folder):
        self.log = open(folder / 'log', 'ab')
        super().__init__(folder, *programs())
        self.program = programs()[0]
        self.line = Line(self.address)
        self.people = 0

    def _start(self, command):
        return subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=self.log, text=True)

    def kill(self):
        """As an out-of-memory killer does it."""
        self.server.kill()
        self.server.wait()
        self.line.cut()

    def start_again(self):
        self.server = self._start([self.program, '--demo', self.folder, '--exit-with-stdin'])
        self.address = json.loads(self.server.stdout.readline())['address']
        self.sandbox.stdin.write(f'bank {self.address}\n')
        self.sandbox.stdin.flush()
        self.line.set_target(self.address)
        self.line.mend()

    def new_person(self):
        """Somebody who is registered, over the wire."""
        self.people += 1
        person = Client(self.address)
        person.email = f'anna{self.people}@example.org'
        phone = f'+3712000000{self.people}'
        about = person.call('GET', '/v1/bank')
        registration = person.call('POST', '/v1/registrations', {
            'clientType': 'natural', 'citizenships': ['LV'], 'email': person.email, 'phone': phone,
            'password': PASSWORD, 'language': 'en',
            'consents': [{'document': d['id'], 'version': d['version']}
                         for d in about['legalDocuments']]})
        person.token = registration['token']
        session = person.call('POST', '/v1/registrations/current/confirmation', {
            'emailCode': self.code(person.email), 'phoneCode': self.code(phone)})
        person.token = session['token']
        return person

    def code(self, to):
        return until(lambda: next((found.group(1) for message in self.phone()
                                   if message['to'] == to
                                   and (found := re.search(r'\b(\d{6})\b', message['text']))), None),
                     f'a code for {to}')


class Desk:
    """A person in front of the application, at home on a computer of their own."""

    def __init__(self, folder, name, pictures):
        self.name = name
        self.pictures = pictures
        self.home = pathlib.Path(folder) / name
        self.home.mkdir()
        environment = fresh_environment(self.home)
        self.environment = {key: environment[key] for key in (
            'HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME',
            'SECRET_FILE_TEST_PATH')}
        self.app = None
        self.arguments = []

    def start(self, *arguments):
        self.arguments = arguments or self.arguments
        self.app = Application(['kabinets', *self.arguments], environment=self.environment,
                               log=self.home / 'log')
        return self.app

    def kill(self):
        self.app.process.kill()
        self.app.process.wait()

    def sign_in(self, person):
        self.app.press('Sign in')
        self.app.type('E-mail or phone number', person.email)
        self.app.type('Password', PASSWORD)
        self.app.press('Sign in')

    def open_application(self, bank):
        """Signed in, in a new application form."""
        person = bank.new_person()
        self.start('--server', bank.line.address)
        self.sign_in(person)
        self.app.press('Start the application')
        self.app.find(FIELDS, NAME)
        return person

    def value(self, field):
        return text_of(editable_of(self.app.find(FIELDS, field)))

    def shows(self, field, value):
        self.app.wait_for(lambda: self.value(field) == value, f'“{value}” in “{field}”')

    def told(self, text, patience=None):
        """A banner, which is its label: the rest of it is there when it isn't revealed."""
        self.app.find(Atspi.Role.LABEL, text, patience=patience)

    def no_longer_told(self, text):
        self.app.wait_for(lambda: not self.app.try_find((Atspi.Role.LABEL,), text),
                          f'an end of “{text}”', 60)

    def picture(self, what):
        if self.pictures:
            self.app.picture(self.pictures / f'{self.name}-{what}.png')

    def end(self):
        if self.app is not None:
            self.app.end()


def has_focus_within(node):
    return any(has_state(inner, Atspi.StateType.FOCUSED) for inner in walk(node))


def tell(story, bank, folder, pictures):
    desk = Desk(folder, story.__name__.replace('_', '-'), pictures)
    start = time.monotonic()
    try:
        story(bank, desk)
        assert desk.app is None or desk.app.process.poll() is None, 'the application ended'
        return f'ok {{}} - {story.__doc__.splitlines()[0]} # {time.monotonic() - start:.1f} s'
    except (AssertionError, NotFound):
        traceback.print_exc(limit=4)
        with contextlib.suppress(Exception):
            desk.picture('failure')
        with contextlib.suppress(OSError):
            print((desk.home / 'log').read_text()[-2000:], file=sys.stderr)
        return f'not ok {{}} - {story.__doc__.splitlines()[0]}'
    finally:
        bank.line.mend()
        desk.end()


def run(stories) -> int:
    """Prints TAP for those of the stories that the command line names, or for all."""
    parser = argparse.ArgumentParser()
    parser.add_argument('--pictures', type=pathlib.Path)
    parser.add_argument('stories', nargs='*')
    options = parser.parse_args()
    if shutil.which('kabinets') is None:
        print('1..0 # SKIP nothing is installed')
        return 0
    stories = [s for s in stories if not options.stories or s.__name__ in options.stories]
    print(f'1..{len(stories)}', flush=True)
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / 'bank').mkdir()
        bank = BreakableBank(pathlib.Path(folder) / 'bank')
        try:
            results = []
            for number, story in enumerate(stories, 1):
                results.append(tell(story, bank, folder, options.pictures))
                print(results[-1].format(number), flush=True)
        finally:
            bank.end()
    return any(result.startswith('not') for result in results)
