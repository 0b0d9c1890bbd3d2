"""The blocks of a paper as the body of a Word document by GB/T 9704-2012."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from banjie.reports.paper import (
    BREAK,
    Block,
    Heading,
    LastPage,
    Number,
    Paper,
    Paragraph,
    Row,
    Span,
    Table,
    Words,
    words_of,
)
from banjie.reports.text import TABLE_TITLE, TITLE, Role
from banjie.reports.wide import width_of
from banjie.reports.word.elements import NAMESPACE, cell, indent_right, paragraph, plain, row, table
from banjie.reports.word.page import (
    A4,
    BOTTOM,
    CHARACTER_SPACE,
    FOOTER,
    LEFT,
    LINE_PITCH,
    RIGHT,
    TEXT_WIDTH,
    TOP,
)

_STYLES = {1: "Title", 2: "Heading1", 3: "Heading2", 4: "Heading3", 5: "Heading4", TABLE_TITLE: "TableTitle"}
_ROLES = {Role.BODY: "Body", Role.ADDRESSEE: "Addressee", Role.SUBTITLE: "Subtitle", Role.NOTE: "TableNote"}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TITLE_WIDTH = 20
"""Characters of size 2 on a line."""
_NARROW, _WIDE = 3, 12
"""A column counts as at least and at most so many characters wide when the columns share the type area."""


def document_of(paper: Paper) -> str:
    """Return the document part of a paper."""
    return document(body_of(paper.blocks))


def body_of(blocks: Sequence[Block]) -> str:
    """Return blocks as elements of a document's body."""
    groups = [*_grouped(blocks), []]
    return "".join(chain.from_iterable(_written(group, after=after) for group, after in pairwise(groups)))


def document(body: str) -> str:
    """Return the document part around a body."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"><w:body>{body}{_section()}</w:body></w:document>'
    )


def _section() -> str:
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851"'
        f' w:footer="{FOOTER}" w:gutter="0"/><w:cols w:space="720"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{CHARACTER_SPACE}"/></w:sectPr>'
    )


def _grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks one by one, the lines of the signature together: each is set by the other's width."""
    signature: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role is Role.SIGNATURE:
            signature.append(block)
            continue
        if signature:
            yield signature
            signature = []
        yield [block]
    if signature:
        yield signature


def _written(group: Sequence[Block], *, after: Sequence[Block]) -> Iterator[str]:
    """Yield the elements of a block; a signature is not left alone on its page (no 此页无正文)."""
    block = group[0]
    if isinstance(block, Heading):
        yield from _heading(block, is_apart=not _has(after, Role.SUBTITLE))
    elif isinstance(block, Table):
        yield _table(block)
        if not _has(after, Role.NOTE):
            yield '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
    elif isinstance(block, LastPage):
        yield plain("Heading1", block.title, more="<w:pageBreakBefore/>")
        yield from (plain("Note", words) for words in block.paragraphs)
    elif block.role is Role.SIGNATURE:
        yield from _signature([one for one in group if isinstance(one, Paragraph)])
    else:
        keeps = "<w:keepNext/>" if _has(after, Role.SIGNATURE) else ""
        yield paragraph(_ROLES[block.role], block.spans, more=keeps)


def _has(group: Sequence[Block], role: Role) -> bool:
    return any(isinstance(block, Paragraph) and block.role is role for block in group)


def _heading(heading: Heading, *, is_apart: bool) -> Iterator[str]:
    """Yield a heading; a blank line parts the title from what follows it."""
    spans: tuple[Span, ...] = heading.spans
    if heading.numbering:
        spans = (Words(heading.numbering), *spans)
    if heading.level == TITLE:
        yield from (plain("Title", line) for line in title_lines(words_of(spans)))
    else:
        yield paragraph(_STYLES[heading.level], spans)
    if heading.level == TITLE and is_apart:
        yield '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:p>'


def title_lines(title: str) -> list[str]:
    """Return the lines of a title: whole where it has room, else broken where its author says."""
    whole = title.replace(BREAK, "")
    return [whole] if width_of(whole) <= TITLE_WIDTH else title.split(BREAK)


def _signature(lines: Sequence[Paragraph]) -> Iterator[str]:
    """Yield name and date without a seal (§7.3.5.2): the date starts two characters right of the name's start.

    A longer date closes at two and the name moves left; other signatures close at two, all below a blank line. No
    page parts them.
    """
    yield '<w:p><w:pPr><w:pStyle w:val="Signature"/><w:keepNext/></w:pPr></w:p>'
    widths = [width_of(words_of(line.spans)) for line in lines]
    rights = [2.0] * len(lines)
    if len(lines) == 2:
        name, day = widths
        rights = [2.0, name - day] if name - day >= 2 else [4 + day - name, 2.0]
    for place, (line, right) in enumerate(zip(lines, rights, strict=True), start=1):
        keeps = "<w:keepNext/>" if place < len(lines) else ""
        yield paragraph("Signature", line.spans, more=keeps + indent_right(right))


def _table(block: Table) -> str:
    widths = _widths(block)
    head = "".join(
        cell(plain("CellHead", words), width) for words, width in zip(block.head, widths, strict=True)
    )
    rows = "".join(_row(line, widths) for line in block.rows)
    return table(row(head, is_head=True) + rows, widths)


def _row(line: Row, widths: Sequence[int]) -> str:
    cells = []
    for place, (spans, width) in enumerate(zip(line.cells, widths, strict=True)):
        more = "" if place == 0 else f'<w:jc w:val="{_side(spans)}"/>'
        cells.append(cell(paragraph("Cell", spans, more=more), width))
    return row("".join(cells))


def _side(spans: Sequence[Span]) -> str:
    """Return the side to which a cell is set: what is one number right, words left."""
    is_number = len(spans) == 1 and isinstance(spans[0], Number)
    return "right" if is_number else "left"


def _widths(block: Table) -> list[int]:
    """Return the widths of the columns in twips: by the longest words of each, within bounds, filling the type area.

    A head may break before its unit: 收到（件） needs no more room than 收到 over （件）.
    """
    heads = [max(head.replace("（", " （").split(" "), key=width_of) for head in block.head]
    columns = zip(heads, *(map(words_of, line.cells) for line in block.rows), strict=True)
    shares = [min(max(*(width_of(words) for words in column), _NARROW), _WIDE) + 1.5 for column in columns]
    widths = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    return [TEXT_WIDTH - sum(widths[1:]), *widths[1:]]
