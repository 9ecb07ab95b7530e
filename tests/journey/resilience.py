"""Nothing is ever lost: the real application while its bank, its line and it itself break down.

`desktop.py python3 resilience.py [--pictures DIR] [NAME…]` prints TAP. Its bank is a demo bank of
the test's own, so that it can be killed; between the two is a line that can be cut and spoilt.
"""
import os
import re
import signal
import subprocess
import sys

from demo_bank import until
from desk import NAME, PASSWORD, has_focus_within, run
from driver import Atspi, FIELDS
from line import BROKEN, CUT_JSON, PORTAL

CODE = 'Personal code'
OFFLINE = 'No connection. What you do is kept here and sent later.'
OFFLINE_UNKEPT = re.compile('^No connection, and nothing can be kept on this computer')
SAVED, KEPT = re.compile(r'^Saved \d'), re.compile(r'^Kept here \d')
DOWN, SLOW = 'The bank can’t be reached', 'The bank takes too long to answer'
GARBAGE, FAILED = 'This does not look like a bank’s server', 'The bank’s server has a problem'
# No two neighbours are told alike, so that what is seen is new.
OUTAGES = [('cut', DOWN, 'call the bank'), (PORTAL, GARBAGE, 'Check the bank’s address'),
           ('hang', SLOW, 'Try again in a minute'), (CUT_JSON, GARBAGE, 'Check the bank’s address'),
           (BROKEN, FAILED, 'Try again in a few minutes')]


def answers_of(person):
    return person.call('GET', '/v1/applications')['items'][0]


def bank_has(person, address, field, value):
    """The bank's own word for it, past the application."""
    person.address = address
    until(lambda: answers_of(person)['answers'].get(field) == value,
          f'“{value}” at the bank')


# The stories

def killed_application(bank, desk):
    """kill -9 in the middle of the form: it opens there again, with everything."""
    desk.open_application(bank)
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.app.type(CODE, '161175-19997')
    desk.app.focus(desk.app.find(FIELDS, CODE))
    desk.app.see(SAVED)
    bank.line.cut()
    desk.told(OFFLINE)
    desk.app.type(CODE, '161175-19998')
    desk.app.see(KEPT)
    desk.kill()
    bank.line.mend()
    desk.start()
    desk.app.see(SAVED)
    desk.shows(NAME, 'Anna Bērziņa')
    desk.shows(CODE, '161175-19998')
    desk.app.wait_for(lambda: has_focus_within(desk.app.find(FIELDS, CODE)), f'the focus in “{CODE}”')
    desk.picture('back')


def closed_application(bank, desk):
    """Closed right after the last letter, without a line: that letter is there again."""
    person = desk.open_application(bank)
    desk.app.type(NAME, 'Anna')
    desk.app.see(SAVED)
    bank.line.cut()
    desk.told(OFFLINE)
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.app.key('ctrl+q')
    desk.app.process.wait(10)
    bank.line.mend()
    desk.start()
    desk.sign_in(person)
    desk.app.press('Continue')
    desk.shows(NAME, 'Anna Bērziņa')


def killed_server(bank, desk):
    """The server dies while a form is filled: work goes on, and is sent by itself."""
    person = desk.open_application(bank)
    desk.app.type(NAME, 'Anna')
    desk.app.see(SAVED)
    bank.kill()
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.told(OFFLINE)
    desk.app.see(KEPT)
    desk.app.type(CODE, '161175-19997')
    desk.picture('offline')
    bank.start_again()
    desk.no_longer_told(OFFLINE)
    desk.app.see(SAVED)
    bank_has(person, bank.address, 'full_name', 'Anna Bērziņa')
    bank_has(person, bank.address, 'person_code', '161175-19997')


