"""Runs that came due: enqueued once, run at least once, said to be done once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from banjie.base.clock import BEIJING
from banjie.base.declarations import SCHEDULES, every
from banjie.jobs.actions import clear_away
from banjie.jobs.models import ScheduledRun
from banjie.jobs.timing import MOST_FAILURES, last_due

logger = logging.getLogger(__name__)


def enqueue_due(*, at: datetime) -> list[str]:
    """Enqueue each schedule whose last coming due has no run yet; return their names.

    The run and its task are written in one transaction, and a schedule comes due at a moment only once: a second
    scheduler, a restart or a clock that was turned back add nothing (T5, T6).
    """
    return [
        schedule.name
        for schedule in SCHEDULES.values()
        if _enqueue(schedule.name, last_due(schedule, at=at, zone=BEIJING))
    ]


@transaction.atomic
def _enqueue(name: str, due_at: datetime) -> bool:
    run, is_new = ScheduledRun.objects.get_or_create(schedule=name, due_at=due_at)
    if is_new:
        run_scheduled.enqueue(run.pk)
    return is_new


@task()
def run_scheduled(run_id: int) -> None:
    """Run what came due, unless it is done already; after a failure try again later, at growing distances."""
    run = ScheduledRun.objects.get(pk=run_id)
    schedule = SCHEDULES.get(run.schedule)
    if run.finished_at is not None or schedule is None:
        return
    try:
        schedule.run(run.due_at)
    except Exception as error:  # the edge of the task runner: whatever a run raises, the others must go on
        _put_off(run, error)
        raise
    ScheduledRun.objects.filter(pk=run_id).update(finished_at=timezone.now())


@transaction.atomic
def _put_off(run: ScheduledRun, error: Exception) -> None:
    """Note the failure by the name of its class alone: messages may hold personal data."""
    failures = run.failures + 1
    ScheduledRun.objects.filter(pk=run.pk).update(failures=F("failures") + 1, error=type(error).__name__)
    logger.error(
        "scheduled run %s failed (%s of %s): %s", run.schedule, failures, MOST_FAILURES, type(error).__name__
    )
    if failures < MOST_FAILURES:
        run_scheduled.using(run_after=timezone.now() + timedelta(minutes=failures**2)).enqueue(run.pk)


@every("jobs.clear_away", at="03:40")
def clear_away_daily(due_at: datetime) -> None:
    """Delete what the machinery no longer needs."""
    clear_away(at=due_at)
