"""Signed out, the password forgotten, and back at the same home."""
import re

from driver import Atspi, name_of, walk
from story import EMAIL, NAME, NEW_PASSWORD

TEMPORARY_PASSWORD = {'en': r'Your temporary password: (\S+)', 'lv': r'Jūsu pagaidu parole: (\S+)',
                      'ru': r'Ваш временный пароль: (\S+)'}


def home(story):
    """What the home page says, in order."""
    story.see('The bank has decided')
    page = story.app.find(Atspi.Role.GROUPING, story.t('Home'))
    return [name_of(node) for node in walk(page) if name_of(node)]


def sign_out(story):
    """By the last item of the menu: GTK 4.18 names no items of menus."""
    story.go_to('Home')
    story.home = home(story)
    story.press(story.t.pattern('Menu of %s', NAME), roles=(Atspi.Role.TOGGLE_BUTTON,))
    first = story.app.wait_for(lambda: story.app.focused((Atspi.Role.MENU_ITEM,)), 'the menu')
    story.app.key('Up')
    story.app.wait_for(lambda: story.app.focused((Atspi.Role.MENU_ITEM,)) not in (None, first),
                       'the last item of the menu')
    story.app.key('Return')
    story.see('You are signed out.')
    story.page('signed-out')


def recovery(story):
    """Who asks for a temporary password proves first that the address is theirs."""
    first = story.code(EMAIL)
    story.app.press(story.t('Sign in', 'button'))
    story.page('sign-in')
    story.press('Restore password')
    story.see('Temporary password')
    story.type('E-mail or phone number', EMAIL)
    story.page('recovery')
    story.press('Continue')
    story.see('A code is sent')
    story.type('Code', story.code(EMAIL, but=first))
    story.page('recovery-code')
    story.press('Continue')
    story.see('Temporary password sent')
    story.page('recovery-done')
    story.press('Go to sign-in')


def temporary_password(story):
    def read():
        for names in story.messages_to(EMAIL):
            for name in names:
                found = re.search(TEMPORARY_PASSWORD[story.t.language], name)
                if found:
                    return found.group(1)
        return None
    return story.app.wait_for(read, 'the mail with the temporary password')


def forced_change(story):
    story.type('E-mail or phone number', EMAIL)
    story.type('Password', temporary_password(story))
    story.page('sign-in-temporary', story.t('Demo phone'))
    story.app.press(story.t('Sign in', 'button'))
    dialog = story.app.find(Atspi.Role.DIALOG, story.t('Choose a new password'))
    story.type('New password', NEW_PASSWORD, within=dialog)
    story.type('Type the password again', NEW_PASSWORD, within=dialog)
    story.page('new-password')
    story.press('Change password', within=dialog)


def same_home(story):
    assert home(story) == story.home, f'{home(story)} instead of {story.home}'
    story.page('home-again')


STEPS = [('signed out', sign_out),
         ('a temporary password', recovery),
         ('a new password is asked for', forced_change),
         ('the same home', same_home)]
