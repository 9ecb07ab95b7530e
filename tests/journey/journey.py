"""A person becomes a client: the real application against its demo bank, over AT-SPI alone.

`desktop.py python3 journey.py --language lv|en [--pictures DIR]` prints TAP. It finds
everything by role and name, so that what a screen reader can't find can't pass either.
"""
import argparse
import pathlib
import re
import sys
import time
import traceback
import urllib.parse
import urllib.request

from driver import Application, Atspi, NotFound, has_state, name_of, text_of, walk
from words import Words

EMAIL = 'anna@example.org'
PHONE = '20000001'
PASSWORD = 'Zaļais-mežs-7'
PERSON_CODE, WRONG_PERSON_CODE = '161175-19997', '161175-19998'


class Journey:
    def __init__(self, application, words, pictures):
        self.app = application
        self.t = words
        self.pictures = pictures
        self.picture_count = 0
        self.newest_message = 0

    # What each page goes through

    def page(self, name, title=None):
        """A picture of the page, and no focusable object on it without a name."""
        self.picture_count += 1
        if self.pictures:
            self.app.picture(self.pictures / f'{self.picture_count:02}-{name}.png', title)
        nameless = list(self.app.nameless())
        assert not nameless, f'{name}: without a name: {nameless}'

    def press(self, text, **options):
        return self.app.press(self.t(text) if isinstance(text, str) else text, **options)

    def see(self, text, **options):
        return self.app.see(self.t(text) if isinstance(text, str) else text, **options)

    def choose_country(self, row, country):
        self.app.press(re.compile('^' + re.escape(row)))
        self.app.type(self.t('Search for a country'), self.t.country(country))
        self.app.press(self.t.country(country), roles=(Atspi.Role.LIST_ITEM,))
        self.see(re.compile('^' + re.escape(f'{row}: {self.t.country(country)}')))

    def code(self, to):
        """The newest code on the demo phone for an address, as a person reads it there."""
        copy = self.t.pattern('Copy %s')

        def read():
            for window in self.app.windows():
                if name_of(window) == self.t('Demo phone'):
                    return self._code_for(window, to, copy)
            return None
        return self.app.wait_for(read, f'a code for {to} on the demo phone')

    def _code_for(self, window, to, copy):
        for row in walk(window):
            names = [name_of(node) for node in walk(row)]
            if row.get_role() == Atspi.Role.LIST_ITEM and self.t.pattern('To %s', to) and \
                    any(self.t.pattern('To %s', to).match(name) for name in names):
                for name in names:
                    found = copy.match(name) and re.search(r'\d{6}', name)
                    if found:
                        return found.group(0)
        return None

    # The story

    def demo_bank(self):
        self.see('Your bank’s front door')
        self.page('no-bank')
        self.press('Try the demo bank')
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t('Register'))
        self.page('welcome')
        self.page('phone-empty', self.t('Demo phone'))

    def what_awaits(self):
        self.press('What awaits me')
        self.see('Then these steps await me')
        self.page('what-awaits-me')
        self.press('Become a client', roles=(Atspi.Role.CHECK_BOX,))
        self.see('Choose at least one thing that you want.')
        self.press('Become a client', roles=(Atspi.Role.CHECK_BOX,))
        self.press('Register')

    def about_you(self):
        self.see('I register as')
        self.press('Continue')
        self.see('Country whose citizen you are')
        self.choose_country(self.t('Country whose citizen you are'), 'Latvia')
        for title in self.t.legal():
            self.app.press(title)
            self.app.find(Atspi.Role.DIALOG, title)
            self.app.wait_for(lambda: self.app.sees(re.compile(r'1')), 'the pages of the document')
            if title == self.t.legal()[1]:
                self.page('legal-document')
            self.app.key('Escape')
            self.app.wait_for(lambda: not self.app.try_find((Atspi.Role.DIALOG,), title),
                              'the closed document')
        self.app.press(self.t('I have read the documents and undertake to comply with them'))
        self.page('about-you')
        self.press('Continue')

    def contact(self):
        self.see('E-mail address')
        self.app.type(self.t('E-mail address'), EMAIL)
        self.app.type(self.t('Phone number'), PHONE)
        self.app.type(self.t('New password'), 'short')
        self.app.type(self.t('Type the password again'), 'short')
        self.press('Continue')
        self.page('contact-errors')
        self.app.type(self.t('New password'), PASSWORD)
        self.app.type(self.t('Type the password again'), PASSWORD)
        self.page('contact')
        self.press('Continue')

    def codes(self):
        self.see('Two codes are sent')
        email, phone = self.code(EMAIL), self.code('+371' + PHONE)
        self.page('phone-codes', self.t('Demo phone'))
        wrong = '000000' if phone != '000000' else '000001'
        self.app.type(self.t('Code from the e-mail'), email)
        self.app.type(self.t('Code from the text message'), wrong)
        self.press('Finish registration')
        self.page('codes-error')
        self.app.type(self.t('Code from the text message'), phone)
        self.press('Finish registration')

    def application_form(self):
        form = self.t.form('application-natural')
        self.see(form['title'])
        self.page('application')
        self.app.press(self.t.service('N1'), roles=(Atspi.Role.CHECK_BOX,))
        self.app.type(form['full_name'], 'Anna Bērziņa')
        self.press('Yes')
        self.app.type(form['person_code'], WRONG_PERSON_CODE)
        self.app.type(form['birth_date'], '1975-11-16')
        self.app.press(form['communication_language=lv'])
        self.press('Submit')
        self.see('One digit of this personal code is not right. Compare it with your document.')
        self.page('application-error')
        self.app.type(form['person_code'], PERSON_CODE)
        self.see('Nothing is missing')
        self.see(self.t.pattern('Saved %s'))
        self.page('application-filled')
        self.press('Submit')
        self.confirm('Submit the application?', 'Submit', 'application-confirm')

    def confirm(self, heading, answer, picture=None):
        dialog = self.app.find((Atspi.Role.DIALOG, Atspi.Role.ALERT), self.t(heading))
        if picture:
            self.page(picture)
        self.press(answer, within=dialog)

    def identification(self):
        self.see('Identify yourself with a photo')
        self.page('home')
        self.press('Start identification')
        self.see('Have ready')
        self.page('identification')
        self.answer_photos('retry')
        self.see('Your photos are being checked', patience=60)
        self.see('Please do it once more', patience=60)
        self.page('identification-again')
        self.answer_photos('green')
        self.app.find(Atspi.Role.PUSH_BUTTON, self.t('Open documents'), patience=60)
        self.page('identification-passed')

    def answer_photos(self, answer):
        """The person's part in the browser: the page that the link opens, and its form."""
        self.press('Continue on a phone')
        dialog = self.app.find(Atspi.Role.DIALOG, self.t('Continue on a phone'))
        link = self.app.wait_for(
            lambda: next((text for node in walk(dialog)
                          if (text := text_of(node)).startswith('http')), None), 'the link')
        if answer == 'retry':
            self.page('identification-phone')
        self.app.to_front(dialog)
        self.app.key('Escape')
        page = urllib.request.urlopen(link).read().decode()
        action = re.search(r'<form[^>]*action="([^"]+)"', page).group(1)
        assert f'name="answer" value="{answer}"' in page, page
        urllib.request.urlopen(urllib.parse.urljoin(link, action), data=f'answer={answer}'.encode())

    def documents(self):
        self.press('Open documents')
        self.app.find(Atspi.Role.LIST_ITEM, self.document('customer-questionnaire', 'New'))
        self.page('documents')

    def document(self, form, state):
        """A document's row in the list, by its name and state."""
        title = self.t.form(form)['title']
        return re.compile('^' + re.escape(f'{title}. {self.t(state, "document state")}'))

    def sidebar(self, section):
        self.app.press(re.compile('^' + re.escape(self.t(section)) + r'(,|$)'),
                       roles=(Atspi.Role.LIST_ITEM,))

    def paper(self):
        """The PDF questionnaire, filled in where it is shown."""
        self.app.press(self.document('customer-questionnaire', 'New'))
        self.press('Fill in the questionnaire')
        self.see(self.t.pattern('Page %u of %u', 1))
        self.page('paper')
        self.press('Submit')
        self.see(self.t.pattern('Fill in “%s” first'))
        self.fill_paper()
        self.page('paper-filled')
        self.press('Save')
        self.see('Saved. The filled questionnaire is a file of the document now.')
        self.press('Submit')
        self.confirm('Submit this document?', 'Submit')
        self.see('The document is with the bank now.')

    def fill_paper(self):
        """Goes from one required field to the next with the button that counts them."""
        missing = self.t.count('%u required field is empty', '%u required fields are empty')
        last = None
        while not self.app.sees(self.t('All required fields are filled in')):
            count = name_of(self.app.press(missing))
            field = self.app.wait_for(lambda: self.focused_field(last), 'a field with the focus')
            last = field.get_role(), name_of(field)
            if last[0] == Atspi.Role.TEXT:
                Atspi.EditableText.set_text_contents(field.get_editable_text_iface(), 'Rīga')
            elif last[0] == Atspi.Role.TOGGLE_BUTTON:
                self.app.key('space')
                self.app.key('Down Return')
            else:
                self.app.key('space')
            self.app.wait_for(lambda: not self.app.sees(count), f'“{last[1]}” filled in')

    def focused_field(self, last):
        for node in self.app.everything():
            if has_state(node, Atspi.StateType.FOCUSED) and \
                    node.get_role() in (Atspi.Role.TEXT, Atspi.Role.TOGGLE_BUTTON,
                                        Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX) and \
                    (node.get_role(), name_of(node)) != last:
                return node
        return None

    def correction(self):
        """The bank's employee asks for a correction; it is said at the document, live."""
        self.see('What the bank asks', patience=60)
        self.page('correction')
        self.press('Correct the questionnaire')
        self.see(self.t.pattern('Page %u of %u', 1))
        self.page('correction-paper')
        self.app.type(self.t.form('customer-questionnaire')['full_name'], 'Anna Bērziņa')
        self.press('Save')
        self.see('Saved. The filled questionnaire is a file of the document now.')
        self.press('Submit')
        self.confirm('Submit this document?', 'Submit')
        self.see('Ready for signing', patience=60)
        self.page('paper-ready')

    STEPS = [('the demo bank starts', demo_bank), ('what awaits me', what_awaits),
             ('about you', about_you), ('contact', contact), ('codes', codes),
             ('the application form', application_form),
             ('photo-identification', identification), ('documents', documents),
             ('a questionnaire on paper', paper), ('a correction', correction)]

    def run(self):
        print(f'1..{len(self.STEPS)}', flush=True)
        for number, (name, step) in enumerate(self.STEPS, 1):
            start = time.monotonic()
            step(self)
            print(f'ok {number} - {name} # {time.monotonic() - start:.1f} s', flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument('--language', default='en')
    parser.add_argument('--pictures', type=pathlib.Path)
    parser.add_argument('--log', default=None)
    options = parser.parse_args()
    application = Application(['kabinets'], log=options.log)
    journey = Journey(application, Words(options.language), options.pictures)
    try:
        journey.run()
    except (AssertionError, NotFound) as error:
        traceback.print_exc(limit=4)
        print(f'Bail out! {str(error).splitlines()[0]}', flush=True)
        if options.pictures:
            application.picture(options.pictures / 'failure.png')
        return 1
    finally:
        application.end()
    return 0


if __name__ == '__main__':
    sys.exit(main())
