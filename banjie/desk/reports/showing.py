"""A paper as a page shows it: each number a link to the very records behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from banjie.reports.paper import (
    BREAK,
    TOPIC,
    Block,
    Cited,
    Heading,
    LastPage,
    Number,
    Paper,
    Paragraph,
    Span,
    Table,
    Words,
    words_of,
)
from banjie.reports.text import Role

OpenTopic = Callable[[int], str]
OpenPart = Callable[[str], str]


def nowhere(part: str) -> str:
    """Open nothing: only the day's sheet has parts."""
    return ""


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence: words, or a number with where it opens and what it is."""

    text: str
    href: str = ""
    title: str = ""
    is_number: bool = False
    is_missing: bool = False
    is_strong: bool = False


@dataclass(frozen=True)
class Part:
    """A block as the page lays it out; `sort` chooses its markup."""

    sort: str
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    numbering: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    lines: tuple[str, ...] = ()
    before: str = ""


def parts_of(
    paper: Paper, *, open_topic: OpenTopic, open_part: OpenPart = nowhere, before: Paper | None = None
) -> list[Part]:
    """Return the blocks of a paper; beside each paragraph what `before`, the last period's paper, said there."""
    told = _told(before)
    showing = _Showing(_topics(paper), open_topic, open_part)
    return [showing.part(block, told) for block in paper.blocks]


@dataclass(frozen=True)
class _Showing:
    """What the links of a paper need to know."""

    topics: Mapping[str, int]
    open_topic: OpenTopic
    open_part: OpenPart

    def part(self, block: Block, told: Mapping[int, str]) -> Part:
        if isinstance(block, Heading):
            return Part("heading", self.pieces(block.spans), block.level, block.numbering)
        if isinstance(block, Table):
            rows = tuple(tuple(self.pieces(cell) for cell in row.cells) for row in block.rows)
            return Part("table", head=block.head, rows=rows)
        if isinstance(block, LastPage):
            return Part("last", (Piece(block.title),), lines=block.paragraphs)
        was = told.get(block.line, "") if block.role is Role.BODY else ""
        return Part(block.role.value, self.pieces(block.spans), before=was)

    def pieces(self, spans: Sequence[Span]) -> tuple[Piece, ...]:
        return tuple(self.piece(span) for span in spans)

    def piece(self, span: Span) -> Piece:
        if isinstance(span, Words):
            return Piece(span.text.replace(BREAK, ""), is_strong=span.is_strong)
        if isinstance(span, Cited):
            return Piece(span.text, _address("cases:page", span.case), is_number=True)
        title = span.title if span.is_missing else f"{span.title}，{_days(span)}"
        return Piece(
            span.text,
            "" if span.is_missing else self.href(span),
            title,
            is_number=True,
            is_missing=span.is_missing,
            is_strong=span.is_strong,
        )

    def href(self, number: Number) -> str:
        if number.figure:
            return records_of(number)
        if number.of.startswith(TOPIC):
            return self.open_topic(self.topics[number.of])
        return _address("cases:page", number.of) if number.style == "age" else self.open_part(number.of)


def records_of(number: Number) -> str:
    """Return the address of the list behind a figure's number."""
    asked = {
        "figure": number.figure,
        "from": number.from_on.isoformat(),
        "to": number.to_on.isoformat(),
        "group": number.group,
        "value": number.value,
    }
    if not number.group:
        del asked["group"], asked["value"]
    home = _address("figures:records")
    return f"{home}?{urlencode(asked)}" if home else ""


def _days(number: Number) -> str:
    return f"{number.from_on}至{number.to_on}"


def _told(paper: Paper | None) -> dict[int, str]:
    """Return what each paragraph of a paper says, by where it stands in the text."""
    if paper is None:
        return {}
    found: dict[int, str] = {}
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.role is Role.BODY:
            found.setdefault(block.line, words_of(block.spans))
    return found


def _topics(paper: Paper) -> dict[str, int]:
    """Return the place of each topic's number among the topics of a paper."""
    named = [number.of for number in paper.numbers() if number.of.startswith(TOPIC)]
    return {of: place for place, of in enumerate(dict.fromkeys(named))}


def topic_numbers(paper: Paper, place: int) -> tuple[str, list[str]] | None:
    """Return what a topic's number is and the case numbers behind it; None where the paper has no such topic."""
    named = list(_topics(paper))
    if place >= len(named):
        return None
    number = next(number for number in paper.numbers() if number.of == named[place])
    return number.title, number.of.removeprefix(TOPIC).split(",")


def lines_of(paper: Paper) -> Iterator[str]:
    """Yield the lines of a title, broken where its author says."""
    first = paper.blocks[0]
    if isinstance(first, Heading):
        yield from words_of(first.spans).split(BREAK)


def _address(name: str, *args: object) -> str:
    """Return the address of a page, "" where this installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
