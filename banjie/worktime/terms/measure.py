"""Four ways to lay time out as whole numbers: a term adds to a position, and a position ends at a moment. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Protocol

from banjie.worktime.calendar import Calendar, OfficeHours
from banjie.worktime.hours import BEIJING, HOUR_US, MICROSECOND, SECOND_US, at_time, local
from banjie.worktime.terms.term import TermUnit

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MINUTE_US = 60 * SECOND_US


class Measure(Protocol):
    """A number line of one unit; `step` positions make up one unit of a term."""

    step: ClassVar[int]

    def at(self, moment: datetime) -> int:
        """Return the position that is reached at `moment`."""

    def end(self, position: int) -> datetime:
        """Return the moment at which what is counted up to `position` is over."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Working days; one is over when the office closes (民法典 第二百零三条)."""

    calendar: Calendar
    hours: OfficeHours
    step: ClassVar[int] = 1

    def at(self, moment: datetime) -> int:
        """Return the rank of the last workday up to the day of `moment`."""
        return self.calendar.rank(local(moment).date())

    def end(self, position: int) -> datetime:
        """Return when the office closes on the workday of this rank."""
        return at_time(self.calendar.ranked(position), self.hours.closes_at)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Days of the calendar; one is over at 24:00, and the last one is never a rest day."""

    calendar: Calendar
    step: ClassVar[int] = 1

    def at(self, moment: datetime) -> int:
        """Return the ordinal of the day of `moment`."""
        return local(moment).date().toordinal()

    def end(self, position: int) -> datetime:
        """Return the last microsecond of that day, or of the first workday after its rest period."""
        return at_time(self.calendar.first_workday_from(date.fromordinal(position)), time.max)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Time inside office hours, in microseconds."""

    calendar: Calendar
    hours: OfficeHours
    step: ClassVar[int] = HOUR_US

    def at(self, moment: datetime) -> int:
        """Return the working time that is over at `moment`."""
        wall = local(moment)
        day = wall.date()
        rank = self.calendar.rank(day)
        if not self.calendar.is_workday(day):
            return rank * self.hours.day_us
        return (rank - 1) * self.hours.day_us + self.hours.worked_us(wall.time())

    def end(self, position: int) -> datetime:
        """Return the earliest moment at which that much working time is over."""
        rank, worked = divmod(position - 1, self.hours.day_us)
        day = self.calendar.ranked(rank + 1)
        return at_time(day, time.min) + self.hours.moment_at(worked + 1)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """Time by the clock, nights and holidays included (民法典 第二百零一条), in microseconds."""

    step: ClassVar[int] = HOUR_US

    def at(self, moment: datetime) -> int:
        """Return the microseconds since 1970."""
        return (moment - _EPOCH) // MICROSECOND

    def end(self, position: int) -> datetime:
        """Return that moment."""
        return (_EPOCH + timedelta(microseconds=position)).astimezone(BEIJING)


def measure_for(unit: TermUnit, *, calendar: Calendar, hours: OfficeHours) -> Measure:
    """Return the number line on which terms of `unit` are counted."""
    if unit is TermUnit.WORKDAYS:
        return Workdays(calendar, hours)
    if unit is TermUnit.WORKHOURS:
        return WorkingTime(calendar, hours)
    return CalendarDays(calendar) if unit is TermUnit.DAYS else ClockTime()


def worked_minutes_between(
    after: datetime, until: datetime, *, calendar: Calendar, hours: OfficeHours
) -> int:
    """Count the whole minutes of office hours from `after` to `until`; negative when `until` is earlier."""
    measure = WorkingTime(calendar, hours)
    worked = measure.at(until) - measure.at(after)
    return worked // MINUTE_US if worked >= 0 else -(-worked // MINUTE_US)
