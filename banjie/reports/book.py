"""A compendium as it is bound: head, foreword, contents, chapters, colophon. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markdown_it import MarkdownIt
from markdown_it.token import Token

from banjie.reports.paper import Block, Heading, Paragraph, Row, Table, Words

_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])
_INNER = 3
"""The level of a heading within a chapter: （一） of GB/T 9704, which the text numbers itself."""


@dataclass(frozen=True)
class Chapter:
    """One text: its title, the line below it that names version and day, and its prose."""

    title: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Book:
    """A compendium of a town, issued on a day; `number` is the document number, "" while it has none."""

    title: str
    town_name: str
    issuer: str
    number: str
    issued_on: date
    made_at: datetime
    foreword: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def blocks_of(markdown: str) -> Iterator[Block]:
    """Yield Markdown as blocks of an official paper; each line of a list is a paragraph of its own."""
    tokens = _READER.parse(markdown)
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            shut = next(n for n in range(place, len(tokens)) if tokens[n].type == "table_close")
            yield _table(tokens[place:shut])
        elif token.type == "inline" and not _is_in_table(tokens, place):
            before = tokens[place - 1]
            spans = tuple(_spans(token))
            yield Heading(_INNER, spans) if before.type == "heading_open" else Paragraph(spans)


def _is_in_table(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place - 1].type in ("th_open", "td_open")


def _spans(inline: Token) -> Iterator[Words]:
    is_strong = False
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            is_strong = token.nesting == 1
        elif token.type in ("text", "code_inline") and token.content:
            yield Words(token.content, is_strong)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[tuple[Words, ...]]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(tuple(_spans(token)))
    head = tuple("".join(word.text for word in cell) for cell in rows[0])
    return Table(head, tuple(Row(tuple(cells)) for cells in rows[1:]))
