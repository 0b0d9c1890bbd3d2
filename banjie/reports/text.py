"""The parts of a paper's prose: headings, paragraphs, tables, and what is written only when it holds.

`#` is the title, `##` 一、, `###` （一）, `####` 1., `#####` （1）, `######` the title of a table; numbering is ours. A
paragraph after the title that ends in ： names the addressee; what stands below `---` is the signature.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from banjie.reports.marks import Condition, Fault, Mark, Style

TABLE_TITLE = 6
TITLE = 1


@dataclass(frozen=True)
class Said:
    """Words as they are written."""

    words: str
    is_strong: bool = False


@dataclass(frozen=True)
class WhenSaid:
    """A part of a sentence that is written only when its condition holds."""

    condition: Condition
    spans: "tuple[Span, ...]"


Span = Said | Mark | WhenSaid


class Role(StrEnum):
    """What a paragraph is in a paper."""

    BODY = "body"
    SUBTITLE = "subtitle"
    ADDRESSEE = "addressee"
    SIGNATURE = "signature"
    NOTE = "note"


@dataclass(frozen=True)
class Heading:
    """A heading of a level; 6 is the title of a table."""

    level: int
    spans: tuple[Span, ...]
    line: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and what it is."""

    spans: tuple[Span, ...]
    line: int
    role: Role = Role.BODY


@dataclass(frozen=True)
class Row:
    """A row of a table; with a `group` it is repeated for each value of the group, at most `most` times where told."""

    cells: tuple[tuple[Span, ...], ...]
    group: str = ""
    most: int = 0


@dataclass(frozen=True)
class Table:
    """A table: its head and its rows."""

    head: Row
    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True)
class When:
    """Blocks that are written only when the condition holds."""

    condition: Condition
    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | Table | When


@dataclass(frozen=True)
class Prose:
    """A paper's prose as read, and what is wrong in it."""

    blocks: tuple[Block, ...]
    faults: tuple[Fault, ...]

    def marks(self) -> Iterator[Mark]:
        """Yield every mark, those of conditions included, in the order of the prose."""
        yield from _marks_of(self.blocks)


def _marks_of(blocks: Sequence[Block]) -> Iterator[Mark]:
    for block in blocks:
        if isinstance(block, When):
            yield block.condition.mark
            yield from _marks_of(block.blocks)
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                for cell in row.cells:
                    yield from _marks_in(cell, group=row.group)
        else:
            yield from _marks_in(block.spans)


def _marks_in(spans: Sequence[Span], *, group: str = "") -> Iterator[Mark]:
    """Yield the marks of a sentence; in a repeated row each figure is asked by the row's group."""
    for span in spans:
        if isinstance(span, WhenSaid):
            yield from _marks_in([span.condition.mark, *span.spans], group=group)
        elif isinstance(span, Mark):
            is_grouped = bool(group) and span.style != Style.EACH and not span.group
            yield replace(span, group=group) if is_grouped else span
