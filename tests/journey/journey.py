"""A person becomes a client: the real application against its demo bank, over AT-SPI alone.

`desktop.py python3 journey.py --language en|lv|ru [--pictures DIR]` prints TAP. It finds
everything by role and name, so that what a screen reader can't find can't pass either.
"""
import argparse
import pathlib
import shutil
import sys
import time
import traceback

import applying
import joining
import papers
import returning
import talking
from driver import Application
from story import Story
from words import Words

STEPS = [*joining.STEPS, *applying.STEPS, *papers.STEPS, *talking.STEPS, *returning.STEPS]

LOCALES = {'en': 'en_US.UTF-8', 'lv': 'lv_LV.UTF-8', 'ru': 'ru_RU.UTF-8'}


def walk_through(story):
    print(f'1..{len(STEPS)}', flush=True)
    for number, (name, step) in enumerate(STEPS, 1):
        start = time.monotonic()
        step(story)
        print(f'ok {number} - {name}\n# {time.monotonic() - start:.1f} s', flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument('--language', choices=LOCALES, default='en')
    parser.add_argument('--pictures', type=pathlib.Path)
    parser.add_argument('--log', default=None)
    options = parser.parse_args()
    if not shutil.which('kabinets'):
        print('1..0 # SKIP kabinets is not installed')
        return 0
    locale = LOCALES[options.language]
    application = Application(['kabinets'], environment={'LANG': locale, 'LC_ALL': locale},
                              log=options.log)
    try:
        walk_through(Story(application, Words(options.language), options.pictures))
    except AssertionError as error:
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
