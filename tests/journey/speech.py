"""Orca beside the application: what it says, utterance by utterance, read from its debug file.

There is no speech synthesizer: what would sound is in the file before it goes to one, and nothing
has to be waited for.
"""
import os
import pathlib
import re
import subprocess
import time

# Each line is in the file as soon as it is written.
CUSTOMIZATION = """from orca import debug
debug.debugFile.reconfigure(line_buffering=True)
"""
UTTERANCE = re.compile(r"SPEECH OUTPUT: '(.*?)' \{", re.DOTALL)
FORGETTING = 'GENERATOR: Clearing cache.'


class Orca:
    """Orca, from start() to end()."""

    def __init__(self, folder: pathlib.Path):
        debug_file = folder / 'orca.log'
        debug_file.write_bytes(b'')
        preferences = folder / 'orca'
        preferences.mkdir()
        (preferences / 'orca-customizations.py').write_text(CUSTOMIZATION)
        self.stream = open(debug_file, encoding='utf-8', errors='replace')
        self.text = ''
        self.times_forgotten = 0
        self.debug_file, self.preferences = debug_file, preferences
        self.process = None

    def start(self):
        # What is a mistake of GTK 3 or of Orca doesn't end Orca.
        environment = {name: value for name, value in os.environ.items() if name != 'G_DEBUG'}
        environment['SPEECHD_ADDRESS'] = f'unix_socket:{self.preferences}/none'
        self.process = subprocess.Popen(
            ['orca', '--user-prefs', self.preferences, '--disable', 'braille,key-echo',
             '--debug-file', self.debug_file],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def read(self) -> list[str]:
        """What was said since the last call."""
        self.text += self.stream.read()
        end = self.text.rfind('\n') + 1
        last = self.text.rfind('SPEECH OUTPUT', 0, end)
        if last >= 0 and not UTTERANCE.match(self.text, last, end):
            end = last  # an utterance of several lines, half of which is there
        said = [found.group(1) for found in UTTERANCE.finditer(self.text, 0, end)]
        self.times_forgotten += self.text.count(FORGETTING, 0, end)
        self.text = self.text[end:]
        return said

    def listen(self, is_enough, patience: float, quiet: float) -> list[str]:
        """Everything said until `is_enough(said)` and Orca had nothing to do for `quiet` seconds,
        or until `patience` seconds are over."""
        said: list[str] = []
        end = time.monotonic() + patience
        last = time.monotonic()
        position = self.stream.tell()
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f'Orca ended ({self.process.returncode})')
            said += self.read()
            if self.stream.tell() != position:
                position, last = self.stream.tell(), time.monotonic()
            if is_enough(said) and time.monotonic() - last > quiet:
                break
            time.sleep(0.03)
        return said

    def forget(self, patience: float):
        """Waits until Orca has forgotten what it has read. Orca 48 keeps a field's description for
        up to two seconds, whatever the application tells it: who comes back to the field sooner
        hears the old one."""
        self.read()
        before, end = self.times_forgotten, time.monotonic() + patience
        while self.times_forgotten == before:
            if time.monotonic() > end:
                raise AssertionError('Orca doesn’t forget what it has read')
            time.sleep(0.03)
            self.read()

    def end(self):
        if self.process is not None:
            self.stop()
        self.stream.close()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
