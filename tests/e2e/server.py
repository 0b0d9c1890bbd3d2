"""A town's own server process: its home, its clock, its database file, and `banjie verify` on it."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
NOT_OURS = ("BANJIE_DATABASE_URL", "BANJIE_DEBUG", "BANJIE_TLS", "BANJIE_TOWN", "BANJIE_KEY_FILE")


@dataclass
class TownServer:
    """One running server; `url` is its address without a slash at the end."""

    home: Path
    port: int
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Return where the town is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of every process of this town."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        return kept | {
            "BANJIE_HOME": str(self.home),
            "BANJIE_PORT": str(self.port),
            "BANJIE_E2E_CLOCK": str(self.home / "clock"),
            "DJANGO_SETTINGS_MODULE": "banjie.config.settings",
        }

    def set_clock(self, moment: datetime) -> None:
        """Let it be `moment` in the town; time goes on from there."""
        self._write_clock((moment - datetime.now(UTC)).total_seconds())

    def _write_clock(self, seconds: float) -> None:
        new = self.home / "clock.new"
        new.write_text(str(seconds))
        new.replace(self.home / "clock")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.home / "server.log").open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.serving"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > until or self.running.poll() is not None:
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the server."""
        if self.running:
            self.running.terminate()
            self.running.wait(timeout=20)

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Have a worker beside the server, for what pages leave to it."""
        with (self.home / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "tests.e2e.working"]
            working = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            yield working
        finally:
            working.terminate()
            working.wait(timeout=20)

    def log(self) -> str:
        """Return what the server wrote to its log."""
        return (self.home / "server.log").read_text(errors="replace")

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the program on this town, such as run("verify")."""
        return self.python("-m", "banjie.config.cli", *command)

    def python(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Python in this town's environment."""
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300,
            check=False,
        )  # fmt: skip

    def sql(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Do to the database what someone does who has the file and no program."""
        with closing(sqlite3.connect(self.home / "banjie.sqlite3", timeout=20)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def _answers(self) -> bool:
        with closing(socket.socket()) as probe:
            probe.settimeout(0.5)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def open_town(home: Path, *, founding: str, at: datetime) -> TownServer:
    """Found a town by the Python `founding` in an empty home and serve it from `at` on."""
    server = TownServer(home, _free_port())
    server.set_clock(at)
    founded = server.run("shell", "--no-imports", "-c", founding)
    if founded.returncode != 0:
        raise RuntimeError(f"the town could not be founded:\n{founded.stderr[-1500:]}")
    server.start()
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
