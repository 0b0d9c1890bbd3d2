"""`banjie serve`: keep the web server and the worker alive, and end both when told to.

It runs without Django, so that the parent of the whole system costs a few megabytes. Each child is killed by the
kernel when this process ends, however it ends.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from banjie.config.processes import die_with_parent

SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 10.0
STEADY_SECONDS = 30.0
"""A child that lived this long is started again at once; one that keeps dying is waited for longer and longer."""
GRACE_SECONDS = 15.0
ANSWER_SECONDS = 1.0


@dataclass
class Child:
    """One program that is to run for ever."""

    name: str
    command: tuple[str, ...]
    pause: float = 0.0
    start_at: float = 0.0
    started_at: float = 0.0
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl+C reaches it through the supervisor alone."""
        self.started_at = time.monotonic()
        self.running = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            env={**os.environ, "BANJIE_SUPERVISED": "1"},
            preexec_fn=_child_signals,
            start_new_session=True,
        )

    def has_died(self) -> bool:
        """Tell whether it ran and has ended; plan the next start."""
        if self.running is None or self.running.poll() is None:
            return False
        lived = time.monotonic() - self.started_at
        self.pause = 0.0 if lived > STEADY_SECONDS else min(max(self.pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        self.start_at = time.monotonic() + self.pause
        tell(f"{self.name} ended with {self.running.returncode}; starting it again in {self.pause:.1f} s")
        self.running = None
        return True


@dataclass
class Supervisor:
    """The children and the words to say once the web server answers."""

    children: list[Child]
    address: tuple[str, int]
    greeting: str
    _said: bool = field(default=False)

    def run(self) -> int:
        """Start the children, start again those that die, until a signal ends it all; return the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        while True:
            self._start_due()
            told = signal.sigtimedwait(SIGNALS, self._patience())
            if told is not None and told.si_signo != signal.SIGCHLD:
                return self._end()
            for child in self.children:
                child.has_died()

    def _start_due(self) -> None:
        for child in self.children:
            if child.running is None and time.monotonic() >= child.start_at:
                child.start()
        if not self._said and _answers(self.address):
            self._said = True
            print(self.greeting, flush=True)

    def _patience(self) -> float:
        """Return how long to sleep: until the next start is due, shortly while the web server comes up."""
        waits = [
            max(child.start_at - time.monotonic(), 0) for child in self.children if child.running is None
        ]
        return min([*waits, 3600.0 if self._said else 0.1])

    def _end(self) -> int:
        """Ask each child to end, wait, and kill what is left."""
        living = [child.running for child in self.children if child.running is not None]
        for process in living:
            process.terminate()
        until = time.monotonic() + GRACE_SECONDS
        while any(process.poll() is None for process in living) and time.monotonic() < until:
            signal.sigtimedwait((signal.SIGCHLD,), 0.5)
        for process in living:
            if process.poll() is None:
                process.kill()
                process.wait()
        return 0


def tell(text: str) -> None:
    """Write one line to stderr, as the other processes do."""
    print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} WARNING supervisor: {text}", file=sys.stderr, flush=True)


def _child_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    die_with_parent()


def _answers(address: tuple[str, int]) -> bool:
    """Tell whether a request is answered: the port opens before the program behind it is loaded."""
    host = os.environ.get("BANJIE_HOSTS", "*").split(",")[0].strip("*.") or "localhost"
    try:
        with socket.create_connection(address, timeout=ANSWER_SECONDS) as asked:
            asked.sendall(f"HEAD /static/ HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            return bool(asked.recv(1))
    except OSError:
        return False


def main() -> None:
    """Serve this town: the one web server and the one worker."""
    bind, port = os.environ.get("BANJIE_BIND", "127.0.0.1"), int(os.environ.get("BANJIE_PORT", "8000"))
    host = "127.0.0.1" if bind in ("0.0.0.0", "::") else bind  # noqa: S104 - compared, not bound
    greeting = os.environ.pop("BANJIE_GREETING", "")
    children = [
        Child("web", (sys.executable, "-m", "banjie.config.web")),
        Child("worker", (sys.executable, "-m", "banjie.config.cli", "work")),
    ]
    told = f"{greeting}\n办结已启动，请用浏览器打开  http://{host}:{port}/  （按 Ctrl+C 结束）\n"
    sys.exit(Supervisor(children, (host, port), told.lstrip("\n")).run())


if __name__ == "__main__":
    main()
