"""The application and the identification by photo."""
import re
import urllib.parse
import urllib.request

from driver import Atspi, text_of, walk
from story import BIRTH_DATE, NAME, PERSON_CODE, WRONG_PERSON_CODE


def application_form(story):
    form = story.t.form('application-natural')
    story.app.see(form['title'])
    story.page('application')
    story.app.press(story.t.service('N1'), roles=(Atspi.Role.CHECK_BOX,))
    story.app.type(form['full_name'], NAME)
    story.answer(form['latvian_resident'], 'Yes')
    story.app.type(form['person_code'], WRONG_PERSON_CODE)
    story.app.type(form['birth_date'], BIRTH_DATE)
    story.app.press(form['communication_language=lv'])
    story.press('Submit')
    story.see('One digit of this personal code is not right. Compare it with your document.')
    story.page('application-error')
    story.app.type(form['person_code'], PERSON_CODE)
    story.see('Nothing is missing')
    story.see(story.t.pattern('Saved %s'))
    story.page('application-filled')
    story.press('Submit')
    story.confirm('Submit the application?', 'Submit', 'application-confirm')


def identification(story):
    story.see('Identify yourself with a photo')
    story.page('home')
    story.press('Start identification')
    story.see('Have ready')
    story.page('identification')
    answer_photos(story, 'retry')
    story.see('Your photos are being checked')
    story.see('Please do it once more')
    story.page('identification-again')
    answer_photos(story, 'green')
    story.app.find(Atspi.Role.PUSH_BUTTON, story.t('Open documents'))
    story.page('identification-passed')


def answer_photos(story, answer):
    """The person's part in the browser: the page that the link opens, and its form."""
    story.press('Continue on a phone')
    dialog = story.app.find(Atspi.Role.DIALOG, story.t('Continue on a phone'))
    link = story.app.wait_for(
        lambda: next((text for node in walk(dialog)
                      if (text := text_of(node)).startswith('http')), None), 'the link')
    if answer == 'retry':
        story.page('identification-phone')
    story.app.to_front(dialog)
    story.app.key('Escape')
    page = urllib.request.urlopen(link).read().decode()
    action = re.search(r'<form[^>]*action="([^"]+)"', page).group(1)
    assert f'name="answer" value="{answer}"' in page, page
    urllib.request.urlopen(urllib.parse.urljoin(link, action), data=f'answer={answer}'.encode())


STEPS = [('the application form', application_form),
         ('photo-identification', identification)]
