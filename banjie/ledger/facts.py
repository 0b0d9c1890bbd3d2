"""留痕 as a fact: what was written down, and how long after it happened."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q, QuerySet

from banjie.base.clock import local_day
from banjie.base.declarations import Fact, FactColumn, FactWord, Holds, offer
from banjie.base.local_days import LocalDay, SecondsBetween, day_span
from banjie.ledger.models import Entry

COLUMNS = (
    FactColumn("recorded_on", "记录日期", Holds.DAY, is_group=True),
    FactColumn("deed", "办理动作", is_group=True),
    FactColumn("lag_seconds", "发生到记录相隔的秒数", Holds.WHOLE),
)
WORDS = {
    "recorded": FactWord("in_period(recorded_on)", "期内记下的"),
    "backdated": FactWord(
        "recorded AND lag_seconds > setting('entries.backdating_span')",
        "期内补录的：发生时间早于记录超过规定的",
    ),
}


def rows_of(subject_type: str = "") -> Callable[[str], "QuerySet[Entry]"]:
    """Return the source of the entries of a town, all or those about one sort of subject."""

    def rows(town: str) -> "QuerySet[Entry]":
        found = Entry.objects.filter(town=town)
        if subject_type:
            found = found.filter(subject_type=subject_type)
        return found.order_by().values(  # type: ignore[return-value]
            "id",
            "deed",
            recorded_on=LocalDay("recorded_at"),
            lag_seconds=SecondsBetween(F("recorded_at"), F("happened_at")),
        )

    return rows


def first_entry_on(town: str) -> date | None:
    """Return the day on which a town's ledger begins."""
    found = Entry.objects.filter(town=town).order_by("seq").values_list("recorded_at", flat=True).first()
    return local_day(found) if found else None


def entries_between(rows: object, town: str, first: date, last: date) -> object:
    """Narrow entries to those recorded from one day to another: `seq` follows the time of record and is indexed.

    A clock that was set back shifts the bounds by that much at most, so the days are compared besides.
    """
    if not isinstance(rows, QuerySet):
        raise TypeError(rows)
    begins, ends = day_span(first, last)
    bounds = Q(seq__gte=_first_seq_from(town, begins), seq__lt=_first_seq_from(town, ends))
    return rows.filter(bounds, recorded_at__gte=begins, recorded_at__lt=ends)


def _first_seq_from(town: str, moment: datetime) -> int:
    """Return the lowest `seq` that was recorded at `moment` or later, found by halving on the index."""
    at = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(_HALVING, {"town": town, "at": at})
        found = cursor.fetchone()
    return int(found[0]) if found else 1


_IS_BEFORE = (
    "(SELECT recorded_at FROM ledger_entry WHERE town = %(town)s AND seq = (low + high) / 2) < %(at)s"
)
_HALVING = f"""
WITH RECURSIVE span(low, high) AS (
    SELECT CAST(1 AS BIGINT), seq + 1 FROM ledger_chainhead WHERE town = %(town)s
    UNION ALL
    SELECT CASE WHEN {_IS_BEFORE} THEN (low + high) / 2 + 1 ELSE low END,
        CASE WHEN {_IS_BEFORE} THEN high ELSE (low + high) / 2 END
    FROM span WHERE low < high
)
SELECT low FROM span WHERE low >= high
"""  # noqa: S608  no value stands in it


offer(
    Fact(
        name="entry",
        title="留痕",
        columns=COLUMNS,
        sources=(rows_of(),),
        opens="entry",
        unit="条",
        words=WORDS,
        dated="recorded_on",
        begun=first_entry_on,
        within=entries_between,
    )
)
