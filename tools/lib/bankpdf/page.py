"""A4 pages that text flows over, with a head and a foot."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = 'DejaVuSans', 'DejaVuSans-Bold'
FONTS = '/usr/share/fonts/truetype/dejavu'
WIDTH, HEIGHT = A4
MARGIN = 54
TOP, BOTTOM = HEIGHT - 72, 60
INNER = WIDTH - 2 * MARGIN
INK, QUIET, LINE = HexColor('#1c2321'), HexColor('#55605c'), HexColor('#b8c2be')


def load_fonts():
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, f'{FONTS}/{name}.ttf'))


class Paper:
    """A canvas with a cursor that moves down and on to the next page."""

    def __init__(self, path, bank, title, language, identity, pages=None):
        self.bank, self.title, self.identity = bank, title, identity
        self.language, self.pages = language, pages
        self.accent = HexColor(bank['accent_color'])
        self.canvas = Canvas(path, pagesize=A4, invariant=1, lang=language)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(bank['legal_name'])
        self.canvas.setSubject(identity)
        self.canvas.setCreator('Kabinets')
        self.begin_page()

    def begin_page(self):
        canvas = self.canvas
        canvas.setFillColor(self.accent)
        canvas.rect(0, HEIGHT - 12, WIDTH, 12, stroke=0, fill=1)
        canvas.setFont(BOLD, 13)
        canvas.drawString(MARGIN, HEIGHT - 44, self.bank['name'])
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 44, self.identity)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, HEIGHT - 56, WIDTH - MARGIN, HEIGHT - 56)
        canvas.line(MARGIN, 48, WIDTH - MARGIN, 48)
        contacts = self.bank['contacts']
        canvas.drawString(MARGIN, 34, f"{self.bank['legal_name']} · {contacts['phone']} · {contacts['email']}")
        number = canvas.getPageNumber()
        total = f'{number} / {self.pages}' if self.pages else str(number)
        canvas.drawRightString(WIDTH - MARGIN, 34, total)
        self.y = TOP

    def need(self, height):
        """Begins a new page unless there is room for @height."""
        if self.y - height < BOTTOM and self.y < TOP:
            self.canvas.showPage()
            self.begin_page()

    def skip(self, height):
        self.y -= height

    def text(self, words, size=9.5, font=REGULAR, color=INK, x=MARGIN, width=INNER, leading=1.35):
        """Writes wrapped lines at @x and moves the cursor below them."""
        for line in simpleSplit(words, font, size, width):
            self.need(size * leading)
            self.y -= size * leading
            self.canvas.setFont(font, size)
            self.canvas.setFillColor(color)
            self.canvas.drawString(x, self.y, line)

    def heading(self, words, room=60):
        self.need(34 + room)
        self.skip(10)
        self.text(words, 12, BOLD, self.accent)
        self.skip(3)
        self.canvas.setStrokeColor(self.accent)
        self.canvas.setLineWidth(0.8)
        self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.skip(6)

    def finish(self):
        self.canvas.save()
        return self.canvas.getPageNumber() - 1


def height_of(words, size=9.5, font=REGULAR, width=INNER, leading=1.35):
    return len(simpleSplit(words, font, size, width)) * size * leading if words else 0


def write_numbered(path, draw):
    """Calls @draw(path, pages) twice, so that each page can say how many there are."""
    draw(path, draw(path, None))
