"""Figures over two years of cases, and the same counted by SQL written by hand."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from banjie.base.clock import local_day, now
from banjie.figures.periods import Period
from banjie.figures.queries import catalogue_on, computed
from banjie.sample.town import TOWN
from benchmarks.by_hand import (
    CLOSED,
    DONE,
    DUE,
    MOST,
    ON_TIME,
    OVERDUE,
    RECEIVED,
    STANDING,
    UNDONE,
    best,
    selected,
)
from benchmarks.report import Line
from benchmarks.years import grown

GOALS = {100_000: 0.3, 1_000_000: 1.5}
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
        with grown(TOWN, size):
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
            f"within {MOST} of SQL by hand",
            f"by hand {hand:.2f} s, ratio {paper / hand:.2f}; by unit {by_unit:.2f} s",
        ),
    ]


def _month(column: str) -> str:
    return f"to_char({column}, 'YYYY-MM')" if connection.vendor == "postgresql" else f"substr({column}, 1, 7)"


def _by_hand_three(period: Period) -> list[tuple[Any, ...]]:
    """What someone would write who knows the table: states as of the end, by category and month."""
    stage = """CASE WHEN closed_on <= %(to)s THEN 'closed' WHEN ended_on <= %(to)s THEN 'left'
        WHEN done_on <= %(to)s THEN 'done' WHEN accepted_on <= %(to)s THEN 'accepted' ELSE 'registered' END"""
    return selected(
        f"""SELECT category, {stage}, {_month("received_on")}, COUNT(*),
                SUM(CASE WHEN done_on <= %(to)s AND is_done_late = 1 THEN 1 ELSE 0 END)
            FROM {STANDING} AND {RECEIVED} GROUP BY 1, 2, 3""",
        period,
    )


def _by_hand_paper(period: Period) -> list[tuple[Any, ...]]:
    conditions = [
        RECEIVED,
        DONE,
        CLOSED,
        UNDONE,
        OVERDUE,
        DUE,
        ON_TIME,
        f"{DONE} AND is_done_late IS NOT NULL",
        f"{DONE} AND is_done_late = 0",
        f"{CLOSED} AND closing_kind <> 'historical'",
        f"{CLOSED} AND closing_kind = 'solved'",
    ]
    columns = [f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)" for condition in conditions]
    columns += [
        f"MIN(CASE WHEN {UNDONE} THEN received_on END)",
        f"MIN(CASE WHEN {OVERDUE} THEN handle_due_on END)",
    ]
    return selected(f"SELECT {', '.join(columns)} FROM {STANDING}", period)
