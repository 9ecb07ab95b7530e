"""A legal document of the bank as a PDF."""

from .page import BOLD, QUIET, Paper, write_numbered

VALID = {'lv': 'Redakcija {version}, spēkā no {valid_from}', 'en': 'Version {version}, in force from {valid_from}',
         'ru': 'Редакция {version}, действует с {valid_from}'}


def draw(path, document, sections, bank, language, pages):
    title = document['title'][language]
    paper = Paper(path, bank, title, language, f"{document['id']} · {document['version']}", pages)
    paper.text(title, 18, BOLD)
    paper.skip(4)
    paper.text(VALID[language].format(**document), color=QUIET)
    for number, section in enumerate(sections, 1):
        heading, *paragraphs = section[language]
        paper.heading(f'{number}. {heading}', 40)
        for index, words in enumerate(paragraphs, 1):
            paper.skip(4)
            paper.text(f"{number}.{index}. {words.replace('{bank}', bank['name'])}")
    return paper.finish()


def write_legal(path, document, sections, bank, language):
    write_numbered(path, lambda file, pages: draw(file, document, sections, bank, language, pages))
