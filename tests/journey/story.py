"""Who walks the journey, and what every page of it goes through."""
import re

from driver import Atspi, name_of, walk

EMAIL = 'anna@example.org'
PHONE = '20000001'
PASSWORD, NEW_PASSWORD = 'Zaļais-mežs-7', 'Klusais-ezers-8'
PERSON_CODE, WRONG_PERSON_CODE = '161175-19997', '161175-19998'
NAME, BIRTH_DATE = 'Anna Bērziņa', '1975-11-16'


class Story:
    """The person at the window. `press`, `see` and `type` take texts as the source has them; those
    of `app` take what is on the screen."""

    def __init__(self, application, words, pictures):
        self.app = application
        self.t = words
        self.pictures = pictures
        self.picture_count = 0

    def page(self, name, title=None):
        """A picture of the page, and no focusable object on it without a name."""
        self.picture_count += 1
        if self.pictures:
            self.app.picture(self.pictures / f'{self.picture_count:02}-{name}.png', title)
        nameless = list(self.app.nameless())
        assert not nameless, f'{name}: without a name: {nameless}'

    def words(self, text):
        return self.t(text) if isinstance(text, str) else text

    def press(self, text, **options):
        return self.app.press(self.words(text), **options)

    def see(self, text, **options):
        return self.app.see(self.words(text), **options)

    def type(self, text, value, **options):
        return self.app.type(self.words(text), value, **options)

    def confirm(self, heading, answer, picture=None):
        dialog = self.app.find((Atspi.Role.DIALOG, Atspi.Role.ALERT), self.t(heading))
        if picture:
            self.page(picture)
        self.press(answer, within=dialog)

    def answer(self, question, answer, within=None):
        """Yes or no."""
        toggles = self.app.find(Atspi.Role.GROUPING, question, within)
        self.app.press(self.t(answer, 'answer'), within=toggles)

    def choose_country(self, row, country):
        self.app.press(re.compile('^' + re.escape(row)))
        self.type('Search for a country', self.t.country(country))
        self.app.press(self.t.country(country), roles=(Atspi.Role.LIST_ITEM,))
        self.see(re.compile('^' + re.escape(f'{row}: {self.t.country(country)}')))

    def section(self, name, waiting=None):
        """The name of a section in the sidebar; `waiting` is whether something waits there."""
        count = {None: r'(,|$)', True: ',', False: '$'}[waiting]
        return re.compile('^' + re.escape(self.t(name)) + count)

    def go_to(self, section):
        self.app.press(self.section(section), roles=(Atspi.Role.LIST_ITEM,))

    def document(self, form, state):
        """The name of a document's row in the list, by its title and state."""
        title = self.t.form(form)['title']
        return re.compile('^' + re.escape(f'{title}. {self.t(state, "document state")}'))

    def messages_to(self, address):
        """All texts of each message on the demo phone to an address, newest first: what a screen
        reader says for the row, which has the address in it, and the names of its buttons."""
        to = f'. {self.t("To %s") % address}. '
        for window in self.app.windows():
            if name_of(window) != self.t('Demo phone'):
                continue
            for row in walk(window):
                if row.get_role() == Atspi.Role.LIST_ITEM and to in name_of(row):
                    yield [name_of(node) for node in walk(row)]

    def code(self, to, but=None):
        """The newest code on the demo phone for an address other than `but`, as a person reads it."""
        copy = self.t.pattern('Copy %s')

        def read():
            for names in self.messages_to(to):
                for name in names:
                    found = copy.match(name) and re.search(r'\d{6}', name)
                    if found:
                        return found.group(0) if found.group(0) != but else None
            return None
        return self.app.wait_for(read, f'a code for {to} on the demo phone')
