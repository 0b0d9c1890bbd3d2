"""A whole paper of a month over two years of cases, and its numbers by SQL that someone wrote by hand."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import connection

from banjie.base.clock import local_day, now
from banjie.figures.periods import Period
from banjie.reports.paper import Paper
from banjie.reports.queries import composed
from banjie.reports.queries.listings import topics
from banjie.reports.word import write
from banjie.rulebook.queries import rules_on
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

KEY = "monthly_handling"
NUMBERS = {
    "case.received": RECEIVED,
    "case.done": DONE,
    "case.closed_heard": f"{CLOSED} AND closing_kind <> 'historical'",
    "case.undone": UNDONE,
    "case.overdue": OVERDUE,
    "case.due": DUE,
    "on time": ON_TIME,
}
"""What the paper counts of the cases, as somebody would put it who knows the table."""
HEARD = """cases_voice v JOIN cases_case c ON c.id = v.case_id WHERE v.town = %(town)s AND v.speaker <> 'handler'
    AND v.said <> 'unreached' AND v.heard_at >= %(begins)s AND v.heard_at < %(ends)s"""
BAD = "v.said IN ('dissatisfied', 'very_dissatisfied')"


def papers(sizes: Sequence[int]) -> list[Line]:
    """Measure a month's paper at each size of the town."""
    lines: list[Line] = []
    for size in sizes:
        with grown(TOWN, size):
            lines += _measured(size)
    return lines


def _measured(size: int) -> list[Line]:
    at = now()
    month = Period.month_to(local_day(at)).previous
    month = Period.month(month.from_on.year, month.from_on.month)
    made: list[Paper] = []
    paper = best(lambda: made.append(composed(TOWN, KEY, month, at)))
    numbers: list[dict[str, int]] = []
    hand = best(lambda: numbers.append(_by_hand(month)))
    listed = best(lambda: topics(TOWN, month, rules=rules_on(TOWN, local_day(at))))
    word = best(lambda: write(made[-1]))
    counted = [
        one for one in made[-1].numbers() if not one.group and one.style == "plain" and one.figure in NUMBERS
    ]
    wrong = [f"{one.figure} {one.exact}" for one in counted if Decimal(one.exact) != numbers[-1][one.figure]]
    total = sum(made[-1].counts().values())
    note = (
        f"by hand {hand:.2f} s, ratio {(paper - listed) / hand:.2f} without the hot topics, which took {listed:.2f} s;"
        f" {total} numbers, of {len(counted)} compared {len(wrong)} differ {' '.join(wrong)}"
    )
    held = f"within {MOST} of SQL by hand"
    return [
        Line(f"the whole paper of a month, {size:,} cases", f"{paper:.2f} s", held, note.strip()),
        Line(f"that paper as a Word file, {size:,} cases", f"{word * 1000:.0f} ms", "under 2 s", ""),
    ]


def _by_hand(month: Period) -> dict[str, int]:
    """Run what the paper needs: the month and last year's in one scan, by unit, by matter, voices, median, oldest."""
    columns = [f"SUM(CASE WHEN {one} THEN 1 ELSE 0 END)" for one in NUMBERS.values()]
    before = [
        column.replace("%(from)s", "%(from_before)s").replace("%(to)s", "%(to_before)s") for column in columns
    ]
    oldest = f"MIN(CASE WHEN {UNDONE} THEN received_on END)"
    whole = selected(f"SELECT {', '.join([*columns, *before, oldest])} FROM {STANDING}", month)
    for group in ("unit_id", "category"):
        selected(f"SELECT {group}, {', '.join(columns)} FROM {STANDING} GROUP BY 1", month)
    for group in ("", "c.unit_id,", "c.category,"):
        counts = f"COUNT(DISTINCT v.case_id), COUNT(DISTINCT CASE WHEN {BAD} THEN v.case_id END)"
        selected(f"SELECT {group} {counts} FROM {HEARD}" + (" GROUP BY 1" if group else ""), month)
    for period in (month, month.same_last_year):
        days = "done_on - received_on" if _is_postgresql() else "julianday(done_on) - julianday(received_on)"
        selected(f"SELECT {days}, COUNT(*) FROM {STANDING} AND {DONE} GROUP BY 1 ORDER BY 1", period)
    selected(f"SELECT case_id FROM {STANDING} AND {UNDONE} ORDER BY received_on LIMIT 5", month)
    return {name: int(number or 0) for name, number in zip(NUMBERS, whole[0], strict=False)}


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"
