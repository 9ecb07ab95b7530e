"""From the first start to an account."""
import re

from driver import Atspi
from story import EMAIL, PASSWORD, PHONE


def demo_bank(story):
    story.see('Your bank’s front door')
    story.page('no-bank')
    story.press('Try the demo bank')
    story.app.find(Atspi.Role.PUSH_BUTTON, story.t('Register'))
    story.page('welcome')
    story.page('phone-empty', story.t('Demo phone'))


def what_awaits(story):
    story.press('What awaits me')
    story.see('Then these steps await me')
    story.page('what-awaits-me')
    story.press('Become a client', roles=(Atspi.Role.CHECK_BOX,))
    story.see('Choose at least one thing that you want.')
    story.press('Become a client', roles=(Atspi.Role.CHECK_BOX,))
    story.press('Register')


def about_you(story):
    story.see('I register as')
    story.press('Continue')
    story.see('Country whose citizen you are')
    story.choose_country(story.t('Country whose citizen you are'), 'Latvia')
    for title in story.t.legal():
        story.app.press(title)
        story.app.find(Atspi.Role.DIALOG, title)
        story.app.wait_for(lambda: story.app.sees(re.compile(r'1')), 'the pages of the document')
        if title == story.t.legal()[1]:
            story.page('legal-document')
        story.app.key('Escape')
        story.app.wait_for(lambda: not story.app.try_find((Atspi.Role.DIALOG,), title),
                          'the closed document')
    story.app.press(story.t('I have read the documents and undertake to comply with them'))
    story.page('about-you')
    story.press('Continue')


def contact(story):
    story.see('E-mail address')
    story.type('E-mail address', EMAIL)
    story.type('Phone number', PHONE)
    story.type('New password', 'short')
    story.type('Type the password again', 'short')
    story.press('Continue')
    story.page('contact-errors')
    story.type('New password', PASSWORD)
    story.type('Type the password again', PASSWORD)
    story.page('contact')
    story.press('Continue')


def codes(story):
    story.see('Two codes are sent')
    email, phone = story.code(EMAIL), story.code('+371' + PHONE)
    story.page('phone-codes', story.t('Demo phone'))
    wrong = '000000' if phone != '000000' else '000001'
    story.type('Code from the e-mail', email)
    story.type('Code from the text message', wrong)
    story.press('Finish registration')
    story.page('codes-error')
    story.type('Code from the text message', phone)
    story.press('Finish registration')


STEPS = [('the demo bank starts', demo_bank),
         ('what awaits me', what_awaits),
         ('about you', about_you),
         ('contact', contact),
         ('codes', codes)]
