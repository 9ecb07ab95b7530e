"""A form definition as a PDF with form fields (AcroForm). A field is called as
its answer's JSON pointer and carries the label as its tooltip, which is what a
screen reader says; the fields of a condition are never required by the PDF."""

import gettext
import json
import math

from reportlab.lib.colors import white
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.acroform import AcroForm
from reportlab.pdfbase.pdfdoc import PDFString

from .page import BOLD, INK, INNER, LINE, MARGIN, QUIET, REGULAR, Paper, height_of, write_numbered

GAP = 14
HALF = (INNER - GAP) / 2
BOX = 20
MARK = 11
MARK_ROW = 17
WORDS = {
    'lv': {'yes': 'Jā', 'no': 'Nē', 'date': 'GGGG-MM-DD', 'required': 'Ar * atzīmētie lauki ir jāaizpilda.'},
    'en': {'yes': 'Yes', 'no': 'No', 'date': 'YYYY-MM-DD', 'required': 'Fields marked with * have to be filled in.'},
    'ru': {'yes': 'Да', 'no': 'Нет', 'date': 'ГГГГ-ММ-ДД', 'required': 'Поля, отмеченные *, обязательны для заполнения.'},
}
SHORT = ('date', 'phone', 'email', 'number', 'percent', 'money', 'country', 'language')
PRINTED = ('text', 'long-text', 'choice', 'choices', 'boolean', 'consent', 'group', 'note', 'heading', *SHORT)


def country_names(language):
    """(name, code) of every country, in the order of the names."""
    with open('/usr/share/iso-codes/json/iso_3166-1.json', encoding='utf-8') as file:
        countries = json.load(file)['3166-1']
    translate = gettext.translation('iso_3166-1', languages=[language], fallback=True).gettext
    names = [(translate(c.get('common_name', c['name'])), c['alpha_2']) for c in countries]
    return sorted(names, key=lambda name: name[0].casefold())


def circle(size, radius, **style):
    """reportlab draws the circles of radio buttons as if each were 20 points large."""
    scale = math.sqrt(size / 20)
    return AcroForm.circleArcStream(20 * scale, radius / scale, **style)


