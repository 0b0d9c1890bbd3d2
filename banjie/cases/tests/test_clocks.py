from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banjie.cases.clocks import Course, Light, Promise, WorkingTime, earliest, light, read, read_given
from banjie.worktime.calendar import OfficeHours
from banjie.worktime.hours import local
from banjie.worktime.notice import calendar_from
from banjie.worktime.published import published_days
from banjie.worktime.terms import Pause, Term, TermUnit

WORK = WorkingTime(
    calendar_from(published_days()), OfficeHours((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
)
FIVE = Promise(Term(5, TermUnit.WORKDAYS), "限时办结制 第三条@出厂1", Fraction(4, 5))
START = datetime(2026, 9, 30, 2, tzinfo=UTC)
DUE = datetime(2026, 10, 13, 9, 30, tzinfo=UTC)


def test_a_clock_says_when_and_why():
    reading = read(FIVE, Course(START), WORK)
    assert reading.due_at == DUE
    assert reading.explanation.startswith("算5个工作日")


def test_a_paused_clock_shows_no_date_and_keeps_the_one_that_stood():
    reading = read(FIVE, Course(START, paused_at=START), WORK)
    assert (reading.due_at, reading.amber_at, reading.standing_due_at) == (None, None, DUE)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (START, Light.GREEN),
        (datetime(2026, 10, 12, 10, tzinfo=UTC), Light.AMBER),
        (DUE, Light.AMBER),
        (DUE + timedelta(seconds=1), Light.RED),
    ],
)
def test_a_light_is_a_comparison(now, shown):
    """U6."""
    reading = read(FIVE, Course(START), WORK)
    assert light(due_at=reading.due_at, amber_at=reading.amber_at, now=now) is shown
    assert light(due_at=None, amber_at=None, now=now, is_paused=True) is Light.PAUSED
    assert light(due_at=None, amber_at=None, now=now) is Light.NONE


@pytest.mark.parametrize(
    ("given_due", "ours"),
    [
        (datetime(2026, 10, 12, 10, tzinfo=UTC), "2026-10-10"),
        (datetime(2026, 10, 5, 10, tzinfo=UTC), "2026-09-30"),
        (START + timedelta(minutes=5), "2026-09-30"),
    ],
)
def test_ours_is_due_a_margin_before_what_was_given(given_due, ours):
    reading = read_given(
        given_due,
        START,
        margin=Term(1, TermUnit.WORKDAYS),
        system="12345热线",
        share=Fraction(4, 5),
        work=WORK,
    )
    assert local(reading.due_at).date().isoformat() == ours
    assert START <= reading.due_at <= given_due
    assert "12345热线给定" in reading.explanation


def test_the_earliest_running_clock_is_the_one_shown():
    late, soon = read(FIVE, Course(START), WORK), read(FIVE, Course(START - timedelta(days=9)), WORK)
    assert earliest([late, soon, read(FIVE, Course(START, paused_at=START), WORK)]) is soon
    assert earliest([]) is None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9))
def test_pausing_and_extending_never_shorten_and_their_order_does_not_matter(begin, length, days):
    pause = Pause(START + timedelta(days=begin), START + timedelta(days=begin + length))
    plain = read(FIVE, Course(START), WORK).standing_due_at
    longer = read(FIVE, Course(START, extensions=(Term(days, TermUnit.WORKDAYS),)), WORK).standing_due_at
    both = read(FIVE, Course(START, (pause,), (Term(days, TermUnit.WORKDAYS),)), WORK).standing_due_at
    assert plain <= longer <= both
