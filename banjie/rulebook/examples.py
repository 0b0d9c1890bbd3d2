"""What worked examples and comparisons of terms count with: office hours and the calendar as published."""

from datetime import time
from functools import cache

from banjie.worktime.calendar import Calendar
from banjie.worktime.hours import OfficeHours
from banjie.worktime.notice import calendar_from
from banjie.worktime.published import published_days

EXAMPLE_HOURS = OfficeHours(morning=(time(8, 30), time(12)), afternoon=(time(14, 30), time(17, 30)))
"""Office hours that worked examples count with, whatever a town's own are."""


@cache
def published_calendar() -> Calendar:
    """Return the calendar of every published notice."""
    return calendar_from(published_days())
