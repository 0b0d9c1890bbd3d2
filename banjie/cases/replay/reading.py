"""Clocks of the past as a replay reads them: plain columns, a piece at a time, so that a million costs seconds.

What many clocks share (which clock, kind, category, unit, term) is put together by the database into one word, so
that it is read and looked up once for each of them and taken apart once for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case as Choosing
from django.db.models import CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from banjie.base.local_days import Microseconds, day_span
from banjie.cases.models import CaseStanding, Clock
from banjie.cases.workflow import ClockName, State
from banjie.rulebook.replay import Asked

PIECE = 20_000
KEYS = 500
NEVER = 2**62
"""Stands for a moment that has not come, so that a column holds whole numbers alone."""
_ENDS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(1900, 1, 2, tzinfo=UTC))
"""Stand in the written SQL for the ends of a span."""
EMPTY = "[]"
_BAR = "|"
_NOT_COUNTED = (State.VOID, State.MERGED)


@dataclass(frozen=True)
class Sort:
    """What clocks of one sort share; `is_ended` says that the case ended without a reply."""

    clock: str
    kind: str
    category: str
    unit: str
    term: str
    is_given: bool
    is_ended: bool

    @classmethod
    def read(cls, word: str) -> "Sort":
        """Take apart what the database put together."""
        clock, kind, category, unit, term, given, ended = word.split(_BAR)
        return cls(clock, kind, category, str(UUID(unit)) if unit else "", term, given == "1", ended == "1")


@dataclass(frozen=True)
class Span:
    """A few days of one month, both ends counted."""

    first: date
    last: date


@dataclass(frozen=True)
class Rows:
    """Clocks as columns, moments as microseconds since 1970 or NEVER.

    `met` is the reply that stood for handling, the step itself for other clocks. `pauses` and `extensions` are empty
    where there are none.
    """

    sort: Sequence[str]
    started: Sequence[int]
    due: Sequence[int]
    met: Sequence[int]
    pauses: Sequence[str | None]
    extensions: Sequence[str | None]
    case: Sequence[str]

    @property
    def count(self) -> int:
        """Return how many clocks these are."""
        return len(self.case)


def rows_of(asked: Asked, span: Span, *, clocks: frozenset[str]) -> Iterator[Rows]:
    """Yield the clocks of a town that were due in these days and are not paused, in pieces."""
    sql, params = _written(asked.town, clocks)
    ends = dict(zip(_stand_ins(), map(_adapted, day_span(span.first, span.last)), strict=True))
    with connection.cursor() as cursor:  # past the query set, which looks at each cell of each row again
        cursor.execute(sql, [ends.get(param, param) for param in params])
        while piece := cursor.fetchmany(PIECE):
            yield Rows(*zip(*piece, strict=True))


def last_days(cases: Sequence[str]) -> dict[str, date]:
    """Return the day on which each of these cases ended, as figures count it."""
    found: dict[str, date] = {}
    for start in range(0, len(cases), KEYS):
        keys = {UUID(one): one for one in cases[start : start + KEYS]}
        rows = CaseStanding.objects.filter(case_id__in=list(keys), until_on__isnull=True)
        found |= {keys[pk]: day for pk, day in rows.values_list("case_id", "ended_on") if day is not None}
    return found


@lru_cache(maxsize=4)
def _written(town: str, clocks: frozenset[str]) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL for any span, with two moments for its ends: to write it takes longer than to read a few days."""
    return _told(town, clocks).query.sql_with_params()


def _stand_ins() -> list[Any]:
    return [_adapted(moment) for moment in _ENDS]


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _told(town: str, clocks: frozenset[str]) -> "QuerySet[Any, Any]":
    begins, ends = _ENDS
    due = Clock.objects.filter(
        town=town, standing_due_at__gte=begins, standing_due_at__lt=ends, name__in=sorted(clocks)
    )
    due = due.filter(paused_at__isnull=True).exclude(case__state__in=_NOT_COUNTED).order_by()
    met = Choosing(When(name=ClockName.HANDLE, then=F("case__done_at")), default=F("stopped_at"))
    return due.values_list(
        _sort(),
        Microseconds("started_at"),
        Microseconds("standing_due_at"),
        Coalesce(Microseconds(met), NEVER),
        _some("pauses"),
        _some("extensions"),
        Cast("case_id", CharField()),
    )


def _sort() -> Concat:
    bar = Value(_BAR)
    ended = When(name=ClockName.HANDLE, case__done_at__isnull=True, case__is_open=False, then=Value("1"))
    words = ["name", "case__kind", "case__category", Cast("case__unit_id", CharField()), "term"]
    parts = [part for word in words for part in (word, bar)]
    given = Choosing(When(is_given=True, then=Value("1")), default=Value("0"))
    return Concat(*parts, given, bar, Choosing(ended, default=Value("0")), output_field=CharField())


def _some(column: str) -> NullIf:
    """Read a list as it is written, an empty one as nothing."""
    return NullIf(Cast(column, TextField()), Value(EMPTY, output_field=TextField()))
