"""A year of the working calendar as a page shows it: twelve months, each day with what it is to the office. Pure."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from banjie.worktime.calendar import Calendar, DayKind

MARKS = {DayKind.HOLIDAY: "休", DayKind.MAKE_UP: "班", DayKind.WEEKEND: "", DayKind.WORKDAY: ""}
WORDS = {DayKind.HOLIDAY: "放假", DayKind.MAKE_UP: "补班", DayKind.WEEKEND: "周末", DayKind.WORKDAY: "工作日"}


@dataclass(frozen=True)
class Day:
    """One day: number, kind for its look, mark for those who see no colour."""

    number: int
    kind: str
    mark: str
    words: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """One month in weeks from Monday; None fills up the first and the last week."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]
    workdays: int


def months_of(year: int, calendar: Calendar, *, today: date) -> Iterator[Month]:
    """Yield the twelve months of a year."""
    for number in range(1, 13):
        rows = Weeks().monthdatescalendar(year, number)
        weeks = tuple(
            tuple(_day(day, calendar, today=today) if day.month == number else None for day in row)
            for row in rows
        )
        worked = sum(calendar.is_workday(day) for row in rows for day in row if day.month == number)
        yield Month(number, weeks, worked)


def _day(day: date, calendar: Calendar, *, today: date) -> Day:
    kind = calendar.kind_of(day)
    return Day(day.day, kind.value, MARKS[kind], WORDS[kind], is_today=day == today)
