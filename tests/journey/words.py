"""The application's words in the language of the journey, from the same catalogues that it uses."""
import gettext
import json
import os
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Untranslated(gettext.NullTranslations):
    """Asked for what a catalogue lacks: a fault."""

    def gettext(self, message):
        raise AssertionError(f'“{message}” has no translation')

    def pgettext(self, context, message):
        raise AssertionError(f'“{message}” ({context}) has no translation')


class Words:
    def __init__(self, language):
        self.language = language
        share = os.environ['XDG_DATA_DIRS'].split(':')[0]
        self.catalogue = gettext.translation('kabinets', f'{share}/locale', [language])
        self.catalogue.add_fallback(Untranslated())
        self.countries = gettext.translation('iso_3166', '/usr/share/locale', [language],
                                             fallback=True)

    def __call__(self, text, context=None):
        """The translation of a source text; one that is missing is a fault."""
        return (self.catalogue.pgettext(context, text) if context
                else self.catalogue.gettext(text))

    def pattern(self, text, *values):
        """A source text with %s, %d or %u in it; `values` fill the first of them, anything the rest."""
        values = list(values)
        parts = re.split(r'(%[sdu]|%%)', self(text))
        fill = {'%%': lambda: '%'}
        return re.compile('^' + ''.join(
            '%' if part == '%%' else
            (re.escape(str(values.pop(0))) if values else '.*') if re.fullmatch(r'%[sdu]', part) else
            re.escape(part) for part in parts) + '$', re.DOTALL)

    def count(self, one, many):
        """A text that counts, with any number in it."""
        forms = {self.catalogue.ngettext(one, many, n).replace('%u', str(n)) for n in range(1, 100)}
        return re.compile('^(' + '|'.join(re.escape(form) for form in forms) + ')$')

    def country(self, english):
        return self.countries.gettext(english)

    def form(self, name):
        """The labels of a form of the demo bank, by field; options as `field=value`, the button of
        a repeating group as `field+`."""
        bank = SOURCE / 'data' / 'bank'
        lists = json.loads((bank / 'bank.json').read_text()).get('lists', {})
        words = {}
        definition = json.loads((bank / 'forms' / f'{name}.json').read_text())
        words['title'] = definition['title'][self.language]
        for section in definition['sections']:
            self._read(section['fields'], lists, words)
        return words

    def service(self, code):
        bank = json.loads((SOURCE / 'data' / 'bank' / 'bank.json').read_text())
        return next(service['name'][self.language] for service in bank['services']
                    if service['code'] == code)

    def legal(self):
        """The titles of the demo bank's documents that registration shows."""
        bank = json.loads((SOURCE / 'data' / 'bank' / 'bank.json').read_text())
        return [document['title'][self.language] for document in bank['legal_documents']]

    def _read(self, fields, lists, words):
        for field in fields:
            if 'id' not in field:
                continue
            if 'label' in field:
                words[field['id']] = field['label'][self.language]
            if 'add_label' in field:
                words[f"{field['id']}+"] = field['add_label'][self.language]
            options = field.get('options') or lists.get(field.get('list'), [])
            for option in options:
                if isinstance(option, dict) and 'label' in option:
                    words[f"{field['id']}={option['value']}"] = option['label'][self.language]
            self._read(field.get('fields', []), lists, words)
