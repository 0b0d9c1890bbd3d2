"""One scan of a fact for many figures, periods and groups at once: put together from compiled SQL and run.

Counts, sums, extremes and both sides of rates stand in one SELECT; medians and distinct counts take one each, grouped
by value and finished in Python, which is the same on every database.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from banjie.base.declarations import Fact, FactColumn, Holds, Names
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.compiling import FactPlan, Plan
from banjie.figures.expressions import DAYS
from banjie.figures.periods import Period

Group = tuple[str, ...]
Numbers = list[int | Decimal | None]
Rows = QuerySet[Any, Any]
Row = tuple[Any, ...]
"""A row as the database hands it over: groups, then numbers."""
Params = dict[str, Any]
MONTH_DIGITS = 7
SHORT = 92
"""Days up to which a period is sought by an index."""
_PLACE = re.compile("%%|%s")
_EXTREMES = {Measure.LARGEST: max, Measure.SMALLEST: min}
_BY_VALUE = (Measure.MEDIAN, Measure.DISTINCT)


@dataclass(frozen=True)
class Ask:
    """One figure for one period, of which `past` is the last day that is wholly over."""

    figure: Figure
    plan: Plan
    period: Period
    past: date


@dataclass(frozen=True)
class Ground:
    """What is scanned: a town's rows of a fact, narrowed by equal columns, grouped by columns."""

    town: str
    fact: Fact
    plan: FactPlan
    groups: tuple[str, ...] = ()
    equal: Mapping[str, str] = field(default_factory=dict)


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
    condition = _condition(ground, ask, 0, part=part)
    beside = f', "f"."{by}" AS "by"' if by else ""
    selects: list[str] = []
    params = _days(0, ask)
    for number, source in enumerate(_sources(ground, [ask])):
        rows, of_rows = _named(source, f"s{number}_")
        params |= of_rows
        narrowed, of_filter = _equal(ground)
        params |= of_filter
        where = " AND ".join([condition, *narrowed])
        sql = f'SELECT "f"."{ground.fact.subject}" AS "id"{beside} FROM ({rows}) "f" WHERE {where}'  # noqa: S608
        selects.append(sql)
    return Select(" UNION ALL ".join(selects), params)


def extreme_is(ask: Ask, select: Select, number: int | Decimal) -> Select:
    """Return the select narrowed to the rows that hold the extreme itself."""
    at_it = f" AND {_filled(ask.plan.over, 0)} = %(extreme)s"
    return Select(
        " UNION ALL ".join(one + at_it for one in select.sql.split(" UNION ALL ")),
        {**select.params, "extreme": int(number)},
    )


def _scan_shared(
    ground: Ground, asks: Sequence[Ask], places: Sequence[int], found: dict[int, dict[Group, Numbers]]
) -> None:
    """Run the one SELECT that answers every ask of `places`."""
    is_single = len({(asks[place].period, asks[place].past) for place in places}) == 1
    columns: list[str] = []
    params: Params = {}
    widths: list[int] = []
    for place in places:
        told = list(_columns(ground, asks[place], place, is_standing=not is_single))
        columns += told
        widths.append(len(told))
        params |= _days(place, asks[place])
    where = list(_bounds(ground, [asks[place] for place in places], places))
    if is_single and ground.plan.standing:
        where.append(f"({_filled(ground.plan.standing, places[0])})")
    for row in _rows(ground, [asks[place] for place in places], columns, where, params):
        group, numbers = _group_of(ground, row), list(row[len(ground.groups) :])
        for place, width in zip(places, widths, strict=True):
            own, numbers = numbers[:width], numbers[width:]
            standing = found[place].get(group)
            found[place][group] = _added(asks[place], standing, own) if standing else own


