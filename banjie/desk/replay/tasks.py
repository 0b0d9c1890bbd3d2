"""What the worker does for a replay: it counts in processes beside itself, so that numpy's memory is gone with them."""

import os
from uuid import UUID

from django_tasks import task

from banjie.base.clock import now
from banjie.base.errors import BanjieError
from banjie.cases.towns import covered_as_in
from banjie.rulebook.actions import fail_replay, run_replay
from banjie.rulebook.models import Replay

PROCESSES = min(2, os.cpu_count() or 1)
BROKEN = "程序出了错，没有算完。请再测算一次；还不行的，把这一页告诉系统管理员。"


@task()
def count(replay_id: str) -> None:
    """Count a replay that was asked for; what the rules refuse is said on its page."""
    try:
        with covered_as_in(Replay.objects.get(pk=UUID(replay_id)).town, at=now()):
            run_replay(UUID(replay_id), clock=now, processes=PROCESSES)
    except BanjieError as refusal:
        fail_replay(UUID(replay_id), refusal.message, at=now())
    except Exception:  # the edge of the task runner: whoever waits for it is told
        fail_replay(UUID(replay_id), BROKEN, at=now())
        raise