class Questionnaire:
    def __init__(self, path, form, bank, language, pages):
        self.form, self.bank, self.language = form, bank, language
        self.words = WORDS[language]
        title = self.t(form['title'])
        self.paper = Paper(path, bank, title, language, f"{form['form']} · v{form['version']}", pages)
        self.fields = self.paper.canvas.acroForm
        self.fields.circleArcStream = circle

    def t(self, text):
        return text[self.language].replace('{bank}', self.bank['name']) if text else ''

    def draw(self):
        paper = self.paper
        paper.text(self.t(self.form['title']), 18, BOLD)
        paper.skip(4)
        paper.text(self.t(self.form.get('help')), color=QUIET)
        paper.text(self.words['required'], 8.5, color=QUIET)
        for section in self.form['sections']:
            paper.heading(self.t(section['title']), 110)
            if 'help' in section:
                paper.text(self.t(section['help']), 8.5, color=QUIET)
            self.draw_fields(section['fields'], '')
        return paper.finish()

    def draw_fields(self, fields, prefix):
        for row in self.rows(fields):
            field = row[0]
            if self.is_short(field):
                self.draw_row(row, prefix)
            elif field['kind'] in PRINTED:
                getattr(self, 'draw_' + field['kind'].replace('-', '_'))(field, f"{prefix}/{field['id']}")
            else:
                raise ValueError(f"{self.form['form']}: {field['id']} can't be put on paper")

    def rows(self, fields):
        """Two short fields share a row; a slot for fields of the bank is left out."""
        row = []
        for field in fields:
            if 'slot' in field:
                continue
            if row and not self.is_short(field):
                yield row
                row = []
            row.append(field)
            if len(row) == 2 or not self.is_short(field):
                yield row
                row = []
        if row:
            yield row

    def is_short(self, field):
        return field['kind'] in SHORT or field['kind'] == 'text' and field.get('max_length', 200) <= 30

    def is_required(self, field):
        return field.get('required') is True and 'visible' not in field

    def label(self, field):
        return self.t(field['label']) + (' *' if self.is_required(field) else '')

    def flags(self, field, *more):
        return ' '.join([*more, *(['required'] if self.is_required(field) else [])])

    def head_height(self, field, width):
        return height_of(self.label(field), 9, BOLD, width) + height_of(self.help_of(field), 7.5, width=width) + 3

    def help_of(self, field):
        words = self.t(field.get('help'))
        if field['kind'] == 'date':
            words = f"{words} ({self.words['date']})" if words else self.words['date']
        return words

    def draw_head(self, field, x=MARGIN, width=INNER):
        self.paper.text(self.label(field), 9, BOLD, x=x, width=width)
        self.paper.text(self.help_of(field), 7.5, color=QUIET, x=x, width=width)
        self.paper.skip(3)

    def draw_row(self, row, prefix):
        """One or two short fields beside each other."""
        head = max(self.head_height(field, HALF) for field in row)
        self.paper.need(head + BOX + 10)
        self.paper.skip(8)
        top = self.paper.y
        for column, field in enumerate(row):
            x = MARGIN + column * (HALF + GAP)
            self.paper.y = top
            self.draw_head(field, x, HALF)
            self.paper.y = top - head
            self.draw_box(field, f"{prefix}/{field['id']}", x, HALF)
        self.paper.y = top - head - BOX

    def draw_box(self, field, name, x, width, height=BOX, flags=()):
        style = dict(x=x, y=self.paper.y - height, width=width, height=height, name=name,
                     tooltip=self.t(field['label']), fontSize=10, borderWidth=0.7, borderColor=LINE,
                     fillColor=white, textColor=INK)
        if field['kind'] == 'country':
            self.fields.choice(value=[''], options=[(' ', '')] + country_names(self.language),
                               fieldFlags=self.flags(field, 'combo'), **style)
        else:
            limit = 10 if field['kind'] == 'date' else field.get('max_length', 200)
            self.fields.textfield(fieldFlags=self.flags(field, *flags), maxlen=limit, **style)

    def draw_text(self, field, name):
        self.paper.need(self.head_height(field, INNER) + BOX + 10)
        self.paper.skip(8)
        self.draw_head(field)
        self.draw_box(field, name, MARGIN, INNER)
        self.paper.skip(BOX)

    def draw_long_text(self, field, name):
        height = 3 * BOX
        self.paper.need(self.head_height(field, INNER) + height + 10)
        self.paper.skip(8)
        self.draw_head(field)
        self.draw_box(field, name, MARGIN, INNER, height, ('multiline',))
        self.paper.skip(height)

    def options(self, field):
        options = field.get('options') or self.bank['lists'][field['list']]
        return [(option['value'], self.t(option['label'])) for option in options]

    def draw_marks(self, field, options, mark):
        """Options in two columns, each drawn by @mark(value, label, x, y)."""
        rows = (len(options) + 1) // 2
        self.paper.need(self.head_height(field, INNER) + rows * MARK_ROW + 8)
        self.paper.skip(8)
        self.draw_head(field)
        top = self.paper.y
        for index, (value, label) in enumerate(options):
            x = MARGIN + index // rows * (HALF + GAP)
            y = top - (index % rows + 1) * MARK_ROW + 4
            mark(value, label, x, y)
            self.paper.canvas.setFont(REGULAR, 9)
            self.paper.canvas.setFillColor(INK)
            self.paper.canvas.drawString(x + MARK + 7, y + 2, label)
        self.paper.y = top - rows * MARK_ROW

    def style(self, x, y):
        return dict(x=x, y=y, size=MARK, borderWidth=0.8, borderColor=QUIET, fillColor=white, textColor=INK)

    def draw_radio(self, field, name, options):
        def mark(value, label, x, y):
            self.fields.radio(value=value, name=name, tooltip=self.t(field['label']),
                              fieldFlags=self.flags(field, 'noToggleToOff', 'radio'), **self.style(x, y))
            self.name_button(name, f"{self.t(field['label'])}: {label}")

        self.draw_marks(field, options, mark)

    def name_button(self, name, tooltip):
        """reportlab names a group of radio buttons only; readers want each button's name."""
        reference = self.fields._radios[name].kids[-1]
        self.paper.canvas._doc.idToObject[reference.name].dict['TU'] = PDFString(tooltip)

    def draw_choice(self, field, name):
        self.draw_radio(field, name, self.options(field))

    def draw_boolean(self, field, name):
        self.draw_radio(field, name, [('true', self.words['yes']), ('false', self.words['no'])])

    def draw_choices(self, field, name):
        self.draw_marks(field, self.options(field), lambda value, label, x, y: self.fields.checkbox(
            name=f'{name}/{value}', tooltip=f"{self.t(field['label'])}: {label}", fieldFlags='',
            **self.style(x, y)))

    def draw_consent(self, field, name):
        lines = simpleSplit(self.label(field), REGULAR, 9.5, INNER - MARK - 8)
        self.paper.need(len(lines) * 13 + 12)
        self.paper.skip(8)
        self.fields.checkbox(name=name, tooltip=self.t(field['label']), fieldFlags=self.flags(field),
                             **self.style(MARGIN, self.paper.y - MARK - 1))
        self.paper.text(self.label(field), x=MARGIN + MARK + 8, width=INNER - MARK - 8)
        self.paper.skip(2)

    def draw_note(self, field, name):
        self.paper.skip(6)
        self.paper.text(self.t(field['label']))

    def draw_heading(self, field, name):
        self.paper.skip(6)
        self.paper.text(self.t(field['label']), 10, BOLD)

    def draw_group(self, field, name):
        """As many entries as usually suffice; on paper none can be added."""
        for index in range(min(field.get('max_count', 3), 3)):
            self.paper.need(90)
            self.paper.skip(10)
            self.paper.text(f"{self.t(field['label'])} – {index + 1}", 10, BOLD)
            self.draw_fields(field['fields'], f'{name}/{index}')


def write_questionnaire(path, form, bank, language):
    write_numbered(path, lambda file, pages: Questionnaire(file, form, bank, language, pages).draw())