def _scan_values(ground: Ground, ask: Ask) -> dict[Group, Numbers]:
    """Return value after value with how often it occurs, by group."""
    times: dict[Group, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    where = [_condition(ground, ask, 0), *_bounds(ground, [ask], [0])]
    columns = [_filled(ask.plan.over, 0), "COUNT(*)"]
    width = len(ground.groups)
    for row in _rows(ground, [ask], columns, where, _days(0, ask), by=width + 1):
        value, count = row[width], row[width + 1]
        if value is not None:
            times[_group_of(ground, row)][value] += count
    if ask.figure.measure is Measure.DISTINCT:
        return {group: [len(values)] for group, values in times.items()}
    return {group: [n for pair in values.items() for n in pair] for group, values in times.items()}


def _rows(
    ground: Ground,
    asks: Sequence[Ask],
    columns: Sequence[str],
    where: Sequence[str],
    params: Params,
    *,
    by: int | None = None,
) -> Iterator[Row]:
    narrowed, of_filter = _equal(ground)
    heads = [_group_sql(ground, name, asks[0]) for name in ground.groups]
    kept = " AND ".join([*where, *narrowed])
    grouped = ", ".join(str(n + 1) for n in range(len(heads) if by is None else by))
    for number, source in enumerate(_sources(ground, asks)):
        rows, of_rows = _named(source, f"s{number}_")
        sql = f'SELECT {", ".join([*heads, *columns])} FROM ({rows}) "f"'  # noqa: S608  compiled from checked parts
        sql += (f" WHERE {kept}" if kept else "") + (f" GROUP BY {grouped}" if grouped else "")
        with connection.cursor() as cursor:
            cursor.execute(sql, {**params, **of_filter, **of_rows, **_days("g", asks[0])})
            yield from cursor.fetchall()


def _columns(ground: Ground, ask: Ask, place: int, *, is_standing: bool) -> Iterator[str]:
    base = _condition(ground, ask, place, is_standing=is_standing)
    over = _filled(ask.plan.over, place)
    measure = ask.figure.measure
    if measure in (Measure.COUNT, Measure.RATE):
        yield _count(base)
    if measure is Measure.RATE:
        yield _count(f"{base} AND ({_filled(ask.plan.top, place)})")
    if measure in (Measure.SUM, Measure.AVERAGE):
        yield f"SUM(CASE WHEN {base} THEN {over} END)"
    if measure is Measure.AVERAGE:
        yield f"COUNT(CASE WHEN {base} THEN {over} END)"
    if measure in _EXTREMES:
        yield f"{'MAX' if measure is Measure.LARGEST else 'MIN'}(CASE WHEN {base} THEN {over} END)"


def _count(condition: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def _condition(ground: Ground, ask: Ask, place: int, *, is_standing: bool = True, part: str = "base") -> str:
    parts = [ask.plan.where, ground.plan.standing if is_standing else ""]
    if part == "top":
        parts.append(ask.plan.top)
    elif part == "rest":
        parts.append(f"NOT COALESCE(({ask.plan.top}), {_false()})")
    return " AND ".join(f"({_filled(sql, place)})" for sql in parts if sql) or _true()


def _true() -> str:
    return "TRUE" if connection.vendor == "postgresql" else "1"


def _false() -> str:
    return "FALSE" if connection.vendor == "postgresql" else "0"


def _bounds(ground: Ground, asks: Sequence[Ask], places: Sequence[int]) -> Iterator[str]:
    """Yield the bound on the one column of days that every figure keeps inside its period, for the index.

    Over longer spans most rows lie inside, and one look at all of them is quicker than many by an index.
    """
    anchors = {ask.plan.anchor for ask in asks}
    if len(anchors) != 1 or not (anchor := anchors.pop()) or sum(ask.period.days for ask in asks) > SHORT:
        return
    first = min(zip(asks, places, strict=True), key=lambda pair: pair[0].period.from_on)[1]
    last = max(zip(asks, places, strict=True), key=lambda pair: pair[0].period.to_on)[1]
    yield f'"f"."{anchor}" BETWEEN %(from_{first})s AND %(to_{last})s'


def _sources(ground: Ground, asks: Sequence[Ask]) -> Iterator[Rows]:
    """Yield the selects of the fact, narrowed to the days asked for where the fact knows how."""
    fact = ground.fact
    is_bounded = bool(fact.dated) and all(ask.plan.anchor == fact.dated for ask in asks)
    for source in fact.sources:
        rows = source(ground.town)
        if fact.within and is_bounded:
            first, last = min(ask.period.from_on for ask in asks), max(ask.period.to_on for ask in asks)
            rows = fact.within(rows, ground.town, first, last)
        if not isinstance(rows, QuerySet):
            raise TypeError(f"fact {fact.name} gives no query set")
        yield rows


def _named(rows: Rows, prefix: str) -> tuple[str, Params]:
    """Return a query set's SQL with its parameters by name, to stand beside ours."""
    sql, given = rows.query.sql_with_params()
    names = iter([f"{prefix}{n}" for n in range(len(given))])
    named = _PLACE.sub(lambda found: found[0] if found[0] == "%%" else f"%({next(names)})s", sql)
    return named, {f"{prefix}{n}": value for n, value in enumerate(given)}


def _days(place: int | str, ask: Ask) -> Params:
    told = (ask.period.from_on, ask.period.to_on, ask.past)
    adapt = connection.ops.adapt_datefield_value
    return {f"{name}_{place}": adapt(day) for name, day in zip(DAYS, told, strict=True)}


def _filled(sql: str, place: int | str) -> str:
    for name in DAYS:
        sql = sql.replace(f"@{name}@", f"%({name}_{place})s")
    return sql


def _column(ground: Ground, name: str) -> FactColumn:
    return next(column for column in ground.fact.columns if column.name == name)


def _group_sql(ground: Ground, name: str, ask: Ask) -> str:
    column = _column(ground, name)
    if column.expression:
        return _filled(ground.plan.derived[name], "g")
    return _month_sql(name) if column.holds is Holds.DAY else f'"f"."{name}"'


def _month_sql(name: str) -> str:
    if connection.vendor == "postgresql":
        return f'to_char("f"."{name}"::timestamp, \'YYYY-MM\')'
    return f'substr("f"."{name}", 1, {MONTH_DIGITS})'


def _equal(ground: Ground) -> tuple[list[str], Params]:
    """Return what narrows the rows to equal columns; an empty value asks for rows that have none."""
    conditions: list[str] = []
    params: Params = {}
    for number, (name, value) in enumerate(ground.equal.items()):
        column = _column(ground, name)
        sql = f"({ground.plan.derived[name]})" if column.expression else f'"f"."{name}"'
        sql = _filled(sql, 0)
        if column.holds is Holds.DAY:
            sql = _month_sql(name)
        if value == "":
            is_text = column.names is not Names.UNIT and column.holds is Holds.WORD
            conditions.append(f"({sql} IS NULL OR {sql} = '')" if is_text else f"{sql} IS NULL")
            continue
        conditions.append(f"{sql} = %(equal_{number})s")
        params[f"equal_{number}"] = _stored(column, value)
    return conditions, params


def _stored(column: FactColumn, value: str) -> object:
    if column.names is not Names.UNIT:
        return value
    return UUID(value) if connection.features.has_native_uuid_field else UUID(value).hex


def _group_of(ground: Ground, row: Row) -> Group:
    return tuple(_told(_column(ground, name), value) for name, value in zip(ground.groups, row, strict=False))


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
