"""One scan of a fact for many figures, periods and groups at once: put together from compiled SQL and run.

Counts, sums, extremes and both sides of rates stand in one SELECT; medians and distinct counts take one each, grouped
by value and finished in Python, which is the same on every database.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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

__all__ = ["Ask", "Ground", "Group", "Numbers", "Select", "extreme_is", "scanned", "subjects"]

Group = tuple[str, ...]
Numbers = list[int | Decimal | None]
Row = tuple[Any, ...]
"""A row as the database hands it over: groups, then numbers."""
_EXTREMES = {Measure.LARGEST: max, Measure.SMALLEST: min}
_BY_VALUE = (Measure.MEDIAN, Measure.DISTINCT)


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
    shared = [place for place, ask in enumerate(asks) if ask.figure.measure not in _BY_VALUE]
    found: dict[int, dict[Group, Numbers]] = {place: {} for place in range(len(asks))}
    if shared:
        _scan_shared(ground, asks, shared, found)
    for place, ask in enumerate(asks):
        if ask.figure.measure in _BY_VALUE:
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


def _scan_shared(
    ground: Ground, asks: Sequence[Ask], places: Sequence[int], found: dict[int, dict[Group, Numbers]]
) -> None:
    """Run the one SELECT that answers every ask of `places`."""
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
    for row in _rows(ground, [asks[place] for place in places], columns, where, params):
        group, numbers = _group_of(ground, row), list(row[len(ground.groups) :])
        for place, width in zip(places, widths, strict=True):
            own, numbers = numbers[:width], numbers[width:]
            standing = found[place].get(group)
            found[place][group] = _added(asks[place], standing, own) if standing else own


def _scan_values(ground: Ground, ask: Ask) -> dict[Group, Numbers]:
    """Return value after value with how often it occurs, by group."""
    times: dict[Group, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    where = [condition_of(ground, ask, 0), *bounds(ground, [ask], [0])]
    width = len(ground.groups)
    for row in _rows(ground, [ask], [EACH], where, days(0, ask), over=filled(ask.plan.over, 0)):
        value, count = row[width], row[width + 1]
        times[_group_of(ground, row)][value] += count
    if ask.figure.measure is Measure.DISTINCT:
        return {group: [len(values)] for group, values in times.items()}
    return {group: [n for pair in values.items() for n in pair] for group, values in times.items()}


def _rows(
    ground: Ground,
    asks: Sequence[Ask],
    columns: Sequence[Column],
    where: Sequence[str],
    params: Params,
    *,
    over: str = "",
) -> Iterator[Row]:
    """Yield groups with their numbers, of one source after the other; with `over` its value is one head more."""
    among, of_filter = narrowed(ground)
    heads = [group_sql(ground, name, asks[0]) for name in ground.groups] + ([over] if over else [])
    kept = " AND ".join([*where, *among, *([f"{over} IS NOT NULL"] if over else [])])
    for number, source in enumerate(sources(ground, asks)):
        rows, of_rows = named(source, f"s{number}_")
        told = {**params, **of_filter, **of_rows, **days("g", asks[0])}
        yield from tallied(heads, columns, f'FROM ({rows}) "f" WHERE {kept or true()}', told)


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
