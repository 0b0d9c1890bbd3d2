"""Figures over two years of cases, and the same counted by SQL written by hand."""

import time
from collections.abc import Callable, Sequence

from django.db import connection

from banjie.base.clock import local_day, now
from banjie.figures.periods import Period
from banjie.figures.queries import catalogue_on, computed
from banjie.sample.town import TOWN
from benchmarks.report import Line
from benchmarks.years import multiply

GOALS = {100_000: 0.3, 1_000_000: 1.5}
BY_HAND_MOST = 1.3
TRIES = 3
BY_THREE = "category+stage+received_on"
PAPER = (
    "case.received",
    "case.done",
    "case.closed",
    "case.undone",
    "case.overdue",
    "case.due",
    "case.due_on_time",
    "case.done_on_time",
    "case.oldest_open",
    "case.oldest_overdue",
    "case.solved_share",
)


def figures(sizes: Sequence[int]) -> list[Line]:
    """Measure the counts that the issue names, and the figures of a paper against one SELECT written by hand."""
    catalogue_on(TOWN, local_day(now()))
    lines: list[Line] = []
    for size in sizes:
        multiply(TOWN, size)
        lines += _measured(size)
    return lines


def _measured(size: int) -> list[Line]:
    today = local_day(now())
    two_years = Period(today.replace(year=today.year - 2), today)
    month = Period.month_to(today).previous
    cells: dict[object, object] = {}

    def by_three() -> None:
        cells.update(computed(TOWN, ["case.received", "case.done_on_time"], two_years, group=BY_THREE))

    counts = best(by_three)
    by_hand = best(lambda: _by_hand_three(two_years))
    paper, hand = best(lambda: computed(TOWN, PAPER, month)), best(lambda: _by_hand_paper(month))
    by_unit = best(lambda: computed(TOWN, PAPER, month, group="unit_id"))
    return [
        Line(
            f"counts by category × stage × month with late share, {size:,} cases",
            f"{counts:.2f} s",
            f"under {GOALS.get(size, 1.5)} s",
            f"{len(cells)} cells; by hand {by_hand:.2f} s, ratio {counts / by_hand:.2f}",
        ),
        Line(
            f"{len(PAPER)} figures of a month in one scan, {size:,} cases",
            f"{paper:.2f} s",
            f"within {BY_HAND_MOST} of SQL by hand",
            f"by hand {hand:.2f} s, ratio {paper / hand:.2f}; by unit {by_unit:.2f} s",
        ),
    ]


def best(run: Callable[[], object]) -> float:
    """Return the seconds of the best of some runs: other work on the machine only ever adds."""
    took = []
    for _ in range(TRIES):
        started = time.perf_counter()
        run()
        took.append(time.perf_counter() - started)
    return min(took)


def _month(column: str) -> str:
    return f"to_char({column}, 'YYYY-MM')" if connection.vendor == "postgresql" else f"substr({column}, 1, 7)"


def _by_hand_three(period: Period) -> list[object]:
    """What someone would write who knows the table: states as of the end, by category and month."""
    stage = """CASE WHEN closed_on <= %(to)s THEN 'closed' WHEN ended_on <= %(to)s THEN 'left'
        WHEN done_on <= %(to)s THEN 'done' WHEN accepted_on <= %(to)s THEN 'accepted' ELSE 'registered' END"""
    return _run(
        f"""SELECT category, {stage}, {_month("received_on")}, COUNT(*),
                SUM(CASE WHEN done_on <= %(to)s AND is_done_late = 1 THEN 1 ELSE 0 END)
            FROM cases_casestanding WHERE town = %(town)s AND received_on BETWEEN %(from)s AND %(to)s
                AND until_on IS NULL AND NOT (state IN ('void', 'merged') AND ended_on <= %(to)s)
            GROUP BY 1, 2, 3""",
        period,
    )


def _by_hand_paper(period: Period) -> list[object]:
    counted = "NOT (state IN ('void', 'merged') AND ended_on <= %(to)s)"
    undone = " AND ".join(
        [
            "received_on <= %(to)s",
            "(done_on IS NULL OR done_on > %(to)s)",
            "(ended_on IS NULL OR ended_on > %(to)s)",
        ]
    )
    overdue = f"{undone} AND handle_due_on <= %(to)s AND state <> 'paused'"
    due = f"handle_due_on BETWEEN %(from)s AND %(to)s AND state <> 'paused' AND {counted}"
    done = f"done_on BETWEEN %(from)s AND %(to)s AND {counted}"
    closed = f"closed_on BETWEEN %(from)s AND %(to)s AND {counted}"
    conditions = [
        f"received_on BETWEEN %(from)s AND %(to)s AND {counted}",
        done,
        closed,
        undone,
        overdue,
        due,
        f"{due} AND done_on <= %(to)s AND is_done_late = 0",
        f"{done} AND is_done_late IS NOT NULL",
        f"{done} AND is_done_late = 0",
        f"{closed} AND closing_kind <> 'historical'",
        f"{closed} AND closing_kind = 'solved'",
    ]
    columns = [f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)" for condition in conditions]
    columns += [
        f"MIN(CASE WHEN {undone} THEN received_on END)",
        f"MIN(CASE WHEN {overdue} THEN handle_due_on END)",
    ]
    return _run(
        f"SELECT {', '.join(columns)} FROM cases_casestanding WHERE town = %(town)s AND until_on IS NULL",
        period,
    )


def _run(sql: str, period: Period) -> list[object]:
    adapt = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(sql, {"town": TOWN, "from": adapt(period.from_on), "to": adapt(period.to_on)})
        return cursor.fetchall()
