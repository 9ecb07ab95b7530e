"""What the bank asks to fill in: on paper, as a correction, on screen."""
import datetime
import re

from driver import Atspi, name_of, text_of, walk
from story import BIRTH_DATE, EMAIL, NAME, PERSON_CODE, PHONE


def documents(story):
    story.press('Open documents')
    story.app.find(Atspi.Role.LIST_ITEM, story.document('customer-questionnaire', 'New'))
    story.page('documents')


def paper(story):
    """The PDF questionnaire, filled in where it is shown."""
    story.app.press(story.document('customer-questionnaire', 'New'))
    story.press('Fill in the questionnaire')
    story.see(story.t.pattern('Page %u of %u', 1))
    story.page('paper')
    story.press('Submit')
    story.see(story.t.pattern('Fill in “%s” first'))
    fill_paper(story)
    story.page('paper-filled')
    story.press('Save')
    story.see('Saved. The filled questionnaire is a file of the document now.')
    story.press('Submit')
    story.confirm('Submit this document?', 'Submit')
    story.see('The document is with the bank now.')


def fill_paper(story):
    """Goes from one required field to the next with the button that counts them."""
    form = story.t.form('customer-questionnaire')
    answers = {form['full_name']: NAME, form['birth_date']: BIRTH_DATE, form['email']: EMAIL,
               form['phone']: '+371' + PHONE, form['document_valid_until']: '2031-05-20',
               form['filled_on']: datetime.date.today().isoformat()}
    missing = story.t.count('%u required field is empty', '%u required fields are empty')
    last = None
    while not story.app.sees(story.t('All required fields are filled in')):
        count = name_of(story.app.press(missing))
        field = story.app.wait_for(lambda: another_field(story, last), 'a field with the focus')
        last = question(field)
        if field.get_role() == Atspi.Role.TEXT:
            story.app.fill(field, answers.get(last, 'Rīga'))
        elif field.get_role() == Atspi.Role.TOGGLE_BUTTON:
            choose_first(story, count)
        else:
            story.app.key('space')
        story.app.wait_for(lambda: not story.app.sees(count), f'“{last}” filled in')


def choose_first(story, count):
    """Opens a drop-down and takes the first option that says something, so that `count` changes.
    A key that comes while the list opens or closes is lost: then once more."""
    def option():
        row = story.app.focused((Atspi.Role.LIST_ITEM,))
        if row is None or not any(text_of(node).strip() for node in walk(row)):
            story.app.key('Down')
            return None
        return row
    for _ in range(5):
        story.app.key('space')
        story.app.wait_for(option, 'an option with the focus')
        story.app.key('Return')
        story.app.settle()
        if not story.app.sees(count):
            return


def another_field(story, last):
    field = story.app.focused((Atspi.Role.TEXT, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.RADIO_BUTTON,
                               Atspi.Role.CHECK_BOX))
    return field if field is not None and question(field) != last else None


def question(field):
    """The name of a field without its answer."""
    return name_of(field).split(': ')[0]


def correction(story):
    """The bank's employee asks for a correction; it is said at the document, live."""
    story.see('What the bank asks')
    story.page('correction')
    story.press('Correct the questionnaire')
    story.see(story.t.pattern('Page %u of %u', 1))
    story.page('correction-paper')
    story.app.type(story.t.form('customer-questionnaire')['full_name'], NAME)
    story.press('Save')
    story.see('Saved. The filled questionnaire is a file of the document now.')
    story.press('Submit')
    story.confirm('Submit this document?', 'Submit')
    story.app.see(story.t('Ready for signing', 'document state'))
    story.page('paper-ready')


def electronic(story):
    """The questionnaire on screen, with two entries in its repeating group."""
    form = story.t.form('tax-residency')
    story.go_to('Documents')
    story.app.press(story.document('tax-residency', 'New'))
    story.press('Fill in the questionnaire')
    story.app.type(form['full_name'], NAME)
    story.app.type(form['birth_date'], BIRTH_DATE)
    story.app.type(form['address'], 'Brīvības iela 1, Rīga')
    story.answer(form['us_person'], 'No')
    story.press('Submit')
    story.page('questionnaire-errors')
    add_residence(story, form, 'Latvia', PERSON_CODE)
    add_residence(story, form, 'Estonia', None)
    story.app.press(form['truthful'], roles=(Atspi.Role.CHECK_BOX,))
    story.see('Nothing is missing')
    story.see(story.t.pattern('Saved %s'))
    story.page('questionnaire-filled')
    story.press('Submit')
    story.confirm('Submit this document?', 'Submit')
    story.see('The document is with the bank now.')


def add_residence(story, form, country, number):
    """An entry of the group; `number` is that of a taxpayer, if the country gives any."""
    story.app.press(form['residences+'])
    dialog = story.app.find(Atspi.Role.DIALOG, form['residences'])
    if number:
        story.press('Done', within=dialog)
        story.page('questionnaire-entry-errors')
    story.choose_country(form['country'], country)
    story.answer(form['has_tin'], 'Yes' if number else 'No')
    if number:
        story.app.type(form['tin'], number)
    else:
        story.app.press(form['no_tin_reason=not-issued'])
    story.page('questionnaire-entry')
    story.press('Done', within=dialog)
    story.app.find(Atspi.Role.LIST_ITEM, re.compile('^' + re.escape(story.t.country(country)) + '(,|$)'))


STEPS = [('documents', documents),
         ('a questionnaire on paper', paper),
         ('a correction', correction),
         ('a questionnaire on screen', electronic)]
