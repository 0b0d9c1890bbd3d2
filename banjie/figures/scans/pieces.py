"""The pieces of SQL that a scan is put together from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from banjie.base.declarations import Fact, FactColumn, Holds, Names
from banjie.figures.catalogue import Figure
from banjie.figures.compiling import FactPlan, Plan
from banjie.figures.expressions import DAYS
from banjie.figures.periods import Period

Rows = QuerySet[Any, Any]
Params = dict[str, Any]
MONTH_DIGITS = 7
SHORT = 92
"""Days up to which a period is sought by an index."""
_PLACE = re.compile("%%|%s")


@dataclass(frozen=True)
class Ask:
    """One figure for one period, of which `past` is the last day that is wholly over."""

    figure: Figure
    plan: Plan
    period: Period
    past: date


@dataclass(frozen=True)
class Ground:
    """What is scanned: a town's rows of a fact, narrowed to some values of columns, grouped by columns.

    `folds` stand beside the groups: which of a group's values are told as another one, such as what they lie under.
    """

    town: str
    fact: Fact
    plan: FactPlan
    groups: tuple[str, ...] = ()
    folds: tuple[Mapping[str, str], ...] = ()
    among: Mapping[str, Sequence[str]] = field(default_factory=dict)


def condition_of(
    ground: Ground, ask: Ask, place: int, *, is_standing: bool = True, part: str = "base"
) -> str:
    """Return the condition of a figure as SQL, its days as those of its place."""
    parts = [ask.plan.where, ground.plan.standing if is_standing else ""]
    if part == "top":
        parts.append(ask.plan.top)
    elif part == "rest":
        parts.append(f"NOT COALESCE(({ask.plan.top}), {_false()})")
    return " AND ".join(f"({filled(sql, place)})" for sql in parts if sql) or true()


def true() -> str:
    """Return what holds of every row."""
    return "TRUE" if connection.vendor == "postgresql" else "1"


def _false() -> str:
    return "FALSE" if connection.vendor == "postgresql" else "0"


def bounds(ground: Ground, asks: Sequence[Ask], places: Sequence[int]) -> Iterator[str]:
    """Yield the bound on the one column of days that every figure keeps inside its period, for the index.

    Over longer spans most rows lie inside, and one look at all of them is quicker than many by an index.
    """
    anchors = {ask.plan.anchor for ask in asks}
    if len(anchors) != 1 or not (anchor := anchors.pop()) or sum(ask.period.days for ask in asks) > SHORT:
        return
    first = min(zip(asks, places, strict=True), key=lambda pair: pair[0].period.from_on)[1]
    last = max(zip(asks, places, strict=True), key=lambda pair: pair[0].period.to_on)[1]
    yield f'"f"."{anchor}" BETWEEN %(from_{first})s AND %(to_{last})s'


def sources(ground: Ground, asks: Sequence[Ask]) -> Iterator[Rows]:
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


def named(rows: Rows, prefix: str) -> tuple[str, Params]:
    """Return a query set's SQL with its parameters by name, to stand beside ours."""
    sql, given = rows.query.sql_with_params()
    names = iter([f"{prefix}{n}" for n in range(len(given))])
    named = _PLACE.sub(lambda found: found[0] if found[0] == "%%" else f"%({next(names)})s", sql)
    return named, {f"{prefix}{n}": value for n, value in enumerate(given)}


def days(place: int | str, ask: Ask) -> Params:
    """Return the days of a figure as parameters of its place."""
    told = (ask.period.from_on, ask.period.to_on, ask.past)
    adapt = connection.ops.adapt_datefield_value
    return {f"{name}_{place}": adapt(day) for name, day in zip(DAYS, told, strict=True)}


def filled(sql: str, place: int | str) -> str:
    """Return SQL with the days of a place where they stand."""
    for name in DAYS:
        sql = sql.replace(f"@{name}@", f"%({name}_{place})s")
    return sql


def column_of(ground: Ground, name: str) -> FactColumn:
    """Return a column of what is scanned."""
    return next(column for column in ground.fact.columns if column.name == name)


def group_sql(ground: Ground, name: str, ask: Ask) -> str:
    """Return a group as SQL."""
    column = column_of(ground, name)
    if column.expression:
        return filled(ground.plan.derived[name], "g")
    return _month_sql(name) if column.holds is Holds.DAY else f'"f"."{name}"'


def _month_sql(name: str) -> str:
    if connection.vendor == "postgresql":
        return f'to_char("f"."{name}"::timestamp, \'YYYY-MM\')'
    return f'substr("f"."{name}", 1, {MONTH_DIGITS})'


def narrowed(ground: Ground) -> tuple[list[str], Params]:
    """Return what narrows the rows to some values of columns; an empty value asks for rows that have none."""
    conditions: list[str] = []
    params: Params = {}
    for number, (name, values) in enumerate(ground.among.items()):
        column = column_of(ground, name)
        sql = f"({ground.plan.derived[name]})" if column.expression else f'"f"."{name}"'
        sql = filled(sql, 0)
        if column.holds is Holds.DAY:
            sql = _month_sql(name)
        if "" in values:
            is_text = column.names is not Names.UNIT and column.holds is Holds.WORD
            conditions.append(f"({sql} IS NULL OR {sql} = '')" if is_text else f"{sql} IS NULL")
            continue
        told = {f"among_{number}_{place}": _stored(column, value) for place, value in enumerate(values)}
        conditions.append(f"{sql} IN ({', '.join(f'%({name})s' for name in told)})")
        params |= told
    return conditions, params


def _stored(column: FactColumn, value: str) -> object:
    if column.names is not Names.UNIT:
        return value
    return UUID(value) if connection.features.has_native_uuid_field else UUID(value).hex
