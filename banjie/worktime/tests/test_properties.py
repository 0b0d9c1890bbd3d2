"""Properties of due dates (TRUST T5): no clock, calendar or order of deeds may shorten a term."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from banjie.worktime.terms import (
    Pause,
    Term,
    TermUnit,
    amber_of,
    due_moment,
    due_of,
    share_point,
    worked_minutes_between,
)
from banjie.worktime.terms.measure import WorkingTime
from banjie.worktime.tests.factories import CALENDAR, HOURS, at

FIRST = at("2023-01-01 00:00")
moments = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
lengths = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
units = st.sampled_from(TermUnit)
terms = st.builds(Term, st.integers(1, 120), units)


@st.composite
def courses(draw):
    """Draw a start and pauses that begin somewhere around the term."""
    start = draw(moments)
    begins = [start + draw(lengths) for _ in range(draw(st.integers(0, 3)))]
    return start, [Pause(begin, begin + draw(lengths)) for begin in begins]


def moment(term, start, pauses=(), extensions=()):
    return due_moment(term, start, calendar=CALENDAR, hours=HOURS, pauses=pauses, extensions=extensions)


@given(terms, courses())
def test_a_term_is_never_due_before_it_starts(term, course):
    start, pauses = course
    assert moment(term, start, pauses) > start


@given(terms, courses())
def test_pausing_never_shortens(term, course):
    start, pauses = course
    assert moment(term, start, pauses) >= moment(term, start, pauses[:-1])


@given(terms, courses(), st.integers(1, 60))
def test_extending_never_shortens_and_equals_a_longer_term(term, course, more):
    start, pauses = course
    longer = moment(term, start, pauses, [Term(more, term.unit)])
    assert longer >= moment(term, start, pauses)
    assert longer == moment(Term(term.amount + more, term.unit), start, pauses)


@given(terms, courses(), st.integers(0, 60))
def test_more_units_are_never_due_earlier(term, course, more):
    start, pauses = course
    assert moment(Term(term.amount + more, term.unit), start, pauses) >= moment(term, start, pauses)


@given(terms, courses())
def test_a_term_that_ran_when_paused_is_not_over_when_resumed(term, course):
    start, pauses = course
    for pause in pauses:
        if pause.paused_at < moment(term, start):
            assert moment(term, start, [pause]) >= pause.resumed_at


@given(terms, moments, lengths)
def test_a_later_start_is_never_due_earlier(term, start, later):
    assert moment(term, start + later) >= moment(term, start)


@given(terms, courses())
def test_the_sentence_is_one_and_the_day_works(term, course):
    start, pauses = course
    found = due_of(term, start, calendar=CALENDAR, hours=HOURS, pauses=pauses)
    assert found.explanation.startswith("算")
    assert found.explanation.count("。") == 1
    assert term.unit is TermUnit.HOURS or CALENDAR.is_workday(found.on)


@given(moments, st.integers(1, 10**12))
def test_working_time_is_laid_out_without_gaps(start, added):
    measure = WorkingTime(CALENDAR, HOURS)
    position = measure.at(start) + added
    assert measure.at(measure.end(position)) == position


@given(moments, lengths, lengths)
def test_worked_minutes_add_up(start, first, second):
    def worked(after, until):
        return worked_minutes_between(after, until, calendar=CALENDAR, hours=HOURS)

    middle, end = start + first, start + first + second
    assert worked(start, middle) + worked(middle, end) == worked(start, end)
    assert worked(end, start) == -worked(start, end)


@given(terms, moments, st.decimals("0.01", 1, places=2))
def test_amber_lies_between_start_and_due(term, start, share):
    due_at = moment(term, start)
    amber = amber_of(term, start, due_at, share=share, calendar=CALENDAR, hours=HOURS)
    assert start <= amber <= due_at
    given_point = share_point(start, due_at, share, calendar=CALENDAR, hours=HOURS, unit=term.unit)
    assert start <= given_point <= due_at
