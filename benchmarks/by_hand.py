"""What somebody would write by hand who knows the table, to hold the figures against."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from banjie.figures.periods import Period
from banjie.sample.town import TOWN

MOST = 1.3
"""So many times the time of SQL by hand may a figure take."""
TRIES = 3
STANDING = "cases_casestanding WHERE town = %(town)s AND until_on IS NULL"
COUNTED = "NOT (state IN ('void', 'merged') AND ended_on <= %(to)s)"
RECEIVED = f"received_on BETWEEN %(from)s AND %(to)s AND {COUNTED}"
DONE = f"done_on BETWEEN %(from)s AND %(to)s AND {COUNTED}"
CLOSED = f"closed_on BETWEEN %(from)s AND %(to)s AND {COUNTED}"
UNDONE = "received_on <= %(to)s AND (done_on IS NULL OR done_on > %(to)s) AND (ended_on IS NULL OR ended_on > %(to)s)"
OVERDUE = f"{UNDONE} AND handle_due_on <= %(to)s AND state NOT IN ('paused', 'parked')"
LET_GO = "ended_on <= %(to)s AND ended_on <= handle_due_on AND (done_on IS NULL OR done_on > %(to)s)"
DUE = (
    "handle_due_on BETWEEN %(from)s AND %(to)s AND NOT (state = 'paused' AND (ended_on IS NULL OR ended_on > %(to)s)) "
    f"AND {COUNTED} AND (ended_on IS NULL OR NOT ({LET_GO}))"
)
ON_TIME = f"{DUE} AND done_on <= %(to)s AND is_done_late = 0"


def best(run: Callable[[], object]) -> float:
    """Return the seconds of the best of some runs: other work on the machine only ever adds."""
    took = []
    for _ in range(TRIES):
        started = time.perf_counter()
        run()
        took.append(time.perf_counter() - started)
    return min(took)


def selected(sql: str, period: Period) -> list[tuple[Any, ...]]:
    """Run SQL over the sample town and a period, which knows that of last year as %(from_before)s, %(to_before)s."""
    adapt = connection.ops.adapt_datefield_value
    before = period.same_last_year
    told = {"town": TOWN, "begins": f"{period.from_on}", "ends": f"{period.to_on}"}
    days = {
        "from": period.from_on,
        "to": period.to_on,
        "from_before": before.from_on,
        "to_before": before.to_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, {**told, **{name: adapt(day) for name, day in days.items()}})
        return cursor.fetchall()
