from decimal import Decimal

import pytest

from banjie.base.errors import InvalidInput
from banjie.worktime.terms import (
    TermUnit,
    amber_of,
    parse_term,
    remaining_words,
    share_point,
    worked_minutes_between,
)
from banjie.worktime.tests.factories import CALENDAR, HOURS, at


def words(due_at, now, unit=TermUnit.WORKDAYS):
    return remaining_words(at(due_at), at(now), calendar=CALENDAR, hours=HOURS, unit=unit)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-09-30 09:00", "剩5个工作日"),
        ("2026-10-05 09:00", "剩5个工作日"),
        ("2026-10-12 20:00", "剩1个工作日"),
        ("2026-10-13 17:30", "今天到期"),
        ("2026-10-13 17:31", "已超期"),
        ("2026-10-14 08:00", "超期1个工作日"),
        ("2026-10-18 08:00", "超期3个工作日"),
    ],
)
def test_a_light_tells_working_days_with_make_up_days_counted(now, told):
    assert words("2026-10-13 17:30", now) == told


@pytest.mark.parametrize(
    ("now", "told"),
    [("2026-10-01", "剩7天"), ("2026-10-08 23:59", "今天到期"), ("2026-10-10", "超期2天")],
)
def test_a_term_in_calendar_days_is_told_in_days(now, told):
    assert words("2026-10-08 23:59:59.999999", now, TermUnit.DAYS) == told


@pytest.mark.parametrize(
    ("unit", "now", "told"),
    [
        (TermUnit.HOURS, "2026-11-03 05:30", "剩3小时"),
        (TermUnit.HOURS, "2026-11-03 08:35", "剩25分钟"),
        (TermUnit.HOURS, "2026-11-03 09:00", "马上到期"),
        (TermUnit.HOURS, "2026-11-03 11:00", "超期2小时"),
        (TermUnit.HOURS, "2026-10-31 09:00", "剩3天"),
        (TermUnit.WORKHOURS, "2026-11-02 17:00", "剩1个工作小时"),
        (TermUnit.WORKHOURS, "2026-11-02 19:00", "剩30分钟"),
        (TermUnit.WORKHOURS, "2026-11-03 08:20", "剩30分钟"),
        (TermUnit.WORKHOURS, "2026-11-03 10:00", "超期1个工作小时"),
        (TermUnit.WORKHOURS, "2026-11-09 10:00", "超期4个工作日"),
    ],
)
def test_short_terms_are_told_in_hours(unit, now, told):
    assert words("2026-11-03 09:00", now, unit) == told


@pytest.mark.parametrize(
    ("term", "start", "due_at", "share", "amber"),
    [
        ("5 workdays", "2026-09-30", "2026-10-13 17:30", "0.8", "2026-10-12 17:30"),
        ("1 workday", "2026-11-02", "2026-11-03 17:30", "0.5", "2026-11-03 11:45"),
        ("10 days", "2026-11-02", "2026-11-12 23:59:59.999999", "0.8", "2026-11-10 23:59:59.999999"),
        ("4 workhours", "2026-11-02 10:00", "2026-11-02 16:30", "0.75", "2026-11-02 15:30"),
        ("24 hours", "2026-11-02 10:00", "2026-11-03 10:00", "0.75", "2026-11-03 04:00"),
        ("24 hours", "2026-11-02 10:00", "2026-11-03 10:00", "1", "2026-11-03 10:00"),
    ],
)
def test_amber_begins_when_the_share_is_used_up(term, start, due_at, share, amber):
    shared = {"share": Decimal(share), "calendar": CALENDAR, "hours": HOURS}
    assert amber_of(parse_term(term), at(start), at(due_at), **shared) == at(amber)


def test_a_pause_does_not_bring_amber_forward():
    shared = {"share": Decimal("0.8"), "calendar": CALENDAR, "hours": HOURS}
    found = amber_of(parse_term("5 workdays"), at("2026-11-02"), at("2026-11-20 17:30"), **shared)
    assert found == at("2026-11-19 17:30")


def test_a_due_time_given_from_outside_has_an_amber_point_too():
    shared = {"calendar": CALENDAR, "hours": HOURS}
    found = share_point(at("2026-11-02 10:00"), at("2026-11-06 17:30"), Decimal("0.75"), **shared)
    assert found == at("2026-11-05 17:30")
    too_late = share_point(at("2026-11-02 10:00"), at("2026-11-02 11:00"), Decimal("0.75"), **shared)
    assert too_late == at("2026-11-02 10:00")


def test_a_share_that_is_none_is_refused():
    with pytest.raises(InvalidInput, match="黄灯"):
        share_point(at("2026-11-02"), at("2026-11-06"), Decimal(0), calendar=CALENDAR, hours=HOURS)


def test_worked_minutes_leave_out_lunch_night_and_holiday():
    shared = {"calendar": CALENDAR, "hours": HOURS}
    assert worked_minutes_between(at("2026-09-30 11:00"), at("2026-10-08 09:00"), **shared) == 60 + 180 + 30
