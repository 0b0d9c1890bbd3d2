"""What a light says beside its colour: how much is left, and from when it is amber (U6). Pure."""

from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import Calendar, OfficeHours
from banjie.worktime.hours import HOUR_US, at_time, local
from banjie.worktime.terms.measure import MINUTE_US, ClockTime, Measure, WorkingTime
from banjie.worktime.terms.term import Term, TermUnit

Share = Fraction | Decimal
_WORKING = (TermUnit.WORKDAYS, TermUnit.WORKHOURS)
_LONG = 2
"""Hour terms with this many days or more to go are told in days."""


def remaining_words(
    due_at: datetime,
    now: datetime,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    unit: TermUnit = TermUnit.WORKDAYS,
) -> str:
    """Return what is left in the unit of the term: 剩2个工作日, 剩3小时, 今天到期, 超期3个工作日, 已超期."""
    if unit in (TermUnit.WORKDAYS, TermUnit.DAYS):
        return _day_words(due_at, now, calendar=calendar, is_working=unit is TermUnit.WORKDAYS)
    is_working = unit is TermUnit.WORKHOURS
    measure = _fine(unit, calendar, hours)
    day_us = hours.day_us if is_working else 24 * HOUR_US
    left = measure.at(due_at) - measure.at(now)
    if abs(left) >= _LONG * day_us:
        return _day_words(due_at, now, calendar=calendar, is_working=is_working)
    name = "个工作小时" if is_working else "小时"
    amount, name = (abs(left) // HOUR_US, name) if abs(left) >= HOUR_US else (abs(left) // MINUTE_US, "分钟")
    if now > due_at:
        return f"超期{amount}{name}" if amount else "已超期"
    return f"剩{amount}{name}" if amount else "马上到期"


def amber_of(
    term: Term,
    start: datetime,
    due_at: datetime,
    *,
    share: Share,
    calendar: Calendar,
    hours: OfficeHours,
) -> datetime:
    """Return when the light turns amber: when `share` of the term is used up, never before `start`.

    Counted back from the due moment, so that pauses do not bring it forward. Five workdays at 0.8 are amber from
    the close of the day before the last.
    """
    _check(share)
    measure = _fine(term.unit, calendar, hours)
    unit_us = {TermUnit.WORKDAYS: hours.day_us, TermUnit.DAYS: 24 * HOUR_US}.get(term.unit, HOUR_US)
    left = int(term.amount * unit_us * (1 - Fraction(share)))
    return max(start, measure.end(measure.at(due_at) - left)) if left else due_at


def share_point(
    start: datetime,
    due_at: datetime,
    share: Share,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    unit: TermUnit = TermUnit.WORKDAYS,
) -> datetime:
    """Return when `share` of the time from `start` to a due time given from outside is used up."""
    _check(share)
    measure = _fine(unit, calendar, hours)
    is_by_day = unit in (TermUnit.WORKDAYS, TermUnit.DAYS)
    begin = measure.at(at_time(local(start).date(), time.max) if is_by_day else start)
    span = measure.at(due_at) - begin
    if span <= 0:
        return max(start, due_at) if due_at < start else start
    return min(due_at, max(start, measure.end(begin + int(span * Fraction(share)))))


def _day_words(due_at: datetime, now: datetime, *, calendar: Calendar, is_working: bool) -> str:
    due_on, today = local(due_at).date(), local(now).date()
    name = "个工作日" if is_working else "天"
    days = abs(calendar.workdays_between(today, due_on)) if is_working else abs((due_on - today).days)
    if now > due_at:
        return f"超期{days}{name}" if days else "已超期"
    if due_on == today:
        return "今天到期"
    return f"剩{days}{name}" if days else f"剩{(due_on - today).days}天"


def _fine(unit: TermUnit, calendar: Calendar, hours: OfficeHours) -> Measure:
    """Return the line on which parts of a unit can be told: office hours, or the clock."""
    return WorkingTime(calendar, hours) if unit in _WORKING else ClockTime()


def _check(share: Share) -> None:
    if not 0 < share <= 1:
        raise InvalidInput("黄灯比例应大于0、不超过1。请在制度里改正。")
