"""What the machinery writes of itself: heartbeats, the lease, and tasks taken back from the dead."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from banjie.jobs.models import Lease, ScheduledRun, Worker
from banjie.jobs.timing import LEASE

BEAT = timedelta(seconds=10)
MOST_ATTEMPTS = 10
"""A task that takes its worker down this often is given up."""
KEPT = timedelta(days=40)


def beat(worker_id: str, *, at: datetime) -> None:
    """Say that this worker is alive."""
    Worker.objects.update_or_create(
        id=worker_id, defaults={"beat_at": at}, create_defaults={"started_at": at, "beat_at": at}
    )


@transaction.atomic
def hold_lease(worker_id: str, *, at: datetime) -> bool:
    """Take or renew the lease on the schedule; tell whether this worker holds it now."""
    lease, _ = Lease.objects.get_or_create(
        name="schedule", defaults={"holder": worker_id, "until": at + LEASE}
    )
    lease = Lease.objects.select_for_update().get(pk=lease.pk)
    if lease.holder != worker_id and at < lease.until < at + 2 * LEASE:
        return False
    lease.holder, lease.until = worker_id, at + LEASE
    lease.save()
    return True


@transaction.atomic
def sign_off(worker_id: str, *, at: datetime) -> None:
    """Leave in good order, so that the next worker need not wait for the lease to run out."""
    Lease.objects.filter(holder=worker_id).update(until=at)
    Worker.objects.filter(id=worker_id).delete()


@transaction.atomic
def take_back(*, at: datetime) -> int:
    """Make the tasks of dead workers ready again, or give them up after MOST_ATTEMPTS; return how many there were."""
    alive = set(Worker.objects.filter(beat_at__gt=at - LEASE).values_list("id", flat=True))
    running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    orphans = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
    for task in orphans:
        _take_back_one(task, at=at)
    return len(orphans)


def _take_back_one(task: "DBTaskResult[..., object]", *, at: datetime) -> None:
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        task.status, task.finished_at = "FAILED", at
        task.exception_class_path = "banjie.jobs.WorkerDied"
        task.traceback = f"{MOST_ATTEMPTS} 个后台进程在执行它时中断，已放弃。"
    else:
        task.status, task.started_at = "READY", None
    task.save(update_fields=["status", "started_at", "finished_at", "exception_class_path", "traceback"])


def clear_away(*, at: datetime) -> None:
    """Delete what is only of use to the machinery, 40 days after it ended."""
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()
    ScheduledRun.objects.filter(due_at__lt=at - KEPT).delete()
    Worker.objects.filter(beat_at__lt=at - KEPT).delete()
