"""The web part of the program as `banjie serve` runs it, on a port and in a process group of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
BETWEEN_LOOKS = 0.02


class Served:
    """A web server that can be killed as a machine's failure kills it, and started again on the same port."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take what the program is to find in its environment: its home, its database, its settings."""
        self.port = free_port()
        self.environment = {
            **os.environ,
            "BANJIE_BIND": "127.0.0.1",
            "BANJIE_PORT": str(self.port),
            **environment,
        }
        self.program: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Served":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and return once the port is answered. Raises RuntimeError when it ends instead."""
        self.program = subprocess.Popen(
            [sys.executable, "-m", "banjie.config.web"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while not is_answered(self.port):
            if self.program.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the web server did not come up")
            time.sleep(BETWEEN_LOOKS)

    def kill(self) -> None:
        """Kill the whole process group at once (kill -9), as no shutdown ever does."""
        if self.program is not None:
            os.killpg(self.program.pid, signal.SIGKILL)
            self.program.wait()
            self.program = None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_answered(port: int) -> bool:
    """Tell whether someone answers HTTP on a port of this machine, whatever the answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as line:
            line.sendall(b"HEAD /static/none HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return bool(line.recv(1))
    except OSError:
        return False