def two_devices(bank, desk):
    """The same draft is changed here and elsewhere: both are shown, and either can be kept."""
    person = desk.open_application(bank)
    for choice, expected in (('Here', 'Anna Here'), ('At the bank', 'Anna Elsewhere')):
        desk.app.type(NAME, 'Anna')
        desk.app.see(SAVED)
        bank_has(person, bank.address, 'full_name', 'Anna')
        bank.line.cut()
        desk.told(OFFLINE)
        desk.app.type(NAME, 'Anna Here')
        desk.app.see(KEPT)
        change_elsewhere(person, 'Anna Elsewhere')
        bank.line.mend()
        desk.told('This form was also changed somewhere else.', 60)
        desk.app.press('Choose…')
        dialog = desk.app.find(Atspi.Role.DIALOG, 'Changed in two places')
        for whose, value in (('Here', 'Anna Here'), ('At the bank', 'Anna Elsewhere')):
            desk.app.find(Atspi.Role.RADIO_BUTTON, f'{NAME}, {whose}: {value}', within=dialog)
        desk.picture('choice')
        desk.app.press(re.compile(f'^{NAME}, {choice}: '), within=dialog,
                       roles=(Atspi.Role.RADIO_BUTTON,))
        desk.app.press('Keep this', within=dialog)
        desk.shows(NAME, expected)
        desk.app.see(SAVED)
        bank_has(person, bank.address, 'full_name', expected)


def change_elsewhere(person, name):
    application = answers_of(person)
    application['answers']['full_name'] = name
    person.call('PUT', f"/v1/applications/{application['id']}",
                {'answers': application['answers']}, application['version'])


def fail(line, how):
    if how in ('cut', 'hang'):
        getattr(line, how)()
    else:
        line.spoil(how)


def outage_at_start(bank, desk):
    """Down, slow, broken and somebody else are told apart, each with what to do. It goes on trying
    by itself, and at once when asked to."""
    for how, title, remedy in OUTAGES:
        fail(bank.line, how)
        desk.start('--server', bank.line.address)
        desk.app.see(title, patience=60)
        desk.app.see(re.compile(remedy))
        desk.app.find(Atspi.Role.PUSH_BUTTON, 'Try again')
        desk.picture('start-' + re.sub(r'\W', '', title))
        bank.line.mend()
        if how == 'hang':
            desk.app.press('Try again')
        desk.app.find(Atspi.Role.PUSH_BUTTON, 'Register')
        desk.end()
        desk.app = None


def outage_at_sign_in(bank, desk):
    """The same when somebody signs in; what was typed stays, and the next try works."""
    person = bank.new_person()
    desk.start('--server', bank.line.address)
    desk.app.press('Sign in')
    desk.app.type('E-mail or phone number', person.email)
    desk.app.type('Password', PASSWORD)
    for how, title, remedy in OUTAGES:
        fail(bank.line, how)
        desk.app.press('Sign in')
        desk.app.see(re.compile(re.escape(title)), patience=60)
        desk.app.see(re.compile(remedy))
        desk.shows('E-mail or phone number', person.email)
        bank.line.mend()
        desk.no_longer_told(OFFLINE)
    desk.picture('sign-in')
    desk.app.press('Sign in')
    desk.app.find(Atspi.Role.PUSH_BUTTON, 'Start the application')


def ended_session(bank, desk):
    """The bank ends the session: the page to sign in says so, and the draft is there after it."""
    person = desk.open_application(bank)
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.app.see(SAVED)
    bank.line.cut()
    desk.told(OFFLINE)
    desk.app.type(CODE, '161175-19997')
    desk.app.see(KEPT)
    person.address = bank.address
    for session in person.call('GET', '/v1/sessions')['items']:
        if not session['current']:
            person.call('DELETE', f"/v1/sessions/{session['id']}")
    bank.line.mend()
    desk.told('The bank ended your session. Sign in again; what you typed is kept.', 60)
    desk.picture('why')
    desk.app.type('E-mail or phone number', person.email)
    desk.app.type('Password', PASSWORD)
    desk.app.press('Sign in')
    desk.shows(NAME, 'Anna Bērziņa')
    desk.shows(CODE, '161175-19997')
    desk.app.see(SAVED)
    bank_has(person, bank.address, 'person_code', '161175-19997')


def full_disk(bank, desk):
    """Drafts can't be written: it is told as soon as the line is what they would be needed for."""
    person = desk.open_application(bank)
    desk.app.type(NAME, 'Anna')
    desk.app.see(SAVED)
    drafts = desk.home / 'data' / 'kabinets' / 'drafts'
    drafts.rename(drafts.with_name('moved'))
    drafts.write_text('not a folder')
    bank.line.cut()
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.told(OFFLINE_UNKEPT)
    desk.app.see('Not saved')
    desk.picture('told')
    drafts.unlink()
    drafts.with_name('moved').rename(drafts)
    desk.app.type(NAME, 'Anna Bērziņa-Kalniņa')
    desk.told(OFFLINE)
    desk.app.see(KEPT)
    bank.line.mend()
    desk.app.see(SAVED, patience=60)
    bank_has(person, bank.address, 'full_name', 'Anna Bērziņa-Kalniņa')


