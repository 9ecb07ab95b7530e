"""A message to the bank, its answer, and what the bank decides: all of it arrives by itself."""
import pathlib
import re

from driver import Atspi

QUESTION = 'Cik ilgi tas prasīs?'
FILE = 'rēķins.txt'


def message(story):
    story.go_to('Messages')
    story.see('No messages yet')
    attach(story)
    story.type('Message to the bank', QUESTION)
    story.page('message')
    story.press('Send')
    story.go_to('Home')
    story.see('What to do now')


def attach(story):
    """A file, by the location that is typed in the desktop's own dialog."""
    path = pathlib.Path.home() / FILE
    path.write_text('Rēķins Nr. 1\n')
    story.press('Add files…')
    chooser = story.app.find(Atspi.Role.DIALOG, story.t('Add files'))
    story.app.key('ctrl+l')
    story.app.fill(story.app.wait_for(lambda: story.app.focused((Atspi.Role.TEXT,), chooser),
                                      'the field for a location'), str(path))
    story.app.press(story.t('_Add').replace('_', ''), within=chooser)
    story.app.find(Atspi.Role.LIST_ITEM, re.compile('^' + re.escape(FILE)))


def answer(story):
    """It is marked as new: in the sidebar, or in the conversation for who is there already."""
    story.app.find(Atspi.Role.LIST_ITEM, story.section('Messages', waiting=True))
    story.page('home-unread')
    story.go_to('Messages')
    story.app.find(Atspi.Role.LIST_ITEM, re.compile(re.escape(QUESTION)))
    story.app.find(Atspi.Role.LIST_ITEM, re.compile('^' + re.escape(story.t('New. '))))
    story.page('messages')
    story.app.find(Atspi.Role.LIST_ITEM, story.section('Messages', waiting=False))


def decision(story):
    story.go_to('Home')
    story.see('The bank has decided')
    story.app.find(Atspi.Role.LIST_ITEM, story.t('Your account is being opened'))
    story.page('home-decided')
    story.go_to('Documents')
    for form in ('customer-questionnaire', 'tax-residency'):
        story.app.find(Atspi.Role.LIST_ITEM, story.document(form, 'Ready for signing'))
    story.page('documents-ready')


STEPS = [('a message with a file', message),
         ('the answer', answer),
         ('the decision', decision)]
