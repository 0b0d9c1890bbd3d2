"""The web server: granian over WSGI, a process for each of two cores, each with a few threads (ADR 0012)."""

import os
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from banjie.config.logs import PlainFormatter
from banjie.config.processes import die_with_parent
from banjie.config.threads import Application, sweeping_up

DEFAULT_PROCESSES = min(2, os.cpu_count() or 1)
DEFAULT_THREADS = 4


def application() -> Application:
    """Load Django in the process that answers requests, and only there: the one that starts it stays small."""
    die_with_parent()
    from banjie.config.wsgi import application as loaded  # here, since importing it loads all of Django

    return sweeping_up(loaded)


def log_lines() -> dict[str, Any]:
    """Return granian's logging: its own warnings on stderr, and never a line for each request."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": PlainFormatter, "fmt": "%(asctime)s %(levelname)s web: %(message)s"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
        },
        "loggers": {"_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
    }


def main() -> None:
    """Serve until told to stop; a process that dies is started again."""
    Server(
        "banjie.config.web:application",
        factory=True,
        address=os.environ.get("BANJIE_BIND", "127.0.0.1"),
        port=int(os.environ.get("BANJIE_PORT", "8000")),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(os.environ.get("BANJIE_WEB_PROCESSES", str(DEFAULT_PROCESSES))),
        blocking_threads=int(os.environ.get("BANJIE_WEB_THREADS", str(DEFAULT_THREADS))),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig=log_lines(),
    ).serve()


if __name__ == "__main__":
    main()
