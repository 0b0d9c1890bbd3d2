"""The clock: only edges read it; everything below is handed `at`."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware."""
    return timezone.now()


def local(moment: datetime) -> datetime:
    """Return `moment` as the wall clock of the office shows it."""
    return moment.astimezone(BEIJING)


def local_day(moment: datetime) -> date:
    """Return the day that the office's calendar shows at `moment`."""
    return local(moment).date()


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return the moments between which the office's calendar shows `day`, the second no longer in it."""
    begins = datetime.combine(day, time.min, BEIJING)
    return begins, begins + timedelta(days=1)
