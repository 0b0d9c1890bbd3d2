from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from banjie.base.declarations import SCHEDULES, Schedule, every
from banjie.jobs.timing import last_due, next_due

BEIJING = ZoneInfo("Asia/Shanghai")
DAILY = Schedule("daily", print, at=time(0, 10))
OFTEN = Schedule("often", print, minutes=5)


@pytest.mark.parametrize(
    ("schedule", "at", "due"),
    [
        (DAILY, datetime(2026, 11, 22, 0, 10, tzinfo=BEIJING), datetime(2026, 11, 22, 0, 10, tzinfo=BEIJING)),
        (
            DAILY,
            datetime(2026, 11, 22, 0, 9, 59, tzinfo=BEIJING),
            datetime(2026, 11, 21, 0, 10, tzinfo=BEIJING),
        ),
        (DAILY, datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2027, 1, 1, 0, 10, tzinfo=BEIJING)),
        (OFTEN, datetime(2028, 2, 29, 9, 4, 59, tzinfo=BEIJING), datetime(2028, 2, 29, 9, 0, tzinfo=BEIJING)),
        (OFTEN, datetime(2026, 11, 22, 9, 5, tzinfo=BEIJING), datetime(2026, 11, 22, 9, 5, tzinfo=BEIJING)),
    ],
)
def test_the_last_coming_due_is_told_by_the_clock_of_the_office(schedule, at, due):
    assert last_due(schedule, at=at, zone=BEIJING) == due


def test_a_schedule_needs_a_time_or_a_distance_and_not_both():
    for wrong in ({}, {"at": time(1), "minutes": 5}):
        with pytest.raises(ValueError, match="needs either"):
            Schedule("wrong", print, **wrong)


def test_a_name_is_declared_once():
    assert "jobs.clear_away" in SCHEDULES
    with pytest.raises(ValueError, match="twice"):
        every("jobs.clear_away", at="01:00")(print)


@pytest.mark.parametrize("schedule", [DAILY, OFTEN, Schedule("odd", print, minutes=7)])
def test_what_comes_next_is_the_first_moment_that_is_then_the_last(schedule):
    at = datetime(2026, 11, 22, 23, 58, tzinfo=BEIJING)
    after = next_due(schedule, at=at, zone=BEIJING)
    assert after > at
    assert last_due(schedule, at=after, zone=BEIJING) == after
    assert last_due(schedule, at=after.replace(microsecond=0) - (after - at) / 2, zone=BEIJING) < after
