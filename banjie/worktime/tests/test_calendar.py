from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from banjie.base.errors import InvalidInput
from banjie.worktime.calendar import Calendar, DayKind, workdays_between
from banjie.worktime.tests.factories import CALENDAR


def days_of(year):
    return [
        date(year, 1, 1) + timedelta(days=step)
        for step in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def test_2026_has_248_working_days():
    assert sum(map(CALENDAR.is_workday, days_of(2026))) == 248
    assert workdays_between(date(2025, 12, 31), date(2026, 12, 31), CALENDAR) == 248


@pytest.mark.parametrize("year", range(2023, 2027))
def test_it_agrees_with_another_source_where_both_hold_data(year):
    other = holidays.country_holidays("CN", years=range(year - 1, year + 2))
    assert [day for day in days_of(year) if CALENDAR.is_workday(day) != other.is_working_day(day)] == []


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-10-10", DayKind.MAKE_UP),
        ("2026-10-03", DayKind.HOLIDAY),
        ("2026-10-11", DayKind.WEEKEND),
        ("2026-10-12", DayKind.WORKDAY),
        ("2018-12-29", DayKind.MAKE_UP),
        ("2024-02-29", DayKind.WORKDAY),
    ],
)
def test_every_day_has_one_kind(day, kind):
    assert CALENDAR.kind_of(date.fromisoformat(day)) is kind


def test_kinds_of_2026_add_up_to_the_year():
    kinds = Counter(map(CALENDAR.kind_of, days_of(2026)))
    assert kinds[DayKind.MAKE_UP] == 6
    assert kinds[DayKind.HOLIDAY] == 33
    assert kinds.total() == 365


def test_counting_backwards_is_negative():
    assert CALENDAR.workdays_between(date(2026, 10, 13), date(2026, 9, 30)) == -5
    assert CALENDAR.workdays_between(date(2026, 9, 30), date(2026, 9, 30)) == 0


def test_past_the_last_notice_only_weekends_are_known():
    assert CALENDAR.is_provisional(date(2027, 1, 1))
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_workday(date(2027, 10, 1))
    assert not CALENDAR.is_workday(date(2027, 10, 2))


def test_holidays_are_cut_to_the_span_asked_for():
    (run,) = CALENDAR.runs_between(date(2026, 10, 3), date(2026, 10, 5))
    assert (run.first, run.last) == (date(2026, 10, 4), date(2026, 10, 5))
    assert CALENDAR.runs_between(date(2026, 10, 7), date(2026, 12, 31)) == []


def test_a_day_outside_the_calendar_is_refused_in_words():
    with pytest.raises(InvalidInput, match="不在工作日历内"):
        CALENDAR.is_workday(date(1949, 10, 1))
    with pytest.raises(InvalidInput, match="超出了工作日历"):
        CALENDAR.workday_after(date(2099, 12, 30), 30)


def test_an_empty_calendar_knows_weekends_and_calls_all_provisional():
    empty = Calendar({}, date.min)
    assert empty.is_workday(date(2026, 10, 1))
    assert empty.is_provisional(date(2026, 10, 1))