def no_drafts_folder(bank, desk):
    """From the start there is no place for drafts: everything works, and it is told when offline."""
    data = desk.home / 'data'
    data.mkdir(exist_ok=True)
    (data / 'kabinets').write_text('not a folder')
    desk.open_application(bank)
    desk.app.type(NAME, 'Anna')
    desk.app.see(SAVED)
    bank.line.cut()
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.told(OFFLINE_UNKEPT)
    bank.line.mend()
    desk.app.see(SAVED, patience=60)


def wrong_policy(bank, desk):
    """A policy file with a bad address: the window says file, group and key."""
    folder = desk.home / 'policy' / 'kabinets'
    folder.mkdir(parents=True)
    (folder / 'policy.conf').write_text('[Bank]\nServer=nonsense here\n')
    desk.environment['XDG_CONFIG_DIRS'] = str(desk.home / 'policy')
    misconfigured(desk, f'{folder}/policy.conf: [Bank] Server: “nonsense here”: This is no address.')


def wrong_setting(bank, desk):
    """A setting with a bad address: the window names it."""
    folder = desk.home / 'config' / 'glib-2.0' / 'settings'
    folder.mkdir(parents=True)
    (folder / 'keyfile').write_text("[org/kabinets/Kabinets]\nserver='http://bank.example'\n")
    misconfigured(desk, 'setting org.kabinets.Kabinets server: “http://bank.example”: This address is '
                        'not protected.')


def misconfigured(desk, sentence):
    desk.start()
    dialog = desk.app.find((Atspi.Role.DIALOG, Atspi.Role.ALERT), 'The bank’s address is set wrongly')
    desk.app.see(re.compile('^' + re.escape(sentence)))
    desk.picture('told')
    desk.app.press('Close', within=dialog)
    desk.app.see('Your bank’s front door')
    assert sentence in (desk.home / 'log').read_text()


def damaged_draft(bank, desk):
    """A draft on the disk is damaged: its owner hears of it, and the file is kept."""
    desk.open_application(bank)
    desk.app.type(NAME, 'Anna')
    desk.app.see(SAVED)
    bank.line.cut()
    desk.told(OFFLINE)
    desk.app.type(NAME, 'Anna Bērziņa')
    desk.app.see(KEPT)
    drafts = desk.home / 'data' / 'kabinets' / 'drafts'
    until(lambda: list(drafts.glob('*/*.draft')), 'a draft on the disk')
    desk.kill()
    for file in drafts.glob('*/*.draft'):
        file.write_bytes(file.read_bytes()[:-1])
    bank.line.mend()
    desk.start()
    desk.app.find((Atspi.Role.DIALOG, Atspi.Role.ALERT), 'Something that you typed is damaged')
    desk.picture('told')
    assert list(drafts.glob('*/*.damaged'))


def demo_server_killed(_, desk):
    """The application's own demo bank gets its server back."""
    desk.start('--demo')
    desk.app.find(Atspi.Role.PUSH_BUTTON, 'Register')
    first = child_of(desk.app, 'kabinets-server')
    os.kill(first, signal.SIGKILL)
    until(lambda: (new := child_of(desk.app, 'kabinets-server')) and new != first, 'a new server')
    desk.app.press('Sign in')
    desk.app.type('E-mail or phone number', 'nobody@example.org')
    desk.app.type('Password', PASSWORD)

    def refused():
        button = desk.app.try_find((Atspi.Role.PUSH_BUTTON,), 'Sign in')
        if button is not None and button.get_state_set().contains(Atspi.StateType.SENSITIVE):
            desk.app.activate(button)
        return desk.app.sees(re.compile('don’t fit together'))
    desk.app.wait_for(refused, 'an answer of the new server', 60)


def child_of(app, name):
    found = subprocess.run(['pgrep', '-P', str(app.process.pid), '-f', name],
                           stdout=subprocess.PIPE, text=True).stdout.split()
    return int(found[0]) if found else None


STORIES = [killed_application, closed_application, killed_server, two_devices, outage_at_start,
           outage_at_sign_in, ended_session, full_disk, no_drafts_folder, damaged_draft,
           wrong_policy, wrong_setting, demo_server_killed]


if __name__ == '__main__':
    sys.exit(run(STORIES))
