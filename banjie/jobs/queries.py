"""What the machinery tells of itself: for each schedule when it ran and runs next, and whether anybody is at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.module_loading import autodiscover_modules

from banjie.base.clock import BEIJING
from banjie.base.declarations import SCHEDULES, Schedule
from banjie.jobs.models import ScheduledRun, Worker
from banjie.jobs.timing import LEASE, MOST_FAILURES, last_due, next_due

LATE = timedelta(minutes=15)
"""A run that came due so long ago and is not done is late."""


@dataclass(frozen=True)
class Timer:
    """One schedule: when it runs next, when it was last done, and what is wrong with its last coming due."""

    name: str
    next_at: datetime
    done_at: datetime | None
    failures: int
    is_late: bool
    is_given_up: bool


def timers(*, at: datetime) -> list[Timer]:
    """Return every schedule that some room declares, by name, in two queries."""
    autodiscover_modules("tasks")
    done = dict(
        ScheduledRun.objects.filter(finished_at__isnull=False)
        .values_list("schedule")
        .annotate(last=Max("finished_at"))
    )
    recent = ScheduledRun.objects.filter(due_at__gte=at - timedelta(days=2))
    runs = {(run.schedule, run.due_at): run for run in recent}
    found = []
    for schedule in sorted(SCHEDULES.values(), key=lambda one: one.name):
        run = runs.get((schedule.name, last_due(schedule, at=at, zone=BEIJING)))
        found.append(_timer(schedule, run, done.get(schedule.name), at=at))
    return found


def is_worker_alive(*, at: datetime) -> bool:
    """Tell whether a worker has beaten within a lease's length; without one nothing runs at all."""
    return Worker.objects.filter(beat_at__gt=at - LEASE).exists()


def _timer(schedule: Schedule, run: ScheduledRun | None, done_at: datetime | None, *, at: datetime) -> Timer:
    due_at = last_due(schedule, at=at, zone=BEIJING)
    is_done = run is not None and run.finished_at is not None
    return Timer(
        name=schedule.name,
        next_at=next_due(schedule, at=at, zone=BEIJING),
        done_at=done_at,
        failures=run.failures if run else 0,
        is_late=not is_done and at - due_at > LATE,
        is_given_up=bool(run and not is_done and run.failures >= MOST_FAILURES),
    )
