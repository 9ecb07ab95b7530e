"""A person who doesn't see becomes a client: the real application, Orca, and the keyboard alone.

`desktop.py python3 orca.py [--accept] [--log FILE]` prints TAP. The journey knows nothing of the
window but what Orca says: it presses Tab until it hears what it looks for. All that is said is
compared with orca/journey-en.txt (transcript.py tells how); `--accept` writes that file anew.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.parse
import urllib.request

import transcript
from driver import PATIENCE, Application, Atspi, name_of
from speech import Orca
from transcript import Step, normalise, once
from words import Words

GOLDEN = pathlib.Path(__file__).resolve().parent / 'orca' / 'journey-en.txt'
# While recording nobody knows how much is to come; compared, each step waits for what it expects.
RECORDING_QUIET, COMPARING_QUIET = 0.8, 0.3
EMAIL, PHONE, PASSWORD = 'anna@example.org', '20000001', 'Green-forest-7'
ANYTHING = '.'
# Said only where the bank doesn't answer at once.
WAITING = ', please wait'
PERSON_CODE, WRONG_PERSON_CODE = '161175-19997', '161175-19998'


class Journey:
    def __init__(self, application, orca, golden):
        self.app = application
        self.orca = orca
        self.service = Words('en').service('N1')
        self.golden = golden  # None while recording
        self.steps = []
        self.raw = []         # of the newest step, as it was said
        self.chapter = ''
        self.differences = []
        self.results = {}     # by chapter: what differs

    def is_as_expected(self):
        return len(self.results) == len(self.STEPS) and not any(self.results.values())

    # What a person does, and hears

    def act(self, action, do, until=None, passing=None):
        """One thing done, and all that is said then; `until` is a pattern that has to be heard,
        `passing` one of what is heard only where the machine is slow enough for it."""
        golden = self.expected()
        self.orca.read()
        do()
        self.raw = self.orca.listen(lambda said: self.is_enough(golden, said, until),
                                    PATIENCE, self.quiet())
        self.raw = [' '.join(line.split()) for line in self.raw]
        before = self.steps[-1].said if self.steps else []
        lasting = [line for line in self.raw if not (passing and re.search(passing, line))]
        step = Step(self.chapter, action, once([normalise(line) for line in lasting]))
        self.steps.append(step)
        if until and not self.heard(until):
            wanted = 'anything' if until == ANYTHING else f'“{until}”'
            raise AssertionError(f'{wanted} was not said after “{action}” but {step.said}')
        self.compare(golden, step, before)
        return self.raw

    def compare(self, golden, step, before):
        """The first step of a chapter that differs is told; those after it differ because of it."""
        if self.golden is not None and not self.differences:
            self.differences = transcript.difference(golden, step, before)

    def expected(self):
        """The golden step that is next; none once the two have gone different ways."""
        if self.golden is None or self.differences:
            return None
        done = sum(step.chapter == self.chapter for step in self.steps)
        chapter = [step for step in self.golden if step.chapter == self.chapter]
        return chapter[done] if done < len(chapter) else None

    def quiet(self):
        return RECORDING_QUIET if self.expected() is None else COMPARING_QUIET

    def is_enough(self, golden, said, until):
        if until and not any(re.search(until, line) for line in said):
            return False
        return golden is None or not golden.missing([normalise(line) for line in said])

    def gather(self, action, keys):
        """Several keys as one step, of which the order of what is said doesn't matter."""
        before, said = self.steps[-1].said, []
        golden = self.expected()
        for key in keys:
            self.app.key(key)
            said += self.orca.listen(lambda new: bool(new), PATIENCE, RECORDING_QUIET)
        self.raw = [' '.join(line.split()) for line in said]
        self.steps.append(Step(self.chapter, action, sorted({normalise(line) for line in said})))
        self.compare(golden, self.steps[-1], before)

    def heard(self, pattern):
        return any(re.search(pattern, line) for line in self.raw)

    def key(self, keys, until=ANYTHING, passing=None):
        """A key after which nothing is said is a fault."""
        return self.act(keys, lambda: self.app.key(keys), until, passing)

    def type(self, text, until=None, passing=None):
        return self.act(f'types {normalise(text)}', lambda: subprocess.run(
            ['xdotool', 'type', '--clearmodifiers', '--delay', '30', text], check=True),
            until, passing)

    def tab_to(self, pattern, key='Tab', most=25):
        """Tab until it is said."""
        for _ in range(most):
            self.key(key)
            if self.heard(pattern):
                return
        raise AssertionError(f'“{pattern}” was never said while going with {key}')

    def press(self, pattern, until=ANYTHING, key='Return', passing=None):
        """Goes to a control and presses it."""
        if not self.heard(pattern):
            self.tab_to(pattern)
        self.key(key, until, passing)

    def press_in_vain(self, pattern, error, passing=None):
        """Goes to a button and presses it, which leads back to a field, with `error`."""
        self.tab_to(pattern)
        self.return_to(error, passing)

    def return_to(self, until, passing=None):
        """Presses Return, which leads back to a field and changes what is said of it."""
        self.orca.forget(PATIENCE)
        self.key('Return', until, passing)

    def back_to(self, pattern):
        """From the demo phone back to the window, where `pattern` has the focus."""
        self.key('alt+Tab', pattern)

    # The story

    def welcome(self):
        self.act('starts Orca beside Kabinets', self.orca.start, 'Try the demo bank button')
        self.key('Return', 'Demo phone frame', passing='^(Starting the demo bank…|Cancel button)')
        self.back_to('^Register button')

    def about_you(self):
        self.press('^Register button', 'About you', key='Return')
        self.press_in_vain('^Continue button', 'needs? your attention')
        self.key('Return', 'Search for a country')
        self.type('Latv', '^1 country', passing='countries$')
        self.key('Down')
        self.return_to('Latvia')
        self.press('^I have read the documents', key='space')
        self.press('^Continue button', 'Contact information')

    def contact(self):
        self.type(EMAIL)
        self.tab_to('^Phone number')
        self.type(PHONE)
        self.tab_to('^New password')
        self.type('short')
        self.tab_to('^Type the password again')
        self.type('short')
        self.press_in_vain('^Continue button', 'needs? your attention')
        self.type(PASSWORD)
        self.tab_to('^Type the password again')
        self.type(PASSWORD)
        self.press('^Continue button', 'Confirmation', passing=WAITING)

    def codes(self):
        email, phone = self.read_phone()
        self.back_to('^Code from the e-mail')
        wrong = '000000' if phone != '000000' else '000001'
        self.type(email)
        self.tab_to('^Code from the text message')
        self.type(wrong)
        self.press_in_vain('^Finish registration button', 'needs? your attention', passing=WAITING)
        self.type(phone)
        self.press('^Finish registration button', 'Application', passing=WAITING)

    def read_phone(self):
        """Both codes, of the mail and of the text message, which came in either order."""
        self.gather('alt+Tab, and Tab over both messages', ['alt+Tab', *['Tab'] * 3])
        codes = {}
        for line in self.raw:
            if found := re.match(r'(Mail|Text message) from .*?\b(\d{6})\b', line):
                codes[found.group(1)] = found.group(2)
        return codes['Mail'], codes['Text message']

    def application_form(self):
        self.press(f"^{re.escape(self.service)} check box", key='space')
        self.tab_to('^Name and surname')
        self.type('Anna Berzina')
        self.press('^Yes not selected radio button', key='space')
        self.tab_to('^Personal code')
        self.type(WRONG_PERSON_CODE)
        self.tab_to('^Date of birth')
        self.type('11/16/1975')
        self.press('^Latvian not selected radio button', key='space')
        self.press_in_vain('^Submit button', 'One digit of this personal code')
        self.type(PERSON_CODE)
        self.press('^Submit button', 'Submit the application')
        self.press('^Submit button', 'with the bank now')

    def identification(self):
        self.press('^Start identification button', 'Photo-identification')
        # That the photos are being made is said before the dialog or after it, and that the link
        # is awaited only where it doesn't come at once.
        self.press('^Continue on a phone button', 'Copy the link button',
                   passing='^(Your photos are being checked|Getting the link…)')
        link = name_of(self.app.find(Atspi.Role.LABEL, re.compile('^http')))
        self.key('Return', 'Link copied', passing='^Your photos are being checked')
        self.key('Escape', 'Continue on a phone button')
        page = urllib.request.urlopen(link).read().decode()
        form = urllib.parse.urljoin(link, re.search(r'<form[^>]*action="([^"]+)"', page).group(1))
        self.act('takes the photos on the phone',
                 lambda: urllib.request.urlopen(form, data=b'answer=green'),
                 'You are identified')

    def documents(self):
        self.press('^Open documents button', 'Documents')
        self.tab_to('^Questionnaire of a client')

    def sign_out(self):
        # Orca may get to say the state of the button before that of the menu.
        self.press('^Menu of Anna', passing='^pressed$')
        self.key('Up')
        self.key('Return', 'Register button')

    STEPS = [('Welcome', welcome), ('About you', about_you), ('Contact', contact),
             ('Codes', codes), ('Application form', application_form),
             ('Identification', identification), ('Documents', documents), ('Sign out', sign_out)]

    def run(self):
        for name, chapter in self.STEPS:
            self.chapter, self.differences = name, []
            self.results[name] = ['this chapter was not finished']
            chapter(self)
            self.results[name] = self.differences


