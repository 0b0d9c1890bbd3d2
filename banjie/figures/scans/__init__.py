"""One scan of a fact for many figures, periods and groups at once: put together from compiled SQL and run.

Counts, sums, extremes and both sides of rates stand in one SELECT; medians and distinct counts take one each, grouped
by value and finished in Python, which is the same on every database.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from banjie.base.declarations import FactColumn, Names
from banjie.figures.catalogue import Measure
from banjie.figures.scans.pieces import (
    Ask,
    Ground,
    Params,
    bounds,
    column_of,
    condition_of,
    days,
    filled,
    group_sql,
    named,
    narrowed,
    sources,
    true,
)
from banjie.figures.scans.tallies import EACH, Column, How, tallied

__all__ = [
    "BY_VALUE",
    "Ask",
    "Ground",
    "Group",
    "Numbers",
    "Scan",
    "Select",
    "extreme_is",
    "numbers_of",
    "scanned",
    "shared_scan",
    "subjects",
    "take_shared",
    "value_scan",
]

Group = tuple[str, ...]
Numbers = list[int | Decimal | None]
Row = tuple[Any, ...]
"""A row as the database hands it over: groups, then numbers."""
_EXTREMES = {Measure.LARGEST: max, Measure.SMALLEST: min}
BY_VALUE = (Measure.MEDIAN, Measure.DISTINCT)


@dataclass(frozen=True)
class Select:
    """A piece of SQL over the alias `f` with its named parameters."""

    sql: str
    params: Params


def scanned(ground: Ground, asks: Sequence[Ask]) -> dict[int, dict[Group, Numbers]]:
    """Return for each ask, by its place, the numbers of each group: what its measure needs, rows of all sources added.

    A count has one number, a rate base and top, a sum one, an average sum and count, an extreme one. Of a median and
    a distinct count the numbers are pairs of value and times, one after the other, for `finished` to read.
    """
    shared = [place for place, ask in enumerate(asks) if ask.figure.measure not in BY_VALUE]
    found: dict[int, dict[Group, Numbers]] = {place: {} for place in range(len(asks))}
    if shared:
        _scan_shared(ground, asks, shared, found)
    for place, ask in enumerate(asks):
        if ask.figure.measure in BY_VALUE:
            found[place] = _scan_values(ground, ask)
    return found


def subjects(ground: Ground, ask: Ask, *, part: str, by: str = "") -> Select:
    """Return a select of the ids that stand behind a figure; `part` is base, top or rest (of a rate).

    With `by`, a stored column of the fact, that column stands beside them to be ordered by.
    """
    condition = condition_of(ground, ask, 0, part=part)
    beside = f', "f"."{by}" AS "by"' if by else ""
    selects: list[str] = []
    params = days(0, ask)
    for number, source in enumerate(sources(ground, [ask])):
        rows, of_rows = named(source, f"s{number}_")
        params |= of_rows
        kept, of_filter = narrowed(ground)
        params |= of_filter
        where = " AND ".join([condition, *kept])
        sql = f'SELECT "f"."{ground.fact.subject}" AS "id"{beside} FROM ({rows}) "f" WHERE {where}'  # noqa: S608
        selects.append(sql)
    return Select(" UNION ALL ".join(selects), params)


def extreme_is(ask: Ask, select: Select, number: int | Decimal) -> Select:
    """Return the select narrowed to the rows that hold the extreme itself."""
    at_it = f" AND {filled(ask.plan.over, 0)} = %(extreme)s"
    return Select(
        " UNION ALL ".join(one + at_it for one in select.sql.split(" UNION ALL ")),
        {**select.params, "extreme": int(number)},
    )


@dataclass(frozen=True)
class Scan:
    """A scan on its way: the numbers of each source, how many belong to which ask, and the SELECT from its FROM on."""

    places: Sequence[int]
    columns: Sequence[Column]
    widths: Sequence[int]
    sources: Sequence[Select]


def shared_scan(ground: Ground, asks: Sequence[Ask], places: Sequence[int]) -> Scan:
    """Return the one scan that answers every ask of `places`."""
    is_single = len({(asks[place].period, asks[place].past) for place in places}) == 1
    columns: list[Column] = []
    params: Params = {}
    widths: list[int] = []
    for place in places:
        told = list(_columns(ground, asks[place], place, is_standing=not is_single))
        columns += told
        widths.append(len(told))
        params |= days(place, asks[place])
    where = list(bounds(ground, [asks[place] for place in places], places))
    if is_single and ground.plan.standing:
        where.append(f"({filled(ground.plan.standing, places[0])})")
    return Scan(
        places, columns, widths, list(_selects(ground, [asks[place] for place in places], where, params))
    )


def take_shared(
    ground: Ground, asks: Sequence[Ask], scan: Scan, row: Row, found: dict[int, dict[Group, Numbers]]
) -> None:
    """Add what a row of a scan tells to what is found of each ask."""
    group, numbers = _group_of(ground, row), list(row[len(ground.groups) :])
    for place, width in zip(scan.places, scan.widths, strict=True):
        own, numbers = numbers[:width], numbers[width:]
        standing = found[place].get(group)
        found[place][group] = _added(asks[place], standing, own) if standing else own


def value_scan(ground: Ground, ask: Ask) -> tuple[str, Sequence[Select]]:
    """Return the values of an ask whose occurrences are counted, and the SELECT of each source from its FROM on."""
    over = filled(ask.plan.over, 0)
    where = [condition_of(ground, ask, 0), *bounds(ground, [ask], [0]), f"{over} IS NOT NULL"]
    return over, list(_selects(ground, [ask], where, days(0, ask)))


def numbers_of(ask: Ask, times: Mapping[Any, int]) -> Numbers:
    """Return what a median or a distinct count needs of how often each value occurs."""
    if ask.figure.measure is Measure.DISTINCT:
        return [len(times)]
    return [n for pair in times.items() for n in pair]


def _scan_shared(
    ground: Ground, asks: Sequence[Ask], places: Sequence[int], found: dict[int, dict[Group, Numbers]]
) -> None:
    """Run the one SELECT that answers every ask of `places`."""
    scan = shared_scan(ground, asks, places)
    heads = [group_sql(ground, name, asks[places[0]]) for name in ground.groups]
    for source in scan.sources:
        for row in tallied(heads, scan.columns, source.sql, source.params):
            take_shared(ground, asks, scan, row, found)


def _scan_values(ground: Ground, ask: Ask) -> dict[Group, Numbers]:
    """Return value after value with how often it occurs, by group."""
    times: dict[Group, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    over, selects = value_scan(ground, ask)
    heads = [*(group_sql(ground, name, ask) for name in ground.groups), over]
    width = len(ground.groups)
    for source in selects:
        for row in tallied(heads, [EACH], source.sql, source.params):
            value, count = row[width], row[width + 1]
            times[_group_of(ground, row)][value] += count
    return {group: numbers_of(ask, values) for group, values in times.items()}


def _selects(ground: Ground, asks: Sequence[Ask], where: Sequence[str], params: Params) -> Iterator[Select]:
    """Yield the SELECT of each source from its FROM on."""
    among, of_filter = narrowed(ground)
    kept = " AND ".join([*where, *among])
    for number, source in enumerate(sources(ground, asks)):
        rows, of_rows = named(source, f"s{number}_")
        told = {**params, **of_filter, **of_rows, **days("g", asks[0])}
        yield Select(f'FROM ({rows}) "f" WHERE {kept or true()}', told)


def _columns(ground: Ground, ask: Ask, place: int, *, is_standing: bool) -> Iterator[Column]:
    base = condition_of(ground, ask, place, is_standing=is_standing)
    over = f"CASE WHEN {base} THEN {filled(ask.plan.over, place)} END"
    measure = ask.figure.measure
    if measure in (Measure.COUNT, Measure.RATE):
        yield _count(base)
    if measure is Measure.RATE:
        yield _count(f"{base} AND ({filled(ask.plan.top, place)})")
    if measure in (Measure.SUM, Measure.AVERAGE):
        yield Column(How.SUM, over)
    if measure is Measure.AVERAGE:
        yield Column(How.COUNT, over)
    if measure in _EXTREMES:
        yield Column(How.MAX if measure is Measure.LARGEST else How.MIN, over)


def _count(condition: str) -> Column:
    return Column(How.COUNT, f"CASE WHEN {condition} THEN 1 END")


def _group_of(ground: Ground, row: Row) -> Group:
    told = [_told(column_of(ground, name), value) for name, value in zip(ground.groups, row, strict=False)]
    return tuple(folds.get(value, value) for folds, value in zip(ground.folds, told, strict=True))


def _told(column: FactColumn, value: object) -> str:
    if value in (None, ""):
        return ""
    return str(UUID(str(value))) if column.names is Names.UNIT else str(value)


def _added(ask: Ask, one: Numbers, other: Numbers) -> Numbers:
    """Put the numbers of two sources together."""
    pairs = zip(one, other, strict=True)
    if extreme := _EXTREMES.get(ask.figure.measure):
        told = [[number for number in pair if number is not None] for pair in pairs]
        return [extreme(numbers, default=None) for numbers in told]
    return [(left or 0) + (right or 0) for left, right in pairs]
