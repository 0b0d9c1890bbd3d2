"""A paper as a Word file by GB/T 9704-2012: parts of our own, no macro, no link; the same paper, the same bytes."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from banjie.reports.book import Book
from banjie.reports.paper import Paper
from banjie.reports.word.body import document_of
from banjie.reports.word.bound import book_document
from banjie.reports.word.elements import NAMESPACE, text_of
from banjie.reports.word.page import FONTS, Font

__all__ = ["FONTS", "WORD", "Font", "write", "write_book"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARTS = Path(__file__).parent / "parts"
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/footer_odd.xml": "footer_odd.xml",
    "word/footer_even.xml": "footer_even.xml",
}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest moment that a ZIP file can hold: the bytes tell nothing of when they were made."""


def write(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .docx file; the same paper gives the same bytes."""
    return _packed(document_of(paper), _core(paper.title, paper.town_name, paper.computed_at))


def write_book(book: Book) -> bytes:
    """Return a compendium with head and colophon as the bytes of a .docx file."""
    return _packed(book_document(book), _core(book.title, book.town_name, book.made_at))


def _packed(document: str, core: str) -> bytes:
    parts = {name: _fixed(file) for name, file in _FIXED.items()}
    parts["word/fontTable.xml"] = _font_table()
    parts["docProps/core.xml"] = core
    parts["word/document.xml"] = document
    held = BytesIO()
    with ZipFile(held, "w") as package:
        for name, words in parts.items():
            place = ZipInfo(name, _FIRST_DAY)
            place.compress_type, place.create_system = ZIP_DEFLATED, 0
            package.writestr(place, words.encode())
    return held.getvalue()


@cache
def _fixed(file: str) -> str:
    return (_PARTS / file).read_text(encoding="utf-8")


def _core(title: str, creator: str, made_at: datetime) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text_of(title)}</dc:title><dc:creator>{text_of(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_moment(made_at)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_moment(made_at)}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _font_table() -> str:
    fonts = "".join(_font(font) for font in FONTS)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'
    )


def _font(font: Font) -> str:
    """Return a font with the name that may stand in for it on a machine without it (charset 134: GB 2312)."""
    return (
        f'<w:font w:name="{font.name}"><w:altName w:val="{font.stands_in}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/><w:pitch w:val="fixed"/></w:font>'
    )
