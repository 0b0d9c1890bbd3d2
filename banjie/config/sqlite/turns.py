"""Whose turn it is to write to a database file: threads of a process queue on a lock, processes on a locked file.

SQLite itself lets writers ask again and again, at growing distances: eight clerks at once kept one waiting two
seconds for a deed of twenty milliseconds. Here the next one begins when the one before has committed.
"""

import fcntl
import os
import threading
import time
from functools import cache
from pathlib import Path

SHORTEST_PAUSE, LONGEST_PAUSE, SHARE = 0.0002, 0.004, 1 / 8
"""Between two looks at the locked file lie so many seconds, in between a share of the time waited so far: whoever
comes next loses little of a deed of a few milliseconds, and an import of a second is not looked at thousands of times.
"""


class Turn:
    """The one turn to write to one database file. The kernel gives it back when its process dies."""

    def __init__(self, path: Path) -> None:
        """Open the files that are locked; they stay empty and lie beside the database.

        Who waits stands at the door, and who has just written must pass the door again: so a program that writes
        one chunk after another, an import say, lets the others in between.
        """
        self._threads = threading.Lock()
        self._file, self._door = (
            os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            for name in (path, path.with_name(f"{path.name}.next"))
        )

    def take(self, *, patience: float) -> bool:
        """Wait for the turn at most `patience` seconds; tell whether it came."""
        until = time.monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            return False
        if self._take_file(until):
            return True
        self._threads.release()
        return False

    def give_back(self) -> None:
        """Let the next one write."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _take_file(self, until: float) -> bool:
        if not _locked(self._door, until):
            return False
        try:
            return _locked(self._file, until)
        finally:
            fcntl.flock(self._door, fcntl.LOCK_UN)


def _locked(file: int, until: float) -> bool:
    """Lock a file, looking again and again until then; tell whether it was locked."""
    begun = time.monotonic()
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            at = time.monotonic()
            if at > until:
                return False
            time.sleep(min(max((at - begun) * SHARE, SHORTEST_PAUSE), LONGEST_PAUSE))
        else:
            return True


@cache
def turn_at(database: str) -> Turn:
    """Return the turn of a database file, the same for all connections of this process."""
    return Turn(Path(f"{database}.turn"))
