"""How far the worker has come with something that a page waits for."""

from dataclasses import dataclass
from datetime import timedelta

STUCK = timedelta(minutes=2)
"""Without a move for so long, the page offers to have the worker look again."""
SETTLED = timedelta(seconds=3)
"""Before that, the pace tells nothing yet."""
IN_MINUTES = 90
"""From so many seconds on, the rest is told in minutes."""


@dataclass(frozen=True)
class Progress:
    """A bar with its words; a total of 0 says that it cannot be told."""

    label: str
    done: int
    total: int
    words: str
    is_stuck: bool


def say_left(done: int, total: int, *, took: timedelta) -> str:
    """Return how long the rest will take at this pace; nothing before there is something to go by (U21)."""
    if not done or took <= SETTLED:
        return ""
    left = round(took.total_seconds() / done * (total - done))
    return f"，约剩 {left} 秒" if left < IN_MINUTES else f"，约剩 {round(left / 60)} 分钟"
