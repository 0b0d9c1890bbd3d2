"""Every read of figures: the catalogue in force, figures of a period by group and month, and the rows behind one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from banjie.base.declarations import FACTS, Fact
from banjie.base.errors import NotFound, RuleMissing
from banjie.figures.catalogue import Figure, Measure
from banjie.figures.compiling import Compiled, compiled
from banjie.figures.periods import Period
from banjie.figures.rules import figures_in
from banjie.figures.scans import Ask, Ground, Group, Numbers, Select, extreme_is, scanned, subjects
from banjie.figures.values import Value, counted, divided, median_of, missing, rated
from banjie.rulebook.in_force import Edition
from banjie.rulebook.queries import rules_on
from banjie.rulebook.text import Section

Keyed = dict[tuple[str, str], Value]
ALL = ""
"""The group of a figure that is not grouped."""
MONTH = "|"
"""Stands between group and month where a figure is told by both."""


@dataclass(frozen=True)
class Catalogue:
    """The figures in force for a town on a day, compiled for this database."""

    figures: Mapping[str, Figure]
    articles: Mapping[str, str]
    compiled: Compiled

    def figure(self, key: str) -> Figure:
        """Return a figure; RuleMissing when no text in force names it."""
        if key not in self.figures:
            said = f"数据指标 {key} 没有在任何生效的文本里写明"
            raise RuleMissing(f"{said}。请管理员运行 banjie rulebook check，并载入它。")
        return self.figures[key]

    def fact(self, key: str) -> Fact:
        """Return the fact that a figure counts; of two that are divided, that of the upper."""
        figure = self.figure(key)
        return FACTS[self.figure(figure.over).fact if figure.measure is Measure.OF else figure.fact]


@dataclass(frozen=True)
class Opened:
    """The very rows behind a figure: what they are, and a select of their ids."""

    opens: str
    select: Select
    is_distinct: bool = False

    @property
    def ids(self) -> RawSQL:
        """Return the ids for `filter(pk__in=…)`, whoever is then let through."""
        sql = self.select.sql
        names = sorted(self.select.params, key=len, reverse=True)
        order: list[str] = []
        pieces = sql.split("%(")
        told = pieces[0]
        for piece in pieces[1:]:
            name, rest = piece.split(")s", 1)
            order.append(name)
            told += "%s" + rest
        if not set(order) <= set(names):
            raise RuntimeError("a select names a parameter that it does not bring")
        return RawSQL(told, [self.select.params[name] for name in order])  # noqa: S611  compiled from checked parts

    @property
    def count(self) -> int:
        """Return how many rows there are, whoever asks: the figure itself, or the base of one that is divided."""
        return self._count('COUNT(DISTINCT "id")' if self.is_distinct else "COUNT(*)")

    @property
    def subject_count(self) -> int:
        """Return how many different subjects the rows are of, whoever asks."""
        return self._count('COUNT(DISTINCT "id")')

    def _count(self, what: str) -> int:
        sql = f'SELECT {what} FROM ({self.select.sql}) "o"'  # noqa: S608  compiled from checked parts
        with connection.cursor() as cursor:
            cursor.execute(sql, self.select.params)
            return int(cursor.fetchone()[0])


def catalogue_on(town: str, on: date) -> Catalogue:
    """Return the catalogue in force for a town on a day; compiled once per set of texts and database."""
    rules = rules_on(town, on)
    catalogue = _catalogue(tuple(rules.texts(Section.FIGURES)), _dialect())
    asked = {name: _whole(rules.setting(name)) for name in catalogue.compiled.settings}
    return replace(catalogue, compiled=catalogue.compiled.settled(asked)) if asked else catalogue


def computed(
    town: str,
    keys: Iterable[str],
    period: Period,
    *,
    group: str | None = None,
    by_month: bool = False,
    where: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Keyed:
    """Return each figure of the period by (key, group value); the group value is empty where none is asked for.

    With `by_month` each month is reckoned as a period of its own and keyed 2026-03, behind a group as group|2026-03.
    `where` narrows to equal columns, such as one unit. `today` keeps what is due today from counting as late; without
    it the period counts as over. Figures of one fact share one scan.
    """
    periods = list(period.months) if by_month else [period]
    found = computed_over(town, keys, periods, group=group, where=where, today=today)
    if not by_month:
        return {(key, value): told for (_, key, value), told in found.items()}
    return {
        (key, f"{value}{MONTH}{told_for.month_key}" if group else told_for.month_key): told
        for (told_for, key, value), told in found.items()
    }


def computed_over(
    town: str,
    keys: Iterable[str],
    periods: Sequence[Period],
    *,
    group: str | None = None,
    where: Mapping[str, str] | None = None,
    today: date | None = None,
) -> dict[tuple[Period, str, str], Value]:
    """Return each figure of several periods by (period, key, group value), all of one fact in one scan."""
    catalogue = catalogue_on(town, _ruling_day(periods, today))
    wanted = [catalogue.figure(key) for key in dict.fromkeys(keys)]
    plain = {part.key: part for figure in wanted for part in _parts(catalogue, figure)}
    groups = tuple(group.split("+")) if group else ()
    numbers: dict[tuple[Period, str], dict[Group, Numbers]] = {}
    by_fact: dict[str, list[Figure]] = defaultdict(list)
    for figure in plain.values():
        by_fact[figure.fact].append(figure)
    for name, figures in by_fact.items():
        ground = _ground(catalogue, FACTS[name], town, groups=groups, where=where)
        for some in _scanned_together(ground, periods):
            asks = [_ask(catalogue, figure, one, today) for one in some for figure in figures]
            for place, told in scanned(ground, asks).items():
                numbers[asks[place].period, asks[place].figure.key] = told
    begun = {name: begins(town) if (begins := FACTS[name].begun) else None for name in by_fact}
    return {
        (one, figure.key, value): told
        for one in periods
        for figure in wanted
        for value, told in _values(catalogue, figure, one, numbers, begun).items()
    }


def opened(
    town: str,
    key: str,
    period: Period,
    *,
    group: str | None = None,
    value: str = ALL,
    part: str = "base",
    where: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Opened:
    """Return the very rows behind a figure, counted by the same condition.

    `part` chooses of a rate its base, its top or the rest that fell short; of two figures divided, top is the upper.
    Raises NotFound for a figure or group that the catalogue does not know.
    """
    catalogue = catalogue_on(town, _ruling_day([period], today))
    if key not in catalogue.figures:
        raise NotFound("没有这个数据指标，或它现在不生效。请从数据指标页重新打开。")
    figure = catalogue.figure(key)
    if figure.measure is Measure.OF:
        figure = catalogue.figure(figure.over if part == "top" else figure.by)
        part = "base"
    fact = FACTS[figure.fact]
    equal = dict(where or {})
    if group:
        equal |= dict(zip(group.split("+"), value.split("+"), strict=False))
    ground = _ground(catalogue, fact, town, where=equal)
    ask = _ask(catalogue, figure, period, today)
    select = subjects(ground, ask, part=part if figure.measure is Measure.RATE else "base")
    if figure.measure in (Measure.LARGEST, Measure.SMALLEST):
        number = scanned(ground, [ask])[0].get((), [None])[0]
        select = extreme_is(ask, select, 0 if number is None else number)
    return Opened(fact.opens, select, is_distinct=figure.measure is Measure.DISTINCT)


def first_opened(
    town: str, key: str, period: Period, *, by: str, most: int, today: date | None = None
) -> list[UUID]:
    """Return the subjects of a figure's rows in which a stored column of its fact comes first, at most so many.

    The oldest of a hundred thousand are found by the index of that column. Raises NotFound for an unknown column.
    """
    catalogue = catalogue_on(town, _ruling_day([period], today))
    figure, fact = catalogue.figure(key), catalogue.fact(key)
    if not any(column.name == by and not column.expression for column in fact.columns):
        raise NotFound(f"“{fact.title}”没有“{by}”这一列。请从定义里选。")
    ground = _ground(catalogue, fact, town)
    select = subjects(ground, _ask(catalogue, figure, period, today), part="base", by=by)
    sql = f'SELECT "id" FROM ({select.sql}) "o" ORDER BY "by", "id" LIMIT {most:d}'  # noqa: S608  compiled from checked parts
    with connection.cursor() as cursor:
        cursor.execute(sql, select.params)
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def _scanned_together(ground: Ground, periods: Sequence[Period]) -> list[list[Period]]:
    """Return the periods in batches of one scan.

    Columns made as of :to take each period by itself, and so does a fact that is read by its days alone: between this
    month and that of last year lie eleven others.
    """
    if ground.fact.within or any(name in ground.plan.derived for name in ground.groups):
        return [[one] for one in periods]
    return [list(periods)]


def _ground(
    catalogue: Catalogue,
    fact: Fact,
    town: str,
    *,
    groups: tuple[str, ...] = (),
    where: Mapping[str, str] | None = None,
) -> Ground:
    known = {column.name for column in fact.columns}
    if unknown := [name for name in (*groups, *(where or {})) if name not in known]:
        raise NotFound(f"“{fact.title}”不能按“{'、'.join(unknown)}”分组。请从列表里选。")
    return Ground(town, fact, catalogue.compiled.facts[fact.name], groups, dict(where or {}))


def _ask(catalogue: Catalogue, figure: Figure, period: Period, today: date | None) -> Ask:
    return Ask(figure, catalogue.compiled.plans[figure.key], period, period.past(today))


def _parts(catalogue: Catalogue, figure: Figure) -> list[Figure]:
    """Return the figure itself, or the two that are divided."""
    if figure.measure is Measure.OF:
        return [catalogue.figure(figure.over), catalogue.figure(figure.by)]
    return [figure]


def _values(
    catalogue: Catalogue,
    figure: Figure,
    period: Period,
    numbers: Mapping[tuple[Period, str], Mapping[Group, Numbers]],
    begun: Mapping[str, date | None],
) -> dict[str, Value]:
    """Return the figure's values by group; where nothing was counted at all, one for the empty group."""
    parts = _parts(catalogue, figure)
    told = [numbers[period, part.key] for part in parts]
    first = [begun[part.fact] for part in parts]
    groups = list(dict.fromkeys(group for one in told for group in one)) or [()]
    if any(day is not None and period.to_on < day for day in first):
        since = max(day for day in first if day is not None)
        why = f"没有数据（台账从{since.year}年{since.month}月起）"
        return {ALL: missing(why, unit=figure.unit, digits=figure.digits, is_rate=figure.is_rate)}
    return {"+".join(group): _value(figure, [one.get(group, []) for one in told]) for group in groups}


