"""Messages and files: the real application, by the keyboard, with a line that breaks.

`desktop.py python3 correspondence.py [--pictures DIR] [NAME…]` prints TAP.
"""
import contextlib
import hashlib
import pathlib
import random
import re
import subprocess
import sys
import time

from demo_bank import until
from desk import has_focus_within, run
from driver import Atspi, FIELDS, walk
from notifications import Notifications

MESSAGE = 'Message to the bank'
MEGABYTE = 1024 * 1024


def open_messages(bank, desk):
    """Somebody who is signed in, in the conversation."""
    person = bank.new_person()
    desk.start('--server', bank.line.address)
    desk.sign_in(person)
    go_to_messages(desk)
    return person


def go_to_messages(desk):
    desk.app.press(re.compile('^Messages'), roles=(Atspi.Role.LIST_ITEM,))
    desk.app.find(FIELDS, MESSAGE)


def write_file(desk, name, megabytes=0, content='Rēķins Nr. 1\n'):
    """A text, which isn't the same in two places, when it is a large one."""
    path = desk.home / name
    if megabytes:
        path.write_bytes(random.Random(1).randbytes(megabytes * MEGABYTE // 2).hex().encode())
    else:
        path.write_text(content)
    return path


def add_files(desk, *paths):
    """Types the paths into the file chooser, which opens a field for one at the first stroke."""
    for path in paths:
        desk.app.press('Add files…')
        dialog = desk.app.find(Atspi.Role.DIALOG, 'Add files')
        desk.app.wait_for(lambda: has_focus_within(dialog), 'the focus in the file chooser')
        desk.app.key('slash')
        field = desk.app.wait_for(
            lambda: next((node for node in walk(dialog) if node.get_role() in FIELDS), None),
            'the field for a path')
        desk.app.fill(field, str(path))
        desk.app.key('Return')
        file_row(desk, path.name)


def file_row(desk, name, state=''):
    return desk.app.find(Atspi.Role.LIST_ITEM,
                         re.compile(f'^{re.escape(name)}, .*{state}', re.DOTALL), patience=90)


def by_keyboard(desk, button):
    """Reaches a button by Tab and presses it, as nobody does with a mouse."""
    node = desk.app.find(Atspi.Role.PUSH_BUTTON, button)
    desk.app.focus(node)
    desk.app.key('space')


def send(desk, text):
    desk.app.type(MESSAGE, text)
    desk.app.press('Send')


def sent_message(person, bank, text):
    person.address = bank.address
    return until(lambda: next((m for m in person.call('GET', '/v1/messages')['items']
                               if m['text'] == text), None), f'the message “{text}”')


def arrived_whole(person, attachment, path):
    content = person.call('GET', f"/v1/files/{attachment['id']}")
    assert hashlib.sha256(content).digest() == hashlib.sha256(path.read_bytes()).digest(), path


# The stories

def killed_upload(bank, desk):
    """The server dies in the middle of a file: it waits, goes on, and arrives whole."""
    person = open_messages(bank, desk)
    file = write_file(desk, 'rēķins.txt', 48)
    bank.line.rate = 4 * MEGABYTE
    add_files(desk, file)
    desk.app.see(re.compile(r'[1-9]\d % sent'), patience=60)
    bank.kill()
    desk.app.see(re.compile('connection lost at'))
    desk.picture('interrupted')
    bank.line.rate = None
    bank.start_again()
    file_row(desk, file.name, 'sent to the bank')
    send(desk, 'Sveiki')
    arrived_whole(person, sent_message(person, bank, 'Sveiki')['attachments'][0], file)


def paused_upload(bank, desk):
    """Two files at once: one is paused and goes on, one is cancelled and comes back; by keyboard."""
    person = open_messages(bank, desk)
    first, second = write_file(desk, 'viens.txt', 24), write_file(desk, 'divi.txt', 16)
    bank.line.rate = 2 * MEGABYTE
    add_files(desk, first, second)
    by_keyboard(desk, 'Pause: viens.txt')
    paused = file_row(desk, first.name, 'paused at')
    assert has_focus_within(desk.app.find(Atspi.Role.PUSH_BUTTON, 'Go on sending: viens.txt'))
    before = paused.get_name()
    desk.app.see(re.compile(r'divi.txt, .* [1-9]\d? % sent'))
    assert paused.get_name() == before
    desk.picture('paused')
    by_keyboard(desk, 'Cancel: divi.txt')
    desk.app.see('“divi.txt” removed')
    desk.app.press('Undo')
    bank.line.rate = None
    by_keyboard(desk, 'Go on sending: viens.txt')
    for file in (first, second):
        file_row(desk, file.name, 'sent to the bank')
    send(desk, 'Divi faili')
    attachments = {a['name']: a for a in sent_message(person, bank, 'Divi faili')['attachments']}
    for file in (first, second):
        arrived_whole(person, attachments[file.name], file)


def refused_files(bank, desk):
    """What is wrong with a file is said before anything is sent, with the limit or the formats."""
    person = open_messages(bank, desk)
    desk.app.type(MESSAGE, 'Lūdzu, skatiet')
    large = write_file(desk, 'liels.txt')
    with large.open('r+b') as stream:
        stream.truncate(150 * MEGABYTE + 1)
    wrong = [(write_file(desk, 'programma.exe'), 'Accepted are: jpg, jpeg, bmp, '),
             (write_file(desk, 'attēls.png'), 'is not what its name says'),
             (write_file(desk, 'tukšs.txt', content=''), 'empty'),
             (large, 'it has 151 MB, and 150 MB is the most')]
    for path, sentence in wrong:
        add_files(desk, path)
        file_row(desk, path.name, sentence)
    desk.picture('told')
    desk.app.press('Send')
    desk.app.see('A file could not be sent. Try it again or remove it.')
    assert desk.value(MESSAGE) == 'Lūdzu, skatiet'
    for path, _ in wrong:
        by_keyboard(desk, f'Cancel: {path.name}')
    extra = [write_file(desk, f'{number}.txt') for number in range(12)]
    drop_files(desk, desk.app.see('No messages yet'), *extra)
    desk.app.see('2 files were not added: there can be 10. Remove others first.')
    desk.app.press('Send')
    assert len(sent_message(person, bank, 'Lūdzu, skatiet')['attachments']) == 10


def drop_files(desk, node, *paths):
    """Drags files from a window beside onto `node`, and drops them when their place shows."""
    before, hovering = desk.home / 'before.png', desk.home / 'hovering.png'
    with holding_files(*paths) as window:
        place = node.get_extents(Atspi.CoordType.WINDOW)
        frame = desk.app.windows()[0]
        desk.app.picture(before)
        geometry = desk.app.geometry(frame)
        target = (geometry['X'] + place.x + place.width // 2,
                  geometry['Y'] + place.y + place.height // 2)
        pointer('windowactivate', '--sync', window)
        pointer('mousemove', '--sync', '40', '40', 'mousedown', '1')
        for part in range(1, 11):
            pointer('mousemove', '--sync', *(str(40 + (to - 40) * part // 10) for to in target))

        def shows():
            pointer('mousemove_relative', '--sync', '1', '0')
            desk.app.picture(hovering)
            return difference(before, hovering) > 100_000  # no toast is as large
        desk.app.wait_for(shows, 'where the files go')
        desk.picture('hovering')
        pointer('mouseup', '1')
        desk.app.find(Atspi.Role.LIST_ITEM, re.compile('^' + re.escape(paths[0].name)))


@contextlib.contextmanager
def holding_files(*paths):
    program = pathlib.Path(__file__).with_name('dragging.py')
    process = subprocess.Popen([sys.executable, program, *paths])
    try:
        window = until(lambda: subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--name', '^Files to drag$'],
            stdout=subprocess.PIPE, text=True).stdout.strip(), 'the window to drag from')
        pointer('windowmove', '--sync', window, '0', '0')
        yield window
    finally:
        process.terminate()
        process.wait()


def pointer(*command):
    subprocess.run(['xdotool', *command], check=True)


def dropped_files(bank, desk):
    """Files that are dropped on the conversation, even on its text, go with the message."""
    person = open_messages(bank, desk)
    files = [write_file(desk, 'viens.txt'), write_file(desk, 'divi.txt')]
    desk.app.type(MESSAGE, 'Sveiki')
    drop_files(desk, desk.app.find(FIELDS, MESSAGE), *files)
    for file in files:
        file_row(desk, file.name, 'sent to the bank')
    assert desk.value(MESSAGE) == 'Sveiki'
    desk.app.press('Send')
    names = [a['name'] for a in sent_message(person, bank, 'Sveiki')['attachments']]
    assert names == ['viens.txt', 'divi.txt'], names


def kept_message(bank, desk):
    """A message that isn't sent yet outlives leaving the page, a crash and signing out, with its files
    on their way; nobody else sees it."""
    person = open_messages(bank, desk)
    small, large = write_file(desk, 'mazs.txt'), write_file(desk, 'liels.txt', 16)
    text = 'Labdien, es vēl domāju'
    add_files(desk, small)
    file_row(desk, small.name, 'sent to the bank')
    bank.line.rate = 2 * MEGABYTE
    add_files(desk, large)
    desk.app.type(MESSAGE, text)
    desk.app.press('Home', roles=(Atspi.Role.LIST_ITEM,))
    desk.app.find(Atspi.Role.PUSH_BUTTON, 'Start the application')
    go_to_messages(desk)
    still_written(desk, text, small, large)
    desk.app.see(re.compile(r'liels.txt, .* [1-9]\d? % sent'))
    journal_settles(desk)
    desk.kill()
    desk.start()
    go_to_messages(desk)
    still_written(desk, text, small, large)
    sent = int(re.search(r'(\d+) % sent',
                         desk.app.see(re.compile(r'liels.txt, .* % sent')).get_name()).group(1))
    assert sent > 5, f'{sent} % after the crash: it began anew'
    sign_out(desk)
    desk.sign_in(bank.new_person())
    go_to_messages(desk)
    assert desk.value(MESSAGE) == '', 'somebody else sees the message'
    sign_out(desk)
    desk.sign_in(person)
    go_to_messages(desk)
    still_written(desk, text, small, large)
    bank.line.rate = None
    file_row(desk, large.name, 'sent to the bank')
    desk.app.press('Send')
    attachments = sent_message(person, bank, text)['attachments']
    for file, attachment in zip((small, large), attachments, strict=True):
        arrived_whole(person, attachment, file)


def still_written(desk, text, *files):
    desk.shows(MESSAGE, text)
    for file in files:
        file_row(desk, file.name)


def journal_settles(desk):
    """Until the drafts on the disk are half a second old, which is when nothing is left to write."""
    drafts = desk.home / 'data' / 'kabinets' / 'drafts'
    until(lambda: (files := list(drafts.glob('*/*.draft')))
          and time.time() - max(file.stat().st_mtime for file in files) > 0.6, 'a kept draft')


def sign_out(desk):
    """By the last item of the menu: GTK 4.18 names no items of menus."""
    desk.app.press(re.compile('^Menu of '), roles=(Atspi.Role.TOGGLE_BUTTON,))
    first = desk.app.wait_for(lambda: desk.app.focused((Atspi.Role.MENU_ITEM,)), 'the menu')
    desk.app.key('Up')
    desk.app.wait_for(lambda: desk.app.focused((Atspi.Role.MENU_ITEM,)) not in (None, first),
                      'the last item of the menu')
    desk.app.key('Return')
    desk.app.see('You are signed out.')


def notified(bank, desk):
    """An answer while another window is in front is told by the desktop, without what it says; that
    leads to it, and is taken back when it is read anyhow."""
    with Notifications() as desktop, holding_files(write_file(desk, 'cits.txt')) as window:
        person = open_messages(bank, desk)
        person.address = bank.address
        desk.app.press('Home', roles=(Atspi.Role.LIST_ITEM,))
        answer_elsewhere(person, desktop, window)
        desk.app.find(Atspi.Role.LIST_ITEM, re.compile('^Messages, 1'))
        desktop.choose()
        desk.app.find(FIELDS, MESSAGE)
        desk.app.find(Atspi.Role.LIST_ITEM, re.compile('^New. '))
        desk.app.to_front(desk.app.windows()[0])
        desk.app.find(Atspi.Role.LIST_ITEM, re.compile('^Messages$'))
        answer_elsewhere(person, desktop, window)
        assert not desktop.withdrawn
        desk.app.to_front(desk.app.windows()[0])
        until(lambda: desktop.withdrawn, 'the end of the notification')


def answer_elsewhere(person, desktop, window):
    """The bank answers while the application isn't in front."""
    desktop.shown = None
    pointer('windowactivate', '--sync', window)
    person.call('POST', '/v1/messages', {'text': 'Vai varu pieteikties attālināti?'})
    shown = until(lambda: desktop.shown, 'a notification')
    assert shown == ['New message from the bank', 'Open it to read it.'], shown


def difference(one, other):
    """How many pixels differ."""
    compared = subprocess.run(['compare', '-metric', 'AE', str(one), str(other), 'null:'],
                              stderr=subprocess.PIPE, text=True).stderr
    return float(compared.split()[0])


STORIES = [killed_upload, paused_upload, refused_files, dropped_files, kept_message,
           notified]


if __name__ == '__main__':
    sys.exit(run(STORIES))
