"""Figures as pages show them: numbers with their records, bases beside rates, and the words of a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from banjie.base.declarations import Fact, FactColumn
from banjie.desk.figures.asking import Asked
from banjie.desk.figures.entries import DEED_TITLES
from banjie.figures.catalogue import Better, Figure
from banjie.figures.comparing import PREFIX, Against, Course, compared
from banjie.figures.levels import column_in, with_levels
from banjie.figures.naming import names_in
from banjie.figures.periods import Period
from banjie.figures.queries import ALL, Catalogue, computed_over
from banjie.figures.values import Value, missing
from banjie.rulebook.queries import rules_on

MONTHS_SHOWN = 12
CARD = (
    "case.received",
    "case.done",
    "case.undone",
    "case.overdue",
    "case.due_on_time",
    "case.done_on_time",
    "case.days_used",
)
"""What a table by group tells, one column each."""


@dataclass(frozen=True)
class Cell:
    """A number with the address of its records; `title` says why where there is none."""

    words: str
    href: str
    fraction: str
    title: str
    number: str = ""
    is_small: bool = False


@dataclass(frozen=True)
class Line:
    """A figure of the catalogue in a period, and what it was in the earlier one."""

    key: str
    title: str
    href: str
    note: str
    now: Cell
    before: Cell
    change: str
    why: str
    course: Course
    is_bad: bool


@dataclass(frozen=True)
class Shelf:
    """The figures of one fact."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GroupLine:
    """One group with its numbers."""

    name: str
    cells: tuple[Cell, ...]


def cell_of(
    figure: Figure,
    value: Value,
    asked: Asked,
    *,
    least: int,
    period: Period | None = None,
    more: Mapping[str, str] | None = None,
) -> Cell:
    """Return a number as it is shown; one that is missing opens nothing."""
    href = "" if value.is_missing else asked.records(figure.key, period=period, more=more)
    is_rate = value.denominator is not None and value.numerator is not None
    return Cell(
        words=value.words,
        href=href,
        fraction=value.fraction_words if is_rate and not value.is_missing else "",
        title=value.missing,
        number="" if value.is_missing else f"{value.printed:f}",
        is_small=figure.is_rate and not value.is_missing and value.is_small(least),
    )


def line_of(
    figure: Figure, now: Value, before: Value, asked: Asked, *, least: int, against: Against | None = None
) -> Line:
    """Return a figure with its comparison; `is_bad` says that it went the wrong way."""
    held = against or asked.against
    base = asked.period.same_last_year if held is Against.LAST_YEAR else asked.period.previous
    told = compared(now, before, against=held, digits=1)
    bad = {Better.MORE: Course.DOWN, Better.LESS: Course.UP}.get(figure.better)
    return Line(
        key=figure.key,
        title=figure.title,
        href=f"{reverse('figures:figure', args=[figure.key])}?{asked.query()}",
        note=figure.note,
        now=cell_of(figure, now, asked, least=least),
        before=cell_of(figure, before, asked, least=least, period=base),
        change=told.words.removeprefix(PREFIX[held]),
        why=told.note,
        course=told.course,
        is_bad=told.course is bad,
    )


def shelves_of(
    catalogue: Catalogue, asked: Asked, *, keys: Sequence[str], town: str, least: int
) -> list[Shelf]:
    """Return these figures of the catalogue by their fact, this period beside the earlier one, one scan per fact."""
    periods = [asked.period, asked.base]
    told = computed_over(town, keys, periods, today=asked.today)
    shelves: dict[str, list[Line]] = {}
    for key in keys:
        figure = catalogue.figures[key]
        now, before = (told.get((period, key, ALL)) or _nothing(figure) for period in periods)
        shelves.setdefault(catalogue.fact(key).title, []).append(
            line_of(figure, now, before, asked, least=least)
        )
    return [Shelf(title, tuple(lines)) for title, lines in shelves.items()]


