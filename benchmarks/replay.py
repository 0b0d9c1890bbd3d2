"""A draft of the time limits tried on every case of two years, as the worker tries it: in processes beside this one."""

import re
import resource
import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import connections

from banjie.base.clock import local_day, now
from banjie.cases.replay import replay_limits
from banjie.desk.replay.tasks import PROCESSES
from banjie.rulebook.queries import rules_on
from banjie.rulebook.replay import Asked, Outcome
from banjie.rulebook.text import Section
from banjie.sample.town import TOWN
from benchmarks.pasts import DAYS, past_of
from benchmarks.report import Line

GOAL = "under 10 s on two cores"
TRIES = 2
KEY = "time_limits"


def replays(sizes: Sequence[int]) -> list[Line]:
    """Measure a draft that changes the handling of residents' requests, over a past of each size."""
    lines = []
    for size in sizes:
        past_of(TOWN, size)
        lines.append(_measured(size))
    return lines


def _measured(size: int) -> Line:
    connections.close_all()
    before = _busy()
    took, outcome, looked_at = min((_tried() for _ in range(TRIES)), key=lambda told: told[0])
    busy = (_busy() - before) / TRIES
    whole = outcome.whole
    note = f"{looked_at:,} clocks read, {whole.due:,} judged by both terms, by {PROCESSES} processes, "
    note += f"{busy:.1f} s of CPU; {whole.becomes_late + whole.becomes_on_time:,} change sides"
    return Line(f"a draft tried on the past, {size:,} cases", f"{took:.1f} s", GOAL, note)


def _tried() -> tuple[float, Outcome, int]:
    at = now()
    today = local_day(at)
    asked = Asked(TOWN, KEY, _draft(), today - timedelta(days=DAYS + 200), today - timedelta(days=1), at)
    started, outcome, looked_at = time.perf_counter(), Outcome(), 0
    for share in replay_limits(asked, PROCESSES).shares:
        outcome, looked_at = outcome + share.outcome, looked_at + share.rows
    return time.perf_counter() - started, outcome, looked_at


def _busy() -> float:
    """Return the seconds of CPU that this process and those beside it, once ended, have used."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in told)


def _draft() -> str:
    """Return the text in force with three workdays for every request of a resident."""
    source = rules_on(TOWN, local_day(now())).editions[Section.REGULATIONS, KEY].source
    return re.sub(
        r'^("?handle\.resident_request[\w.]*"? = \{ value = )"[^"]+"', r'\1"3 workdays"', source, flags=re.M
    )
