"""Every page and dialog of the real application, by what an assistive technology is told of them.

`desktop.py python3 walk.py [--log FILE]` prints TAP, a line a page. On each: no focusable object
without a name, Tab comes to everything, in reading order, and round again, the banner of a lost
connection isn't there. A dialog gives the focus back to what opened it.
"""
import argparse
import re
import shutil
import sys
import tempfile
import time
import traceback

import wire
from demo_bank import Client, DemoBank, programs, until
from driver import BUTTONS, Application, Atspi, NotFound, has_state, name_of, walk
from focus import (FocusWatch, focused, never_reached, order_faults, reading_order, tab_round,
                   where_keys_go)
from returning import TEMPORARY_PASSWORD
from words import Words

EMAIL, PHONE, PASSWORD = 'anna@example.org', '20000001', 'Zaļais-mežs-7'
DIALOGS = (Atspi.Role.DIALOG, Atspi.Role.ALERT)
# Seconds within which a page that is just being made tells its names.
LATEST_NAME = 20


class Walk:
    def __init__(self, application, words):
        self.app = application
        self.t = words
        self.watch = FocusWatch()
        self.count = 0
        self.passed = True

    # What is asked of each page

    def page(self, name, title=None, invalid=(), required=(), ordered=True):
        """`title` is that of its window when it isn't the main one; `invalid` and `required` are
        names of fields that have to say that they are; what isn't `ordered` has an order of its
        own, such as a PDF's."""
        self.count += 1
        self.app.settle()
        window = self.window(title)
        self.app.to_front(window)
        faults = [f'no name: {path}' for path in self.nameless()]
        faults += [f'shown though connected: {name_of(node)}' for node in walk(window)
                   if name_of(node).startswith(self.t('No connection. What you do is kept here and '
                                                      'sent later.'))]
        faults += self.state_faults(window, invalid, Atspi.StateType.INVALID_ENTRY)
        faults += self.state_faults(window, required, Atspi.StateType.REQUIRED)
        faults += self.tab_faults(window, ordered)
        self.tell(name, faults)

    def nameless(self):
        """What is without a name for a while; a page that is just being made tells names late."""
        end = time.monotonic() + LATEST_NAME
        paths = list(self.app.nameless())
        while paths and time.monotonic() < end:
            for node in self.app.everything():
                node.clear_cache_single()
            paths = list(self.app.nameless())
        return paths

    def tab_faults(self, window, ordered):
        try:
            stops = tab_round(self.app, self.watch, window)
        except AssertionError as error:
            return [str(error).splitlines()[0]]
        order = list(reading_order(where_keys_go(window, stops[0])))
        return [*(order_faults(stops, order) if ordered else ()),
                *(f'Tab never comes to {path}' for path in never_reached(stops, order))]

    @staticmethod
    def state_faults(window, names, state):
        for name in names:
            nodes = [node for node in walk(window) if name_of(node).startswith(name)]
            for node in nodes:
                node.clear_cache_single()
            if not any(has_state(node, state) for node in nodes):
                yield f'“{name}” isn’t told to be {state.value_nick}'

    def window(self, title):
        title = title or 'Kabinets'
        return self.app.wait_for(
            lambda: next((w for w in self.app.windows() if name_of(w) == title), None), title)

    def tell(self, name, faults):
        self.passed = self.passed and not faults
        print(f"{'not ok' if faults else 'ok'} {self.count} - {name}",
              *(f'# {fault}' for fault in faults), sep='\n', flush=True)

    def dialog(self, name, opener, **expected):
        """Opens a dialog, looks at it, closes it: the focus is where it was."""
        node = self.press_by_key(opener)
        self.app.wait_for(self.open_dialog, f'the dialog “{name}”')
        self.page(name, **expected)
        self.close_dialog(node)

    def press_by_key(self, text):
        node = self.app.find(BUTTONS, self.t(text) if isinstance(text, str) else text)
        self.app.focus(node)
        self.app.key('Return')
        return node

    def open_dialog(self):
        return next((node for node in self.app.everything() if node.get_role() in DIALOGS), None)

    def close_dialog(self, opener=None):
        self.app.key('Escape')
        self.app.wait_for(lambda: not self.open_dialog(), 'the dialog closed')
        if opener is not None:
            self.app.wait_for(lambda: self.is_back(opener),
                              f'the focus at “{name_of(opener)}” again')

    def is_back(self, opener):
        node = focused(self.window(None))
        return node is not None and (node == opener or node in walk(opener)
                                     or opener in walk(node))

    def press(self, text, context=None, **options):
        return self.app.press(self.t(text, context) if isinstance(text, str) else text, **options)

    def see(self, text, **options):
        return self.app.see(self.t(text) if isinstance(text, str) else text, **options)

    def back(self, text=None):
        """By the button of the header bar, whose name is libadwaita's."""
        self.app.press('Back')
        if text is not None:
            self.see(text)

    def menu(self, from_below, button=None):
        """Chooses an item of the menu by keys; `from_below` counts from the last, which is 1."""
        self.press_by_key(button or 'Main menu')
        self.app.wait_for(lambda: self.app.try_find((Atspi.Role.MENU,), re.compile('')), 'the menu')
        self.app.settle()
        self.app.key(' '.join(['Up'] * from_below + ['Return']))

    def menu_dialog(self, name, from_below, button=None):
        self.menu(from_below, button)
        self.app.wait_for(self.open_dialog, f'the dialog “{name}”')
        self.page(name)
        self.close_dialog()

    def sidebar(self, section, sight=None):
        self.app.press(re.compile('^' + re.escape(self.t(section)) + r'(,|$)'),
                       roles=(Atspi.Role.LIST_ITEM,))
        if sight is not None:
            self.see(sight)


