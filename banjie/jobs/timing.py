"""When a schedule last came due and comes due next. Pure: no clock, no database."""

from datetime import datetime, timedelta, tzinfo

from banjie.base.declarations import Schedule

DAY = timedelta(days=1)
LEASE = timedelta(seconds=30)
"""A worker that has not beaten for so long is dead; it must stop itself before that."""
MOST_FAILURES = 5
"""So often a run is tried before it waits for its next coming due."""


def last_due(schedule: Schedule, *, at: datetime, zone: tzinfo) -> datetime:
    """Return the latest moment not after `at` at which `schedule` came due, by the wall clock of `zone`.

    Only the latest counts: a machine that was off for three days runs a daily schedule once.
    """
    local = at.astimezone(zone)
    if schedule.at is None:
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = int((local - midnight).total_seconds()) // 60
        return midnight + timedelta(minutes=passed - passed % schedule.minutes)
    today = datetime.combine(local.date(), schedule.at, tzinfo=zone)
    return today if today <= local else today - DAY


def next_due(schedule: Schedule, *, at: datetime, zone: tzinfo) -> datetime:
    """Return the first moment after `at` at which `schedule` comes due, by the wall clock of `zone`."""
    last = last_due(schedule, at=at, zone=zone)
    if schedule.at is not None:
        return last + DAY
    midnight = last.replace(hour=0, minute=0) + DAY
    return min(last + timedelta(minutes=schedule.minutes), midnight)
