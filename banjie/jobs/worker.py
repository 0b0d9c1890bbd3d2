"""The worker process: one loop that runs tasks, one thread that beats, keeps the schedule and takes back tasks."""

import logging
import os
import threading
import time
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker as TaskLoop

from banjie.base.ids import new_id
from banjie.jobs import actions
from banjie.jobs.tasks import enqueue_due
from banjie.jobs.timing import LEASE

POLL_SECONDS = 1.0
EXIT_CODE_LOST = 70
logger = logging.getLogger(__name__)


def work() -> None:
    """Run tasks until told to stop; the one caller is the command `banjie work`."""
    autodiscover_modules("tasks")
    pulse = Pulse(worker_id=new_id().hex)
    pulse.beat()
    threading.Thread(target=pulse.keep_beating, name="pulse", daemon=True).start()
    loop = TaskLoop(
        queue_names=["*"], interval=POLL_SECONDS, batch=False, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=pulse.worker_id, excluded_queue_names=[],
    )  # fmt: skip
    loop.configure_signals()
    try:
        loop.run()
    finally:
        pulse.stop()


@dataclass
class Pulse:
    """The thread beside the task loop; if it cannot beat for a lease's length the whole process ends.

    Otherwise another worker would take this one's task for orphaned while it still runs here.
    """

    worker_id: str
    _stopped: threading.Event = field(default_factory=threading.Event)
    _beaten: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Beat once; whoever holds the lease then enqueues what came due and takes back orphaned tasks."""
        at = timezone.now()
        actions.beat(self.worker_id, at=at)
        self._beaten = time.monotonic()
        if actions.hold_lease(self.worker_id, at=at):
            enqueue_due(at=at)
            actions.take_back(at=at)

    def keep_beating(self) -> None:
        """Beat until stopped."""
        while not self._stopped.wait(actions.BEAT.total_seconds()):
            try:
                close_old_connections()
                self.beat()
            except DatabaseError as error:
                logger.warning("the database does not answer the worker: %s", type(error).__name__)
                connection.close()
            if time.monotonic() - self._beaten > LEASE.total_seconds():
                logger.error("the worker could not beat for %s; it ends and is started again", LEASE)
                os._exit(EXIT_CODE_LOST)

    def stop(self) -> None:
        """End the beating and leave in good order; a database that is gone is no reason to hang."""
        self._stopped.set()
        try:
            actions.sign_off(self.worker_id, at=timezone.now())
        except DatabaseError as error:
            logger.warning("the worker could not sign off: %s", type(error).__name__)
