"""A compendium as the body of a Word document: 版头, contents, chapters on pages of their own, 版记 (§7.2, §7.4)."""

from collections.abc import Iterator
from datetime import date

from banjie.reports.book import Book, Chapter
from banjie.reports.paper import Paragraph, Words
from banjie.reports.text import Role
from banjie.reports.word.body import body_of, document
from banjie.reports.word.elements import paragraph, plain, run, text_of
from banjie.reports.word.page import LINE_PITCH, TEXT_WIDTH, TITLE_FONT, TWIPS_PER_MM
from banjie.rulebook.numerals import in_characters

RED = "FF0000"
_ISSUER_DROP = round(35 * TWIPS_PER_MM)
"""From the top of the type area to the issuer's upper edge (§7.2.4)."""
_ISSUER_LINE = 1100
_RULE_DROP = 11
"""4 mm, in points, from the number to the red rule (§7.2.7)."""
_THICK, _SIZE_4 = 8, 280
"""0.35 mm in eighths of a point (§7.4.1), and one character of size 4 in twips (§7.4.3)."""
_BLANK = '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:p>'


def book_document(book: Book) -> str:
    """Return the document part of a compendium."""
    chapters = [_chapter(place, chapter) for place, chapter in enumerate(book.chapters, start=1)]
    return document("".join([*_head(book), *_opening(book), *_contents(book), *chapters, _colophon(book)]))


def _head(book: Book) -> Iterator[str]:
    """Yield issuer, document number and red rule; a number not given leaves its line to be written."""
    yield _space(_ISSUER_DROP)
    yield (
        '<w:p><w:pPr><w:pStyle w:val="Title"/>'
        f'<w:spacing w:line="{_ISSUER_LINE}" w:lineRule="exact"/></w:pPr>{_red(book.issuer)}</w:p>'
    )
    yield from (_BLANK, _BLANK)
    yield (
        '<w:p><w:pPr><w:pStyle w:val="Normal"/>'
        f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{_RULE_DROP}" w:color="{RED}"/></w:pBdr>'
        f'<w:jc w:val="center"/></w:pPr>{run(book.number)}</w:p>'
    )
    yield from (_BLANK, _BLANK)


def _opening(book: Book) -> Iterator[str]:
    """Yield title, foreword and signature: the first page bears text (§7.3.3)."""
    yield plain("Title", book.title)
    yield _BLANK
    signature = (_office(book), _said(book.issued_on))
    said = [Paragraph((Words(words),)) for words in book.foreword]
    signed = [Paragraph((Words(words),), Role.SIGNATURE) for words in signature]
    yield body_of([*said, *signed])


def _contents(book: Book) -> Iterator[str]:
    yield plain("Title", "目　　录", more="<w:pageBreakBefore/>")
    yield _BLANK
    for place, chapter in enumerate(book.chapters, start=1):
        yield plain("Addressee", f"{in_characters(place)}、{chapter.title}")


def _chapter(place: int, chapter: Chapter) -> str:
    """Return a text on a new page; its number in the contents stands before its title."""
    title = plain("Heading1", f"{in_characters(place)}、{chapter.title}", more="<w:pageBreakBefore/>")
    return title + paragraph("Subtitle", [Words(chapter.note)]) + _BLANK + body_of(chapter.blocks)


def _colophon(book: Book) -> str:
    """Return 版记 at the foot of the last page's type area: who printed it and when, between two thick rules (§7.4).

    A framed paragraph, since not every program lets a table float.
    """
    rule = f'w:val="single" w:sz="{_THICK}" w:space="1" w:color="000000"/>'
    words = f"<w:t>\u3000{text_of(_office(book))}办公室</w:t><w:tab/><w:t>{_said(book.issued_on)}印发</w:t>"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:framePr w:w="{TEXT_WIDTH}" w:wrap="around" w:vAnchor="margin"'
        ' w:hAnchor="margin" w:xAlign="center" w:yAlign="bottom"/>'
        f"<w:pBdr><w:top {rule}<w:bottom {rule}</w:pBdr>"
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - _SIZE_4}"/></w:tabs></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>{words}</w:r></w:p>{_space(LINE_PITCH)}'
    )


def _office(book: Book) -> str:
    return book.issuer.removesuffix("文件")


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _space(twips: int) -> str:
    return f'<w:p><w:pPr><w:spacing w:line="{twips}" w:lineRule="exact"/></w:pPr></w:p>'


def _red(words: str) -> str:
    font = (
        f'<w:rFonts w:ascii="{TITLE_FONT.name}" w:eastAsia="{TITLE_FONT.name}" w:hAnsi="{TITLE_FONT.name}"/>'
    )
    return (
        f'<w:r><w:rPr>{font}<w:color w:val="{RED}"/><w:spacing w:val="0"/><w:sz w:val="{_red_size(words)}"/>'
        f'<w:szCs w:val="{_red_size(words)}"/></w:rPr><w:t>{text_of(words)}</w:t></w:r>'
    )


def _red_size(words: str) -> int:
    """Return the half-points at which the issuer fills the line but never passes it; 初号 (42 pt) at most."""
    return min(84, 2 * TEXT_WIDTH // 20 // max(len(words), 1))
