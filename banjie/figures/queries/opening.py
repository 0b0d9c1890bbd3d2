"""The very rows behind a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from banjie.base.errors import NotFound
from banjie.figures.catalogue import Measure
from banjie.figures.periods import Period
from banjie.figures.queries.catalogues import ask_of, catalogue_on, ground_of, ruling_day
from banjie.figures.queries.counting import ALL
from banjie.figures.scans import Select, extreme_is, scanned, subjects


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
    day = ruling_day([period], today)
    catalogue = catalogue_on(town, day)
    if key not in catalogue.figures:
        raise NotFound("没有这个数据指标，或它现在不生效。请从数据指标页重新打开。")
    figure = catalogue.figure(key)
    if figure.measure is Measure.OF:
        figure = catalogue.figure(figure.over if part == "top" else figure.by)
        part = "base"
    fact = catalogue.facts[figure.fact]
    equal = dict(where or {})
    if group:
        equal |= dict(zip(group.split("+"), value.split("+"), strict=False))
    ground = ground_of(catalogue, fact, town, on=day, where=equal)
    ask = ask_of(catalogue, figure, period, today)
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
    day = ruling_day([period], today)
    catalogue = catalogue_on(town, day)
    figure, fact = catalogue.figure(key), catalogue.fact(key)
    if not any(column.name == by and not column.expression for column in fact.columns):
        raise NotFound(f"“{fact.title}”没有“{by}”这一列。请从定义里选。")
    ground = ground_of(catalogue, fact, town, on=day)
    select = subjects(ground, ask_of(catalogue, figure, period, today), part="base", by=by)
    sql = f'SELECT "id" FROM ({select.sql}) "o" ORDER BY "by", "id" LIMIT {most:d}'  # noqa: S608  compiled from checked parts
    with connection.cursor() as cursor:
        cursor.execute(sql, select.params)
        return [UUID(str(row[0])) for row in cursor.fetchall()]