def _value(figure: Figure, told: Sequence[Numbers]) -> Value:
    """Make the value; divisions come last, in Decimal."""
    numbers = [number for part in told for number in (part or [0])]
    top = numbers[0] or 0
    if figure.measure in (Measure.COUNT, Measure.SUM, Measure.DISTINCT):
        return counted(top, unit=figure.unit, digits=figure.digits)
    if figure.measure in (Measure.LARGEST, Measure.SMALLEST):
        if not told[0] or numbers[0] is None:
            return missing("没有这样的件", unit=figure.unit, digits=figure.digits)
        return counted(top, unit=figure.unit, digits=figure.digits)
    if figure.measure is Measure.MEDIAN:
        return _median(figure, told[0])
    if figure.measure is Measure.RATE:
        base, above = (*numbers, 0, 0)[:2]
        return rated(above or 0, base or 0, digits=figure.digits, unit=figure.unit)
    bottom = (numbers[1] if len(numbers) > 1 else 0) or 0
    if figure.is_rate:
        return rated(top, bottom, digits=figure.digits, unit=figure.unit)
    return divided(top, bottom, unit=figure.unit, digits=figure.digits)


def _median(figure: Figure, told: Numbers) -> Value:
    pairs = dict(
        zip(map(int, (n or 0 for n in told[::2])), map(int, (n or 0 for n in told[1::2])), strict=True)
    )
    number: Decimal | None = median_of(pairs)
    if number is None:
        return missing("没有这样的件", unit=figure.unit, digits=figure.digits)
    return Value(None, sum(pairs.values()), number, unit=figure.unit, digits=figure.digits)


def _ruling_day(periods: Sequence[Period], today: date | None) -> date:
    """Return the day whose catalogue counts: today's, so that both years are reckoned by one definition."""
    return today or max(period.to_on for period in periods)


def _whole(value: object) -> int:
    """Return a setting as an expression counts with it: a span in seconds."""
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, int):
        return int(value)
    raise RuleMissing(
        f"参数（{value}）不是数，也不是一段时间，不能用在数据指标里。请改正指标里的 setting(…)。"
    )


def _dialect() -> str:
    return "postgres" if connection.vendor == "postgresql" else "sqlite"


@lru_cache(maxsize=64)
def _catalogue(editions: tuple[Edition, ...], dialect: str) -> Catalogue:
    figures: dict[str, Figure] = {}
    articles: dict[str, str] = {}
    for edition in editions:
        for figure in figures_in([edition.text])[0]:
            figures[figure.key] = figure
            articles[figure.key] = f"{edition.text.title}@{edition.version}"
    return Catalogue(figures, articles, compiled(list(figures.values()), FACTS, dialect=dialect))
