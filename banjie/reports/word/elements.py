"""Elements of WordprocessingML as text: runs, paragraphs and tables, their children in the order of the schema."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from banjie.reports.paper import Span, Words

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EAST_ASIAN = frozenset("—…·“”‘’")
"""Marks that a Western font has too: in Chinese words they take the width of a character."""


def text_of(words: str) -> str:
    """Return words as they may stand in XML; what XML cannot hold is left out."""
    return escape(_NOT_XML.sub("", words))


def run(words: str, *, is_strong: bool = False) -> str:
    """Return one run."""
    hint = '<w:rFonts w:hint="eastAsia"/>' if _EAST_ASIAN & set(words) else ""
    strong = "<w:b/>" if is_strong else ""
    marks = f"<w:rPr>{hint}{strong}</w:rPr>" if hint or strong else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text_of(words)}</w:t></w:r>'


def runs(spans: Sequence[Span]) -> str:
    """Return the runs of spans, words and numbers in one run as long as they look the same."""
    joined: list[tuple[str, bool]] = []
    for span in spans:
        if joined and joined[-1][1] == span.is_strong:
            joined[-1] = (joined[-1][0] + span.text, span.is_strong)
        else:
            joined.append((span.text, span.is_strong))
    return "".join(run(words, is_strong=is_strong) for words, is_strong in joined)


def paragraph(style: str, spans: Sequence[Span], *, more: str = "") -> str:
    """Return a paragraph of a style; `more` are properties of its own, in the order of the schema."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{more}</w:pPr>{runs(spans)}</w:p>"


def plain(style: str, words: str, *, more: str = "") -> str:
    """Return a paragraph of plain words."""
    return paragraph(style, [Words(words)], more=more)


def indent_right(characters: float) -> str:
    """Return an indent from the right by so many characters of size 3."""
    hundredths, twips = round(characters * 100), round(characters * 320)
    return f'<w:ind w:right="{twips}" w:rightChars="{hundredths}"/>'


def cell(inside: str, width: int) -> str:
    """Return a cell of a width in twips."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
    )


def row(cells: str, *, is_head: bool = False) -> str:
    """Return a row that no page break cuts; the head is repeated on each page."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def table(rows: str, widths: Sequence[int]) -> str:
    """Return a black-and-white table of fixed columns, in twips."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )
