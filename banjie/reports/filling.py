"""A paper's prose with its figures filled in: marks replaced, unborne sentences left out, headings numbered."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from banjie.reports import paper as made
from banjie.reports.marks import Condition, Mark, Style
from banjie.reports.paper import Number, Words
from banjie.reports.text import TABLE_TITLE, TITLE, Block, Heading, Prose, Role, Row, Said, Span, Table, When
from banjie.rulebook.numerals import in_characters

_SIGNS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
}
_HELD_AGAINST = frozenset({Style.CHANGE, Style.STEP, Style.BEFORE})
"""Styles that hold a number against another: known is enough for them, 持平 is something to say."""
NOTHING = "—"


@dataclass(frozen=True)
class Group:
    """One value of a group and what it is called: the unit's id and its name."""

    value: str
    label: str


class Sources(Protocol):
    """Where the numbers of a paper come from."""

    def words(self, mark: Mark) -> str | None:
        """Return what a mark says that is no number, such as the period; None for a number."""

    def number(self, mark: Mark, value: str = "") -> Number:
        """Return the number of a mark, in a group's value where the mark has a group."""

    def groups(self, group: str, figures: Sequence[str]) -> Sequence[Group]:
        """Return the values of a group that have anything to say of the figures, most of the first figure first."""

    def items(self, mark: Mark) -> Sequence[Sequence[made.Span]] | None:
        """Return the items of a list such as the hot topics, the weightiest first; None where the mark is no list."""


@dataclass
class _Filling:
    """What is being filled, and how far the numbering has come."""

    sources: Sources
    in_table: bool = False

    def spans(self, spans: Sequence[Span], value: str = "") -> Iterator[made.Span]:
        for span in spans:
            if isinstance(span, Said):
                yield Words(span.words, span.is_strong)
            elif isinstance(span, Mark):
                yield from self.mark(span, value)
            elif self.holds(span.condition, value):
                yield from self.spans(span.spans, value)

    def mark(self, mark: Mark, value: str) -> Iterator[made.Span]:
        """Yield what a mark says."""
        if (words := self.sources.words(mark)) is not None:
            yield Words(words, mark.is_strong)
        elif (items := self.sources.items(mark)) is not None:
            yield from _joined(items[: mark.count or None], between="；")
        elif mark.style == Style.TOP:
            yield from _joined(self.top(mark), between="、")
        else:
            yield self.number(mark, value)

    def number(self, mark: Mark, value: str) -> Number:
        style = Style.DIGITS if self.in_table and mark.style == Style.PLAIN else mark.style
        number = self.sources.number(replace(mark, style=style), value)
        if not number.is_missing:
            return number
        return replace(number, text=NOTHING if self.in_table else f"（缺：{number.text}）")

    def top(self, mark: Mark) -> list[list[made.Span]]:
        """Return the few values of a group that have most of a figure: 道路交通（12件）."""
        found: list[list[made.Span]] = []
        named = [group for group in self.sources.groups(mark.group, [mark.name]) if group.value]
        for group in named[: mark.count or None]:
            number = self.sources.number(replace(mark, style=Style.PLAIN), group.value)
            if not number.is_missing and Decimal(number.exact):
                found.append([Words(f"{group.label}（"), number, Words("）")])
        return found

    def holds(self, condition: Condition, value: str = "") -> bool:
        """Tell whether what a condition asks is known and holds; what is not known bears no sentence."""
        mark = condition.mark
        if (items := self.sources.items(mark)) is not None:
            return _compared(condition, Decimal(len(items)))
        if mark.style == Style.TOP:
            return _compared(condition, Decimal(len(self.top(mark))))
        number = self.sources.number(mark, value)
        if mark.style in _HELD_AGAINST and not condition.sign:
            return number.is_missing == condition.is_denied
        return not number.is_missing and _compared(condition, Decimal(number.exact))


def fill(prose: Prose, sources: Sources) -> tuple[made.Block, ...]:
    """Return the blocks of a paper, each number in its place; a heading with nothing below it is left out."""
    blocks = list(_blocks(prose.blocks, _Filling(sources)))
    return tuple(_numbered(_with_something_below(blocks)))


def _blocks(blocks: Sequence[Block], filling: _Filling) -> Iterator[made.Block]:
    for block in blocks:
        if isinstance(block, When):
            if filling.holds(block.condition):
                yield from _blocks(block.blocks, filling)
        elif isinstance(block, Table):
            yield from _table(block, replace(filling, in_table=True))
        elif isinstance(block, Heading):
            yield made.Heading(block.level, tuple(filling.spans(block.spans)))
        elif spans := tuple(filling.spans(block.spans)):
            yield made.Paragraph(spans, block.role, block.line)


def _table(block: Table, filling: _Filling) -> Iterator[made.Block]:
    """Yield the table, and below it what its dashes mean; a table without rows is left out."""
    rows = [row for line in block.rows for row in _rows(line, filling)]
    if not any(not row.is_total for row in rows):
        return
    head = tuple(made.words_of(tuple(filling.spans(cell))) for cell in block.head.cells)
    yield made.Table(head, tuple(rows))
    missing = [span for row in rows for cell in row.cells for span in cell if _is_missing(span)]
    if reasons := dict.fromkeys(span.title for span in missing if isinstance(span, Number)):
        yield made.Paragraph((Words(f"注：“{NOTHING}”表示{'；'.join(reasons)}。"),), Role.NOTE)


def _rows(line: Row, filling: _Filling) -> Iterator[made.Row]:
    if not line.group:
        yield made.Row(tuple(tuple(filling.spans(cell)) for cell in line.cells), is_total=True)
        return
    figures = [
        span.name
        for cell in line.cells
        for span in cell
        if isinstance(span, Mark) and span.style != Style.EACH
    ]
    for group in filling.sources.groups(line.group, figures)[: line.most or None]:
        cells = []
        for cell in line.cells:
            cells.append(tuple(_cell(cell, line.group, group, filling)))
        yield made.Row(tuple(cells))


def _cell(cell: Sequence[Span], name: str, group: Group, filling: _Filling) -> Iterator[made.Span]:
    for span in cell:
        if isinstance(span, Mark) and span.style == Style.EACH:
            yield Words(group.label, span.is_strong)
        elif isinstance(span, Mark):
            yield from filling.mark(replace(span, group=span.group or name), group.value)
        else:
            yield from filling.spans([span], group.value)


def _is_missing(span: made.Span) -> bool:
    return isinstance(span, Number) and span.is_missing


def _joined(items: Sequence[Sequence[made.Span]], *, between: str) -> Iterator[made.Span]:
    for place, item in enumerate(items):
        if place:
            yield Words(between)
        yield from item


def _compared(condition: Condition, exact: Decimal) -> bool:
    if condition.sign:
        return _SIGNS[condition.sign](exact, Decimal(condition.limit)) != condition.is_denied
    return bool(exact) != condition.is_denied


def _with_something_below(blocks: Sequence[made.Block]) -> list[made.Block]:
    """Return the blocks without headings that head nothing before the next of their level."""
    kept: list[made.Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        if not (isinstance(block, made.Heading) and _heads_nothing(block, below)):
            kept.append(block)
    return kept[::-1]


def _heads_nothing(heading: made.Heading, below: made.Block | None) -> bool:
    if heading.level == TITLE:
        return False
    if heading.level == TABLE_TITLE:
        return not isinstance(below, made.Table)
    if isinstance(below, made.Heading):
        return below.level <= heading.level
    return below is None or _is_signature(below)


def _is_signature(block: made.Block) -> bool:
    return isinstance(block, made.Paragraph) and block.role is Role.SIGNATURE


def _numbered(blocks: Sequence[made.Block]) -> Iterator[made.Block]:
    """Yield the blocks with their headings numbered 一、（一）1.（1） and the tables 表1 (GB/T 9704 §7.3.3)."""
    counts = dict.fromkeys(range(TITLE, TABLE_TITLE + 1), 0)
    for block in blocks:
        if not isinstance(block, made.Heading):
            yield block
            continue
        counts[block.level] += 1
        for deeper in range(block.level + 1, TABLE_TITLE):
            counts[deeper] = 0
        yield replace(block, numbering=_numbering(block.level, counts[block.level]))


def _numbering(level: int, count: int) -> str:
    said = {
        2: f"{in_characters(count)}、",
        3: f"（{in_characters(count)}）",
        4: f"{count}.",
        5: f"（{count}）",
        TABLE_TITLE: f"表{count}　",
    }
    return said.get(level, "")