def listen(golden, log):
    """The whole story with a fresh application. Returns the journey."""
    with tempfile.TemporaryDirectory() as folder:
        orca = Orca(pathlib.Path(folder))
        application = Application(['kabinets'], log=log)
        journey = Journey(application, orca, golden)
        try:
            # What Orca makes of a window that is just being made differs from time to time.
            application.see('Try the demo bank')
            journey.run()
        except AssertionError as error:
            traceback.print_exc(limit=6)
            journey.results[journey.chapter or journey.STEPS[0][0]] = str(error).splitlines()
        finally:
            application.end()
            orca.end()
    return journey


def report(journey):
    print(f'1..{len(journey.STEPS)}')
    for number, (name, _) in enumerate(journey.STEPS, 1):
        differences = journey.results.get(name, ['this chapter was not reached'])
        print(f"{'not ok' if differences else 'ok'} {number} - {name}",
              *(f'# {line}' for line in differences), sep='\n')


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument('--accept', action='store_true', help='write the transcript anew')
    parser.add_argument('--log', default=None, help='where the application’s messages go')
    options = parser.parse_args()
    if shutil.which('kabinets') is None or shutil.which('orca') is None:
        print('1..0 # SKIP kabinets or Orca is not installed')
        return 0
    golden = None if options.accept else transcript.read(GOLDEN)
    journey = listen(golden, options.log)
    report(journey)
    if options.accept:
        transcript.write(GOLDEN, journey.steps)
    return 0 if journey.is_as_expected() else 1


if __name__ == '__main__':
    sys.exit(main())