class Visitor(Walk):
    """From the first start with the demo bank to the codes."""

    def run(self):
        self.see('Your bank’s front door')
        self.page('no bank')
        self.dialog('the bank’s address', 'Enter your bank’s address…')
        self.press('Try the demo bank')
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t('Register'), patience=60)
        self.page('welcome')
        self.page('demo phone, empty', title=self.t('Demo phone'))
        self.in_another_language()
        for from_below, name in enumerate(('about', 'shortcuts', 'contacts'), 1):
            self.menu_dialog(name, from_below)
        self.press('What awaits me')
        self.see('Then these steps await me')
        self.page('what awaits me')
        self.press('Register')
        self.registration()

    def in_another_language(self):
        """And back again; the second walk is in English as well."""
        english, self.t = self.t, Words('lv')
        self.app.press('LV')
        self.see('Register')
        self.page('welcome, in Latvian')
        self.app.press('EN')
        self.t = english
        self.see('Register')

    def registration(self):
        self.see('I register as')
        self.page('about you', required=[self.t('Country whose citizen you are')])
        self.press('Continue')
        self.page('about you, wrong', invalid=[
            self.t('Country whose citizen you are'),
            self.t('I have read the documents and undertake to comply with them')])
        row = re.compile('^' + re.escape(self.t('Country whose citizen you are')))
        self.dialog('country', row)
        self.dialog('legal document', re.compile('^' + re.escape(self.t.legal()[1])))
        self.choose_country(row)
        self.press('I have read the documents and undertake to comply with them')
        self.press('Continue')
        self.contact()

    def choose_country(self, row):
        self.app.press(row)
        self.app.type(self.t('Search for a country'), 'Latvia')
        self.app.press('Latvia', roles=(Atspi.Role.LIST_ITEM,))
        self.app.wait_for(lambda: not self.open_dialog(), 'the country chosen')

    def contact(self):
        fields = [self.t(name) for name in ('E-mail address', 'Phone number', 'New password',
                                            'Type the password again')]
        self.see(fields[0])
        self.page('contact', required=fields)
        self.press('Continue')
        self.page('contact, wrong', invalid=fields[:3])
        for name, text in zip(fields, (EMAIL, PHONE, PASSWORD, PASSWORD)):
            self.app.type(name, text)
        self.press('Continue')
        self.see('Two codes are sent')
        codes = [self.t('Code from the e-mail'), self.t('Code from the text message')]
        self.page('codes', required=codes)
        self.press('Finish registration')
        self.page('codes, wrong', invalid=codes)
        self.dialog('another address', 'Change the e-mail address')
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t.pattern('Copy %s'), patience=60)
        self.page('demo phone', title=self.t('Demo phone'))


