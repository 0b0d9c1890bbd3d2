"""Clocks of the past as a replay reads them: plain columns, a piece at a time, so that a million costs seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import CharField, IntegerField, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from banjie.base.local_days import Microseconds, day_span
from banjie.cases.models import CaseStanding, Clock
from banjie.cases.workflow import State
from banjie.rulebook.replay import Asked

PIECE = 20_000
NEVER = 2**62
"""Stands for a moment that has not come, so that a column holds whole numbers alone."""
KEYS = 500
_NOT_COUNTED = (State.VOID, State.MERGED)


@dataclass(frozen=True)
class Span:
    """A few days of one month, both ends counted."""

    first: date
    last: date


@dataclass(frozen=True)
class Rows:
    """Clocks as columns, moments as microseconds since 1970 or NEVER.

    `ended_on` tells of the cases that ended without a reply.
    """

    clock: Sequence[str]
    kind: Sequence[str]
    category: Sequence[str]
    unit: Sequence[str | None]
    term: Sequence[str]
    started: Sequence[int]
    due: Sequence[int]
    stopped: Sequence[int]
    done: Sequence[int]
    is_open: Sequence[int]
    is_given: Sequence[int]
    pauses: Sequence[str]
    extensions: Sequence[str]
    case: Sequence[str]
    ended_on: dict[str, date] = field(kw_only=True)

    @property
    def count(self) -> int:
        """Return how many clocks these are."""
        return len(self.case)


def rows_of(asked: Asked, span: Span, *, clocks: frozenset[str]) -> Iterator[Rows]:
    """Yield the clocks of a town that were due in these days and are not paused, in pieces."""
    found = iter(_told(asked.town, span, clocks).iterator(chunk_size=PIECE))
    while piece := list(islice(found, PIECE)):
        columns: list[Sequence[Any]] = list(zip(*piece, strict=True))
        yield Rows(*columns, ended_on=_ended(columns))


def _told(town: str, span: Span, clocks: frozenset[str]) -> "QuerySet[Any, Any]":
    begins, ends = day_span(span.first, span.last)
    due = Clock.objects.filter(
        town=town, standing_due_at__gte=begins, standing_due_at__lt=ends, paused_at__isnull=True
    )
    due = due.filter(name__in=sorted(clocks)).exclude(case__state__in=_NOT_COUNTED).order_by()
    return due.values_list(
        "name",
        "case__kind",
        "case__category",
        _bare("case__unit_id"),
        "term",
        Microseconds("started_at"),
        Microseconds("standing_due_at"),
        Coalesce(Microseconds("stopped_at"), NEVER),
        Coalesce(Microseconds("case__done_at"), NEVER),
        _whole("case__is_open"),
        _whole("is_given"),
        Cast("pauses", TextField()),
        Cast("extensions", TextField()),
        _bare("case_id"),
    )


def _bare(column: str) -> Cast:
    """Read an id as the database writes it: to make a UUID of each would take longer than all else."""
    return Cast(column, CharField())


def _whole(column: str) -> Cast:
    return Cast(column, IntegerField())


def _ended(columns: Sequence[Sequence[Any]]) -> dict[str, date]:
    """Return the day on which each case ended that was never replied to, as figures count it."""
    done, is_open, case = columns[8], columns[9], columns[13]
    ids = sorted(
        {one for one, at, waits in zip(case, done, is_open, strict=True) if at == NEVER and not waits}
    )
    found: dict[str, date] = {}
    for start in range(0, len(ids), KEYS):
        keys = {UUID(one): one for one in ids[start : start + KEYS]}
        rows = CaseStanding.objects.filter(case_id__in=list(keys), until_on__isnull=True)
        found |= {keys[pk]: day for pk, day in rows.values_list("case_id", "ended_on") if day is not None}
    return found
