"""Due moments over arrays are those of one term at a time, to the microsecond."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banjie.base.errors import InvalidInput
from banjie.worktime.arrays import Spans, due_moments
from banjie.worktime.terms import Pause, Term, TermUnit, due_moment
from banjie.worktime.tests.factories import CALENDAR, HOURS, at

FIRST, EPOCH = at("2023-01-01 00:00"), datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
moments = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
odd = st.tuples(moments, st.integers(0, 59_999_999)).map(lambda told: told[0] + told[1] * MICROSECOND)
lengths = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def runs(draw):
    """Draw a term with its start and some pauses around it, which may overlap and stand in any order."""
    start = draw(odd)
    begins = [start - timedelta(days=2) + draw(lengths) for _ in range(draw(st.integers(0, 4)))]
    return draw(st.integers(1, 60)), start, [Pause(begin, begin + draw(lengths)) for begin in begins]


def micros(moment):
    return (moment - EPOCH) // MICROSECOND


def whole(told):
    return np.array(list(told), dtype=np.int64)


@pytest.mark.parametrize("unit", TermUnit)
@settings(max_examples=20)
@given(st.lists(runs(), min_size=1, max_size=6))
def test_many_terms_end_when_each_of_them_does(unit, drawn):
    spans = [(place, pause) for place, (_, _, pauses) in enumerate(drawn) for pause in pauses]
    found = due_moments(
        whole(micros(start) for _, start, _ in drawn),
        whole(amount for amount, _, _ in drawn),
        unit=unit,
        calendar=CALENDAR,
        hours=HOURS,
        pauses=Spans(
            whole(place for place, _ in spans),
            whole(micros(pause.paused_at) for _, pause in spans),
            whole(micros(pause.resumed_at) for _, pause in spans),
        ),
    )
    one_by_one = [
        due_moment(Term(amount, unit), start, calendar=CALENDAR, hours=HOURS, pauses=pauses)
        for amount, start, pauses in drawn
    ]
    assert found.tolist() == [micros(due_at) for due_at in one_by_one]


def test_a_term_beyond_the_calendar_is_refused():
    with pytest.raises(InvalidInput, match="超出了工作日历"):
        due_moments(
            whole([micros(at("2095-01-04"))]),
            whole([5000]),
            unit=TermUnit.DAYS,
            calendar=CALENDAR,
            hours=HOURS,
        )


def test_nothing_is_due_of_nothing():
    found = due_moments(whole([]), whole([]), unit=TermUnit.WORKDAYS, calendar=CALENDAR, hours=HOURS)
    assert found.size == 0
