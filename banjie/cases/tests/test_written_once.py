"""Queries that are written once answer for each value and each person as the query set would."""

import pytest

from banjie.base.written_once import WrittenOnce
from banjie.cases.models import Case
from banjie.cases.queries import Order, Sift, count_of, page_of
from banjie.cases.tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return f.open_office()


def test_one_statement_answers_for_each_number(office):
    first, second = (f.registered(office) for _ in range(2))
    by_number = WrittenOnce(lambda number: Case.objects.filter(number=number), str)
    assert by_number.first(first.number) == first
    assert by_number.first(second.number) == second
    assert by_number.first("QZ-none") is None


def test_a_value_that_the_sql_hides_is_refused(office):
    with pytest.raises(RuntimeError, match="as it was given"):
        WrittenOnce(lambda number: Case.objects.filter(number__startswith=number), str)("QZ")


def test_what_nobody_can_be_in_is_empty(office):
    assert WrittenOnce(lambda number: Case.objects.filter(pk__in=[], number=number), str)("QZ") == []


def test_columns_that_were_not_read_are_fetched_when_they_are_asked_for(office):
    case = f.registered(office)
    by_number = WrittenOnce(lambda number: Case.objects.only("number", "due_at").filter(number=number), str)
    found = by_number.first(case.number)
    assert found.due_at == case.due_at
    assert "text" not in vars(found)
    assert found.text == case.text
    found.title = "改过"
    assert not found._state.adding


def test_a_list_that_was_asked_for_before_shows_what_is_new(office):
    sift, at = Sift(unit_id=None), office.at
    assert count_of(office.he, sift, limit=5, at=at) == 0
    for expected in (1, 2):
        f.registered(office)
        shown = page_of(office.he, sift, Order.DUE, token="", size=1, at=at)
        assert len(shown.rows) == 1
        assert bool(shown.next_token) == (expected > 1)
        assert count_of(office.he, sift, limit=5, at=at) == expected
    rest = page_of(office.he, sift, Order.DUE, token=shown.next_token, size=1, at=at)
    assert rest.is_whole is False
    assert rest.rows[0].pk != shown.rows[0].pk
