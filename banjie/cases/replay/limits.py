"""测算 of time limits: every clock that was due in the period, by the term it had and by the one it would have had.

A clock that a draft leaves alone is not looked at. On time and late are meant as the figures mean them: the reply that
stood for 办理, the step itself for the others; what another system gave is not ours to move.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from banjie.base.clock import local_day
from banjie.base.local_days import day_span
from banjie.cases.models import Clock
from banjie.cases.replay.reading import Span, rows_of
from banjie.cases.replay.scope import Scope, scope_of
from banjie.ledger.beside import beside
from banjie.rulebook.replay import LISTED, Asked, Course, Judged, Outcome, Share

LIMITS_JUDGED = Judged(
    says="期内到期的每个时限，原来按期还是超期，按草案按期还是超期；承诺比时限短的按承诺。",
    unit="个",
    due="期内到期",
    fault="超期",
    sound="按期",
    ways=(
        "取原来到期日落在这一段的时限；原来是否超期照台账，按草案是否超期用草案的时限从同一天起算，中止、延期照旧。",
        "办理按站得住的那次反馈算，其他时限按那一步本身算；还没有办的算到测算的时候。",
        "草案没有改动的时限不在其内；件的类别照现在的。",
    ),
    has_dues=True,
    step="个时限",
)
LONGEST = timedelta(days=8)
"""A part of a replay: short enough to tell how far it is and to be shared out, long enough to be worth asking."""

AHEAD = 2
"""Parts that a process is given before it has ended one, so that it never waits."""


def replay_limits(asked: Asked, processes: int) -> Course:
    """Return a replay of time limits under way, the newest days first."""
    spans = list(spans_of(asked.from_on, asked.to_on))
    first, last = day_span(asked.from_on, asked.to_on)
    due = Clock.objects.filter(town=asked.town, standing_due_at__gte=first, standing_due_at__lt=last)
    return Course(due.count(), _shares(asked, spans, processes))


def spans_of(from_on: date, to_on: date) -> Iterator[Span]:
    """Yield the days of a period in parts that cross no month, the newest first."""
    last = to_on
    while last >= from_on:
        first = max(from_on, last.replace(day=1), last - LONGEST + timedelta(days=1))
        yield Span(first, last)
        last = first - timedelta(days=1)


def judge_span(asked: Asked, span: Span, room: int) -> Share:
    """Judge the clocks that were due in a few days; of those that change sides at most `room` are listed."""
    from banjie.cases.replay.judging import judged  # numpy: kept out of whoever asks another process for it

    scope = _scope(asked)
    outcome, seen = Outcome(), 0
    for rows in rows_of(asked, span, clocks=scope.clocks):
        outcome += judged(rows, scope, month=f"{span.first:%Y-%m}", room=room)
        seen += rows.count
    return Share(seen, outcome)


def _shares(asked: Asked, spans: list[Span], processes: int) -> Iterator[Share]:
    """Yield the parts in their order; once the list is full, those that are begun after it list nothing."""
    room = LISTED
    if not processes:
        for span in spans:
            share = judge_span(asked, span, room)
            room = max(room - len(share.outcome.changed), 0)
            yield share
        return
    left = iter(spans)
    with beside(processes) as pool:
        under_way = deque(
            pool.submit(judge_span, asked, span, room) for span in islice(left, AHEAD * processes)
        )
        try:
            while under_way:
                share = under_way.popleft().result()
                room = max(room - len(share.outcome.changed), 0)
                under_way.extend(pool.submit(judge_span, asked, span, room) for span in islice(left, 1))
                yield share
        finally:
            pool.shutdown(cancel_futures=True)


_KEPT: dict[Asked, Scope] = {}


def _scope(asked: Asked) -> Scope:
    """Return what a draft changes, worked out once in a process for one replay."""
    if asked not in _KEPT:
        _KEPT.clear()
        _KEPT[asked] = scope_of(asked, on=local_day(asked.at))
    return _KEPT[asked]
