"""Scheduled runs and orphaned tasks: neither missed nor doubled, whoever dies (T5, T6)."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from banjie.base.clock import BEIJING
from banjie.base.declarations import SCHEDULES, Schedule
from banjie.jobs import actions
from banjie.jobs.models import Lease, ScheduledRun, Worker
from banjie.jobs.tasks import enqueue_due, run_scheduled
from banjie.jobs.timing import MOST_FAILURES

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 22, 9, 2, tzinfo=BEIJING)


@pytest.fixture
def ran(monkeypatch):
    """Declare one schedule, every five minutes, and return the moments for which it ran."""
    moments: list[datetime] = []
    monkeypatch.setattr(
        "banjie.jobs.tasks.SCHEDULES", {"often": Schedule("often", moments.append, minutes=5)}
    )
    return moments


def run_ready():
    """Run each ready task as the worker would."""
    for task in DBTaskResult.objects.filter(status="READY"):
        task.claim("worker")
        task.task.call(*task.args_kwargs["args"])
        task.set_successful(None)


def test_a_coming_due_is_enqueued_once_and_run_with_its_moment(ran):
    assert enqueue_due(at=DAY) == ["often"]
    assert enqueue_due(at=DAY + timedelta(minutes=2)) == []
    run_ready()
    assert ran == [DAY.replace(minute=0)]
    assert ScheduledRun.objects.get().finished_at


def test_a_clock_turned_back_runs_nothing_twice(ran):
    enqueue_due(at=DAY)
    enqueue_due(at=DAY + timedelta(days=30))
    assert enqueue_due(at=DAY) == []
    assert enqueue_due(at=DAY + timedelta(minutes=5)) == ["often"]


def test_days_without_power_cost_one_run_and_not_many(ran):
    enqueue_due(at=DAY)
    enqueue_due(at=DAY + timedelta(days=3))
    assert ScheduledRun.objects.count() == 2


def test_a_run_that_is_done_is_not_done_again(ran):
    enqueue_due(at=DAY)
    run_ready()
    run_scheduled.func(ScheduledRun.objects.get().pk)
    assert len(ran) == 1


def test_a_failed_run_is_tried_again_later_and_its_message_is_not_kept(monkeypatch):
    def fail(due_at):
        raise RuntimeError("张三 13800000000")

    monkeypatch.setattr("banjie.jobs.tasks.SCHEDULES", {"bad": Schedule("bad", fail, minutes=5)})
    enqueue_due(at=DAY)
    run = ScheduledRun.objects.get()
    for _ in range(MOST_FAILURES):
        with pytest.raises(RuntimeError):
            run_scheduled.func(run.pk)
        run.refresh_from_db()
    assert (run.failures, run.error, run.finished_at) == (MOST_FAILURES, "RuntimeError", None)
    assert (
        DBTaskResult.objects.filter(run_after__year__lt=9999, run_after__gt=timezone.now()).count()
        == MOST_FAILURES - 1
    )


def test_the_task_of_a_dead_worker_is_taken_back_and_that_of_a_living_one_is_not(ran):
    enqueue_due(at=DAY)
    task = DBTaskResult.objects.get()
    task.claim("li")
    actions.beat("li", at=DAY)
    assert actions.take_back(at=DAY + timedelta(seconds=29)) == 0
    assert actions.take_back(at=DAY + timedelta(seconds=31)) == 1
    task.refresh_from_db()
    assert task.status == "READY"


def test_a_task_that_kills_every_worker_is_given_up(ran):
    enqueue_due(at=DAY)
    for _ in range(actions.MOST_ATTEMPTS):
        DBTaskResult.objects.get().claim("dead")
        actions.take_back(at=DAY)
    assert DBTaskResult.objects.get().status == "FAILED"


def test_one_worker_holds_the_schedule_until_it_signs_off_or_dies():
    assert actions.hold_lease("li", at=DAY)
    assert actions.hold_lease("li", at=DAY + timedelta(seconds=10))
    assert not actions.hold_lease("wang", at=DAY + timedelta(seconds=20))
    assert actions.hold_lease("wang", at=DAY + timedelta(seconds=41))
    actions.beat("wang", at=DAY)
    actions.sign_off("wang", at=DAY + timedelta(seconds=42))
    assert actions.hold_lease("li", at=DAY + timedelta(seconds=43))
    assert not Worker.objects.exists()


def test_a_lease_from_a_clock_that_ran_ahead_is_not_waited_for():
    actions.hold_lease("li", at=DAY + timedelta(days=30))
    assert actions.hold_lease("wang", at=DAY)
    assert Lease.objects.count() == 1


def test_what_is_long_done_is_cleared_away(ran):
    enqueue_due(at=DAY)
    actions.clear_away(at=DAY + timedelta(days=41))
    assert not ScheduledRun.objects.exists()
    assert set(SCHEDULES) >= {"jobs.clear_away"}