class Member(Walk):
    """A client of a bank that was prepared over its interface."""

    def __init__(self, application, words, bank, client, count):
        super().__init__(application, words)
        self.bank = bank
        self.client = client
        self.count = count

    def run(self):
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t('Register'), patience=60)
        self.press('Sign in', 'button')
        self.see('Existing clients')
        self.page('sign in')
        self.press('Sign in', 'button')
        self.page('sign in, wrong', invalid=[self.t('E-mail or phone number')])
        self.sign_in(PASSWORD)
        self.application()
        self.identification()
        self.documents()
        self.correction()
        self.messages()
        self.profile()
        self.sign_out()
        self.recovery()
        self.temporary_password()

    def sign_in(self, password):
        self.app.type(self.t('E-mail or phone number'), EMAIL)
        self.app.type(self.t('Password'), password)
        self.press('Sign in', 'button')

    def application(self):
        self.see('Finish your application', patience=60)
        self.page('home, draft')
        self.press('Continue')
        self.app.see(self.t.form('application-natural')['title'])
        self.page('application')
        self.dialog('submit?', 'Submit')
        self.press('Submit')
        self.press('Submit', within=self.app.wait_for(self.open_dialog, 'the question'))
        self.see('Identify yourself with a photo')
        self.page('home, sent')
        self.press('Read the application that I sent')
        self.app.see(self.t.form('application-natural')['title'])
        self.page('application, read')
        self.back()

    def identification(self):
        self.press('Start identification')
        self.see('Have ready')
        self.page('identification')
        self.dialog('continue on a phone', 'Continue on a phone')
        application = self.client.call('GET', '/v1/applications')['items'][0]
        wire.identify(self.client, '/v1/applications/' + application['id'], application)
        self.press('Open documents', patience=60)

    def documents(self):
        paper = re.compile('^' + re.escape(self.t.form('customer-questionnaire')['title']))
        self.app.find(Atspi.Role.LIST_ITEM, paper)
        self.page('documents')
        self.app.press(paper)
        self.see('Fill in the questionnaire')
        self.page('document')
        self.press('Fill in the questionnaire')
        self.see(self.t.pattern('Page %u of %u', 1))
        self.page('preview', ordered=False)
        self.back('Fill in the questionnaire')
        self.back()
        form = self.t.form('tax-residency')['title']
        self.app.press(re.compile('^' + re.escape(form)))
        self.press('Fill in the questionnaire')
        self.app.see(form)
        self.page('electronic form')
        self.press('Submit')
        self.page('electronic form, wrong')

    def correction(self):
        """The bank asks for one; then the document has versions and remarks."""
        wire.send_paper(self.client)
        wire.wait_for_state(self.client, 'pdf-questionnaire', 'information-needed')
        self.sidebar('Documents')
        self.app.press(re.compile('^' + re.escape(self.t.form('customer-questionnaire')['title'])))
        self.page('document, to correct')

    def messages(self):
        self.sidebar('Messages', 'Message to the bank')
        self.page('messages, none')
        wire.talk(self.client)
        self.see(re.compile('Cik ilgi tas prasīs'), patience=60)
        self.page('messages')

    def profile(self):
        self.menu(6, self.t.pattern('Menu of %s'))
        self.see('Accepted terms')
        self.page('profile')
        self.dialog('another e-mail address', 'Change the e-mail address')
        self.dialog('password', 'Change password')

    def sign_out(self):
        self.menu(1, self.t.pattern('Menu of %s'))
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t('Register'), patience=60)
        self.page('welcome, signed out')

    def recovery(self):
        first = wire.code_for(self.bank, 'mail')
        self.press('Sign in', 'button')
        self.press('Restore password')
        self.page('recovery')
        self.press('Continue')
        self.page('recovery, wrong', invalid=[self.t('E-mail or phone number')])
        self.app.type(self.t('E-mail or phone number'), EMAIL)
        self.press('Continue')
        self.see('A code is sent')
        self.page('recovery, code', required=[self.t('Code')])
        self.app.type(self.t('Code'), until(
            lambda: (code := wire.code_for(self.bank, 'mail')) != first and code, 'the code'))
        self.press('Continue')
        self.see('Temporary password sent')
        self.page('recovery, done')
        self.press('Go to sign-in')

    def temporary_password(self):
        self.sign_in(until(lambda: wire.code_for(self.bank, 'mail', TEMPORARY_PASSWORD['lv']),
                           'the temporary password'))
        self.app.find(Atspi.Role.DIALOG, self.t('Choose a new password'))
        self.page('new password')


def visit(kind, arguments, log, *values) -> Walk:
    """A walk with the application started for it."""
    application = Application(['kabinets', *arguments], log=log)
    walker = kind(application, Words('en'), *values)
    try:
        walker.run()
    except (AssertionError, NotFound) as error:
        traceback.print_exc(limit=5)
        walker.tell(f'{kind.__name__} goes on', str(error).splitlines())
    finally:
        application.end()
    return walker


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument('--log', default=None, help='where the application’s messages go')
    parser.add_argument('--only', choices=('visitor', 'member'))
    options = parser.parse_args()
    if shutil.which('kabinets') is None:
        print('1..0 # SKIP kabinets is not installed')
        return 0
    walks = []
    if options.only != 'member':
        walks.append(visit(Visitor, [], options.log))
    if options.only != 'visitor':
        with tempfile.TemporaryDirectory() as folder:
            bank = DemoBank(folder, *programs())
            client = Client(bank.address)
            try:
                wire.register(bank, client, EMAIL, '+371' + PHONE, PASSWORD)
                wire.draft(client)
                walks.append(visit(Member, ['--server', bank.address], options.log, bank, client,
                                   sum(walk.count for walk in walks)))
            finally:
                bank.end()
    print(f'1..{walks[-1].count}')
    return 0 if all(walk.passed for walk in walks) else 1


if __name__ == '__main__':
    sys.exit(main())
