"""When a message may leave the building, and how long a failed one waits (U38, T6). Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from banjie.worktime.hours import local

MOST_TRIES = 8
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Policy:
    """What the rulebook says of messages: the hours in which they go out, how many a day or a minute, which kinds."""

    hours: tuple[time, time] = (time(8), time(20))
    per_person_and_day: int = 3
    kinds: frozenset[str] = frozenset()
    per_group_and_minute: int = 20

    def is_open(self, at: datetime) -> bool:
        """Tell whether messages go out at this moment; the rest of the day is quiet."""
        opens, closes = self.hours
        return opens <= local(at).time() < closes


def wait_after(tries: int) -> timedelta:
    """Return how long a message waits after so many failed tries: a minute, doubled each time up to six hours."""
    return min(_FIRST_WAIT * (1 << max(tries - 1, 0)), _LONGEST_WAIT)
