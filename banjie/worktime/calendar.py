"""The working calendar: which days work, counted by index so that a due date costs microseconds. Pure."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate, compress

from banjie.base.errors import InvalidInput
from banjie.worktime.hours import OfficeHours, parse_hours, say_hours

__all__ = ["Calendar", "DayKind", "OfficeHours", "Run", "Tables", "parse_hours", "say_hours"]

FIRST_DAY = date(1979, 12, 31)
"""A Monday, the first day that a calendar knows."""
LAST_DAY = date(2100, 1, 3)
"""A Sunday, the last one."""
_BASE = FIRST_DAY.toordinal()
_LENGTH = LAST_DAY.toordinal() - _BASE + 1
_WEEK = bytes((1, 1, 1, 1, 1, 0, 0))
_SATURDAY = 5
WEEKDAY_WORDS = "一二三四五六日"
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a day is to the office."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True)
class Run:
    """An unbroken row of rest days, of which at least one would have been a workday."""

    first: date
    last: date


@dataclass(frozen=True)
class Tables:
    """A calendar laid out flat, day by day from `first_ordinal`, for those who count very many at once.

    `works` holds for each day whether it works, `worked` how many workdays there are up to it, `workdays` which day
    each workday is.
    """

    first_ordinal: int
    works: bytes
    worked: "array[int]"
    workdays: "array[int]"


class Calendar:
    """The working days of one town: weekdays, less the days off of the yearly notices, plus the make-up days."""

    __slots__ = ("_make_ups", "_run_ends", "_run_starts", "_workdays", "_worked", "_works", "known_until")

    def __init__(self, days: Mapping[date, bool], known_until: date) -> None:
        """Take for each day that a notice names whether it works, and the last day of the last notice."""
        works = bytearray(_WEEK * (_LENGTH // 7))
        for day, is_workday in days.items():
            works[_index(day)] = is_workday
        self.known_until = known_until
        self._works = bytes(works)
        self._worked = array("i", accumulate(works))
        self._workdays = array("i", compress(range(_LENGTH), works))
        self._make_ups = sorted(_index(day) for day, works_on in days.items() if works_on and is_weekend(day))
        self._run_starts, self._run_ends = self._find_runs(days)

    @property
    def tables(self) -> Tables:
        """Return the calendar laid out flat."""
        return Tables(_BASE, self._works, self._worked, self._workdays)

    def is_workday(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        return self._works[_index(day)] == 1

    def is_provisional(self, day: date) -> bool:
        """Tell whether `day` lies past the last notice, so that only weekends are known of it (暂定)."""
        return day > self.known_until

    def kind_of(self, day: date) -> DayKind:
        """Return what `day` is; a weekend inside a row of days off is part of that holiday."""
        if self.is_workday(day):
            return DayKind.MAKE_UP if is_weekend(day) else DayKind.WORKDAY
        found = bisect_right(self._run_starts, _index(day)) - 1
        inside = found >= 0 and _index(day) <= self._run_ends[found]
        return DayKind.HOLIDAY if inside else DayKind.WEEKEND

    def rank(self, day: date) -> int:
        """Return how many workdays there are from the calendar's first day up to and including `day`."""
        return self._worked[_index(day)]

    def ranked(self, rank: int) -> date:
        """Return the workday whose `rank` this is; InvalidInput beyond the calendar."""
        if not 0 < rank <= len(self._workdays):
            raise InvalidInput("算出的日期超出了工作日历（1980年至2099年）。请检查起算日和时限。")
        return date.fromordinal(_BASE + self._workdays[rank - 1])

    def workdays_between(self, after: date, until: date) -> int:
        """Count the workdays after `after` up to and including `until`; negative when `until` is earlier."""
        return self._worked[_index(until)] - self._worked[_index(after)]

    def workday_after(self, day: date, amount: int) -> date:
        """Return the `amount`-th workday after `day`, which is itself not counted (民法典 第二百零一条)."""
        return self.ranked(self.rank(day) + amount)

    def first_workday_from(self, day: date) -> date:
        """Return `day`, or the day after the rest period that it lies in (民法典 第二百零三条)."""
        return day if self.is_workday(day) else self.workday_after(day, 1)

    def make_ups_between(self, after: date, until: date) -> list[date]:
        """Return the make-up workdays after `after` up to and including `until`."""
        first, end = bisect_right(self._make_ups, _index(after)), bisect_right(self._make_ups, _index(until))
        return [date.fromordinal(_BASE + index) for index in self._make_ups[first:end]]

    def runs_between(self, after: date, until: date) -> list[Run]:
        """Return the holidays after `after` up to and including `until`, cut to that span."""
        first = bisect_right(self._run_ends, _index(after))
        end = bisect_right(self._run_starts, _index(until))
        starts_and_ends = zip(self._run_starts[first:end], self._run_ends[first:end], strict=True)
        return [
            Run(
                first=max(date.fromordinal(_BASE + start), after + ONE_DAY),
                last=min(date.fromordinal(_BASE + stop), until),
            )
            for start, stop in starts_and_ends
        ]

    def changed_days(self, other: "Calendar") -> Iterator[date]:
        """Return the days on which two calendars do not agree."""
        for index in range(_LENGTH):
            if self._works[index] != other._works[index]:
                yield date.fromordinal(_BASE + index)

    def _find_runs(self, days: Mapping[date, bool]) -> tuple[list[int], list[int]]:
        """Return the first and last index of each row of rest days that holds a weekday off."""
        starts: list[int] = []
        ends: list[int] = []
        for day in sorted(day for day, works_on in days.items() if not works_on and not is_weekend(day)):
            index = _index(day)
            if ends and index <= ends[-1]:
                continue
            starts.append(self._works.rindex(1, 0, index) + 1)
            ends.append(self._works.index(1, index) - 1)
        return starts, ends


def is_weekend(day: date) -> bool:
    """Tell whether `day` is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def say_weekday(day: date) -> str:
    """Return the day of the week: 周六."""
    return f"周{WEEKDAY_WORDS[day.weekday()]}"


def workdays_between(after: date, until: date, calendar: Calendar) -> int:
    """Count the workdays after `after` up to and including `until`; negative when `until` is earlier."""
    return calendar.workdays_between(after, until)


def _index(day: date) -> int:
    index = day.toordinal() - _BASE
    if 0 <= index < _LENGTH:
        return index
    raise InvalidInput(f"{day.year}年不在工作日历内（1980年至2099年）。请检查日期是否填错。")
