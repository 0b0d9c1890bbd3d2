"""Office hours of a day, and the wall clock of the office. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from banjie.base.errors import InvalidInput

BEIJING = ZoneInfo("Asia/Shanghai")
"""Repeated from base.clock, which knows Django; this room's pure modules do not."""

MICROSECOND = timedelta(microseconds=1)
SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
_SPAN = r"(\d{1,2}):(\d\d)\s*[-—~至]\s*(\d{1,2}):(\d\d)"
_HOURS = re.compile(rf"{_SPAN}\s*[,，;；\s]\s*{_SPAN}")


@dataclass(frozen=True)
class OfficeHours:
    """When the office works on a workday: from and until, in the morning and in the afternoon."""

    morning: tuple[time, time]
    afternoon: tuple[time, time]

    def __post_init__(self) -> None:
        told = (*self.morning, *self.afternoon)
        if not (told[0] < told[1] <= told[2] < told[3]):
            raise InvalidInput(
                "办公时间前后颠倒。请按先后填写上午和下午的起止时间，例如 8:30-12:00 14:30-17:30。"
            )

    @cached_property
    def edges(self) -> tuple[int, int, int, int]:
        """Return the four edges in microseconds since midnight."""
        first, second, third, fourth = (_since_midnight(edge) for edge in (*self.morning, *self.afternoon))
        return first, second, third, fourth

    @cached_property
    def day_us(self) -> int:
        """Return how long a workday lasts, in microseconds."""
        first, second, third, fourth = self.edges
        return second - first + fourth - third

    @property
    def closes_at(self) -> time:
        """Return when the office closes."""
        return self.afternoon[1]

    def worked_us(self, moment: time) -> int:
        """Return how much of a workday is over at `moment`, in microseconds."""
        first, second, third, fourth = self.edges
        since = _since_midnight(moment)
        return min(max(since - first, 0), second - first) + min(max(since - third, 0), fourth - third)

    def moment_at(self, worked: int) -> timedelta:
        """Return when `worked` microseconds of a workday are over, since midnight; the earliest such moment."""
        first, second, third, _ = self.edges
        morning = second - first
        return timedelta(microseconds=first + worked if worked <= morning else third + worked - morning)


def parse_hours(text: str) -> OfficeHours:
    """Read office hours such as "8:30-12:00 14:30-17:30"; InvalidInput when they cannot be read."""
    match = _HOURS.fullmatch(text.strip().replace("：", ":"))
    if not match:
        raise InvalidInput(f"看不懂办公时间“{text}”。请写成 8:30-12:00 14:30-17:30。")
    told = [int(part) for part in match.groups()]
    try:
        edges = [time(hour, minute) for hour, minute in zip(told[::2], told[1::2], strict=True)]
    except ValueError as error:
        raise InvalidInput(f"办公时间“{text}”里有不存在的钟点。请写成 8:30-12:00 14:30-17:30。") from error
    return OfficeHours(morning=(edges[0], edges[1]), afternoon=(edges[2], edges[3]))


def say_hours(hours: OfficeHours) -> str:
    """Return office hours in words: 上午8:30—12:00，下午14:30—17:30."""
    (first, second), (third, fourth) = hours.morning, hours.afternoon
    return f"上午{say_time(first)}—{say_time(second)}，下午{say_time(third)}—{say_time(fourth)}"


def say_time(moment: time) -> str:
    """Return a time of day as the office writes it: 8:30."""
    return f"{moment.hour}:{moment.minute:02d}"


def local(moment: datetime) -> datetime:
    """Return `moment` as the wall clock of the office shows it; a moment without a zone is a bug."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be placed on the calendar")
    return moment if moment.tzinfo is BEIJING else moment.astimezone(BEIJING)


def at_time(day: date, moment: time) -> datetime:
    """Return `moment` of `day` by the wall clock of the office."""
    return datetime.combine(day, moment, BEIJING)


def _since_midnight(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * SECOND_US + moment.microsecond
