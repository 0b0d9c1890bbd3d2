"""Reads of the working calendar: the calendar of a town, and the warning that a notice is missing."""

from datetime import date

from django.db.models import QuerySet

from banjie.ledger.kept import kept
from banjie.worktime.calendar import Calendar
from banjie.worktime.models import CalendarNotice
from banjie.worktime.notice import calendar_from

NOVEMBER = 11
"""From the first of this month a warning stands until next year's notice is loaded."""


def notices_of(town: str) -> QuerySet[CalendarNotice]:
    """Return the notices of a town, newest first."""
    return CalendarNotice.objects.filter(town=town).order_by("-year")


@kept
def calendar_of(town: str) -> Calendar:
    """Return the calendar of a town."""
    return calendar_from(row.notice for row in notices_of(town))


@kept
def notice_warning(town: str, today: date) -> str | None:
    """Return what to warn of: this year's notice is missing, or from 1 November next year's; else None."""
    years = set(notices_of(town).filter(year__gte=today.year).values_list("year", flat=True))
    due = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    missing = "、".join(f"{year}年" for year in due if year not in years)
    if not missing:
        return None
    told = f"{missing}放假安排还没有录入，有关的到期日只按周末推算（暂定）。"
    return f"{told}国务院办公厅的通知公布后，请管理员马上录入。"
