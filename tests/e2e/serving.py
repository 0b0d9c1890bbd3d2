"""The web server as it really runs, but by a clock that the tests can move (`python -m tests.e2e.serving`).

Days pass in these tests: a pause spans the National Day holiday. Only this process's clock is moved, by the seconds
that stand in the file BANJIE_E2E_CLOCK; the program itself knows nothing of it.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from granian.constants import Interfaces
from granian.server import Server

from banjie.config import web
from banjie.config.processes import die_with_parent


def application() -> web.Application:
    """Load the program behind the moved clock."""
    timezone.now = moved_now
    return web.application()


def moved_now() -> datetime:
    """Return this moment as the town has it."""
    return datetime.now(UTC) + timedelta(seconds=float(Path(os.environ["BANJIE_E2E_CLOCK"]).read_text()))


if __name__ == "__main__":
    die_with_parent()
    Server(
        "tests.e2e.serving:application",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["BANJIE_PORT"]),
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=web.DEFAULT_THREADS,
        workers_kill_timeout=1,
        log_dictconfig=web.log_lines(),
    ).serve()
