"""How far the worker has come with something that a page waits for."""

from dataclasses import dataclass
from datetime import timedelta

STUCK = timedelta(minutes=2)
"""Without a move for so long, the page offers to have the worker look again."""


@dataclass(frozen=True)
class Progress:
    """A bar with its words; a total of 0 says that it cannot be told."""

    label: str
    done: int
    total: int
    words: str
    is_stuck: bool
