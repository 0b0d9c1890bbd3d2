"""A paper as it stands: blocks of words and numbers, each number knowing what it counts. No Django here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from json import dumps

from banjie.reports.text import Role


class Sort(StrEnum):
    """The three kinds of number, which are never mixed (DESIGN, A figure)."""

    COUNTED = "counted"
    QUOTED = "quoted"
    OPENING = "opening"


SORT_WORDS = {
    Sort.COUNTED: "从台账逐条计算的数",
    Sort.QUOTED: "引用其他单位的数",
    Sort.OPENING: "建账以前的期初数",
}


BREAK = " / "
"""Where a long title is to be broken, so that a sense unit stays whole (GB/T 9704 §7.3.1)."""


TOPIC = "topic:"
"""Stands in `Number.of` before the numbers of the cases that a topic's number opens."""


@dataclass(frozen=True)
class Words:
    """Words as they are written."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True)
class Number:
    """A number in a paper: what is printed, the figure it is, for which days and which group, and how it opens.

    `of` names the list that is opened where it is no figure of the catalogue, such as what is late now. `exact` is
    the value before rounding, "" where it is missing; `text` then says what is missing.
    """

    text: str
    figure: str
    title: str
    from_on: date
    to_on: date
    group: str = ""
    value: str = ""
    exact: str = ""
    style: str = "plain"
    of: str = ""
    sort: Sort = Sort.COUNTED
    is_missing: bool = False
    is_strong: bool = False

    @property
    def place(self) -> tuple[str, ...]:
        """Return what tells this number from every other of the paper."""
        return (
            self.figure,
            self.style,
            self.group,
            self.value,
            self.of,
            self.from_on.isoformat(),
            self.to_on.isoformat(),
        )


@dataclass(frozen=True)
class Cited:
    """A case cited by its number, which opens it."""

    text: str
    case: str
    is_strong: bool = False


Span = Words | Number | Cited


@dataclass(frozen=True)
class Heading:
    """A heading with its own numbering in front: 一、; level 1 is the title, 6 the title of a table."""

    level: int
    spans: tuple[Span, ...]
    numbering: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `line` is where it stands in the text it came from, to find it in the last period's paper."""

    spans: tuple[Span, ...]
    role: Role = Role.BODY
    line: int = 0


@dataclass(frozen=True)
class Row:
    """A row of cells; the first cell is words, the others mostly numbers."""

    cells: tuple[tuple[Span, ...], ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table with the head that is repeated on each page."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class LastPage:
    """数据说明: stands on a page of its own after the signature."""

    title: str
    paragraphs: tuple[str, ...]


Block = Heading | Paragraph | Table | LastPage


@dataclass(frozen=True)
class Paper:
    """A whole paper of a town: its key and title, its period, when it was worked out, and its blocks."""

    key: str
    title: str
    town: str
    town_name: str
    from_on: date
    to_on: date
    period: str
    computed_at: datetime
    article: str
    blocks: tuple[Block, ...]

    def numbers(self) -> Iterator[Number]:
        """Yield every number in the order of the paper."""
        for block in self.blocks:
            yield from (span for span in _spans_of(block) if isinstance(span, Number))

    @property
    def missing(self) -> tuple[Number, ...]:
        """Return the numbers that are missing, each of which says why."""
        return tuple(number for number in self.numbers() if number.is_missing)

    @property
    def is_lacking(self) -> bool:
        """Tell whether a sentence lacks its number; a dash in a table is none, most are rates of nothing."""
        sentences = [block for block in self.blocks if isinstance(block, Heading | Paragraph)]
        spans = [span for block in sentences for span in block.spans]
        return any(isinstance(span, Number) and span.is_missing for span in spans)

    def counts(self) -> dict[Sort, int]:
        """Return how many different numbers of each sort the paper holds."""
        places = {(number.sort, number.place) for number in self.numbers() if not number.is_missing}
        return {sort: sum(1 for found, _ in places if found is sort) for sort in Sort}


def _spans_of(block: Block) -> Iterator[Span]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from cell
    elif not isinstance(block, LastPage):
        yield from block.spans


def words_of(spans: Sequence[Span]) -> str:
    """Return spans as plain text."""
    return "".join(span.text for span in spans)


def digest_of(plain: Mapping[str, object]) -> str:
    """Return the SHA-256 of a paper in JSON with sorted keys, by which a frozen paper is known."""
    written = dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def numbers_digest(paper: Paper) -> str:
    """Return what tells a paper's numbers from those of another moment."""
    return digest_of({"numbers": [[*number.place, number.exact] for number in paper.numbers()]})


def noted(paper: Paper, words: str) -> Paper:
    """Return a paper whose last page says one thing more: that it is a draft, or when it was frozen."""
    blocks = [
        replace(block, paragraphs=(*block.paragraphs, words)) if isinstance(block, LastPage) else block
        for block in paper.blocks
    ]
    return replace(paper, blocks=tuple(blocks))