def table_of(
    catalogue: Catalogue, keys: Sequence[str], asked: Asked, *, town: str, least: int
) -> tuple[list[Figure], list[GroupLine], GroupLine]:
    """Return the figures, a line for each group in the order of the first figure, and the line of all together."""
    figures = [catalogue.figure(key) for key in keys if key in catalogue.figures]
    keys = [figure.key for figure in figures]
    column = column_of(catalogue.fact(keys[0]), asked.group)
    told = computed_over(town, keys, [asked.period], group=asked.group, today=asked.today)
    whole = computed_over(town, keys, [asked.period], today=asked.today)
    by_group: dict[str, dict[str, Value]] = {}
    for (_, key, value), number in told.items():
        by_group.setdefault(value, {})[key] = number
    kept = {value: row for value, row in by_group.items() if any(_tells(number) for number in row.values())}
    names = group_names(town, column, kept, on=asked.today)
    lines = [
        GroupLine(
            names[value],
            _cells(figures, kept[value], asked, least=least, more={"group": asked.group, "value": value}),
        )
        for value in _ordered(kept, keys[0], column)
    ]
    total = {key: whole[asked.period, key, ALL] for key in keys}
    return figures, lines, GroupLine("合计", _cells(figures, total, asked, least=least))


def months_of(figure: Figure, asked: Asked, *, town: str, least: int) -> list[GroupLine]:
    """Return the figure for each of the twelve months up to the period's end, the last as far as it has gone."""
    months = Period(_months_before(asked.period.to_on, MONTHS_SHOWN), asked.period.to_on).months
    told = computed_over(town, [figure.key], months, today=asked.today)
    return [
        GroupLine(
            f"{month.from_on.year}年{month.from_on.month}月",
            (cell_of(figure, told[month, figure.key, ALL], asked, least=least, period=month),),
        )
        for month in months
    ]


def group_names(town: str, column: FactColumn, values: Iterable[str], *, on: date) -> dict[str, str]:
    """Return the names of a group's values; those of deeds are the desk's own words (U37)."""
    names = names_in(town, column, values, on=on)
    return {value: DEED_TITLES.get(value, words) for value, words in names.items()}


def column_of(fact: Fact, name: str) -> FactColumn:
    """Return a column by which a fact is grouped, at the level that its name tells."""
    column = column_in(fact.groups, name)
    assert column is not None  # noqa: S101  the address is read against the fact's own groups
    return column


def groups_of(catalogue: Catalogue, key: str, *, town: str, on: date) -> tuple[FactColumn, ...]:
    """Return what a figure can be grouped by, levels of categories among it; a quotient by what both figures know."""
    figure = catalogue.figure(key)
    groups = catalogue.fact(key).groups
    if figure.by:
        known = {column.name for column in catalogue.facts[catalogue.figure(figure.by).fact].groups}
        groups = tuple(column for column in groups if column.name in known)
    return with_levels(groups, rules_on(town, on).categories)


def _cells(
    figures: Sequence[Figure],
    numbers: Mapping[str, Value],
    asked: Asked,
    *,
    least: int,
    more: Mapping[str, str] | None = None,
) -> tuple[Cell, ...]:
    return tuple(
        cell_of(figure, numbers.get(figure.key) or _nothing(figure), asked, least=least, more=more)
        for figure in figures
    )


def _ordered(by_group: Mapping[str, Mapping[str, Value]], key: str, column: FactColumn) -> list[str]:
    """Return the groups, months and stages in their own order, others with the largest number first."""
    if column.holds.value == "day":
        return sorted(by_group)
    if column.choices:
        order = list(column.choices)
        return sorted(by_group, key=lambda value: order.index(value) if value in order else len(order))

    def size(value: str) -> tuple[bool, object, str]:
        number = by_group[value].get(key)
        first = 0 if number is None or number.number is None else -number.number
        return (value == "", first, value)

    return sorted(by_group, key=size)


def _tells(value: Value) -> bool:
    return bool(value.number) or bool(value.denominator)


def _nothing(figure: Figure) -> Value:
    return missing("没有这样的件", unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - count
    return date(months // 12, months % 12 + 1, 1)
